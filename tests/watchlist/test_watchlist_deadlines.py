"""Do proposals grow stale, entries end on their day, and unreviewed ones fall out?"""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from safar.control.watchlist import actions, queries
from safar.control.watchlist.models import EntryReview, ListEntry
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.models import AuditEntry
from safar.core.record import writing
from tests.makers.watchlist import (
    actor,
    ago,
    changed,
    draft,
    due,
    entry,
    head,
    lifted,
    loaded,
    person,
    watch_list,
)

pytestmark = pytest.mark.django_db
MARAT = person("SEITOV<<MARAT", documents=(("KGZ", "AC1234567"),))
TODAY = timezone.localdate
PASSPORT = (("passport", "KGZ", "AC1234567"),)


def proposed(name: str = "SEITOV, Marat") -> ListEntry:
    return actions.propose_entry(actor("R. Kadyrov"), watch_list(), draft=draft(name))


def listed(**fields: Any) -> ListEntry:
    """An entry that stops the traveller by her document: the name does not matter here."""
    return entry("SEITOV, Marat", documents=PASSPORT, **fields)


def stops() -> bool:
    return bool(queries.screen(MARAT))


def test_a_proposal_of_fourteen_days_can_be_agreed_to_and_an_older_one_cannot():
    still = ago(proposed(), 13)
    assert actions.publish_entry(actor("B. Osmonalieva"), still).status == "published"
    on = still.list
    new = actions.propose_entry(actor("R. Kadyrov"), on, draft=draft("SEITOV, Marat"))
    with pytest.raises(NotAllowed, match="too long ago"):
        actions.publish_entry(actor("B. Osmonalieva"), ago(new, 15))
    assert ListEntry.objects.get(pk=new.pk).status == "proposed"


def test_how_long_a_proposal_stands_is_a_setting(settings):
    settings.SAFAR_PROPOSAL_DAYS = 3
    with pytest.raises(NotAllowed):
        actions.publish_entry(actor("B. Osmonalieva"), ago(proposed(), 4))


def test_a_stale_proposal_can_still_be_declined():
    old = ago(proposed(), 30)
    assert actions.decline_entry(actor("B. Osmonalieva"), old, reason="Old.").status == "declined"


def test_a_stale_lifting_has_to_be_proposed_anew():
    one = actions.propose_lifting(actor("R. Kadyrov"), listed(), reason="Found.")
    one = ago(one, 15, "lifting_proposed_at")
    with pytest.raises(NotAllowed, match="too long ago"):
        actions.lift_entry(head(), one)
    again = actions.decline_entry(actor("B. Osmonalieva"), one, reason="Old.")
    assert lifted(again).status == "lifted"


def test_a_lifting_of_an_entry_that_changed_since_has_to_be_proposed_anew():
    loaded()
    one = ListEntry.objects.get(source_key="1")
    one = actions.propose_lifting(actor("R. Kadyrov"), one, reason="Found.")
    with writing():
        ListEntry.objects.filter(pk=one.pk).update(content_version=one.content_version + 1)
    with pytest.raises(NotAllowed, match="has changed"):
        actions.lift_entry(head(), one)
    assert ListEntry.objects.get(pk=one.pk).status == "lifting"


def test_an_entry_screens_on_its_last_day_and_not_on_the_next():
    one = listed(in_force_until=TODAY() + timedelta(days=5))
    for days, expected in ((0, True), (-1, False)):
        with writing():
            ListEntry.objects.filter(pk=one.pk).update(
                in_force_from=TODAY() - timedelta(days=9),
                in_force_until=TODAY() + timedelta(days=days),
            )
        assert stops() is expected, days


@pytest.mark.parametrize(("days", "expected"), [(5, True), (-1, True), (-30, True), (-31, False)])
def test_an_entry_without_its_review_falls_out_after_thirty_days_of_grace(
    days: int, expected: bool
):
    due(listed(), days)
    assert stops() is expected


def test_the_days_of_grace_are_a_setting(settings):
    settings.SAFAR_REVIEW_GRACE_DAYS = 2
    due(listed(), -3)
    assert not stops()
    settings.SAFAR_REVIEW_GRACE_DAYS = 4
    assert stops()


def test_an_entry_whose_proposer_names_no_review_is_due_within_a_year():
    long = listed(in_force_until=TODAY() + timedelta(days=2000))
    assert long.review_due == TODAY() + timedelta(days=365)
    short = entry("ORLOVA, N", in_force_until=TODAY() + timedelta(days=90))
    assert short.review_due == TODAY() + timedelta(days=90)


def test_a_review_beyond_three_years_is_refused():
    new = draft("A, B", review_due=TODAY() + timedelta(days=1100))
    with pytest.raises(RuleBroken):
        actions.propose_entry(actor("R. Kadyrov"), watch_list(), draft=new)


def test_a_review_keeps_an_entry_with_its_author_and_reason():
    one = due(listed(), -10)
    until = TODAY() + timedelta(days=200)
    actions.review_entry(actor("R. Kadyrov"), one, reason="Still sought.", keep_until=until)
    kept = EntryReview.objects.get()
    assert (kept.outcome, kept.by_name, kept.reason) == ("kept", "R. Kadyrov", "Still sought.")
    assert kept.due_before == TODAY() - timedelta(days=10)
    assert ListEntry.objects.get().review_due == until
    row = AuditEntry.objects.filter(action="watchlist.review_entry", outcome="done").get()
    assert row.details["entry"] == str(one.pk)


def test_a_review_may_end_in_a_lifting_that_another_person_agrees_to():
    review = actions.review_entry(
        actor("R. Kadyrov"), listed(), reason="Found at home.", keep_until=None
    )
    one = ListEntry.objects.get()
    assert (review.outcome, one.status, one.lifting_reason) == (
        "lifting", "lifting", "Found at home.",
    )  # fmt: skip
    assert stops()
    actions.lift_entry(head(), one)
    assert not stops()


@pytest.mark.parametrize("days", [0, -5, 1500])
def test_an_entry_is_kept_until_a_day_to_come_within_three_years(days: int):
    one = listed(in_force_until=TODAY() + timedelta(days=3000))
    until = TODAY() + timedelta(days=days)
    with pytest.raises(RuleBroken):
        actions.review_entry(actor("R. Kadyrov"), one, reason="x", keep_until=until)
    assert not EntryReview.objects.exists()


def test_an_entry_is_not_kept_beyond_its_last_day_nor_without_a_reason():
    one = listed(in_force_until=TODAY() + timedelta(days=30))
    for reason, days in (("x", 31), (" ", 10)):
        until = TODAY() + timedelta(days=days)
        with pytest.raises(RuleBroken):
            actions.review_entry(actor("R. Kadyrov"), one, reason=reason, keep_until=until)


def test_one_person_cannot_bring_back_what_fell_out_but_two_can():
    one = due(listed(), -40)
    until = TODAY() + timedelta(days=90)
    with pytest.raises(InvalidMove):
        actions.review_entry(actor("R. Kadyrov"), one, reason="Sought.", keep_until=until)
    assert not stops()
    changed(one, review_due=until)
    assert stops()


def test_the_queue_says_what_is_due_overdue_fallen_out_and_expired():
    names = {"due": 20, "overdue": -3, "fallen": -31, "later": 31}
    made = {name: due(entry(f"PERSON, {name}"), days) for name, days in names.items()}
    gone = entry("PERSON, expired")
    with writing():
        ListEntry.objects.filter(pk=gone.pk).update(
            in_force_from=TODAY() - timedelta(days=9), in_force_until=TODAY() - timedelta(days=1)
        )
    queue = queries.review_queue(actor("R. Kadyrov"))
    for name in ("due", "overdue", "fallen"):
        assert [row.pk for row in getattr(queue, name)] == [made[name].pk], name
    assert [row.pk for row in queue.expired] == [gone.pk]
    assert not queries.review_queue(actor("R. Kadyrov"), owner="NOBODY").due
    assert not queries.review_queue(actor("Sgt Beishenova", "officer")).due


def test_what_waits_for_a_second_person_stands_together_the_oldest_first():
    new = ago(proposed("A, B"), 20)
    to_lift = actions.propose_lifting(actor("R. Kadyrov"), entry("C, D"), reason="Found.")
    rows = queries.waiting(actor("B. Osmonalieva"))
    assert [(row.kind, row.key, row.is_stale) for row in rows] == [
        ("entry", new.pk, True),
        ("lifting", to_lift.pk, False),
    ]


def test_the_overview_counts_as_in_force_what_screens():
    due(listed(), -40)
    entry("ORLOVA, N")
    (one,) = queries.lists(actor("R. Kadyrov"))
    assert vars(one)["in_force"] == 1
