"""A page that asks only of what a night left and of what changed since finds what a whole look does."""

from typing import Any

import pytest

from safar.control.border.choices import AmendmentKind
from safar.control.stays.models import OverstayNight
from safar.control.stays.queries import finding, suspects
from safar.control.stays.queries.finding import Selection
from safar.control.travellers.actions import judge_same_person
from safar.control.travellers.choices import Judgement
from tests import cast
from tests.makers import border
from tests.makers import stays as make
from tests.makers.accounts import actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NIGHT = 5  # days ago


def whole(day) -> set[Any]:
    return {one.crossing_id for one in finding.over(make.SAFAR, Selection(day), page=None)}


def near(day) -> set[Any]:
    who = actor(make.zarina())
    assert finding.number_over(who, Selection(day)) == sum(
        finding.counts_over(who, Selection(day)).values()
    )
    found, total = finding.page_over(who, Selection(day), 1)
    assert finding.page_over(who, Selection(day), 2) == ([], total)
    assert finding.over(who, Selection(day)) == found
    assert total == finding.number_over(who, Selection(day))
    return {one.crossing_id for one in found}


def judged(one, other, judgement) -> None:
    judge_same_person(
        actor(cast.bakyt()), one.traveller, other_id=other.traveller_id, judgement=judgement,
        reason="looked at both",
    )  # fmt: skip


def annulled(crossing) -> None:
    border.approve(border.leader(), border.propose(cast.cholpon(), crossing))


def stands(crossing):
    return crossing


def comes_since(_crossing):
    """Her last day came after the night."""
    return make.entered(33, 30)


def exit_annulled(_crossing):
    shown = make.document()
    entry = make.entered(40, 30, shown=shown)
    gone = make.left(shown, 12)
    make.found(make.day(NIGHT))
    annulled(gone)
    return entry


def no_longer_the_same(_crossing):
    first, other = make.document(), make.document(surname="OTHER", birth="1970-01-01")
    entry = make.entered(40, 30, shown=first)
    exit_ = make.left(other, 12)
    judged(entry, exit_, Judgement.SAME)
    make.found(make.day(NIGHT))
    judged(entry, exit_, Judgement.DIFFERENT)
    return entry


def refused_after_a_look(_crossing):
    """Nobody knew whether she is here; now it is on record that she was refused, and is."""
    shown = make.document()
    entry = make.entered(40, 30, shown=shown)
    with border.clock(border.days_ago(12)):
        seen = border.inspect(border.sign_on(cast.aida()), shown)
    make.found(make.day(NIGHT))
    border.refuse(seen)
    return entry


def corrected(_crossing):
    entry = make.entered(40, 60)
    proposed = border.propose(
        cast.cholpon(), entry, kind=AmendmentKind.CORRECT,
        changes={"permitted_until": make.day(8)},
    )  # fmt: skip
    border.approve(border.leader(), proposed)
    return entry


def extension_ran_out(_crossing):
    entry = make.entered(40, 30)
    until = make.day(3)
    with border.clock(border.days_ago(12)):
        make.extended(entry, until)
    return entry


HAPPENS = (
    stands, comes_since, exit_annulled, no_longer_the_same, refused_after_a_look, corrected,
    extension_ran_out,
)  # fmt: skip


@pytest.mark.parametrize("happens", HAPPENS)
def test_what_changed_since_the_night_is_found_without_another(happens):
    first = make.entered(40, 30)
    make.found(make.day(NIGHT))
    expected = happens(first)
    assert expected.pk in whole(make.day(0))
    assert suspects.night_values(make.day(0)) is not None
    for ago in (0, 2, NIGHT):
        assert near(make.day(ago)) == whole(make.day(ago)), ago


def test_who_left_or_is_out_of_the_flow_since_the_night_is_not_there():
    here, left, out = (make.document() for _ in range(3))
    for shown in (here, left, out):
        make.entered(40, 30, shown=shown)
    make.found(make.day(NIGHT))
    assert len(near(make.day(0))) == 3
    make.left(left, 1)
    border.leave_flow(border.inspect(border.sign_on(cast.aida(), direction="exit"), out))
    assert len(near(make.day(0))) == 1
    assert near(make.day(0)) == whole(make.day(0))
    assert near(make.day(2)) == whole(make.day(2))


def test_a_post_that_is_chosen_and_one_that_is_not_hers():
    make.entered(40, 30)
    other = make.entered(40, 30, code=border.TORUGART)
    make.found(make.day(NIGHT))
    chosen = Selection(make.day(0), post=border.TORUGART)
    who = actor(cast.daniyar())
    assert [one.crossing_id for one in finding.over(who, chosen)] == [other.pk]
    assert finding.over(who, Selection(make.day(0), post=border.MANAS)) == []


def test_an_entry_that_came_later_than_its_own_last_day_waits_for_the_next_night():
    make.found(make.day(NIGHT))
    late = make.entered(40, 30)
    assert near(make.day(0)) == set()
    make.found()
    assert near(make.day(0)) == whole(make.day(0)) == {late.pk}


def test_where_no_night_is_near_everything_is_looked_through():
    make.entered(60, 30)
    make.found(make.day(20))
    assert suspects.night_values(make.day(0)) is None
    assert near(make.day(0)) == whole(make.day(0)) != set()


def test_a_look_at_fewer_would_miss_what_it_does_not_ask_for(monkeypatch):
    """The negative control of the tests above: without the last branches they fail."""
    monkeypatch.setattr(finding, "SUSPECTS", suspects.SUSPECTS.split("UNION")[0])
    make.found(make.day(NIGHT))
    comes_since(None)
    assert near(make.day(0)) != whole(make.day(0))


def test_every_night_is_on_record():
    make.entered(40, 30)
    make.found()
    row = OverstayNight.objects.get()
    assert (row.day, row.added, row.closed) == (make.day(0), 1, 0)
