"""Who is put on the list of overstays, who leaves it, and who never comes on it?"""

from datetime import timedelta

import pytest

from safar.control.border.choices import AmendmentKind
from safar.control.border.counts import stays as border_counts
from safar.control.stays.models import Overstay
from safar.control.stays.queries import finding
from safar.control.stays.queries.finding import Selection
from safar.control.travellers.actions import judge_same_person
from safar.control.travellers.choices import Judgement
from tests import cast
from tests.makers import border
from tests.makers import stays as make
from tests.makers.accounts import actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def listed(**changes):
    chosen = Selection(make.day(0), **changes)
    return {one.crossing_id for one in finding.over(actor(make.zarina()), chosen)}


def test_who_is_over_is_found_once_and_who_is_within_is_not():
    over, within = make.entered(40, 30), make.entered(40, 60)
    assert make.found() == (1, 0)
    row = Overstay.objects.get()
    assert (row.crossing_id, row.since, row.is_open) == (over.pk, make.day(10), True)
    assert within.pk not in listed()
    assert make.found() == (0, 0)
    assert Overstay.objects.count() == 1


def test_the_last_permitted_day_itself_is_no_overstay():
    last, one_over = make.entered(29, 30), make.entered(30, 30)
    assert listed() == {one_over.pk}
    assert last.permitted_until == make.day(0)


def test_an_exit_closes_it_and_counts_the_days_to_the_exit():
    shown = make.document()
    entry = make.entered(40, 30, shown=shown)
    row = make.overstay(entry)
    make.left(shown, 2)
    assert make.found() == (0, 1)
    row.refresh_from_db()
    assert (row.closed_because, row.left_on, row.days_over) == ("exit", make.day(2), 9)
    assert make.found() == (0, 0)


def test_who_left_in_time_never_comes_on_it():
    shown = make.document()
    make.entered(40, 30, shown=shown)
    make.left(shown, 20)
    assert make.found() == (0, 0)


def test_an_exit_under_a_document_judged_to_be_hers_closes_it():
    first, other = make.document(), make.document(surname="OTHER", birth="1970-01-01")
    entry = make.entered(40, 30, shown=first)
    row = make.overstay(entry)
    second = make.left(other, 1)
    assert make.found() == (0, 0)
    judge_same_person(
        actor(cast.bakyt()), entry.traveller, other_id=second.traveller_id,
        judgement=Judgement.SAME, reason="the same face",
    )  # fmt: skip
    assert make.found() == (0, 1)
    row.refresh_from_db()
    assert (row.closed_because, row.days_over) == ("exit", 10)


def test_an_extension_closes_it_and_the_new_day_counts():
    entry = make.entered(40, 30)
    row = make.overstay(entry)
    make.extended(entry, make.day(-10))
    assert make.found() == (0, 1)
    row.refresh_from_db()
    assert row.closed_because == "extended"
    assert make.found(make.day(-11)) == (1, 0)


def test_an_annulled_entry_is_no_overstay():
    entry = make.entered(40, 30)
    row = make.overstay(entry)
    border.approve(border.leader(), border.propose(cast.cholpon(), entry))
    assert make.found() == (0, 1)
    row.refresh_from_db()
    assert row.closed_because == "annulled"


def test_a_correction_of_the_day_moves_it():
    entry = make.entered(40, 30)
    row = make.overstay(entry)
    proposed = border.propose(
        cast.cholpon(), entry, kind=AmendmentKind.CORRECT,
        changes={"permitted_until": make.day(5)},
    )  # fmt: skip
    border.approve(border.leader(), proposed)
    assert make.found() == (1, 1)
    row.refresh_from_db()
    assert row.closed_because == "corrected"
    assert Overstay.objects.get(closed_at=None).since == make.day(4)


def test_own_citizens_are_never_on_it():
    entry = make.entered(40, 30, shown=border.document(issuer="KGZ"))
    assert listed() == set()
    assert make.found() == (0, 0)
    foreign = make.entered(40, 30)
    assert foreign.pk != entry.pk
    assert make.found() == (1, 0)
    assert listed() == {foreign.pk}


def test_who_has_a_document_of_this_state_too_is_never_on_it():
    entry = make.entered(40, 30)
    own = border.crossed(cast.aida(), border.document(issuer="KGZ"), when=border.days_ago(100))
    assert listed() == {entry.pk}
    judge_same_person(
        actor(cast.bakyt()), entry.traveller, other_id=own.traveller_id,
        judgement=Judgement.SAME, reason="the same face",
    )  # fmt: skip
    assert listed() == set()


def test_any_day_is_told_without_waiting_for_the_night():
    entry = make.entered(40, 30)
    who = actor(make.zarina())
    for ago, over in ((11, 0), (10, 1), (3, 8)):
        found = finding.over(who, Selection(make.day(ago)))
        assert [one.days(make.day(ago)) for one in found] == ([over] if over else [])
    assert not Overstay.objects.exists()
    assert listed(at_least=11) == {entry.pk}
    assert listed(at_least=12) == set()


def test_filters_choose_by_citizenship_and_post():
    one = make.entered(40, 30)
    other = make.entered(40, 30, shown=make.document(issuer="CHN"), code=border.TORUGART)
    assert listed() == {one.pk, other.pk}
    assert listed(citizenship="CHN") == {other.pk}
    assert listed(post=border.MANAS) == {one.pk}


def test_who_serves_at_one_post_sees_that_post_alone():
    make.entered(40, 30)
    other = make.entered(40, 30, code=border.TORUGART)
    at_torugart = actor(cast.daniyar())
    found = finding.over(at_torugart, Selection(make.day(0)))
    assert [one.crossing_id for one in found] == [other.pk]


def test_the_border_counts_the_same_people_as_the_list():
    for ago in (35, 40, 45):
        make.entered(ago, 30)
    who = actor(make.zarina())
    counted = border_counts.open_stays(
        who, make.day(100), make.day(1), now=border.days_ago(0, 23) + timedelta(hours=1)
    )
    assert sum(counted.values()) == len(listed()) == 3
