"""Who opened an entry of a list, and when? For auditors, and for the head of its owner."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist.models import ListEntry, WatchList
from safar.core import audit
from safar.core.errors import NotFound
from safar.core.models import AuditEntry
from safar.core.permissions import Actor

LOOKS = "watchlist.read_looks"


def may_read_looks(actor: Actor, watch_list: WatchList) -> bool:
    """Auditors of every list, heads of lists of their own agency's."""
    if not actor.may(LOOKS):
        return False
    return actor.may("audit.read") or actor.agency_id == watch_list.owner_id


def entry_for_looks(actor: Actor, *, key: UUID | None = None, number: str = "") -> ListEntry:
    """Return an entry by key or number, for its number, list and looks alone.

    Raises:
        NotFound: there is none, or its looks are not hers to read.
    """
    rows = ListEntry.objects.select_related("list__owner")
    found = rows.filter(pk=key) if key else rows.filter(source_key__iexact=number.strip())
    for entry in found[:20]:  # a number is unique within its list
        if may_read_looks(actor, entry.list):
            return entry
    raise NotFound(_("There is nothing here, or it is not yours to see."))


def looks(entry: ListEntry) -> QuerySet[AuditEntry]:
    """The rows of the audit that say who opened the entry, or did something to it; newest first."""
    return AuditEntry.objects.filter(target=f"ListEntry:{entry.pk}").order_by("-number")


def looked_at_looks(actor: Actor, entry: ListEntry) -> None:
    """Record that the looks of an entry were read, before they leave."""
    audit.opened(actor, LOOKS, f"ListEntry:{entry.pk}", purpose="audit")
