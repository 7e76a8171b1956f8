"""An issued visa: made from what was granted, printed, ended."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from safar.control.applications.queries import last_photo
from safar.control.visas import queries
from safar.control.visas.actions import issuing
from safar.control.visas.choices.issued import EndingGround, VisaForm, ZoneFormat
from safar.control.visas.forms.issued import EndForm, IssueForm, ReasonForm
from safar.control.visas.models import Visa
from safar.control.visas.paper import sticker
from safar.core import audit
from safar.core.permissions import Actor, Request, page
from safar.core.record import get_visible


@page("visas.issue_visa", methods=("GET", "POST"))
def issue(request: Request, key: UUID) -> HttpResponse:
    """Issue what was granted: on the next blank in hand, or as an e-visa."""
    application = queries.open_application(request.actor, key, purpose="issue")
    form = IssueForm(request.POST or None)
    if form.is_valid():
        visa = issuing.issue_visa(
            request.actor,
            application,
            form=VisaForm(form.cleaned_data["form"]),
            zone_format=ZoneFormat(form.cleaned_data["zone_format"]),
        )
        messages.success(request, _("Visa {number} was issued. Print it now.").format(number=visa))
        return redirect("visas:visa", visa.pk)
    words = {"title": _("Issue the visa"), "button": _("Issue")}
    status = 422 if form.is_bound else 200
    context = {"application": application, "form": form, **words}
    return render(request, "visas/form.html", context, status=status)


@page("visas.read_issued")
def visa(request: Request, key: UUID) -> HttpResponse:
    """One visa; that it was opened is on record before it is shown."""
    return _show(request, _open(request.actor, key))


@page("visas.print_visa")
def visa_pdf(request: Request, key: UUID) -> HttpResponse:
    """The sticker, or the sheet of an e-visa, as PDF."""
    found = _open(request.actor, key, purpose="print")
    photo = last_photo(queries.papers(found.application))
    pdf = sticker.printed(found, photo=bytes(photo.content) if photo else b"")
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="visa-{found.number}.pdf"'
    return answer


@page("visas.annul_visa", methods=("POST",))
def annul(request: Request, key: UUID) -> HttpResponseBase:
    """Annul: it should never have been issued."""
    return _end(request, key, issuing.annul_visa, _("The visa was annulled."))


@page("visas.revoke_visa", methods=("POST",))
def revoke(request: Request, key: UUID) -> HttpResponseBase:
    """Revoke: at once, at every booth."""
    return _end(request, key, issuing.revoke_visa, _("The visa was revoked. Every booth knows."))


@page("visas.reprint_visa", methods=("POST",))
def reprint(request: Request, key: UUID) -> HttpResponseBase:
    """Issue it again on another blank, because the first was spoiled in printing."""
    found = _open(request.actor, key, purpose="reprint")
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, found, reprint_form=form, status=422)
    again = issuing.reprint_visa(request.actor, found, reason=form.cleaned_data["reason"])
    messages.success(request, _("Issued again as {number}.").format(number=again))
    return redirect("visas:visa", again.pk)


def _end(request: Request, key: UUID, act: Any, done: str) -> HttpResponseBase:
    found = _open(request.actor, key, purpose="ending")
    form = EndForm(request.POST)
    if not form.is_valid():
        return _show(request, found, end_form=form, status=422)
    ground = EndingGround(form.cleaned_data["ground"])
    act(request.actor, found, ground=ground, reason=form.cleaned_data["reason"])
    messages.success(request, done)
    return redirect("visas:visa", key)


def _open(actor: Actor, key: UUID, purpose: str = "look") -> Visa:
    rows = Visa.objects.select_related("application", "kind", "consulate", "ending", "signer")
    found = get_visible(rows, actor, key)
    audit.opened(actor, "visas.read_issued", f"Visa:{key}", purpose=purpose)
    return found


def _show(request: Request, found: Visa, *, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "visa": found,
        "uses": found.uses.select_related("given_back").order_by("nth", "used_at"),
        "has_entered": found.uses.filter(given_back=None).exists(),
        "ending": getattr(found, "ending", None),
        "end_form": EndForm(),
        "reprint_form": ReasonForm(),
        "code": "" if found.form == VisaForm.E_VISA else bytes(found.seal).hex().upper(),
        "may_print": request.actor.may("visas.print_visa"),
        "may_open": request.actor.may("visas.open") and not found.application.erased_at,
        **forms,
    }
    return render(request, "visas/visa.html", context, status=status)
