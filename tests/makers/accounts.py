"""Makers of accounts: agencies, posts to serve at, users with roles in force."""

import time
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.accounts import staff_actions
from safar.accounts.choices import GrantStatus
from safar.accounts.models import Agency, Posting, RoleGrant, StaffMarks, User
from safar.accounts.queries import actor_of
from safar.core.models import AuditEntry
from safar.core.permissions import Actor, system
from safar.core.record import writing
from safar.reference.models import Country, CrossingPoint

PASSWORD = "apricot-under-snow-7"
POSTS = {"KG-MAN": "Manas", "KG-TOR": "Torugart"}


def agency(code: str = "GBS", name: str = "Border service") -> Agency:
    with writing("accounts"):
        return Agency.objects.get_or_create(code=code, defaults={"name": name})[0]


def post(code: str = "KG-MAN", name: str = "", country: str = "KGZ") -> CrossingPoint:
    """A crossing point, made only where the reference data is not loaded."""
    found = CrossingPoint.objects.filter(code=code).first()
    if found:
        return found
    with writing("reference"):
        state, _ = Country.objects.get_or_create(
            code=country, defaults={"names": {"en": "Kyrgyzstan"}, "kind": "state"}
        )
        return CrossingPoint.objects.create(
            code=code,
            names={"en": name or POSTS.get(code, code)},
            country=state,
            mode="road",
            traffic="international",
            time_zone="Asia/Bishkek",
            position_basis="unknown",
        )


def user(
    username: str,
    *roles: str,
    name: str = "",
    rank: str = "",
    posts: Iterable[str] = (),
    password: str = PASSWORD,
    language: str = "en",
) -> User:
    """A user whose roles are in force already; the same one when asked for again."""
    known = User.objects.filter(username=username).first()
    if known:
        return known
    with writing("accounts"):
        made = User.objects.create(
            username=username,
            full_name=name or username.title(),
            rank=rank,
            agency=agency(),
            language=language,
            password=make_password(password),
        )
        for code in posts:
            Posting.objects.create(user=made, post=post(code))
    for role in roles:
        grant(made, role)
    return made


def grant(user: User, role: str) -> RoleGrant:
    """A role in force, as the first accounts of an installation get it."""
    with writing("accounts"):
        return RoleGrant.objects.create(
            user=user,
            role=role,
            reason="made for a test",
            status=GrantStatus.ACTIVE,
            decided_at=timezone.now(),
        )


def actor(user: User) -> Actor:
    return actor_of(user)


def sign_in(client: Client, user: User, password: str = PASSWORD) -> HttpResponse:
    """Sign in through the real page, as from one browser."""
    client.get(reverse("account_login"))
    data = {"login": user.username, "password": password}
    return client.post(reverse("account_login"), data)  # type: ignore[return-value]


def sign_in_with_app(client: Client, user: User) -> None:
    """Sign in as somebody who has an authenticator app, as roles that change trust need one."""
    Authenticator.objects.filter(user=user).delete()
    sign_in(client, user)
    authenticator_app(user)


def authenticator_app(user: User) -> str:
    """Give a user an authenticator app, and return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return str(secret)


def code_now(secret: str, steps: int = 0) -> str:
    """The code that the app shows now, or some steps of 30 s from now."""
    counter = int(time.time()) // 30 + steps
    return str(format_hotp_value(hotp_value(secret, counter)))


def audited(action: str, outcome: str = "done") -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action=action, outcome=outcome).order_by("number"))


def staff_details(user: User, **facts: str) -> StaffMarks:
    """What is kept of a user so that her relatives are known: as an administrator enters it."""
    return staff_actions.keep_details(system("test"), user, facts=facts)
