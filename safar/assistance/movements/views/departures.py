"""The day of the flight: what leaves when, the manifest, and the word of the arrival."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _

from safar.assistance.cases.views.opened import asked
from safar.assistance.movements import manifest_paper
from safar.assistance.movements.actions import departing
from safar.assistance.movements.actions.left_behind import open_own_case
from safar.assistance.movements.choices import Boarded
from safar.assistance.movements.forms.on_the_way import ArrivalForm
from safar.assistance.movements.models import Passenger
from safar.assistance.movements.queries import departures as queries
from safar.assistance.movements.queries import files
from safar.assistance.movements.queries.journey import latest
from safar.core import audit
from safar.core.errors import NotFound, RuleBroken
from safar.core.permissions import Actor, Request, page
from safar.core.record import get_visible
from safar.ui.render import render


@page("movements.read")
def departures(request: Request) -> HttpResponse:
    """What leaves in the next fourteen days, and what left in the last seven."""
    today = timezone.localdate()
    found = queries.departures(request.actor, today)
    context = {
        "coming": [one for one in found if one.day >= today],
        "past": [one for one in reversed(found) if one.day < today],
        "today": today,
    }
    audit.opened(request.actor, "movements.open_departures", "", purpose=_("Departures"))
    return render(request, "movements/departures.html", context)


@page("movements.read")
def manifest(request: Request, flight: str, day: str) -> HttpResponse:
    """Everybody on a flight of a day, to be checked off."""
    found = _flight(request.actor, flight, day)
    members = [seat.member_id for party in found.parties for seat in party.seats]
    context = {
        "flight": found,
        "needs": queries.needs_of(request.actor, members),
        "escorts": queries.escorts_of(request.actor, found),
        "answers": [one for one in Boarded.choices if one[0] != Boarded.BOOKED],
        "is_day": found.day <= timezone.localdate(),
        "may_check": request.actor.may("movements.check_off"),
    }
    return render(request, "movements/manifest.html", context)


@page("movements.read")
def manifest_pdf(request: Request, flight: str, day: str) -> HttpResponse:
    """The manifest on paper, with boxes to tick at the gate."""
    found = _flight(request.actor, flight, day)
    members = [seat.member_id for party in found.parties for seat in party.seats]
    needs = queries.needs_of(request.actor, members)
    escorts = queries.escorts_of(request.actor, found)
    answer = HttpResponse(
        manifest_paper.manifest(found, needs, escorts), content_type="application/pdf"
    )
    name = f"manifest-{slugify(flight)}-{found.day.isoformat()}.pdf"
    answer["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    return answer


def _flight(actor: Actor, flight: str, day: str) -> queries.Flight:
    """The flight, and the word in the audit of each case that is shown with it."""
    try:
        found = queries.manifest(actor, flight, date.fromisoformat(day))
    except ValueError:
        found = None
    if found is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    for party in found.parties:
        audit.opened(
            actor, "movements.open_manifest", f"Case:{party.journey.case_id}", purpose=flight
        )
    return found


@page("movements.check_off", methods=("POST",))
def check_off(request: Request, key: UUID) -> HttpResponse:
    """Say of one passenger whether she is on board."""
    rows = Passenger.objects.select_related("journey")
    passenger = get_visible(rows, request.actor, key)
    departing.check_off(request.actor, passenger, boarded=request.POST.get("boarded", ""))
    return _back(request, passenger)


def _back(request: Request, passenger: Passenger) -> HttpResponse:
    """To the flight from whose manifest it was said."""
    legs = list(passenger.journey.legs.order_by("number"))
    day = timezone.localdate(legs[0].departs_at).isoformat()
    return redirect("movements:manifest", flight=legs[0].flight, day=day)


@page("movements.confirm_departure", methods=("POST",))
def departure(request: Request, key: UUID) -> HttpResponse:
    """Those on board have left."""
    case = files.file_of(request.actor, key).case
    departing.confirm_departure(request.actor, case)
    messages.success(request, _("They have left: %(case)s.") % {"case": case})
    return redirect("movements:journey", key=key)


@page("movements.confirm_arrival", methods=("GET", "POST"))
def arrival(request: Request, key: UUID) -> HttpResponse:
    """Those who left have arrived."""
    case = files.file_of(request.actor, key).case
    if ask := asked(request, case):
        return ask
    journey = latest(request.actor, case)
    if journey is None:
        raise RuleBroken(_("Nothing is booked."))
    form = ArrivalForm(request.POST if request.method == "POST" else None, journey=journey)
    if form.is_valid():
        departing.confirm_arrival(request.actor, case, **form.cleaned_data)
        messages.success(request, _("They have arrived, and the case is closed."))
        return redirect("movements:journey", key=key)
    context: dict[str, Any] = {"form": form, "case": case, "title": _("They have arrived")}
    context |= {
        "button": _("Confirm the arrival"),
        "about": _("Only those who left are counted. The case is closed with it."),
    }
    status = 422 if form.is_bound else 200
    return render(request, "movements/journey_form.html", context, status=status)


@page("movements.open_own_case", methods=("POST",))
def own_case(request: Request, key: UUID) -> HttpResponse:
    """Whoever stayed behind goes on in a case of her own."""
    made = open_own_case(request.actor, files.file_of(request.actor, key).case)
    messages.success(request, _("Their own case is open. Ask them anew for their consents."))
    return redirect("movements:case", key=made.pk)
