"""Is the person of an entry on our own staff, or a relative of somebody who is?"""

from typing import Any

from safar.accounts import staff
from safar.accounts.staff import Particulars, Tie
from safar.control.watchlist import drafts
from safar.control.watchlist.drafts import Draft
from safar.control.watchlist.models import EntryChange, ListEntry

__all__ = ["Tie", "as_notes", "of_change", "of_draft", "of_entry"]


def of_entry(entry: ListEntry) -> list[Tie]:
    """Return the members of staff who may be this person or a relative of hers."""
    return of_draft(drafts.of_entry(entry))


def of_change(change: EntryChange) -> list[Tie]:
    """The ties of the person as she would be after a change, and of her as she is now."""
    after = of_draft(Draft.from_json(change.draft))
    before = [tie for tie in of_entry(change.entry) if tie not in after]
    return [*after, *before]


def of_draft(draft: Draft) -> list[Tie]:
    person = draft.person
    whole = [b for b in person.births if b.date.is_full and not b.approximate]
    return staff.ties(
        Particulars(
            names=tuple(text for text, _weak in person.names),
            births=tuple(str(birth.date) for birth in whole),
            birth_place=draft.birth_place,
            address=draft.address,
            phone=draft.phone,
        )
    )


def as_notes(found: list[Tie]) -> list[dict[str, Any]]:
    """What the audit keeps: whose tie, and which kinds of facts agree; never the facts."""
    return [
        {"user": str(tie.user_id), "herself": tie.herself, "agrees": list(tie.agrees)}
        for tie in found
    ]
