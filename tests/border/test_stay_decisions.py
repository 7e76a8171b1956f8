"""Does the booth count against an extended day, and say that a rebuttal was accepted?"""

import pytest
from django.db import DatabaseError, connection, transaction

from safar.control.border.actions.extending import excuse_overstay, extend_stay
from safar.control.border.models import StayExcuse, StayExtension
from safar.control.border.wording.findings import tell
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from tests import cast
from tests.makers import border
from tests.makers import stays as make
from tests.makers.accounts import actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def at_the_exit(shown):
    booth = border.sign_on(cast.aida(), direction="exit")
    return {row["code"]: row["params"] for row in border.inspect(booth, shown).findings}


def extend(entry, until, by=None):
    return extend_stay(
        actor(by or make.nurgul()), entry, until=until, ground="work",
        prepared_by=make.zarina().pk,
    )  # fmt: skip


def excuse(entry, until=None, ground="hospital"):
    return excuse_overstay(
        actor(make.nurgul()), entry, ground=ground, until=until, prepared_by=make.zarina().pk
    )


def test_on_exit_the_extended_day_counts():
    shown = make.document()
    entry = make.entered(40, 30, shown=shown)
    assert at_the_exit(shown)["stay.overstay"]["over"] == 11
    extend(entry, make.day(-3))
    found = at_the_exit(shown)
    assert found["stay.within"]["until"] == make.day(-3).isoformat()
    assert "stay.overstay" not in found


def test_past_the_extended_day_she_is_over_by_the_rest():
    shown = make.document()
    extend(make.entered(40, 30, shown=shown), make.day(4))
    assert at_the_exit(shown)["stay.overstay"]["over"] == 4


def test_what_was_accepted_is_told_in_words():
    shown = make.document()
    excuse(make.entered(40, 30, shown=shown), make.day(0))
    params = at_the_exit(shown)["stay.rebutted"]
    told = tell({"code": "stay.rebutted", "params": params})
    assert "Was in hospital" in told.sentence
    assert told.tone == "info"


def test_within_the_stay_nothing_is_said_of_it():
    shown = make.document()
    entry = make.entered(10, 30, shown=shown)
    excuse(entry, ground="wrong_date")
    found = at_the_exit(shown)
    assert "stay.rebutted" not in found
    assert "stay.within" in found


def test_no_day_is_shortened_and_no_stay_without_a_day_is_extended():
    entry = make.entered(10, 30)
    with pytest.raises(RuleBroken):
        extend(entry, entry.permitted_until)
    with pytest.raises(InvalidMove):
        extend(make.entered(10, None), make.day(-40))
    with pytest.raises(RuleBroken):
        excuse(entry, entry.permitted_until)


def test_an_exit_and_an_annulled_entry_are_not_extended():
    shown = make.document()
    entry = make.entered(10, 30, shown=shown)
    with pytest.raises(InvalidMove):
        extend(make.left(shown), make.day(-40))
    border.approve(border.leader(), border.propose(cast.cholpon(), entry))
    with pytest.raises(InvalidMove):
        extend(entry, make.day(-40))


def test_an_officer_in_a_booth_extends_nothing():
    with pytest.raises(NotAllowed):
        extend(make.entered(10, 30), make.day(-40), by=cast.aida())


@pytest.mark.parametrize("model", [StayExtension, StayExcuse])
def test_a_decision_on_a_stay_is_never_changed(model):
    entry = make.entered(40, 30)
    extend(entry, make.day(5))
    excuse(entry, make.day(0))
    for statement in ("UPDATE {} SET until = until + 1", "DELETE FROM {}", "TRUNCATE {}"):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format(model._meta.db_table))
    assert model.objects.count() == 1
