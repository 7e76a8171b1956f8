"""Who is kept out after wrong passwords: a user on one device, never a whole address.

An airport shares one address, and a colleague must not be able to keep another officer out.
So wrong passwords are counted by user and device. Because a guesser can come as a new device
each time, the devices on which she never signed in are also counted together (after the
OWASP protocol for device cookies); those on which she did are not touched by that.
"""

import re
import secrets
from datetime import datetime, timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

COOKIE = "safar_device"
COOKIE_AGE = 5 * 365 * 24 * 60 * 60
DEVICE = re.compile(r"[0-9a-f]{32}")
STRANGERS = 5  # that many times as many wrong passwords, from all devices new to her together


def recognise(request: Any) -> None:
    """Set `request.device`: the lasting random number of this browser, a new one for a new one."""
    known = request.COOKIES.get(COOKIE, "")
    request.device_is_new = DEVICE.fullmatch(known) is None
    request.device = secrets.token_hex(16) if request.device_is_new else known


def remember(request: Any, response: HttpResponseBase) -> None:
    """Leave the number with a browser that had none."""
    if request.device_is_new:
        response.set_cookie(
            COOKIE,
            request.device,
            max_age=COOKIE_AGE,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )


class ByDevice(AxesDatabaseHandler):  # type: ignore[misc]
    """Axes' counting, with the device in the place of the browser's name."""

    def filter_user_attempts(
        self, request: Any, credentials: dict[str, Any] | None = None
    ) -> list[QuerySet[AccessAttempt]]:
        request.axes_user_agent = request.device
        found: list[QuerySet[AccessAttempt]] = super().filter_user_attempts(request, credentials)
        return found

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any
    ) -> None:
        request.axes_user_agent = request.device
        super().user_login_failed(sender, credentials, request, **kwargs)

    def user_logged_in(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        request.axes_user_agent = request.device
        super().user_logged_in(sender, request, user, **kwargs)

    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        here = int(super().get_failures(request, credentials))
        username = (credentials or {}).get("username") or ""
        return max(here, _failures_of_strangers(username, request.device) // STRANGERS)


def _failures_of_strangers(username: str, device: str) -> int:
    known = AccessLog.objects.filter(username=username).values("user_agent")
    if known.filter(user_agent=device).exists():
        return 0
    attempts = _recent(AccessAttempt.objects.filter(username=username)).exclude(
        user_agent__in=known
    )
    return int(attempts.aggregate(all=Sum("failures_since_start"))["all"] or 0)


def _recent(
    attempts: QuerySet[AccessAttempt], now: datetime | None = None
) -> QuerySet[AccessAttempt]:
    since = (now or timezone.now()) - timedelta(hours=settings.AXES_COOLOFF_TIME)
    return attempts.filter(attempt_time__gte=since)


def locked_usernames(now: datetime) -> set[str]:
    """The users who are kept out on one device or more at this moment."""
    attempts, limit = _recent(AccessAttempt.objects.all(), now), settings.AXES_FAILURE_LIMIT
    here = _at_least(limit, attempts.values("username", "user_agent"))
    everywhere = _at_least(limit * STRANGERS, attempts.values("username"))
    return here | everywhere


def _at_least(limit: int, groups: QuerySet[Any, Any]) -> set[str]:
    summed = groups.order_by().annotate(all=Sum("failures_since_start"))
    return {row["username"] for row in summed.filter(all__gte=limit)}


def unlock(username: str) -> int:
    """Forget the wrong passwords for a user on every device; return how many rows there were."""
    count, _ = AccessAttempt.objects.filter(username=username).delete()
    return int(count)


def page(request: HttpRequest, *_: Any) -> HttpResponse:
    """What a user sees who is kept out: what happened, for how long, whom to ask."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    context = {"minutes": minutes, "tries": settings.AXES_FAILURE_LIMIT}
    return render(request, "accounts/locked_out.html", context, status=429)
