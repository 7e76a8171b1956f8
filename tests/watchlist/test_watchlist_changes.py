"""Does it take two people to change an entry in force, and does the change end what was cleared?"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from safar.control.watchlist import actions, drafts, queries
from safar.control.watchlist.drafts import Draft
from safar.control.watchlist.models import EntryChange, ListEntry
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.record import writing
from tests.makers.watchlist import (
    actor,
    ago,
    change,
    changed,
    draft,
    entry,
    head,
    hits,
    lifted,
    person,
    watch_list,
)

pytestmark = pytest.mark.django_db
PASSPORT = (("passport", "KGZ", "AC1234567"),)
OTHER = (("passport", "KGZ", "AC7654321"),)
MARAT = person("SEITOV<<MARAT", documents=(("KGZ", "AC1234567"),))


def stops(number: str) -> bool:
    return bool(queries.screen(person("X", documents=(("KGZ", number),))))


def test_a_change_screens_nobody_until_a_second_person_agrees():
    one = entry("SEITOV, Marat", documents=PASSPORT)
    waiting = change(one, documents=OTHER)
    assert (stops("AC1234567"), stops("AC7654321")) == (True, False)
    actions.publish_change(head(), waiting)
    assert (stops("AC1234567"), stops("AC7654321")) == (False, True)
    after = ListEntry.objects.get()
    assert (after.content_version, after.status) == (2, "published")


def test_nobody_agrees_to_her_own_change():
    waiting = change(entry("SEITOV, Marat"), sex="M")
    with pytest.raises(NotAllowed):
        actions.publish_change(actor("R. Kadyrov"), waiting)


def test_the_database_refuses_a_change_agreed_to_by_its_author():
    waiting = change(entry("SEITOV, Marat"), sex="M")
    fields = {"status": "published", "decided_at": timezone.now(), "decided_by_name": "x"}
    with pytest.raises(IntegrityError, match="two_people"), writing(), transaction.atomic():
        EntryChange.objects.filter(pk=waiting.pk).update(**fields, decided_by=waiting.proposed_by)
    with pytest.raises(IntegrityError, match="by_second"), writing(), transaction.atomic():
        EntryChange.objects.filter(pk=waiting.pk).update(status="published")
    with writing():  # the control
        EntryChange.objects.filter(pk=waiting.pk).update(
            **fields, decided_by_id=actor("B. Osmonalieva").user_id
        )


def test_a_change_keeps_every_field_that_it_does_not_touch():
    one = entry(
        "SEITOV, Marat",
        "ХУДАЙБЕРДИЕВ, Шавкат",
        "weak Shako",
        births=("1984-05-17", "~1985"),
        documents=PASSPORT,
        birth_place="Osh",
        discreet=True,
    )
    before = drafts.of_entry(one)
    after = drafts.of_entry(changed(one, phone="+996 555 123456"))
    assert [row.label for row in drafts.differences(before, after)] == ["Telephone"]


def test_the_differences_are_shown_field_by_field():
    waiting = change(entry("SEITOV, Marat", births=("1984",)), births=("1984-05-17",), sex="M")
    rows = [(str(r.label), r.before, r.after) for r in queries.differences_of(waiting)]
    assert rows == [("Dates of birth", ["1984"], ["1984-05-17"]), ("Sex", [], ["Male"])]


def test_a_change_ends_what_travellers_were_cleared_of():
    one = entry("SEITOV, Marat", documents=PASSPORT)
    traveller = uuid4()
    (hit,) = hits(MARAT, traveller=traveller)
    officer = actor("Lt Osmonova", "second_line")
    actions.judge_hit(officer, hit, outcome="different", reason="Father's name.")
    assert queries.cleared_entries(traveller) == {one.pk}
    waiting = change(one, remarks="Scar on the left hand.")
    assert queries.cleared_entries(traveller) == {one.pk}  # proposed is not agreed to
    actions.publish_change(actor("B. Osmonalieva"), waiting)
    assert queries.cleared_entries(traveller) == frozenset()


def test_a_change_of_what_has_changed_meanwhile_has_to_be_proposed_anew():
    one = entry("SEITOV, Marat")
    waiting = change(one, sex="M")
    with writing():
        ListEntry.objects.filter(pk=one.pk).update(content_version=2)
    with pytest.raises(NotAllowed, match="has changed"):
        actions.publish_change(actor("B. Osmonalieva"), waiting)


def test_a_stale_change_is_declined_and_proposed_anew():
    one = entry("SEITOV, Marat")
    old = ago(change(one, sex="M"), 15)
    with pytest.raises(NotAllowed, match="too long ago"):
        actions.publish_change(actor("B. Osmonalieva"), old)
    with pytest.raises(RuleBroken, match="waits"):
        change(one, sex="M")
    actions.decline_change(actor("R. Kadyrov"), old, reason="Old.")
    assert changed(one, phone="+996 555 1").phone == "+996 555 1"


def test_a_change_that_changes_nothing_or_says_no_reason_is_refused():
    one = entry("SEITOV, Marat")
    for fields in ({"reason": "Nothing new."}, {"reason": " ", "sex": "M"}):
        with pytest.raises(RuleBroken):
            change(one, **fields)
    assert not EntryChange.objects.exists()


def test_only_an_entry_in_force_is_changed():
    new = actions.propose_entry(actor("R. Kadyrov"), watch_list(), draft=draft("A, B"))
    with pytest.raises(InvalidMove):
        change(new, sex="M")
    one = entry("SEITOV, Marat")
    waiting = change(one, sex="M")
    lifted(one)
    with pytest.raises(InvalidMove):
        actions.publish_change(head(), waiting)


def test_an_expired_entry_comes_back_by_two_people():
    one = entry("SEITOV, Marat", documents=PASSPORT)
    with writing():
        ListEntry.objects.filter(pk=one.pk).update(
            in_force_from=timezone.localdate() - timedelta(days=9),
            in_force_until=timezone.localdate() - timedelta(days=1),
        )
    assert not stops("AC1234567")
    one = ListEntry.objects.get()
    changed(one, in_force_until=timezone.localdate() + timedelta(days=30))
    assert stops("AC1234567")


def test_a_draft_comes_back_from_its_json_as_it_was():
    new = draft(
        "SEITOV, Marat",
        "weak Maro",
        births=("1984-05", "~1984"),
        documents=PASSPORT,
        citizenships=("KGZ", "UZB"),
        review_due=timezone.localdate(),
        birth_place="Osh",
    )
    assert Draft.from_json(new.as_json()) == new


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "fields",
    [
        {"in_force_until": timezone.localdate() + DAY},
        {"review_due": timezone.localdate() + DAY},
        {"in_force_from": timezone.localdate() + 20 * DAY},
        {"names": ("SEITOV, Marat",)},
        {"documents": OTHER},
        {"births": ("1999-01-01",)},
        {"sex": "F"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_change_that_takes_away_weighs_as_a_lifting(fields: dict[str, Any]):
    one = entry("SEITOV, Marat", "SEITOV, Maro", births=("1984",), sex="M", documents=PASSPORT)
    waiting = change(one, **fields)
    with pytest.raises(NotAllowed, match="head of lists"):
        actions.publish_change(actor("B. Osmonalieva"), waiting)
    assert ListEntry.objects.get().content_version == 1
    assert actions.publish_change(head(), waiting).status == "published"


@pytest.mark.parametrize(
    "fields",
    [
        {"in_force_until": timezone.localdate() + 700 * DAY},
        {"names": ("SEITOV, Marat", "SEITOV, Maro", "SEITOV, M")},
        {"documents": (*PASSPORT, *OTHER)},
        {"births": ("1984", "1985-03")},
        {"citizenships": ("KGZ", "UZB")},
        {"discreet": False},
        {"instruction": "detain"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_change_that_adds_is_agreed_to_by_any_second_manager(fields: dict[str, Any]):
    one = entry(
        "SEITOV, Marat", "SEITOV, Maro", births=("1984",), sex="M", documents=PASSPORT,
        citizenships=("KGZ",), discreet=True,
    )  # fmt: skip
    assert changed(one, **fields).content_version == 2


def weighs_as_a_lifting(one: ListEntry, **fields: Any) -> bool:
    before = drafts.of_entry(one)
    after = Draft.from_json(change(one, **fields).draft)
    return drafts.takes_away(before, after)


def test_a_name_that_is_only_a_nickname_from_now_on_weighs_as_a_lifting():
    before, after = (
        draft("SEITOV, Marat", "SEITOV, Maro"),
        draft("SEITOV, Marat", "weak SEITOV, Maro"),
    )
    assert drafts.takes_away(before, after)
    assert not drafts.takes_away(after, before)  # the control: it counts more than it did


@pytest.mark.parametrize(
    "fields",
    [{"births": ("1984",)}, {"sex": "M"}, {"citizenships": ("KGZ",)}],
    ids=lambda fields: next(iter(fields)),
)
def test_a_fact_where_nothing_was_known_speaks_against_others_and_weighs_as_a_lifting(
    fields: dict[str, Any],
):
    assert weighs_as_a_lifting(entry("SEITOV, Marat"), **fields)


@pytest.mark.parametrize("births", [("1984-05-17",), ("~1984",), ("1985",), ()])
def test_a_birth_date_that_is_narrowed_or_another_weighs_as_a_lifting(births: tuple[str, ...]):
    assert weighs_as_a_lifting(entry("SEITOV, Marat", births=("1984",)), births=births)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("detain", "refuse_entry"),
        ("detain", "inquiry"),
        ("refuse_entry", "medical"),
        ("refuse_entry", "inform"),
        ("inquiry", "inform"),
        ("inquiry", "discreet_check"),
        ("inform", "discreet_check"),
    ],
)
def test_an_instruction_that_holds_back_less_weighs_as_a_lifting(before: str, after: str):
    one = entry("SEITOV, Marat", instruction=before)
    assert weighs_as_a_lifting(one, instruction=after)


@pytest.mark.parametrize(
    ("before", "after"),
    [("inquiry", "detain"), ("refuse_entry", "detain"), ("inform", "inquiry")],
)
def test_an_instruction_that_holds_back_more_does_not(before: str, after: str):
    one = entry("SEITOV, Marat", instruction=before)
    assert not weighs_as_a_lifting(one, instruction=after)


def test_an_entry_that_becomes_discreet_is_seen_by_fewer_and_weighs_as_a_lifting():
    assert weighs_as_a_lifting(entry("SEITOV, Marat"), discreet=True)
    assert not weighs_as_a_lifting(entry("ORLOVA, Nina", discreet=True), discreet=False)
