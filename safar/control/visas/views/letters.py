"""Papers as PDF: the letter of a refusal, for the desk and for the applicant herself; the receipt of
a fee; her electronic visa."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from safar.control.applications.queries import last_photo
from safar.control.visas import queries, throttle
from safar.control.visas.applicant import applicant
from safar.control.visas.forms.desk import StatusForm
from safar.control.visas.models import Application
from safar.control.visas.paper import letters, sticker
from safar.control.visas.views.public import NOT_FOUND, count_status, own_of
from safar.core.errors import NotFound
from safar.core.permissions import PUBLIC, Request, page

MOST_LETTERS = 20  # from one address in a quarter of an hour: each is typeset anew


@page("visas.open")
def refusal(request: Request, key: UUID) -> HttpResponse:
    """The letter for the desk, in her language or in `?language=`; on record before it leaves."""
    found = queries.open_application(request.actor, key, purpose="letter")
    language = request.GET.get("language", "")
    return _pdf(letters.refusal_letter(found, language=language), _name(found))


@page("visas.open")
def receipt(request: Request, key: UUID) -> HttpResponse:
    """The receipt of one fee."""
    fee = queries.open_fee(request.actor, key)
    pdf = letters.receipt(fee, language=request.GET.get("language", ""))
    return _pdf(pdf, f"receipt-{fee.application.number}")


@page(PUBLIC, methods=("POST",))
def own_refusal(request: Request) -> HttpResponse:
    """Her letter: for the browser that holds the application, or by reference and birth date."""
    found, refused = _asked_for(request)
    if found is None:
        return refused or _nothing()
    return _pdf(letters.refusal_letter(found, language=request.LANGUAGE_CODE), _name(found))


@page(PUBLIC, methods=("POST",))
def own_visa(request: Request) -> HttpResponse:
    """Her electronic visa, for who may have a letter; a sticker is the consulate's alone."""
    found, refused = _asked_for(request)
    if found is None:
        return refused or _nothing()
    visa = queries.e_visa_of(found)
    if visa is None:
        return _nothing()
    photo = last_photo(queries.papers(found))
    pdf = sticker.printed(visa, photo=bytes(photo.content) if photo else b"")
    return _pdf(pdf, f"visa-{visa.number}")


def _asked_for(request: Request) -> tuple[Application | None, HttpResponse | None]:
    """The application that is asked about, else the page that says no.

    Wrong in reference or birth date: the answer is the same.
    """
    throttle.count(request, "letter", MOST_LETTERS)
    if "reference" not in request.POST:
        return own_of(request), None
    form = StatusForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        count_status(request, given["reference"])
        actor = applicant(request.number)
        found = queries.by_birth(actor, given["reference"], given["birth"])
        if found is not None:
            return found, None
        form.add_error(None, NOT_FOUND)
    return None, render(request, "visas/public/status.html", {"form": form}, status=422)


def _nothing() -> HttpResponse:
    raise NotFound(_("There is nothing here, or it is not yours to see."))


def _name(found: Application) -> str:
    return f"decision-{found.number}"


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
