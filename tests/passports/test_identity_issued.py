"""What was issued tells who somebody is: its number, the holder behind it, that she has it still."""

import pytest

from safar.control.passports import actions, queries
from safar.control.passports.actions import Asked
from safar.control.passports.models import IdentityMatch
from safar.core.errors import RuleBroken
from safar.lib.partial_dates import PartialDate
from tests.makers import passports as make
from tests.makers import passports_made as issued

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def own_keys():
    issued.fresh_keys()
    yield
    issued.forget_keys()


def test_who_names_another_persons_passport_as_hers_is_found():
    number = issued.delivered(seed=7).number
    stranger = make.who(surname="BEKOVA", given_names="NURGUL", birth=PartialDate(1980, 1, 2),
                        personal_number="", name_written="")  # fmt: skip
    asked = Asked("lost", "KGZ", number)
    application = make.looked(person=stranger, asked=asked, seed=900)
    match = IdentityMatch.objects.get(application=application)
    assert match.reasons[0]["code"] == "document"
    other = make.looked(
        person=make.who(surname="BEKOVA", given_names="NURGUL", birth=PartialDate(1980, 1, 3),
                        personal_number="", name_written=""),
        asked=Asked("lost", "KGZ", "AC7654321"), seed=950,
    )  # fmt: skip
    assert not IdentityMatch.objects.filter(application=other).exists()


@pytest.mark.parametrize(("reason", "blocks"), [("first", True), ("expired", False)])
def test_who_holds_a_valid_one_is_given_no_first_one(reason, blocks):
    number = issued.delivered(seed=7).number
    asked = Asked(reason) if reason == "first" else Asked(reason, "KGZ", number)
    application = make.judged(make.checked(asked=asked, seed=8), "same")
    assert (queries.still_to_approve(application) == ["holds_one"]) == blocks
    if not blocks:
        done = actions.approve(make.approver(), application, reason="Fine")
        assert done.holder is not None
        assert done.holder.passports.count() == 1


def test_who_holds_a_cancelled_one_alone_is_given_another():
    issued.cancelled(seed=7)
    application = make.judged(make.checked(seed=8), "same")
    assert queries.still_to_approve(application) == []


def test_who_is_judged_to_be_two_holders_is_not_approved():
    make.approved(seed=7)
    make.approved("another", kind="card", seed=8)
    application = make.judged(make.checked(kind="card", seed=9), "same")
    assert "two_holders" in queries.still_to_approve(application)
    with pytest.raises(RuleBroken, match="two persons of the register"):
        actions.approve(make.approver(), application, reason="Fine")
    refused = actions.refuse(
        make.approver(), application, grounds=["another_name"], reason="Two identities."
    )
    assert refused.status == "refused"
