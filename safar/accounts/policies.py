"""Who may change which account: two people for a role, and nobody for herself."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import RoleGrant, User
from safar.accounts.queries import has_second_factor, has_trusted_role, is_founded
from safar.accounts.rules import is_stale
from safar.core.permissions import Actor


def another_account(actor: Actor, user: User | None) -> Any:
    if user is not None and user.pk == actor.user_id:
        return _("This is your own account. Another administrator does this for you.")
    return None


def account_is_open(actor: Actor, user: User | None) -> Any:
    if user is not None and not user.is_active:
        return _("This account is closed. Open it again first.")
    return None


def not_own_role(actor: Actor, grant: RoleGrant | None) -> Any:
    if grant is not None and grant.user_id == actor.user_id:
        return _("Nobody decides on her own role. Another administrator does this.")
    return None


def second_person(actor: Actor, grant: RoleGrant | None) -> Any:
    if grant is None:
        return None
    if actor.user_id is None or grant.proposed_by_id == actor.user_id:
        return _("You proposed this role. A second administrator decides on it.")
    return None


def holder_is_open(actor: Actor, grant: RoleGrant | None) -> Any:
    return account_is_open(actor, grant.user) if grant is not None else None


def still_fresh(actor: Actor, grant: RoleGrant | None) -> Any:
    if grant is not None and is_stale(grant.proposed_at, timezone.now()):
        return _("This was proposed more than 14 days ago. Decline it, and have it proposed anew.")
    return None


def no_way_round_two_people(actor: Actor, user: User | None) -> Any:
    """Whoever sets a password can sign in with it, unless a second factor stands in the way."""
    if user is not None and has_trusted_role(user) and not has_second_factor(user):
        return _(
            "This account changes lists or roles and has no second factor, so you could sign in "
            "as this person. Revoke the roles first; two people give them again."
        )
    return None


def not_yet_founded(actor: Actor, target: None) -> Any:
    if is_founded():
        return _("There are two administrators already. They add users on the page “Users”.")
    return None
