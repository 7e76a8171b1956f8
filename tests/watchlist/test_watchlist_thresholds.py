"""Is a threshold changed by two people who have seen what it would have meant last month?"""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from safar.control.watchlist import actions, queries
from safar.control.watchlist.actions import thresholds
from safar.control.watchlist.models import Hit, ThresholdChange, WatchList
from safar.control.watchlist.queries import Match, Person
from safar.core.errors import NotAllowed, RuleBroken
from safar.core.permissions import system
from safar.core.record import writing
from tests.makers.watchlist import actor, ago, entry, head, hits, person, watch_list

pytestmark = pytest.mark.django_db
WORKER = system("border worker")
MARAT = person("SEITOV<<MARAT", birth="1984-05-17", sex="M")


def proposed(after: float, on: WatchList | None = None) -> ThresholdChange:
    return actions.propose_threshold(
        actor("R. Kadyrov"), on or watch_list(), after=after, reason="Too many false alarms."
    )


def tried(change: ThresholdChange, *people: Any, ended: bool = True) -> ThresholdChange:
    return actions.try_threshold(
        WORKER, change, people=people, travellers=1000, begins=True, ended=ended
    )


def recorded(score: float, outcome: str = "", days: int = 1) -> Hit:
    """A hit by name of the list, judged perhaps, with this score, so many days ago."""
    on = WatchList.objects.get()
    one = on.entries.first() or entry("SEITOV, Marat", on=on)
    hit = Hit(
        traveller_id=uuid4(), inspection_id=uuid4(), entry=one, entry_version=1, kind="name",
        score=score, raised_at=timezone.now() - timedelta(days=days), raised_by_name="x",
    )  # fmt: skip
    with writing():
        hit.save()
    if outcome:
        officer = actor("Lt Osmonova", "second_line")
        actions.judge_hit(officer, hit, outcome=outcome, reason="Father's name.")
    return hit


def test_another_threshold_holds_once_a_second_person_agreed():
    on = watch_list()
    change = proposed(0.95, on)
    assert WatchList.objects.get().threshold == on.threshold
    actions.approve_threshold(head(), change)
    assert WatchList.objects.get().threshold == 0.95


def test_a_threshold_that_stops_fewer_people_is_agreed_to_by_a_head_of_lists_alone():
    change = proposed(0.95)
    with pytest.raises(NotAllowed, match="stops fewer people than today"):
        actions.approve_threshold(actor("B. Osmonalieva"), change)
    assert WatchList.objects.get().threshold < 0.95
    assert actions.approve_threshold(head(), change).status == "published"


def test_nobody_agrees_to_her_own_threshold_the_database_included():
    change = proposed(0.95)
    with pytest.raises(NotAllowed):
        actions.approve_threshold(actor("R. Kadyrov"), change)
    fields = {"status": "published", "decided_at": timezone.now(), "decided_by_name": "x"}
    with pytest.raises(IntegrityError, match="two_people"), writing(), transaction.atomic():
        ThresholdChange.objects.filter(pk=change.pk).update(**fields, decided_by=change.proposed_by)


def test_a_lower_threshold_waits_for_what_it_would_have_meant():
    change = proposed(0.6)
    with pytest.raises(NotAllowed, match="worked out"):
        actions.approve_threshold(actor("B. Osmonalieva"), change)
    change = tried(change, ended=False)
    with pytest.raises(NotAllowed, match="worked out"):
        actions.approve_threshold(actor("B. Osmonalieva"), change)
    actions.approve_threshold(actor("B. Osmonalieva"), tried(change))
    assert WatchList.objects.get().threshold == 0.6


@pytest.mark.parametrize("after", [0.4, 1.1])
def test_a_threshold_out_of_range_is_refused(after: float):
    with pytest.raises(RuleBroken):
        proposed(after)


def test_the_threshold_in_force_is_no_proposal_and_one_waits_at_a_time():
    on = watch_list()
    with pytest.raises(RuleBroken):
        proposed(on.threshold, on)
    proposed(0.95, on)
    with pytest.raises(RuleBroken, match="waits"):
        proposed(0.96, on)


def test_a_threshold_of_a_list_that_changed_since_or_of_long_ago_is_proposed_anew():
    on = watch_list()
    change = proposed(0.95, on)
    with writing():
        WatchList.objects.update(threshold=0.7)
    with pytest.raises(NotAllowed, match="list has changed"):
        actions.approve_threshold(actor("B. Osmonalieva"), change)
    with writing():
        WatchList.objects.update(threshold=on.threshold)
    with pytest.raises(NotAllowed, match="too long ago"):
        actions.approve_threshold(actor("B. Osmonalieva"), ago(change, 15))
    assert actions.decline_threshold(actor("R. Kadyrov"), change, reason="Old.").status


def test_the_hits_of_last_month_say_how_many_fewer_and_how_they_were_judged():
    on = watch_list()
    for score, outcome in ((0.86, "different"), (0.87, "same"), (0.88, ""), (0.97, "same")):
        recorded(score, outcome)
    recorded(0.86, "different", days=40)
    seen = queries.outlook(on, 0.9)
    assert (seen.hits, seen.fewer) == (4, 3)
    assert (seen.fewer_same, seen.fewer_different, seen.fewer_open) == (1, 1, 1)
    assert queries.outlook(on, 0.5).fewer == 0


def test_a_sample_is_screened_as_if_the_threshold_were_in_force_and_nothing_stays(
    monkeypatch: pytest.MonkeyPatch,
):
    on = watch_list()
    one = entry("SEITOV, Marat", on=on)
    (match,) = queries.screen(person("SEITOV<<MARAT"))
    alike = replace(match, score=0.65)

    def screen(who: Person) -> list[Match]:
        """An engine that finds the one man with 0.65, if the list's threshold lets it."""
        lets = WatchList.objects.get().threshold <= alike.score
        return [alike] if lets and who is MARAT else []

    monkeypatch.setattr(thresholds, "screen", screen)
    change = tried(proposed(0.6, on), MARAT, person("TOKTOGULOVA<<AIGUL"))
    found = queries.trial(change)
    assert found is not None
    assert (found.screened, found.before, found.after) == (2, 0, 1)
    assert (found.more, found.more_a_month) == (1, 500)
    assert found.alike == [[one.source_key, 0.65]]
    assert WatchList.objects.get().threshold == on.threshold
    assert screen(MARAT) == []  # no booth saw any of it


def test_a_sample_that_is_begun_again_is_not_counted_twice():
    change = tried(proposed(0.6), MARAT)
    again = queries.trial(tried(change, MARAT))
    assert again is not None
    assert again.screened == 1


def test_the_score_that_is_recorded_is_the_one_that_the_outlook_reads():
    on = watch_list()
    entry("SEITOV, Marat", on=on, births=("1984-05-17",), sex="M")
    (hit,) = hits(MARAT)
    assert queries.outlook(on, hit.score).fewer == 0
    assert queries.outlook(on, min(1.0, hit.score + 0.001)).fewer == (1 if hit.score < 1 else 0)
