"""Is the person of an entry on our own staff, or a relative of somebody who is?"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from safar.accounts import staff
from safar.accounts.models import User
from safar.accounts.staff import Particulars, Tie
from safar.control.watchlist import drafts
from safar.control.watchlist.drafts import Draft
from safar.control.watchlist.models import EntryChange, ListEntry
from safar.lib.names import fold_tokens

__all__ = ["Surnames", "Tie", "as_notes", "of_change", "of_draft", "of_entry"]

_WOMAN: Final = re.compile(r"(?<=[eu]v|in)a$")  # one family's name in two forms, folded


class Surnames:
    """The surnames of our own staff, for very many entries of which little else is known.

    A member's own surname is not marked as such: any part of her name may be it.
    """

    def __init__(self) -> None:
        names = User.objects.filter(is_active=True).values_list("full_name", flat=True)
        self._held = frozenset(part for name in names for part in _family(name))

    def are_borne_by(self, names: Iterable[tuple[str, bool]]) -> bool:
        """Whether a person of these names (text, is weak) has a surname of one of us."""
        return any(
            part in self._held for text, _weak in names for part in _family(text.partition(",")[0])
        )


def _family(text: str) -> Iterator[str]:
    return (_WOMAN.sub("", part) for part in fold_tokens(text) if len(part) > 3)


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
