"""The pages of a booking: held, changed, ticketed, given back; and who escorts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safar.assistance.cases.models import Case
from safar.assistance.cases.views.opened import asked
from safar.assistance.movements.actions import bookings, departing, escorts
from safar.assistance.movements.forms import bookings as forms
from safar.assistance.movements.forms import on_the_way
from safar.assistance.movements.models import Escort, MovementJourney
from safar.assistance.movements.queries import files, notices
from safar.assistance.movements.queries import journey as queries
from safar.assistance.movements.queries.loan import travellers
from safar.core import audit
from safar.core.errors import NotFound
from safar.core.permissions import Actor, Request, page
from safar.core.record import get_visible
from safar.ui.render import render

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Step:
    """What may be done with a booking: its heading, its form, and the action."""

    title: "StrOrPromise"
    button: "StrOrPromise"
    form: type[on_the_way.JourneyForm]
    do: Callable[[Actor, MovementJourney, Any], object]
    about: "StrOrPromise" = ""


STEPS: dict[str, Step] = {
    "tickets": Step(
        gettext_lazy("Issue the tickets"),
        gettext_lazy("The tickets are issued"),
        on_the_way.TicketForm,
        lambda actor, row, form: bookings.ticket(actor, row, tickets=form.tickets()),
        gettext_lazy("Everything is done but the check before the flight."),
    ),
    "cancel": Step(
        gettext_lazy("Cancel the booking"),
        gettext_lazy("Give the seats back"),
        on_the_way.CancelForm,
        lambda actor, row, form: bookings.cancel_booking(actor, row, **form.cleaned_data),
        gettext_lazy("The case is prepared again. Missions that were told are told of this too."),
    ),
    "escort": Step(
        gettext_lazy("Add an escort"),
        gettext_lazy("Add the escort"),
        on_the_way.EscortForm,
        lambda actor, row, form: escorts.add_escort(actor, row, new=form.escort()),
        gettext_lazy("Her passport and visa must hold until she is back."),
    ),
    "event": Step(
        gettext_lazy("What happened on the way"),
        gettext_lazy("Keep it"),
        on_the_way.EventForm,
        lambda actor, row, form: departing.note_event(actor, row, new=form.event()),
    ),
    "clothing": Step(
        gettext_lazy("Warm clothing was given"),
        gettext_lazy("Keep it"),
        on_the_way.ClothingForm,
        lambda actor, row, form: departing.give_clothing(
            actor,
            row,
            form_key=form.cleaned_data["form_key"],
            pieces=form.cleaned_data["pieces"],
            new=form.event(),
        ),
        gettext_lazy("It is counted as help given, once."),
    ),
}


@page("movements.read")
def journey(request: Request, key: UUID) -> HttpResponse:
    """The journey of a case and what its missions were told, on a page of their own."""
    file = files.file_of(request.actor, key)
    if ask := asked(request, file.case):
        return ask
    context = {"file": file, "case": file.case}
    context |= queries.part(request.actor, file) | notices.part(request.actor, file)
    audit.opened(request.actor, "movements.open_journey", f"Case:{key}", purpose=file.case.purpose)
    return render(request, "movements/journey.html", context)


@page("movements.book", methods=("GET", "POST"))
def book(request: Request, key: UUID) -> HttpResponse:
    """Book a journey, perhaps a copy of that of a case that travels along."""
    case = files.file_of(request.actor, key).case
    if ask := asked(request, case):
        return ask
    form = forms.WholeBooking(_typed(request), case, list(travellers(case)), _copied(request, case))
    if form.is_bound and form.is_valid():
        bookings.book(request.actor, case, new=form.booking())
        messages.success(request, _("The seats are held."))
        return redirect("movements:journey", key=key)
    return _booking_page(request, case, form, _("Book a journey"))


@page("movements.change_booking", methods=("GET", "POST"))
def change(request: Request, key: UUID) -> HttpResponse:
    """Change flights, seats or the reference of a booking."""
    row = _journey(request.actor, key)
    if ask := asked(request, row.case):
        return ask
    given, case = queries.whole(request.actor, row), row.case
    form = forms.WholeBooking(_typed(request), case, list(travellers(case)), given)
    if form.is_bound and form.is_valid():
        made = bookings.change_booking(request.actor, row, new=form.booking())
        told = _("Kept.") if made.revision == row.revision else _("Kept. Tell the missions.")
        messages.success(request, told)
        return redirect("movements:journey", key=case.pk)
    return _booking_page(request, case, form, _("Change the booking"))


def _booking_page(
    request: Request, case: Case, form: forms.WholeBooking, title: str
) -> HttpResponse:
    context = {"form": form, "case": case, "title": title}
    status = 422 if form.is_bound else 200
    return render(request, "movements/booking.html", context, status=status)


def _copied(request: Request, case: Case) -> queries.Journey | None:
    """The booking that is copied: of a case in sight that travels along."""
    try:
        key = UUID(request.GET.get("from", ""))
    except ValueError:
        return None
    row = _journey(request.actor, key)
    if not queries.travel_together(request.actor, case, row.case_id):
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return queries.whole(request.actor, row)


@page("movements.read", methods=("GET", "POST"))
def step(request: Request, key: UUID, name: str) -> HttpResponse:
    """One step of a booking; its action asks whether it may be done."""
    chosen, row = STEPS[name], _journey(request.actor, key)
    if ask := asked(request, row.case):
        return ask
    form = chosen.form(_typed(request), journey=queries.whole(request.actor, row))
    if form.is_valid():
        chosen.do(request.actor, row, form)
        messages.success(request, _("Kept."))
        return redirect("movements:journey", key=row.case_id)
    context = {"form": form, "case": row.case, "title": chosen.title, "button": chosen.button}
    return _form_page(request, context | {"about": chosen.about})


@page("movements.rebook", methods=("GET", "POST"))
def missed(request: Request, key: UUID) -> HttpResponse:
    """A missed connection, and the flights instead."""
    row = _journey(request.actor, key)
    if ask := asked(request, row.case):
        return ask
    form = on_the_way.MissedForm(_typed(request), journey=queries.whole(request.actor, row))
    legs = forms.empty_legs(_typed(request))
    if form.is_valid() and legs.is_valid():
        departing.rebook(request.actor, row, rebooked=form.rebooked(legs))
        messages.success(request, _("Kept. Tell the missions."))
        return redirect("movements:journey", key=row.case_id)
    context = {"form": form, "legs": legs, "case": row.case, "title": _("A missed connection")}
    return _form_page(request, context | {"button": _("Keep the new flights")})


@page("movements.remove_escort", methods=("POST",))
def remove_escort(request: Request, key: UUID) -> HttpResponse:
    """Take an escort off a journey."""
    row = get_visible(Escort.objects.select_related("case"), request.actor, key)
    escorts.remove_escort(request.actor, row)
    messages.success(request, _("The escort is off the journey."))
    return redirect("movements:journey", key=row.case_id)


@page("movements.report_escort", methods=("GET", "POST"))
def report_escort(request: Request, key: UUID) -> HttpResponse:
    """What an escort reports when she is back."""
    row = get_visible(Escort.objects.select_related("case", "journey"), request.actor, key)
    if ask := asked(request, row.case):
        return ask
    given = queries.whole(request.actor, row.journey)
    form = on_the_way.ReportForm(_typed(request), journey=given)
    if form.is_valid():
        escorts.report_escort(request.actor, row, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("movements:journey", key=row.case_id)
    context = {"form": form, "case": row.case, "title": _("Report of %(name)s") % {"name": row}}
    return _form_page(request, context | {"button": _("Keep the report")})


def _form_page(request: Request, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return render(request, "movements/journey_form.html", context, status=status)


def _journey(actor: Actor, key: UUID) -> MovementJourney:
    rows = MovementJourney.objects.select_related("case", "receiving", "transit")
    return get_visible(rows, actor, key)


def _typed(request: Request) -> Any:
    return request.POST if request.method == "POST" else None
