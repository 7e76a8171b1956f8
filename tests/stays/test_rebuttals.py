"""What a traveller says: recorded by one, decided by another, and known in the booth."""

import pytest
from django.db import IntegrityError, transaction

from safar.control.border.models import Amendment, StayExcuse
from safar.control.stays.actions import rebutting
from safar.control.stays.models import Rebuttal
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.record import writing
from tests import cast
from tests.makers import border
from tests.makers import stays as make
from tests.makers.accounts import actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def at_the_exit(shown):
    booth = border.sign_on(cast.aida(), direction="exit")
    return {row["code"]: row["params"] for row in border.inspect(booth, shown).findings}


def test_accepted_it_closes_the_overstay_for_good():
    row = make.overstay(make.entered(40, 30))
    make.accepted(make.said(row))
    row.refresh_from_db()
    assert row.closed_because == "rebutted"
    assert make.found() == (0, 0)
    assert make.found(make.day(-30)) == (0, 0)


def test_declined_it_stays():
    row = make.overstay(make.entered(40, 30))
    said = make.said(row)
    rebutting.decline_rebuttal(actor(make.nurgul()), said, reason="no stamp")
    row.refresh_from_db()
    assert row.is_open
    assert not StayExcuse.objects.exists()
    assert make.found() == (0, 0)


def test_days_in_hospital_are_not_held_and_those_after_are():
    shown = make.document()
    row = make.overstay(make.entered(40, 30, shown=shown))
    make.accepted(make.said(row, "hospital", until=make.day(4)))
    assert make.found() == (1, 0)
    again = row.__class__.objects.get(closed_at=None)
    assert (again.since, again.until) == (make.day(3), row.until)
    found = at_the_exit(shown)
    assert found["stay.rebutted"]["ground"] == "hospital"
    assert found["stay.overstay"]["over"] == 4


def test_the_booth_says_that_it_was_accepted_and_asks_no_more():
    shown = make.document()
    row = make.overstay(make.entered(40, 30, shown=shown))
    assert at_the_exit(shown)["stay.overstay"]["over"] == 11
    make.accepted(make.said(row, "wrong_date"))
    found = at_the_exit(shown)
    assert "stay.overstay" not in found
    assert found["stay.rebutted"]["ground"] == "wrong_date"


def test_who_recorded_it_does_not_decide():
    row = make.overstay(make.entered(40, 30))
    said = rebutting.record_rebuttal(
        actor(make.nurgul()), row, said=rebutting.Said("other_post", "I left", "nothing")
    )
    with pytest.raises(NotAllowed):
        rebutting.accept_rebuttal(actor(make.nurgul()), said, reason="so it is")
    with writing("stays"), pytest.raises(IntegrityError), transaction.atomic():
        Rebuttal.objects.filter(pk=said.pk).update(
            status="accepted", decided_at=said.recorded_at, decided_by=make.nurgul(),
            decided_by_name="x", decision_reason="so it is",
        )  # fmt: skip


def test_an_officer_alone_accepts_nothing():
    said = make.said(make.overstay(make.entered(40, 30)))
    with pytest.raises(NotAllowed):
        rebutting.accept_rebuttal(actor(make.timur()), said, reason="so it is")


def test_one_waits_at_a_time_and_words_are_needed():
    row = make.overstay(make.entered(40, 30))
    make.said(row)
    with pytest.raises(InvalidMove):
        make.said(row)
    with pytest.raises(RuleBroken) as refused:
        make.said(make.overstay(make.entered(40, 30)), "hospital")
    assert refused.value.field == "until"


def test_accepted_it_may_propose_a_correction_that_a_second_person_signs():
    row = make.overstay(make.entered(40, 30))
    make.accepted(make.said(row, "wrong_date"), correct_to=make.day(-20))
    proposed = Amendment.objects.get()
    assert (proposed.status, proposed.changes["permitted_until"][1]) == (
        "proposed", make.day(-20).isoformat(),
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        border.approve(make.nurgul(), proposed)
