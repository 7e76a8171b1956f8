"""Pages of everybody who is signed in: where the day begins, the lock, one's own settings."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from safar.accounts import actions, navigation, presence
from safar.accounts.forms import OwnForm, UnlockForm
from safar.accounts.middleware import is_part
from safar.accounts.queries import has_second_factor
from safar.core.permissions import PUBLIC, SIGNED_IN, Request, page

# What the frame of a locked page says of its reader: nothing.
NOBODY: dict[str, Any] = {"actor": None, "navigation": (), "messages": ()}


@page(SIGNED_IN)
def home(request: Request) -> HttpResponse:
    """Send each role to its main page."""
    address = navigation.home(request.actor)
    return redirect(address) if address else render(request, "accounts/no_role.html")


@csrf_exempt  # locking harms nobody, and an old page must be able to lock
@page(SIGNED_IN, methods=("POST",))
def lock(request: Request) -> HttpResponse:
    """Lock the screen."""
    presence.lock(request, reason="asked")
    if is_part(request):
        return HttpResponse(status=204)
    return redirect("accounts:locked")


@page(SIGNED_IN)
def locked(request: Request) -> HttpResponse:
    """The locked screen: a full page that shows nothing of anybody."""
    if not presence.is_locked(request):
        return redirect(_back(request, request.GET.get("next", "")))
    context = {"form": UnlockForm(), "next": request.GET.get("next", "")}
    return render(request, "accounts/locked.html", NOBODY | context)


@page(SIGNED_IN, methods=("POST",))
def unlock(request: Request) -> HttpResponse:
    """Unlock with the password: 204 for the page's script, which then uncovers what it hid."""
    next_page = request.POST.get("next", "")
    if presence.unlock(request, request.POST.get("password", "")):
        return HttpResponse(status=204) if is_part(request) else redirect(_back(request, next_page))
    if not request.user.is_authenticated:
        return _signed_out(request)
    form = UnlockForm({"password": ""})
    form.errors["password"] = form.error_class([str(_("This password is not right. Try again."))])
    template = "accounts/locked_part.html" if is_part(request) else "accounts/locked.html"
    return render(request, template, NOBODY | {"form": form, "next": next_page}, status=422)


@page(SIGNED_IN, methods=("POST",))
def other(request: Request) -> HttpResponse:
    """Somebody else signs in at this screen: the session that was locked ends first."""
    presence.end(request, reason="another user")
    return redirect("account_login")


@page(SIGNED_IN, methods=("GET", "POST"))
def own(request: Request) -> HttpResponseBase:
    """One's own language, theme, password and second factor."""
    form = OwnForm(
        request.POST or None,
        initial={"language": request.user.language, "theme": request.user.theme},
    )
    if request.method == "POST" and form.is_valid():
        actions.change_own(request.actor, None, **form.cleaned_data)
        messages.success(request, _("Your settings were saved."))
        response = redirect("accounts:own")
        _speak(response, form.cleaned_data["language"])
        return response
    context = {"form": form, "has_second_factor": has_second_factor(request.user)}
    return render(request, "accounts/own.html", context)


@page(PUBLIC, methods=("POST",))
def language(request: Request) -> HttpResponseBase:
    """Switch the language of the pages, and remember it for the user who is signed in."""
    chosen = request.POST.get("language", "")
    is_known = chosen in dict(settings.LANGUAGES)
    if is_known and request.user.is_authenticated and chosen != request.user.language:
        actions.change_own(request.actor, None, language=chosen)
    return set_language(request)


def _signed_out(request: Request) -> HttpResponse:
    text = _("The password was wrong five times, so you were signed out. Please sign in again.")
    messages.warning(request, text)
    if is_part(request):
        return HttpResponse(status=401, headers={"HX-Redirect": settings.LOGIN_REDIRECT_URL})
    return redirect("account_login")


def _back(request: Request, address: str) -> str:
    is_ours = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else str(settings.LOGIN_REDIRECT_URL)


def _speak(response: HttpResponse, language: str) -> None:
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
