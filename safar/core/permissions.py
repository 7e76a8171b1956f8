"""Who is acting, what she may do, and which permission each page needs."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from safar.core.errors import NotAllowed, SignedOut

P = ParamSpec("P")
PUBLIC = "public"
SIGNED_IN = "signed-in"


@dataclass(frozen=True)
class Actor:
    """The person, or the part of Safar itself, on whose behalf something is done."""

    user_id: UUID | None
    name: str
    agency_id: UUID | None = None
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    post_codes: frozenset[str] = frozenset()
    nationwide: bool = False
    language: str = "en"
    request_id: str = ""

    def may(self, permission: str) -> bool:
        return "*" in self.permissions or permission in self.permissions

    @property
    def person_id(self) -> UUID:
        """The key of the person who acts.

        Raises:
            NotAllowed: it is Safar's own work; what is decided is decided by a named person.
        """
        if self.user_id is None:
            raise NotAllowed(_("A person decides this, not the machine."))
        return self.user_id

    def sees_post(self, code: str) -> bool:
        return self.nationwide or code in self.post_codes

    def during(self, request_id: str) -> "Actor":
        return replace(self, request_id=request_id)


def system(name: str) -> Actor:
    """Return the actor of Safar's own work (`simulation`, `command line`): every permission."""
    return Actor(None, f"safar:{name}", permissions=frozenset("*"), nationwide=True)


class Request(HttpRequest):
    """A request that passed the middleware of `accounts`: it knows who is acting."""

    actor: Actor
    number: str
    htmx: Any
    user: Any


View = Callable[Concatenate[Request, P], HttpResponseBase]


def page(permission: str, *, methods: tuple[str, ...] = ("GET",)) -> Callable[[View[P]], View[P]]:
    """Declare the permission that a view needs; a view without one is never served.

    `PUBLIC` needs nobody signed in, `SIGNED_IN` anybody.
    """
    allowed = {*methods, "HEAD"} if "GET" in methods else set(methods)

    def wrap(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def run(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method not in allowed:
                return HttpResponseNotAllowed(sorted(allowed))
            if permission != PUBLIC:
                actor = getattr(request, "actor", None)
                if actor is None and request.headers.get("HX-Request"):
                    raise signed_out()
                if actor is None:
                    back = urlencode({"next": request.get_full_path()})
                    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{back}")
                require(actor, permission)
            return view(request, *args, **kwargs)

        run.safar_permission = permission  # type: ignore[attr-defined]
        return cast("View[P]", run)

    return wrap


def signed_out() -> SignedOut:
    """Return the refusal for a form sent by htmx: a redirect would replace what was typed."""
    return SignedOut(
        _("You are signed out. Sign in in another tab, then repeat: what you typed is still here.")
    )


def require(actor: Actor, permission: str) -> None:
    """Refuse an actor whose roles do not include the permission.

    Raises:
        NotAllowed: naming the permission, so that an administrator can grant it.
    """
    if permission != SIGNED_IN and not actor.may(permission):
        raise NotAllowed(
            _("Your role does not include this. If your work needs it, ask an administrator."),
            code="E-403",
            permission=permission,
        )
