"""Is a stay made longer by two people, and does every place count the new day?"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from safar.control.border.actions.extending import extend_stay
from safar.control.border.choices import AmendmentKind
from safar.control.border.models import StayExtension
from safar.control.border.queries.amendments import as_it_stands
from safar.control.stays.actions import extending
from safar.control.stays.models import ExtensionApplication
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.record import writing
from tests import cast
from tests.makers import border
from tests.makers import stays as make
from tests.makers.accounts import actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def corrected(entry, until):
    proposed = border.propose(
        cast.cholpon(), entry, kind=AmendmentKind.CORRECT, changes={"permitted_until": until}
    )
    return border.approve(border.leader(), proposed)


def test_asked_by_one_and_granted_by_another():
    entry = make.entered(10, 30)
    found = make.extended(entry, make.day(-40))
    assert (found.status, found.granted_until) == ("granted", make.day(-40))
    assert as_it_stands(entry)["permitted_until"] == make.day(-40)
    made = StayExtension.objects.get()
    assert (made.permitted_before, made.ground) == (make.day(-19), "illness")


def test_who_prepared_it_does_not_decide():
    entry = make.entered(10, 30)
    found = make.asked(entry, make.day(-40), by=make.nurgul())
    for do in (
        lambda: extending.grant_extension(actor(make.nurgul()), found, until=make.day(-40)),
        lambda: extending.refuse_extension(actor(make.nurgul()), found, reason="no"),
    ):
        with pytest.raises(NotAllowed):
            do()
    found.refresh_from_db()
    assert found.status == "asked"


def test_an_officer_who_may_not_decide_does_not():
    found = make.asked(make.entered(10, 30), make.day(-40))
    with pytest.raises(NotAllowed):
        extending.grant_extension(actor(make.timur()), found, until=make.day(-40))


def test_the_database_keeps_two_people_apart():
    found = make.asked(make.entered(10, 30), make.day(-40))
    now = found.prepared_at
    values = {"status": "granted", "granted_until": make.day(-40), "decided_at": now}
    values |= {"ended_at": now}
    rows = ExtensionApplication.objects.filter(pk=found.pk)
    with writing("stays"):
        with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
            rows.update(**values, decided_by=make.zarina(), decided_by_name="Zarina")
        rows.update(**values, decided_by=make.nurgul(), decided_by_name="Nurgul")


def test_the_border_too_wants_two_people():
    entry, head = make.entered(10, 30), make.nurgul()
    with pytest.raises(NotAllowed):
        extend_stay(actor(head), entry, until=make.day(-40), ground="work", prepared_by=head.pk)


@pytest.mark.parametrize(
    ("until", "changes", "field"),
    [
        (-19, {}, "until"),  # the day that holds already
        (-40, {"note": "  "}, "note"),
        (-40, {"fee_receipt": " "}, "fee_receipt"),
    ],
)
def test_what_cannot_be_asked_for(until, changes, field):
    with pytest.raises(RuleBroken) as refused:
        make.asked(make.entered(10, 30), make.day(until), **changes)
    assert refused.value.field == field


def test_a_receipt_pays_once_and_a_stay_has_one_application():
    entry, other = make.entered(10, 30), make.entered(10, 30)
    make.asked(entry, make.day(-40), fee_receipt="r-1")
    with pytest.raises(RuleBroken):
        make.asked(other, make.day(-40), fee_receipt="R-1")
    with pytest.raises(InvalidMove):
        make.asked(entry, make.day(-40), fee_receipt="R-2")


def test_a_stay_without_a_last_day_and_a_citizen_ask_for_nothing():
    for entry in (
        make.entered(10, None),
        make.entered(10, 30, shown=border.document(issuer="KGZ")),
    ):
        with pytest.raises(RuleBroken):
            make.asked(entry, make.day(-40))


def test_no_more_is_granted_than_was_asked_for():
    found = make.asked(make.entered(10, 30), make.day(-40))
    with pytest.raises(RuleBroken):
        extending.grant_extension(actor(make.nurgul()), found, until=make.day(-41))
    less = extending.grant_extension(actor(make.nurgul()), found, until=make.day(-25))
    assert less.granted_until == make.day(-25)


def test_refused_and_withdrawn_change_no_day():
    entry = make.entered(10, 30)
    refused = make.asked(entry, make.day(-40))
    extending.refuse_extension(actor(make.nurgul()), refused, reason="no paper")
    again = make.asked(entry, make.day(-40), fee_receipt="R-9")
    extending.withdraw_extension(actor(make.zarina()), again, reason="she said so")
    assert as_it_stands(entry)["permitted_until"] == make.day(-19)
    assert not StayExtension.objects.exists()


def test_of_a_correction_and_an_extension_the_later_decision_wins():
    first = make.entered(10, 30)
    make.extended(first, make.day(-40))
    corrected(first, make.day(-25))
    assert as_it_stands(first)["permitted_until"] == make.day(-25)

    second = make.entered(10, 30)
    corrected(second, make.day(-25))
    make.extended(second, make.day(-40))
    assert as_it_stands(second)["permitted_until"] == make.day(-40)


def test_in_sql_too_the_later_decision_wins():
    first, second = make.entered(40, 30), make.entered(40, 30)
    make.extended(first, make.day(-5))
    corrected(first, make.day(2))
    corrected(second, make.day(2))
    make.extended(second, make.day(-5))
    make.found()
    row = make.overstay(first)
    assert row.since == make.day(2) + timedelta(days=1)
    assert make.found(make.day(-5)) == (0, 0)
    assert make.found(make.day(-6)) == (1, 0)
