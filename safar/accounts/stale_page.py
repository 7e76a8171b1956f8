"""What is answered where a form's token is no longer right: it was open while she signed in anew."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from safar.accounts import presence
from safar.accounts.middleware import is_part, locked
from safar.core.errors import NotAllowed
from safar.core.permissions import Request, signed_out
from safar.ui.guard import answer

CODE = "E-419"


def stale(request: Request, reason: str = "") -> HttpResponse:
    """Django's `CSRF_FAILURE_VIEW`: nothing was done, and htmx loses nothing of what was typed."""
    by_htmx = bool(request.headers.get("HX-Request"))
    if presence.is_locked(request) and (by_htmx or not is_part(request)):
        return locked(request)
    if not by_htmx:
        text = _("This page was open too long. Load it anew and repeat.")
        return answer(request, NotAllowed(text, code=CODE))
    return (
        _beside_the_form(request)
        if request.user.is_authenticated
        else answer(request, signed_out())
    )


def _beside_the_form(request: Request) -> HttpResponse:
    """The error, and the right token for the forms of this page: repeating is enough."""
    text = _("This page was open too long. Repeat: what you typed is still here.")
    error = NotAllowed(text, code=CODE)
    part = render(request, "accounts/stale_part.html", {"error": error}, status=error.status)
    part["HX-Retarget"], part["HX-Reswap"] = "#errors", "innerHTML"
    return part
