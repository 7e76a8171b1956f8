"""How a person may be reached, and what that may cost her."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.opening import WayToReach, contact_row
from safar.assistance.cases.choices.people import ContactKind
from safar.assistance.cases.models import Contact, Person
from safar.assistance.cases.origin import written_in
from safar.assistance.cases.policies import part_in_sight, person_in_sight
from safar.assistance.cases.versions import changed
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

FEWEST_DIGITS = 5


@action("cases.add_contact", policies=(person_in_sight,))
def add_contact(actor: Actor, person: Person, *, way: WayToReach) -> Contact:
    """Add a way to reach the person. Unless she said so, nobody calls and nobody says who we are.

    Raises:
        RuleBroken: it is no telephone number or address, or it is there already.
    """
    row = contact_row(person, way, written_in(actor, person))
    if row.kind == ContactKind.PHONE and len(row.digits) < FEWEST_DIGITS:
        raise RuleBroken(_("This is too short for a telephone number."), field="value")
    if not row.value:
        raise RuleBroken(_("Write the number or the address."), field="value")
    if person.contacts.filter(kind=row.kind, value=row.value, ended_on=None).exists():
        raise RuleBroken(_("This is there already."), field="value")
    row.save()
    note(kind=row.kind)
    return row


@action("cases.change_contact", policies=(person_in_sight, part_in_sight))
def change_contact(
    actor: Actor, contact: Contact, *, seen: int, changes: Mapping[str, Any]
) -> Contact:
    """Change what may be done with a number or an address: she said so, or it got dangerous.

    Raises:
        RuleBroken: it is not used any more.
        Stale: somebody changed it since version `seen`.
    """
    if contact.ended_on is not None:
        raise RuleBroken(_("Nobody uses this any more. Add it again if it is hers again."))
    changed(contact, seen, changes)
    contact.save()
    note(may_contact=contact.may_contact, may_say_who=contact.may_say_who)
    return contact


@action("cases.end_contact", policies=(person_in_sight, part_in_sight))
def end_contact(actor: Actor, contact: Contact) -> Contact:
    """Note that a number or an address is not hers any more: nobody uses it from now on."""
    contact.ended_on, contact.may_contact = timezone.localdate(), False
    contact.save()
    return contact
