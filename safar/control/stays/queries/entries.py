"""The stay that a traveller is in now, found by the document she shows."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import Direction
from safar.control.border.models import Crossing
from safar.control.border.queries.amendments import as_it_stands, is_annulled
from safar.control.border.queries.crossings import movements
from safar.control.stays.rules import Term
from safar.control.travellers.models import TravelDocument
from safar.control.travellers.queries import same_person_as
from safar.core import audit, node
from safar.core.errors import NotFound, RuleBroken
from safar.core.permissions import Actor
from safar.reference import queries as reference


@dataclass(frozen=True)
class CurrentStay:
    """An entry that nobody left after, with the document shown then. `until` as it stands."""

    crossing: Crossing
    entered_on: date
    until: date | None


def stays_of_document(actor: Actor, issuer: str, number: str) -> list[CurrentStay]:
    """Return the stays of who showed this document; the search is recorded.

    More than one where two people showed the same number.
    """
    papers = TravelDocument.objects.filter(issuer=issuer, number=number)
    people = {same_person_as(key) for key in papers.values_list("traveller_id", flat=True)}
    found = [one for keys in people if (one := _current(keys)) is not None]
    audit.searched(actor, "stays.find", terms=f"{issuer}|{number}", found=len(found))
    return [one for one in found if actor.sees_post(one.crossing.post_id)]


def open_stay(actor: Actor, key: UUID, *, purpose: str) -> CurrentStay:
    """Return the stay that began with an entry; that it was opened is on record.

    Raises:
        NotFound: there is no such entry, it was annulled, or it is out of her sight.
    """
    entry = Crossing.objects.filter(pk=key).select_related("document", "post", "inspection").first()
    if entry is None or not actor.sees_post(entry.post_id) or is_annulled(entry):
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    audit.opened(actor, "stays.find", f"Traveller:{entry.traveller_id}", purpose=purpose)
    return stay_of(entry)


def stay_of(entry: Crossing) -> CurrentStay:
    """The stay that began with an entry, as it stands."""
    return CurrentStay(entry, entered_on(entry), as_it_stands(entry)["permitted_until"])


def entered_on(entry: Crossing) -> date:
    """The day of entry in the calendar of its post."""
    return entry.crossed_at.astimezone(reference.time_zone(entry.post_id)).date()


def refuse_citizen(entry: Crossing) -> None:
    """Raise where the stay is a citizen's: nothing limits it."""
    if node.country() in (entry.citizenship, entry.document.nationality):
        raise RuleBroken(_("A citizen’s stay has no last day, and is not registered here."))


def is_free(entry: Crossing, term: Term) -> bool:
    """Whether who entered need not register, by her citizenship at the entry."""
    return entry.citizenship in term.free


def _current(keys: frozenset[UUID]) -> CurrentStay | None:
    moves = movements(keys)
    if not moves or moves[-1].direction != Direction.ENTRY:
        return None
    last = moves[-1]
    entry = (
        Crossing.objects.select_related("document", "post", "inspection")
        .filter(pk=last.crossing_id, crossed_at=last.at)
        .get()
    )
    return CurrentStay(entry, last.day, last.permitted_until)
