"""Who judges a hit, what is remembered of it, and until when?"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from safar.control.watchlist import actions, queries
from safar.control.watchlist.models import Hit, Judgement
from safar.control.watchlist.queries import Person, Wanted
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.permissions import Actor
from safar.core.record import writing
from tests.makers.watchlist import SDN, actor, entry, hits, loaded, person, watch_list

pytestmark = pytest.mark.django_db
MARAT = person("SEITOV<<MARAT")


def officer() -> Actor:
    return actor("Sgt Beishenova", "officer")


def second_line(name: str = "Lt Osmonova") -> Actor:
    return actor(name, "second_line", extra=("watchlist.take_back_hit",))


def judged(hit: Hit, outcome: str) -> Hit:
    return actions.judge_hit(
        second_line(), hit, outcome=outcome, reason="Father's name.", what_decided=["father"]
    )


def test_a_hit_keeps_what_was_compared_and_why():
    entry("SEITOV, Marat")
    (hit,) = hits(MARAT, raiser=officer())
    assert (hit.status, hit.kind, hit.entry_version) == ("new", "name", 1)
    stored = Hit.objects.get()
    assert queries.reasons_of(stored)[0].sentence.startswith("The name SEITOV, MARAT is like")


def test_one_inspection_raises_one_hit_for_an_entry():
    entry("SEITOV, Marat")
    traveller, inspection = uuid4(), uuid4()
    first = hits(MARAT, traveller=traveller, inspection=inspection)
    assert hits(MARAT, traveller=traveller, inspection=inspection) == first
    assert Hit.objects.count() == 1


def test_a_traveller_who_was_cleared_does_not_stop_for_the_same_entry():
    listed = entry("SEITOV, Marat")
    entry("SEITOV, Marat", sex="M")
    traveller = uuid4()
    first, _second = hits(MARAT, traveller=traveller)
    judged(first, "different")
    assert queries.cleared_entries(traveller) == {first.entry_id}
    assert [hit.entry_id == first.entry_id for hit in hits(MARAT, traveller=traveller)] == [False]
    assert len(hits(MARAT)) == 2  # the control: another traveller of the name stops for both
    assert listed.pk in {hit.entry_id for hit in Hit.objects.all()}


def test_cleared_stays_cleared_until_the_entry_changes():
    loaded()
    who, traveller = person("SADYKOV<<TIMUR", birth="1984-05-17"), uuid4()
    judged(hits(who, traveller=traveller)[0], "different")
    loaded(SDN.replace("51 AB-204", "51 AB-205"))  # another entry changes
    assert hits(who, traveller=traveller) == []
    loaded(SDN.replace("Gender Male", "Gender Male; Passport 77-1234 (Kyrgyzstan)"))
    assert queries.cleared_entries(traveller) == frozenset()
    assert len(hits(who, traveller=traveller)) == 1


def test_a_judgement_can_be_taken_back_and_is_never_erased():
    entry("SEITOV, Marat")
    traveller = uuid4()
    hit = judged(hits(MARAT, traveller=traveller)[0], "different")
    hit = actions.take_back_hit(second_line(), hit, reason="The wrong file was open.")
    assert (hit.status, hit.judged_at, hit.reason) == ("in_review", None, "")
    assert queries.cleared_entries(traveller) == frozenset()
    judged(hit, "same")
    outcomes = list(Judgement.objects.order_by("at").values_list("outcome", flat=True))
    assert outcomes == ["different", "taken_back", "same"]


def test_open_hits_are_counted_until_they_are_judged():
    entry("SEITOV, Marat")
    inspection = uuid4()
    (hit,) = hits(MARAT, inspection=inspection)
    judged(hit, "unsure")
    assert queries.open_hits(inspection) == 1
    judged(hit, "different")
    assert queries.open_hits(inspection) == 0


def test_unsure_leaves_the_hit_open_with_its_author():
    entry("SEITOV, Marat")
    hit = judged(hits(MARAT)[0], "unsure")
    assert (hit.status, hit.judged_at) == ("in_review", None)
    assert Judgement.objects.get().by_name == second_line().name


def test_the_officer_who_inspected_does_not_judge():
    entry("SEITOV, Marat")
    both = second_line("Lt Alone")
    (hit,) = hits(MARAT, raiser=both)
    with pytest.raises(NotAllowed):
        actions.judge_hit(both, hit, outcome="different", reason="I know him.")
    assert Hit.objects.get().status == "new"


def test_the_database_refuses_a_judgement_by_the_officer_who_inspected():
    entry("SEITOV, Marat")
    (hit,) = hits(MARAT, raiser=officer())
    hit = judged(hit, "different")
    with (
        pytest.raises(IntegrityError, match="hit_judged_by_another"),
        writing(),
        transaction.atomic(),
    ):
        Hit.objects.filter(pk=hit.pk).update(judged_by=hit.raised_by)


def test_the_database_keeps_every_judgement():
    entry("SEITOV, Marat")
    judged(hits(MARAT)[0], "different")
    for change in (lambda rows: rows.update(reason="x"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="append-only"), writing(), transaction.atomic():
            change(Judgement.objects.all())


def test_a_judgement_needs_a_reason_and_a_known_outcome():
    entry("SEITOV, Marat")
    (hit,) = hits(MARAT)
    with pytest.raises(RuleBroken):
        actions.judge_hit(second_line(), hit, outcome="different", reason="")
    with pytest.raises(RuleBroken):
        actions.judge_hit(second_line(), hit, outcome="perhaps", reason="x")
    with pytest.raises(RuleBroken):
        actions.judge_hit(
            second_line(), hit, outcome="same", reason="x", what_decided=["horoscope"]
        )


def test_a_hit_that_was_judged_is_not_judged_again_without_taking_back():
    entry("SEITOV, Marat")
    hit = judged(hits(MARAT)[0], "different")
    with pytest.raises(InvalidMove):
        judged(hit, "same")


def test_first_line_may_not_judge():
    entry("SEITOV, Marat")
    with pytest.raises(NotAllowed):
        actions.judge_hit(officer(), hits(MARAT)[0], outcome="different", reason="x")


def test_an_entry_tells_how_often_it_was_right():
    listed = entry("SEITOV, Marat")
    for outcome in ("different", "different", "same"):
        judged(hits(MARAT)[0], outcome)
    mine = uuid4()
    hits(MARAT, inspection=mine)
    record = queries.hit_record(listed.pk, besides=mine)
    assert (record.stopped, record.same, record.different, record.open) == (3, 1, 2, 0)
    assert queries.hit_record(listed.pk).open == 1


def test_hits_are_seen_by_second_line_and_not_by_first():
    entry("SEITOV, Marat")
    traveller, inspection = uuid4(), uuid4()
    hits(MARAT, traveller=traveller, inspection=inspection)
    assert len(queries.hits_of_inspection(second_line(), inspection)) == 1
    assert len(queries.hits_of_traveller(second_line(), traveller)) == 1
    assert len(queries.hits_of_inspection(officer(), inspection)) == 0


def test_whoever_once_said_the_same_person_stays_the_one_who_said_it():
    entry("SEITOV, Marat", instruction="detain")
    inspection = uuid4()
    (hit,) = hits(MARAT, inspection=inspection)
    me, other = second_line(), second_line("Lt Other")

    def said_same(who: Actor, asks: str = "detain") -> bool:
        return queries.judged_same_by(inspection, who.user_id, [asks])

    assert not said_same(me)
    judged(hit, "same")
    assert said_same(me)
    hit = actions.take_back_hit(me, hit, reason="Not sure any more.")
    judged(hit, "different")
    assert said_same(me)
    assert not said_same(other)
    assert not said_same(me, "inform")


def test_whoever_said_another_person_only_is_not_bound():
    entry("SEITOV, Marat", instruction="detain")
    inspection = uuid4()
    judged(hits(MARAT, inspection=inspection)[0], "different")
    assert not queries.judged_same_by(inspection, second_line().user_id, ["detain"])


SHOWN = person("SEITOV<<MARAT", birth="1984-05-17", documents=(("KGZ", "AC1234567"),))


@pytest.mark.parametrize(
    "now",
    [
        person("SEITOV<<MARAT", birth="1984-05-17", documents=(("KGZ", "AC7654321"),)),
        person("SEITOV<<MARAT<BEK", birth="1984-05-17", documents=(("KGZ", "AC1234567"),)),
        person("SEITOV<<MARAT", birth="1984-05-18", documents=(("KGZ", "AC1234567"),)),
    ],
    ids=["another document", "another name", "another birth date"],
)
def test_a_traveller_who_changed_since_she_was_cleared_is_compared_anew(now: Person):
    entry("SEITOV, Marat")
    traveller = uuid4()
    (hit,) = hits(SHOWN, traveller=traveller)
    judged(hit, "different")
    assert queries.cleared_entries(traveller, SHOWN) == {hit.entry_id}
    assert queries.cleared_entries(traveller, now) == frozenset()


def test_another_spelling_of_the_same_name_is_no_change_of_the_traveller():
    entry("SEITOV, Marat")
    traveller = uuid4()
    (hit,) = hits(SHOWN, traveller=traveller)
    judged(hit, "different")
    again = person("СЕИТОВ, Марат", birth="1984-05-17", documents=(("KGZ", "AC 1234567"),))
    assert queries.cleared_entries(traveller, again) == {hit.entry_id}


def test_what_is_cleared_with_the_new_document_is_remembered_for_it():
    entry("SEITOV, Marat")
    traveller = uuid4()
    judged(hits(SHOWN, traveller=traveller)[0], "different")
    renewed = person("SEITOV<<MARAT", birth="1984-05-17", documents=(("KGZ", "AC7654321"),))
    judged(hits(renewed, traveller=traveller)[0], "different")
    for shown in (SHOWN, renewed):
        assert hits(shown, traveller=traveller) == []


def test_hits_are_chosen_by_status_list_and_age():
    manager = actor("R. Kadyrov")
    other = watch_list("bans")
    entry("SEITOV, Marat")
    entry("ORLOVA, Nadezhda", on=other)
    judged(hits(MARAT)[0], "different")
    (old,) = hits(person("ORLOVA<<NADEZHDA"))
    with writing():
        Hit.objects.filter(pk=old.pk).update(raised_at=old.raised_at - timedelta(days=9))

    def found(**wanted: Any) -> list[str]:
        rows = queries.hits_to_read(manager, Wanted(**wanted))
        return [hit.entry.list.code for hit in rows]

    assert found() == ["bans"]
    assert found(status="different") == ["wanted"]
    assert found(status="") == ["wanted", "bans"]
    assert found(status="", list_code="wanted") == ["wanted"]
    assert found(status="", days=7) == ["wanted"]
    assert found(status="", days=-7) == ["bans"]
    assert found(status="same") == []
