"""What is proposed of an entry in force, beside what it says now; and its photos."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from safar.control.watchlist import drafts
from safar.control.watchlist.choices import ChangeStatus
from safar.control.watchlist.drafts import Difference, Draft
from safar.control.watchlist.models import EntryChange, EntryPhoto, ListEntry
from safar.control.watchlist.photos import Photo
from safar.core import audit
from safar.core.errors import NotFound
from safar.core.permissions import Actor

NO_PHOTO = _("There is no photo.")


def change_waiting(actor: Actor, entry: ListEntry) -> EntryChange | None:
    """The change of an entry that waits for a second person."""
    changes = EntryChange.objects.visible_to(actor).select_related("entry__list")
    return changes.filter(entry=entry, status=ChangeStatus.PROPOSED).first()


def differences_of(change: EntryChange) -> list[Difference]:
    """What a change would write otherwise than it is."""
    return drafts.differences(drafts.of_entry(change.entry), Draft.from_json(change.draft))


def photo_of(actor: Actor, key: UUID) -> Photo:
    """The photo of an entry.

    Raises:
        NotFound: it has none, or the entry is out of sight.
    """
    found = EntryPhoto.objects.visible_to(actor).filter(entry=key).first()
    if found is None:
        raise NotFound(NO_PHOTO)
    audit.opened(actor, "watchlist.read", f"ListEntry:{key}", purpose="photo")
    return Photo(bytes(found.content), found.kind)


def photo_of_change(actor: Actor, key: UUID) -> Photo:
    """The photo that a change would bring.

    Raises:
        NotFound: it brings none, or is out of sight.
    """
    found = EntryChange.objects.visible_to(actor).filter(pk=key).first()
    if found is None or found.photo is None:
        raise NotFound(NO_PHOTO)
    audit.opened(actor, "watchlist.read", f"ListEntry:{found.entry_id}", purpose="photo")
    return Photo(bytes(found.photo), found.photo_type)
