"""Does it take two people to put a person on a list, and two to take her off?"""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from safar.control.watchlist import actions, queries
from safar.control.watchlist.models import ListEntry
from safar.core.errors import InvalidMove, NotAllowed, NotFound, RuleBroken
from safar.core.models import AuditEntry
from safar.core.record import writing
from tests.makers.watchlist import actor, draft, entry, head, ofac_list, person, watch_list

pytestmark = pytest.mark.django_db


def proposed(**fields: Any) -> ListEntry:
    new = draft("SEITOV, Marat", **fields)
    return actions.propose_entry(actor("R. Kadyrov"), watch_list(), draft=new)


def test_a_proposal_screens_nobody():
    proposed()
    assert queries.screen(person("SEITOV<<MARAT")) == []


def test_entries_are_numbered_within_their_list_and_year():
    first, second = entry("A, B"), entry("C, D")
    year = f"{timezone.localdate():%y}"
    assert [first.source_key, second.source_key] == [f"WANTED-{year}-00001", f"WANTED-{year}-00002"]


def test_nobody_publishes_her_own_proposal():
    new = proposed()
    with pytest.raises(NotAllowed):
        actions.publish_entry(actor("R. Kadyrov"), new)


def test_the_database_refuses_a_proposal_published_by_its_author():
    new = proposed()
    fields = {"status": "published", "decided_at": timezone.now(), "decided_by_name": "x"}
    with pytest.raises(IntegrityError, match="two_people"), writing(), transaction.atomic():
        ListEntry.objects.filter(pk=new.pk).update(**fields, decided_by=new.proposed_by)
    with pytest.raises(IntegrityError, match="by_second"), writing(), transaction.atomic():
        ListEntry.objects.filter(pk=new.pk).update(status="published")
    other = actor("B. Osmonalieva")  # the control
    with writing():
        ListEntry.objects.filter(pk=new.pk).update(**fields, decided_by_id=other.user_id)


def test_nobody_lifts_what_she_proposed_to_lift():
    listed = entry("SEITOV, Marat")
    listed = actions.propose_lifting(head(), listed, reason="Found.")
    with pytest.raises(NotAllowed):
        actions.lift_entry(head(), listed)
    assert actions.lift_entry(head("A. Second"), listed).status == "lifted"  # the control


def test_a_lifting_weighs_more_than_an_entry_only_a_head_of_lists_agrees_to_it():
    listed = entry("SEITOV, Marat")
    listed = actions.propose_lifting(actor("R. Kadyrov"), listed, reason="Found.")
    with pytest.raises(NotAllowed):
        actions.lift_entry(actor("B. Osmonalieva"), listed)
    assert ListEntry.objects.get().status == "lifting"
    assert actions.lift_entry(head(), listed).status == "lifted"
    assert queries.screen(person("SEITOV<<MARAT")) == []


def test_the_database_refuses_a_lifting_by_one_person():
    listed = entry("SEITOV, Marat")
    listed = actions.propose_lifting(actor("R. Kadyrov"), listed, reason="Found.")
    one = listed.lifting_proposed_by
    with pytest.raises(IntegrityError, match="lift_two_people"), writing(), transaction.atomic():
        ListEntry.objects.filter(pk=listed.pk).update(
            status="lifted", lifted_at=timezone.now(), lifted_by=one, lifted_by_name="x"
        )


def test_an_entry_is_not_lifted_without_a_proposal():
    with pytest.raises(InvalidMove):
        actions.lift_entry(head(), entry("SEITOV, Marat"))


def test_a_declined_lifting_leaves_the_entry_in_force_and_can_be_proposed_again():
    listed = entry("SEITOV, Marat")
    actions.propose_lifting(actor("R. Kadyrov"), listed, reason="Found.")
    listed = actions.decline_entry(actor("B. Osmonalieva"), listed, reason="Not the same man.")
    assert (listed.status, listed.lifting_reason) == ("published", "")
    assert queries.screen(person("SEITOV<<MARAT"))
    again = actions.propose_lifting(actor("B. Osmonalieva"), listed, reason="Found.")
    assert actions.lift_entry(head(), again).status == "lifted"


def test_a_declined_proposal_is_never_published():
    new = actions.decline_entry(actor("B. Osmonalieva"), proposed(), reason="No ground.")
    with pytest.raises(InvalidMove):
        actions.publish_entry(actor("B. Osmonalieva"), new)


@pytest.mark.parametrize(
    "fields",
    [
        {"legal_ground": " "},
        {"instruction": "arrest everybody"},
        {"in_force_until": timezone.localdate() - timedelta(days=1)},
    ],
)
def test_an_entry_without_ground_instruction_or_expiry_is_refused(fields: dict[str, Any]):
    with pytest.raises(RuleBroken):
        proposed(**fields)
    assert not ListEntry.objects.exists()


def test_a_list_that_is_fed_from_files_takes_no_entries_by_hand():
    with pytest.raises(RuleBroken):
        actions.propose_entry(actor("R. Kadyrov"), ofac_list(), draft=draft("X, Y"))


def test_opening_an_entry_is_on_record_and_an_officer_does_not_get_there():
    listed = entry("SEITOV, Marat")
    queries.open_entry(actor("R. Kadyrov"), listed.pk)
    opened = AuditEntry.objects.filter(outcome="opened").last()
    assert opened is not None
    assert opened.target == f"ListEntry:{listed.pk}"
    with pytest.raises(NotFound):
        queries.open_entry(actor("Sgt Beishenova", "officer"), listed.pk)


def test_a_search_by_another_spelling_finds_and_is_logged_without_the_name():
    listed = entry("ХУДАЙБЕРДИЕВ, Шавкат")
    found = queries.entries(actor("R. Kadyrov"), listed.list, search="Khudaiberdiev")
    assert [one.pk for one in found] == [listed.pk]
    row = AuditEntry.objects.filter(outcome="opened").last()
    assert row is not None
    assert row.details["found"] == 1
    assert "udai" not in str(row.details).lower()
