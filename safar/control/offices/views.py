"""Headquarters: which offices are there, and who works at which?"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.control.offices import actions, queries
from safar.control.offices.choices import Work
from safar.control.offices.models import IssuingOffice, OfficePlacement
from safar.core.errors import NotFound
from safar.core.permissions import Request, page
from safar.core.record import get_visible


@page("offices.read")
def offices(request: Request) -> HttpResponse:
    placed = list(queries.placements(request.actor))
    rows = [
        {
            "office": one,
            "work": [Work(code).label for code in one.work],
            "placed": [row for row in placed if row.office_id == one.pk],
        }
        for one in queries.offices_of(request.actor)
    ]
    return render(request, "offices/offices.html", {"rows": rows})


@page("offices.place_user", methods=("POST",))
def place(request: Request, code: str) -> HttpResponse:
    office = IssuingOffice.objects.filter(pk=code).first()
    username = request.POST.get("username", "").strip()
    user = User.objects.filter(username=username, is_active=True).first()
    if office is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    if user is None:
        messages.error(request, _("There is no such service number."))
        return redirect("offices:offices")
    actions.place_user(request.actor, office, user=user)
    messages.success(request, _("Placed. She sees its applications from now on."))
    return redirect("offices:offices")


@page("offices.end_placement", methods=("POST",))
def end(request: Request, key: UUID) -> HttpResponse:
    placement = get_visible(OfficePlacement.objects.all(), request.actor, key)
    actions.end_placement(request.actor, placement)
    messages.success(request, _("Ended."))
    return redirect("offices:offices")
