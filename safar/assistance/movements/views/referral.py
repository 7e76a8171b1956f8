"""The referral that opens a movement."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from safar.accounts.models import Office
from safar.assistance.cases.models import Placement
from safar.assistance.movements.actions.opening import receive_referral
from safar.assistance.movements.forms.referral import Family, ReferralForm
from safar.assistance.movements.programme import MOVEMENTS
from safar.core.permissions import Actor, Request, page
from safar.ui.render import render


@page("movements.receive_referral", methods=("GET", "POST"))
def referral(request: Request) -> HttpResponse:
    """Write down whom UNHCR, a state or a family refers."""
    form = ReferralForm(request.POST or None, offices=_offices(request.actor))
    family = Family(request.POST or None, prefix="family")
    if form.is_valid() and family.is_valid():
        file = receive_referral(request.actor, form.referral(family))
        messages.success(request, _("The movement is open: %(case)s.") % {"case": file.case})
        return redirect("movements:case", key=file.case_id)
    status = 422 if form.is_bound else 200
    context = {"form": form, "family": family}
    return render(request, "movements/referral.html", context, status=status)


def _offices(actor: Actor) -> "QuerySet[Office]":
    placed = Placement.objects.filter(user=actor.person_id, programme=MOVEMENTS.code)
    if placed.filter(office=None).exists():
        return Office.objects.all()
    return Office.objects.filter(pk__in=placed.values("office"))
