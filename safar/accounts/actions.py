"""Writes: adding, changing and closing accounts, and giving roles with two people."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts import lockout
from safar.accounts.choices import GrantStatus
from safar.accounts.models import Agency, Office, Posting, RoleGrant, User
from safar.accounts.policies import (
    account_is_open,
    another_account,
    holder_is_open,
    no_way_round_two_people,
    not_own_role,
    not_yet_founded,
    second_person,
    still_fresh,
)
from safar.accounts.roles import ROLES
from safar.accounts.workflow import GRANT
from safar.core.action import action, note, role_suffices
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

OTHER_WING = _(
    "This person has a role in the other wing. Nobody works on both sides of the wall between "
    "control and assistance: revoke that role first."
)


@dataclass(frozen=True)
class Particulars:
    """What an administrator enters of a user."""

    full_name: str
    agency: Agency
    rank: str = ""
    language: str = "en"
    phone: str = ""
    post_codes: Iterable[str] = field(default_factory=tuple)


@dataclass(frozen=True)
class FirstAccount:
    """What the command line is told of one of the first users."""

    username: str
    password: str
    full_name: str
    agency_code: str
    language: str = "en"


@action("accounts.add_agency", policies=(role_suffices,))
def add_agency(actor: Actor, target: None, *, code: str, name: str) -> Agency:
    """Add an agency."""
    if Agency.objects.filter(code=code).exists():
        raise RuleBroken(_("There is an agency with this code already."), field="code")
    return Agency.objects.create(code=code, name=name)


@action("accounts.add_office", policies=(role_suffices,))
def add_office(actor: Actor, agency: Agency, *, code: str, name: str) -> Office:
    """Add an office of an agency; its code begins the numbers of its cases."""
    if Office.objects.filter(code=code).exists():
        raise RuleBroken(_("There is an office with this code already."), field="code")
    return Office.objects.create(agency=agency, code=code, name=name)


@action("accounts.add_user", policies=(role_suffices,))
def add_user(
    actor: Actor, target: None, *, username: str, password: str, particulars: Particulars
) -> User:
    """Add a user, who must choose a password of her own at the first sign-in."""
    return _add(username, password, particulars, is_temporary=True)


@action("accounts.appoint_first", policies=(not_yet_founded,))
def appoint_first(
    actor: Actor, target: None, *, account: FirstAccount, role: str, agency_name: str
) -> User:
    """Add one of the first users, with a role that nobody is there yet to approve."""
    _require_known(role)
    agency = Agency.objects.filter(code=account.agency_code).first() or add_agency(
        actor, None, code=account.agency_code, name=agency_name
    )
    particulars = Particulars(account.full_name, agency, language=account.language)
    user = _add(account.username, account.password, particulars, is_temporary=False)
    RoleGrant.objects.create(
        user=user,
        role=role,
        reason="First accounts of this installation",
        status=GrantStatus.ACTIVE,
        decided_at=timezone.now(),
    )
    note(role=role)
    return user


@action("accounts.change_user", policies=(another_account,))
def change_user(actor: Actor, user: User, *, particulars: Particulars) -> User:
    """Change what is kept of a user, and where she serves."""
    user = _again(user)
    for name in ("full_name", "agency", "rank", "language", "phone"):
        setattr(user, name, getattr(particulars, name))
    user.save()
    _serve_at(user, particulars.post_codes)
    return user


@action("accounts.change_own", policies=(role_suffices,))
def change_own(
    actor: Actor, target: None, *, language: str | None = None, theme: str | None = None
) -> User:
    """Change one's own language or theme."""
    user = User.objects.select_for_update().filter(pk__in=[actor.user_id]).first()
    if user is None:
        raise RuleBroken(_("Only a person has settings of her own."))
    user.language = language or user.language
    user.theme = theme or user.theme
    user.save(update_fields=["language", "theme"])
    return user


@action("accounts.close_user", policies=(another_account, account_is_open))
def close_user(actor: Actor, user: User) -> User:
    """Close an account: she is signed out at her next request, and every role of hers ends."""
    user = _again(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    for grant in RoleGrant.objects.select_for_update().filter(user=user):
        if GRANT.allows(grant.status, "revoke"):
            _revoke(actor, grant)
    return user


@action("accounts.reopen_user", policies=(another_account,))
def reopen_user(actor: Actor, user: User) -> User:
    """Open an account again, without the roles it had: two people give those anew."""
    user = _again(user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    return user


@action("accounts.unlock_user", policies=(role_suffices,))
def unlock_user(actor: Actor, user: User) -> User:
    """Let a user in again who is kept out after wrong passwords."""
    note(attempts=lockout.unlock(user.username))
    return user


@action(
    "accounts.reset_password", policies=(another_account, account_is_open, no_way_round_two_people)
)
def reset_password(actor: Actor, user: User, *, password: str) -> User:
    """Give a user a temporary password. Her second factor stays as it is."""
    user = _again(user)
    user.set_password(password)
    user.password_is_temporary = True
    user.save(update_fields=["password", "password_is_temporary"])
    lockout.unlock(user.username)
    return user


@action("accounts.propose_role", policies=(another_account, account_is_open))
def propose_role(actor: Actor, user: User, *, role: str, reason: str) -> RoleGrant:
    """Propose a role for a user; it waits for a second person."""
    _require_known(role)
    note(role=role, user=str(user.pk))
    try:
        with transaction.atomic():
            return RoleGrant.objects.create(
                user=user, role=role, reason=reason, proposed_by_id=actor.user_id
            )
    except IntegrityError as error:
        if "role_grant_one_wing" in str(error):
            raise RuleBroken(OTHER_WING, field="role") from None
        if "role_grant_once" not in str(error):
            raise
        raise RuleBroken(
            _("This role is in force already, or waits for a second person."), field="role"
        ) from None


@action(
    "accounts.approve_role", policies=(second_person, not_own_role, holder_is_open, still_fresh)
)
def approve_role(actor: Actor, grant: RoleGrant) -> RoleGrant:
    """Approve a role that somebody else proposed: from now on it is in force."""
    return _decide(actor, grant, "approve")


@action("accounts.decline_role", policies=(second_person, not_own_role))
def decline_role(actor: Actor, grant: RoleGrant) -> RoleGrant:
    """Decline a role that somebody else proposed."""
    return _decide(actor, grant, "decline")


@action("accounts.revoke_role", policies=(not_own_role,))
def revoke_role(actor: Actor, grant: RoleGrant) -> RoleGrant:
    """Revoke a role at once: it gives nothing from the next request on. One person is enough."""
    return _revoke(actor, grant)


def _decide(actor: Actor, grant: RoleGrant, move: str) -> RoleGrant:
    GRANT.move(grant, move)
    grant.decided_at, grant.decided_by_id = timezone.now(), actor.user_id
    grant.save()
    note(role=grant.role, user=str(grant.user_id))
    return grant


def _revoke(actor: Actor, grant: RoleGrant) -> RoleGrant:
    GRANT.move(grant, "revoke")
    grant.revoked_at, grant.revoked_by_id = timezone.now(), actor.user_id
    grant.save()
    note(role=grant.role, user=str(grant.user_id))
    return grant


def _add(username: str, password: str, particulars: Particulars, *, is_temporary: bool) -> User:
    if User.objects.filter(username__iexact=username).exists():
        raise RuleBroken(_("There is a user with this service number already."), field="username")
    user = User.objects.create_user(
        username,
        password,
        full_name=particulars.full_name,
        rank=particulars.rank,
        agency=particulars.agency,
        language=particulars.language,
        phone=particulars.phone,
        password_is_temporary=is_temporary,
    )
    _serve_at(user, particulars.post_codes)
    return user


def _serve_at(user: User, post_codes: Iterable[str]) -> None:
    wanted = set(post_codes)
    Posting.objects.filter(user=user).exclude(post_id__in=wanted).delete()
    served = set(Posting.objects.filter(user=user).values_list("post_id", flat=True))
    Posting.objects.bulk_create(
        Posting(user=user, post_id=code) for code in sorted(wanted - served)
    )


def _again(user: User) -> User:
    """Read the user again under a row lock: `@action` does so for records only."""
    return User.objects.select_for_update().get(pk=user.pk)


def _require_known(role: str) -> None:
    if role not in ROLES:
        raise RuleBroken(_("There is no such role."), field="role")
