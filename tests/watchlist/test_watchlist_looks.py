"""Who may see who looked at an entry, and is that look on record too?"""

import pytest
from django.utils import timezone

from safar.accounts.models import Agency, User
from safar.control.watchlist import queries
from safar.core.errors import NotFound
from safar.core.models import AuditEntry
from safar.core.permissions import Actor
from safar.core.record import writing
from tests.makers import accounts
from tests.makers.watchlist import actor, entry

pytestmark = pytest.mark.django_db


def of_owner(name: str, role: str) -> Actor:
    """Somebody of the agency that owns the list."""
    user = accounts.user(name, role)
    with writing():
        User.objects.filter(pk=user.pk).update(agency=Agency.objects.get(code="MIA"))
    return accounts.actor(User.objects.get(pk=user.pk))


def test_every_look_at_an_entry_is_listed_with_its_author_the_newest_first():
    one = entry("SEITOV, Marat")
    for name in ("R. Kadyrov", "B. Osmonalieva"):
        queries.open_entry(actor(name), one.pk)
    seen = queries.looks(one)
    names = [row.actor_name for row in seen if row.outcome == "opened"]
    assert names == ["B. Osmonalieva", "R. Kadyrov"]
    assert "watchlist.publish_entry" in {row.action for row in seen}


def test_auditors_and_the_head_of_the_owner_may_see_the_looks_and_others_may_not():
    one = entry("SEITOV, Marat")
    allowed = [actor("Jamila", "auditor"), of_owner("Head of MIA", "list_head")]
    others = [
        actor("N. Toktogulova", "list_head"),  # of another agency
        of_owner("Manager of MIA", "list_manager"),
        actor("Sgt Beishenova", "officer"),
    ]
    for who in allowed:
        assert queries.entry_for_looks(who, key=one.pk) == one
        assert queries.entry_for_looks(who, number=one.source_key.lower()) == one
    for who in others:
        with pytest.raises(NotFound):
            queries.entry_for_looks(who, key=one.pk)


def test_reading_the_looks_is_on_record():
    one = entry("SEITOV, Marat")
    before = timezone.now()
    queries.looked_at_looks(actor("Jamila", "auditor"), one)
    row = AuditEntry.objects.filter(action="watchlist.read_looks", at__gte=before).get()
    assert (row.actor_name, row.outcome) == ("Jamila", "opened")
