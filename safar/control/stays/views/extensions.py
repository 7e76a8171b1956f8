"""A traveller found by her document, and applications to stay longer."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from safar.control.stays.actions import extending
from safar.control.stays.forms import ExtensionForm, FindForm, GrantForm, ReasonForm
from safar.control.stays.queries import desk
from safar.control.stays.queries.entries import open_stay, stays_of_document
from safar.control.stays.views.form_page import form_page, posted
from safar.core.action import can
from safar.core.permissions import Request, page
from safar.ui.render import render

if TYPE_CHECKING:
    from safar.control.stays.views.form_page import Words


@page("stays.find", methods=("GET", "POST"))
def find(request: Request) -> HttpResponse:
    """Find a stay by a document. The number comes by POST: it stands in no address and no log."""
    form = FindForm(posted(request))
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        context["found"] = stays_of_document(request.actor, **form.cleaned_data)
    return render(request, "stays/find.html", context, status=422 if form.errors else 200)


@page("stays.read")
def extensions(request: Request) -> HttpResponse:
    context = {
        "waiting": desk.extensions_waiting(request.actor),
        "decided": desk.extensions_decided(request.actor),
        "today": timezone.localdate(),
    }
    return render(request, "stays/extensions.html", context)


@page("stays.ask_extension", methods=("GET", "POST"))
def ask(request: Request, key: UUID) -> HttpResponse:
    found = open_stay(request.actor, key, purpose="extension")
    form = ExtensionForm(posted(request))
    return form_page(
        request,
        form,
        (
            _("Application to stay longer"),
            _("Record the application"),
            _("Recorded. A second person decides on it."),
        ),
        lambda: extending.ask_extension(request.actor, found.crossing, asked=form.asked()),
        back=reverse("stays:extensions"),
        stay=found,
    )


@page("stays.find")
def extension(request: Request, key: UUID) -> HttpResponse:
    found = desk.extension(request.actor, key, purpose="extension")
    names = ("grant", "refuse", "withdraw")
    may = {one: can(request.actor, f"stays.{one}_extension", found) for one in names}
    context = {"found": found, "may": may, "is_open": found.status == "asked"}
    return render(request, "stays/extension.html", context)


@page("stays.grant_extension", methods=("GET", "POST"))
def grant(request: Request, key: UUID) -> HttpResponse:
    found = desk.extension(request.actor, key, purpose="extension")
    form = GrantForm(posted(request), initial={"until": found.until_asked})
    done = _("Granted: the booth counts against this day.")
    words = (_("Grant the extension"), pgettext_lazy("stay", "Grant"), done)
    do = extending.grant_extension
    return _of(request, found, form, words, lambda: do(request.actor, found, **form.cleaned_data))


@page("stays.refuse_extension", methods=("GET", "POST"))
def refuse(request: Request, key: UUID) -> HttpResponse:
    found = desk.extension(request.actor, key, purpose="extension")
    form = ReasonForm(posted(request))
    words = (_("Refuse the extension"), _("Refuse"), _("Refused, with your reason."))
    do = extending.refuse_extension
    return _of(request, found, form, words, lambda: do(request.actor, found, **form.cleaned_data))


@page("stays.withdraw_extension", methods=("GET", "POST"))
def withdraw(request: Request, key: UUID) -> HttpResponse:
    found = desk.extension(request.actor, key, purpose="extension")
    form = ReasonForm(posted(request))
    words = (_("She withdraws her application"), _("Withdraw"), _("Withdrawn."))
    do = extending.withdraw_extension
    return _of(request, found, form, words, lambda: do(request.actor, found, **form.cleaned_data))


def _of(
    request: Request, found: Any, form: Any, words: "Words", do: Callable[[], Any]
) -> HttpResponse:
    back = reverse("stays:extension", args=[found.pk])
    return form_page(request, form, words, do, back=back, extension=found)
