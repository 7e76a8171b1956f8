"""Headquarters: who works at which consulate, and how many permits a year has."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.control.visas import actions, queries
from safar.control.visas.forms.desk import PlaceForm, QuotaForm
from safar.control.visas.models import Consulate, ConsulatePlacement
from safar.core.errors import NotFound
from safar.core.permissions import Request, page
from safar.core.record import get_visible


@page("visas.place_user")
def consulates(request: Request) -> HttpResponse:
    placed = list(queries.placements(request.actor))
    rows = [
        (one, [row for row in placed if row.consulate_id == one.pk])
        for one in queries.consulates_of(request.actor)
    ]
    permits = [(one.pk, one.name) for one in queries.kinds() if one.is_permit]
    context = {
        "rows": rows,
        "quotas": queries.quotas(request.actor),
        "place_form": PlaceForm(),
        "quota_form": QuotaForm(permits, auto_id="quota_%s"),
    }
    return render(request, "visas/consulates.html", context)


@page("visas.place_user", methods=("POST",))
def place(request: Request, code: str) -> HttpResponse:
    consulate = Consulate.objects.filter(pk=code).first()
    username = request.POST.get("username", "").strip()
    user = User.objects.filter(username=username, is_active=True).first()
    if consulate is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    if user is None:
        messages.error(request, _("There is no such service number."))
        return redirect("visas:consulates")
    actions.place_user(request.actor, consulate, user=user)
    messages.success(request, _("Placed. She sees its applications from now on."))
    return redirect("visas:consulates")


@page("visas.end_placement", methods=("POST",))
def end(request: Request, key: UUID) -> HttpResponse:
    placement = get_visible(ConsulatePlacement.objects.all(), request.actor, key)
    actions.end_placement(request.actor, placement)
    messages.success(request, _("Ended."))
    return redirect("visas:consulates")


@page("visas.set_quota", methods=("POST",))
def quota(request: Request) -> HttpResponse:
    permits = {one.pk: one for one in queries.kinds() if one.is_permit}
    form = QuotaForm([(code, one.name) for code, one in permits.items()], request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose the permit, the year and how many places it has."))
        return redirect("visas:consulates")
    given = form.cleaned_data
    actions.set_quota(
        request.actor, permits[given["kind"]], year=given["year"], places=given["places"]
    )
    messages.success(request, _("The quota holds from now on."))
    return redirect("visas:consulates")
