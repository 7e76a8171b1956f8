"""What becomes of a session: signed in, locked, unlocked, ended. Each is a row in the audit.

These belong to everybody who is signed in, so they are no actions with a permission.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.internal.flows.logout import logout
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest

from safar.accounts.models import User
from safar.accounts.queries import actor_of
from safar.accounts.rules import UNLOCK_TRIES, is_idle
from safar.core import audit
from safar.core.permissions import Actor, Request

LOCKED, TRIES, SEEN, STARTED = "locked_at", "unlock_tries", "seen_at", "started_at"
SEEN_STEP = 20  # seconds: so that not every request writes the session
BACKGROUND = "Safar-Background"  # a header of requests that a page sends by itself
NOBODY = Actor(None, "nobody signed in")


def started(request: HttpRequest) -> None:
    """Note a sign-in: the shift's limit and the idle time run from here."""
    now = int(time.time())
    request.session.update({STARTED: now, SEEN: now})
    record(request, "accounts.sign_in", audit.DONE)


def seen(request: Request) -> None:
    """Take a request as a sign of life, or lock the screen where the last one is too long ago."""
    session, now = request.session, int(time.time())
    if is_idle(session.get(SEEN), now, settings.SAFAR_IDLE_MINUTES):
        lock(request, reason="idle")
    elif BACKGROUND not in request.headers and now - session.get(SEEN, 0) >= SEEN_STEP:
        _note_seen(request, now)


def _note_seen(request: Request, now: int) -> None:
    session = request.session
    with _on_disk(session) as stored:
        if LOCKED in stored:
            session.update({key: stored[key] for key in (LOCKED, TRIES) if key in stored})
        elif stored:
            session.update(stored | {SEEN: now})
            session.save()
    session.modified = False


def is_over(request: Request) -> bool:
    """Whether the session is older than a shift may be: an absolute limit."""
    began = request.session.get(STARTED)
    return began is not None and time.time() - began > settings.SESSION_COOKIE_AGE


def is_locked(request: HttpRequest) -> bool:
    return LOCKED in request.session


def lock(request: HttpRequest, *, reason: str) -> None:
    """Lock the screen: nothing but the password, or signing out, goes on from here."""
    if not is_locked(request):
        request.session[LOCKED] = int(time.time())
        record(request, "accounts.lock", audit.DONE, reason=reason)


def keep_lock(request: HttpRequest) -> None:
    """Save what a request changed of its session, without undoing a lock that came meanwhile.

    A request that began before the lock has a copy of the session from then, and the end of
    the request would write that copy over the lock.
    """
    session = request.session
    came_with = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not session.modified or is_locked(request) or session.session_key != came_with:
        return  # a key that the request did not come with was made by signing in
    with _on_disk(session) as stored:
        session.update({key: stored[key] for key in (LOCKED, TRIES) if key in stored})
        if stored:
            session.save()
            session.modified = False


def unlock(request: Request, password: str) -> bool:
    """Unlock with the password; the fifth wrong one ends the session.

    The try is on disk before the password is looked at: tries sent at once count one by one.
    """
    if not is_locked(request):
        return True
    number = _count_try(request)
    if number <= UNLOCK_TRIES and check_password(password, request.user.password):
        for key in (LOCKED, TRIES):
            request.session.pop(key, None)
        request.session[SEEN] = int(time.time())
        _save(request.session)  # at once: a lock that comes from now on stays
        record(request, "accounts.unlock", audit.DONE)
        return True
    record(request, "accounts.unlock", audit.REFUSED, tries=number)
    if number >= UNLOCK_TRIES:
        end(request, reason="wrong passwords")
    return False


def end(request: HttpRequest, *, reason: str) -> None:
    """End the session, and say in the audit why (`SafarAccounts.logout` writes the row)."""
    request.sign_out_reason = reason  # type: ignore[attr-defined]
    logout(request, show_message=False)


def _count_try(request: Request) -> int:
    session = request.session
    with _on_disk(session) as stored:
        if not stored:
            return UNLOCK_TRIES + 1  # the session was ended meanwhile
        number = int(stored.get(TRIES, 0)) + 1
        session[TRIES] = number
        session.save()
    session.modified = False  # else the end of the request would write an old count again
    return number


def _save(session: SessionBase) -> None:
    with _on_disk(session) as stored:
        if stored:
            session.save()
            session.modified = False


@contextmanager
def _on_disk(session: SessionBase) -> Iterator[dict[str, Any]]:
    """The session as it is stored, and nobody else's to change until the block ends.

    It is empty where the session was ended since the request began.
    """
    with transaction.atomic():
        rows = session.model.objects.select_for_update()  # type: ignore[attr-defined]
        row = rows.filter(session_key=session.session_key).first()
        yield row.get_decoded() if row else {}


def record(
    request: HttpRequest, what: str, outcome: str, *, about: User | None = None, **details: Any
) -> None:
    """Write a row on the user who is signed in, or on `about` where nobody is yet."""
    user = getattr(request, "user", None)
    number = getattr(request, "number", "")
    signed_in = user is not None and user.is_authenticated
    who = actor_of(user) if user is not None and signed_in else NOBODY
    target = audit_name(user if signed_in else about)
    audit.append([audit.Row(who.during(number), what, outcome, target, details)])


def audit_name(user: Any) -> str:
    """A user as the audit names her: by key, because a typed name may be a mistyped password."""
    return f"User:{user.pk}" if user is not None else ""
