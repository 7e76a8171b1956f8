"""What travellers say: recorded by one officer, decided by another."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safar.control.stays.actions import rebutting
from safar.control.stays.forms import AcceptForm, ReasonForm, RebuttalForm
from safar.control.stays.queries import desk
from safar.control.stays.views.form_page import form_page, posted
from safar.core import audit
from safar.core.permissions import Request, page
from safar.ui.render import render


@page("stays.read")
def waiting(request: Request) -> HttpResponse:
    rows = desk.rebuttals_waiting(request.actor)
    return render(request, "stays/rebuttals.html", {"rows": rows})


@page("stays.record_rebuttal", methods=("GET", "POST"))
def record(request: Request, key: UUID) -> HttpResponse:
    row = desk.overstay(request.actor, key)
    form = RebuttalForm(posted(request))
    return form_page(
        request,
        form,
        (
            _("What the traveller says"),
            _("Record it"),
            _("It is on record. A second person decides on it."),
        ),
        lambda: rebutting.record_rebuttal(request.actor, row, said=form.stated()),
        back=reverse("stays:explanation", args=[key]),
    )


@page("stays.accept_rebuttal", methods=("GET", "POST"))
def accept(request: Request, key: UUID) -> HttpResponse:
    row = desk.rebuttal(request.actor, key)
    _opened(request, row.overstay.traveller_id)
    form = AcceptForm(posted(request))
    return form_page(
        request,
        form,
        (
            _("Accept what the traveller says"),
            _("Accept"),
            _("Accepted. The overstay is closed, and the booth is told."),
        ),
        lambda: rebutting.accept_rebuttal(request.actor, row, **form.cleaned_data),
        back=reverse("stays:rebuttals"),
        rebuttal=row,
    )


@page("stays.decline_rebuttal", methods=("GET", "POST"))
def decline(request: Request, key: UUID) -> HttpResponse:
    row = desk.rebuttal(request.actor, key)
    _opened(request, row.overstay.traveller_id)
    form = ReasonForm(posted(request))
    return form_page(
        request,
        form,
        (_("Decline what the traveller says"), _("Decline"), _("Declined, with your reason.")),
        lambda: rebutting.decline_rebuttal(request.actor, row, **form.cleaned_data),
        back=reverse("stays:rebuttals"),
        rebuttal=row,
    )


def _opened(request: Request, traveller: UUID) -> None:
    """What a traveller says is read as much as her file is: it is on record first."""
    audit.opened(request.actor, "stays.open", f"Traveller:{traveller}", purpose="decision")
