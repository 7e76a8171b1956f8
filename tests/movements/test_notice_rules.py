"""What is a mission to be told next? The rules alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safar.assistance.movements.rules.notices import next_kind


@pytest.mark.parametrize(
    ("status", "revision", "told", "kind"),
    [
        ("held", 1, [], "new"),
        ("cancelled", 1, [], None),
        ("held", 1, [("new", 1)], None),
        ("held", 3, [("new", 1)], "changed"),
        ("departed", 1, [("new", 1)], "departed"),
        ("departed", 2, [("new", 1), ("departed", 1)], "changed"),
        ("departed", 2, [("new", 1), ("departed", 1), ("changed", 2)], None),
        ("arrived", 1, [("new", 1)], "arrived"),
        ("cancelled", 2, [("new", 1)], "cancelled"),
        ("cancelled", 2, [("new", 1), ("cancelled", 2)], None),
    ],
)
def test_what_a_mission_does_not_know_yet(status, revision, told, kind):
    assert next_kind(status, revision, told) == kind


@given(
    st.lists(st.sampled_from(["change", "away", "back", "depart", "arrive", "cancel", "tell"])),
)
def test_no_version_is_ever_told_twice(steps):
    status, revision, addressed = "held", 1, True
    told: list[tuple[str, int]] = []
    for one in steps:
        if one == "tell" and (kind := next_kind(status, revision, told, addressed=addressed)):
            assert (kind, revision) not in told
            told.append((kind, revision))
        elif one in ("away", "back") and addressed != (one == "back"):
            addressed, revision = one == "back", revision + 1
        elif one == "change" and status in ("held", "departed"):
            revision += 1
        elif (status, one) in NEXT:
            status = NEXT[status, one]
    assert next_kind(status, revision, [*told, ("cancelled", revision)], addressed=False) is None


NEXT = {
    ("held", "depart"): "departed",
    ("departed", "arrive"): "arrived",
    ("held", "cancel"): "cancelled",
}
