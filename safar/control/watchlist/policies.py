"""Who may decide on what another person put forward? A reason why not, or None."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from safar.control.watchlist.models import Hit, ImportRun, ListEntry
from safar.core.permissions import Actor

OWN_WORK = _("You put this forward yourself. A second person has to decide.")
NO_PERSON = _("A person put this forward: a second person has to decide, not a command.")


def not_own_import(actor: Actor, run: ImportRun) -> Any:
    return _second(actor, run.prepared_by_id, run.prepared_by_name)


def not_own_entry(actor: Actor, entry: ListEntry) -> Any:
    return _second(actor, entry.proposed_by_id, entry.proposed_by_name)


def not_own_lifting(actor: Actor, entry: ListEntry) -> Any:
    return _second(actor, entry.lifting_proposed_by_id, entry.lifting_proposed_by_name)


def not_own_referral(actor: Actor, hit: Hit) -> Any:
    """Second line judges, not the officer whose inspection raised the hit."""
    if actor.user_id is not None and actor.user_id == hit.raised_by_id:
        return _("You inspected this traveller yourself. Another officer has to judge.")
    return None


def _second(actor: Actor, first: UUID | None, first_name: str) -> Any:
    if actor.user_id is None and first is not None:
        return NO_PERSON
    own = actor.user_id == first if first is not None else actor.name == first_name
    return OWN_WORK if own else None
