"""Pages of partners: who they are, and what binds them."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import consenting
from safar.assistance.cases.actions import partnering as actions
from safar.assistance.cases.forms.sharing import AgreementForm, EndForm, PartnerForm
from safar.assistance.cases.models import Partner, SharingAgreement
from safar.assistance.cases.queries import referrals as queries
from safar.core.permissions import Request, page
from safar.core.record import get_visible

ON_A_PAGE = 100


@page("cases.read_partners")
def partners(request: Request) -> HttpResponse:
    found = Paginator(queries.partners(), ON_A_PAGE).get_page(request.GET.get("page"))
    bound = set(queries.bound_partners().values_list("pk", flat=True))
    rows = [(partner, partner.pk in bound) for partner in found]
    return render(request, "cases/partners.html", {"shown": found, "rows": rows})


@page("cases.add_partner", methods=("GET", "POST"))
def partner_add(request: Request) -> HttpResponse:
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.add_partner(request.actor, form.facts())
        messages.success(request, _("Added. Record now what binds them in writing."))
        return redirect("cases:partner", made.pk)
    status = 422 if form.errors else 200
    return render(request, "cases/partner_form.html", {"form": form}, status=status)


@page("cases.read_partners")
def partner(request: Request, key: UUID) -> HttpResponse:
    return _shown(request, _partner(request, key))


@page("cases.change_partner", methods=("GET", "POST"))
def partner_change(request: Request, key: UUID) -> HttpResponse:
    found = _partner(request, key)
    form = PartnerForm(request.POST or None, initial=model_to_dict(found))
    if request.method == "POST" and form.is_valid():
        actions.change_partner(request.actor, found, facts=form.facts())
        return redirect("cases:partner", key)
    context = {"form": form, "partner": found}
    return render(request, "cases/partner_form.html", context, status=422 if form.errors else 200)


@page("cases.make_agreement", methods=("POST",))
def agreement_add(request: Request, key: UUID) -> HttpResponse:
    found, form = _partner(request, key), AgreementForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, status=422, form=form)
    actions.make_agreement(request.actor, found, **form.cleaned_data)
    messages.success(request, _("Recorded."))
    return redirect("cases:partner", key)


@page("cases.end_agreement", methods=("POST",))
def agreement_end(request: Request, key: UUID) -> HttpResponse:
    found = get_visible(SharingAgreement.objects.select_related("partner"), request.actor, key)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _shown(request, found.partner, status=422, end_form=form)
    actions.end_agreement(request.actor, found, on=form.cleaned_data["on"])
    messages.success(request, _("It ends on that day."))
    return redirect("cases:partner", found.partner_id)


def _partner(request: Request, key: UUID) -> Partner:
    return get_visible(queries.partners(), request.actor, key)


def _shown(request: Request, found: Partner, *, status: int = 200, **forms: object) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "partner": found,
        "agreements": found.agreements.select_related("recorded_by"),
        "is_bound": consenting.in_force(found, today),
        "today": today,
        "form": AgreementForm(),
        "end_form": EndForm(auto_id="end_%s", initial={"on": today}),
        **forms,
    }
    return render(request, "cases/partner.html", context, status=status)
