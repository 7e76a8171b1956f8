"""Reads: who a user is to the rest of Safar, and what administrators see of accounts."""

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.choices import GrantStatus
from safar.accounts.lockout import locked_usernames
from safar.accounts.models import RoleGrant, User
from safar.accounts.roles import ROLES, Administrator, permissions_of
from safar.core.errors import NotFound
from safar.core.permissions import Actor
from safar.core.prepared import prepared

ADMINISTRATORS_NEEDED = 2  # one proposes a role, the other approves it
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@prepared
def with_rights(key: UUID) -> QuerySet[User]:
    """The user of this key, with `role_codes` in force and the posts where she has `served`."""
    in_force = Q(grants__status=GrantStatus.ACTIVE)
    posted = ~Q(postings=None)
    return User.objects.filter(pk=key).annotate(
        role_codes=ArrayAgg("grants__role", filter=in_force, distinct=True, default=[]),
        served=ArrayAgg("postings__post_id", filter=posted, distinct=True, default=[]),
    )


def actor_of(user: User) -> Actor:
    """Return what actions and queries need to know of her, as it stands at this moment.

    A role that was revoked a second ago gives nothing any more.
    """
    return as_actor(with_rights(user.pk)[0])


def as_actor(user: Any) -> Actor:
    """The actor whom a user is that was read `with_rights`."""
    codes = frozenset(user.role_codes)
    return Actor(
        user_id=user.id,
        name=str(user),
        agency_id=user.agency_id,
        roles=codes,
        permissions=permissions_of(codes),
        post_codes=frozenset(user.served),
        nationwide=any(ROLES[code].nationwide for code in codes if code in ROLES),
        language=user.language,
    )


def needs_second_factor(actor: Actor) -> bool:
    return any(ROLES[code].changes_trust for code in actor.roles if code in ROLES)


def has_second_factor(user: User) -> bool:
    """Whether she has an authenticator app or a key; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists())


def is_only_second_factor(authenticator: Authenticator) -> bool:
    """Whether she would have no second factor left without this one."""
    own = Authenticator.objects.filter(user=authenticator.user, type__in=SECOND_FACTORS)
    return authenticator.type in SECOND_FACTORS and not own.exclude(pk=authenticator.pk).exists()


def has_trusted_role(user: User) -> bool:
    """Whether a role of hers, in force or waiting, changes lists, roles or keys."""
    codes = [code for code, role in ROLES.items() if role.changes_trust]
    standing = (GrantStatus.ACTIVE, GrantStatus.PROPOSED)
    return RoleGrant.objects.filter(user=user, role__in=codes, status__in=standing).exists()


def is_founded() -> bool:
    """Whether the installation has the two administrators that it takes to give roles."""
    holders = User.objects.filter(
        is_active=True, grants__role=Administrator.code, grants__status=GrantStatus.ACTIVE
    )
    return holders.distinct().count() >= ADMINISTRATORS_NEEDED


def users(actor: Actor, *, words: str = "") -> QuerySet[User]:
    """The users whom the actor may see, with roles in force and posts; `words` narrows them."""
    found = User.objects.visible_to(actor).select_related("agency")
    for word in words.split():
        found = found.filter(Q(full_name__icontains=word) | Q(username__icontains=word))
    in_force = RoleGrant.objects.visible_to(actor).filter(status=GrantStatus.ACTIVE)
    return found.prefetch_related(
        Prefetch("grants", in_force, to_attr="roles_in_force")
    ).prefetch_related("postings__post")


def user(actor: Actor, key: UUID) -> User:
    """Return one user that the actor may see.

    Raises:
        NotFound: the same whether she is missing or out of sight.
    """
    found = users(actor).filter(pk=key).first()
    if found is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return found


def grants_of(actor: Actor, user: User) -> QuerySet[RoleGrant]:
    grants = RoleGrant.objects.visible_to(actor).filter(user=user)
    return grants.select_related("user", "proposed_by", "decided_by", "revoked_by")


def waiting_grants(actor: Actor) -> QuerySet[RoleGrant]:
    """Roles that were proposed and wait for a second person, the oldest first."""
    grants = RoleGrant.objects.visible_to(actor).filter(status=GrantStatus.PROPOSED)
    return grants.select_related("user", "user__agency", "proposed_by").order_by("proposed_at")


def is_locked_out(user: User) -> bool:
    """Whether wrong passwords keep her out, on some device, at this moment."""
    return user.username in locked_usernames(timezone.now())
