"""Headquarters: how many permits of a kind may begin in a year?"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.control.visas import actions, queries
from safar.control.visas.forms.desk import QuotaForm
from safar.core.permissions import Request, page


@page("visas.set_quota", methods=("GET", "POST"))
def quotas(request: Request) -> HttpResponse:
    permits = {one.pk: one for one in queries.kinds() if one.is_permit}
    choices = [(code, one.name) for code, one in permits.items()]
    form = QuotaForm(choices, request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        actions.set_quota(
            request.actor, permits[given["kind"]], year=given["year"], places=given["places"]
        )
        messages.success(request, _("The quota holds from now on."))
        return redirect("visas:quotas")
    context = {"quotas": queries.quotas(request.actor), "form": form}
    return render(request, "visas/quotas.html", context)
