"""Who is acting in this request, and the gates before she may: the lock, the second factor."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from safar.accounts import lockout, presence
from safar.accounts.queries import actor_of, as_actor, has_second_factor, needs_second_factor
from safar.core.permissions import PUBLIC, Actor, Request, signed_out
from safar.ui.guard import answer

Answer = Callable[[HttpRequest], HttpResponseBase]
# What still answers, by URL name, while the screen is locked, and before a password of her
# own and a second factor are set.
PAST_LOCK = frozenset(
    {"accounts:locked", "accounts:unlock", "accounts:other", "accounts:language", "account_logout"}
)
PAST_PASSWORD = PAST_LOCK | {"accounts:lock", "account_change_password"}
PAST_SECOND_FACTOR = PAST_PASSWORD | {
    "account_reauthenticate",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
}

# To htmx: what was typed stays; the page says that it is locked, and its script covers it.
BESIDE_THE_FORM = {
    "HX-Retarget": "#errors",
    "HX-Reswap": "innerHTML",
    "HX-Trigger": "safar-locked",
}


class WhoActs:
    """Set `request.actor` to the signed-in user's `Actor` or None, and `request.device`."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        user = request.user
        actor = _actor(user) if user.is_authenticated else None
        request.actor = actor.during(request.number) if actor else None  # type: ignore[assignment]
        lockout.recognise(request)
        response = self.get_response(request)
        if response.status_code != 500:  # after a failure Django saves no session either
            presence.keep_lock(request)
        lockout.remember(request, response)
        return response


class Gate:
    """Hold back a locked screen, a password that others know, a trusted role without a factor."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: Request, view: Any, *_rest: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or getattr(view, "safar_permission", "") == PUBLIC:
            return None
        if presence.is_over(request):
            presence.end(request, reason="shift over")
            if request.headers.get("HX-Request"):
                return answer(request, signed_out())
            return redirect("account_login")
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not presence.is_locked(request):
            presence.seen(request)
        if presence.is_locked(request):
            return None if name in PAST_LOCK else locked(request)
        if request.user.password_is_temporary:
            return None if name in PAST_PASSWORD else redirect("account_change_password")
        if name not in PAST_SECOND_FACTOR and _lacks_second_factor(request):
            return redirect("mfa_index")
        return None


def _actor(user: Any) -> Actor:
    return as_actor(user) if hasattr(user, "role_codes") else actor_of(user)


def is_part(request: Request) -> bool:
    """Whether a script of the page asks, not the browser itself: it cannot follow to a page."""
    asked = request.headers
    by_script = asked.get("HX-Request") or asked.get("X-Requested-With")
    return bool(by_script) or asked.get("Sec-Fetch-Dest") == "empty"


def locked(request: Request) -> HttpResponse:
    """Answer whatever is asked of a locked screen."""
    if is_part(request):
        part = render(request, "accounts/locked_part.html", status=423)
        for name, value in BESIDE_THE_FORM.items():
            part[name] = value
        return part
    back = request.get_full_path() if request.method == "GET" else ""
    return redirect(f"{reverse('accounts:locked')}?{urlencode({'next': back})}")


def _lacks_second_factor(request: Request) -> bool:
    required = settings.SAFAR_REQUIRE_SECOND_FACTOR and needs_second_factor(request.actor)
    return required and not has_second_factor(request.user)
