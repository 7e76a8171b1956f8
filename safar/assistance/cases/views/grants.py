"""The money of a case: its grants, and the payments that are planned from them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import programmes
from safar.assistance.cases.actions import granting, paying
from safar.assistance.cases.forms.money import CeilingForm, GrantForm, PaymentForm
from safar.assistance.cases.models import Case, Grant, Purchase
from safar.assistance.cases.queries import money, payments
from safar.assistance.cases.views.money_form import money_form
from safar.assistance.cases.views.opened import asked
from safar.core import audit
from safar.core.permissions import Request, page
from safar.core.record import get_visible


@page("cases.read_payments")
def case_money(request: Request, key: UUID) -> HttpResponse:
    """Grants with what is planned, paid and left; every payment; what was bought."""
    case = get_visible(Case.objects.all(), request.actor, key)
    if ask := asked(request, case):
        return ask
    audit.opened(request.actor, "cases.money", f"Case:{key}", purpose="money")
    may = request.actor.may
    context = money.part(request.actor, case) | {
        "case": case,
        # where a scheme has a say, its programme's own page grants
        "may_grant": not case.closed_on
        and may("cases.give_grant")
        and programmes.get(case.programme).may_grant is None,
        "may_plan": not case.closed_on and may("cases.plan_payment"),
        "may_buy": not case.closed_on and may("cases.begin_purchase"),
        "may_change": not case.closed_on and may("cases.change_ceiling"),
        "may_close": may("cases.close_grant"),
        "payments": payments.of_case(request.actor, case),
        "purchases": Purchase.objects.visible_to(request.actor)
        .filter(case=case)
        .prefetch_related("chosen__vendor", "grant"),
    }
    return render(request, "cases/case_money.html", context)


@page("cases.give_grant", methods=("GET", "POST"))
def grant_add(request: Request, key: UUID) -> HttpResponse:
    case = get_visible(Case.objects.all(), request.actor, key)
    form = GrantForm(case, request.POST or None)
    if request.method == "POST" and form.is_valid():
        granting.give_grant(request.actor, case, new=form.new())
        messages.success(request, _("Granted. Payments can be planned from it."))
        return redirect("cases:case_money", key)
    return money_form(request, form, (_("Grant"), _("Grant it")), of=case)


@page("cases.change_ceiling", methods=("GET", "POST"))
def grant_ceiling(request: Request, key: UUID) -> HttpResponse:
    grant = _grant(request, key)
    form = CeilingForm(request.POST or None, initial={"ceiling": grant.ceiling})
    if request.method == "POST" and form.is_valid():
        granting.change_ceiling(request.actor, grant, **form.cleaned_data)
        messages.success(request, _("The ceiling is changed."))
        return redirect("cases:case_money", grant.case_id)
    title = _("Change the ceiling: %(what)s") % {"what": grant.purpose}
    return money_form(request, form, (title, _("Change")), of=grant.case)


@page("cases.close_grant", methods=("POST",))
def grant_close(request: Request, key: UUID) -> HttpResponse:
    grant = granting.close_grant(request.actor, _grant(request, key))
    messages.success(request, _("Closed. What was left went back to the budget line."))
    return redirect("cases:case_money", grant.case_id)


@page("cases.plan_payment", methods=("GET", "POST"))
def payment_add(request: Request, key: UUID) -> HttpResponse:
    """From a grant; with ?purchase= for what is bought, at its chosen quote."""
    grant = _grant(request, key)
    purchase = _purchase(request, grant)
    form = PaymentForm(grant, purchase, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = paying.plan_payment(request.actor, grant, new=form.new())
        messages.success(request, _("Prepared. It waits for the signatures of others."))
        return redirect("cases:payment", made.pk)
    title = _("Prepare a payment: %(what)s") % {"what": purchase or grant.purpose}
    free = money.left(request.actor, grant)
    note = _("%(free)s of this grant is free. Others sign before anything is paid.")
    words = (title, _("Prepare"))
    return money_form(request, form, words, of=purchase or grant.case, note=note % {"free": free})


def _grant(request: Request, key: UUID) -> Grant:
    grants = Grant.objects.select_related("case", "line__project")
    return get_visible(grants, request.actor, key)


def _purchase(request: Request, grant: Grant) -> Purchase | None:
    """The purchase that the address names, if it is this grant's."""
    asked = request.GET.get("purchase", "")
    of_grant = Purchase.objects.visible_to(request.actor).filter(grant=grant)
    return next((one for one in of_grant if str(one.pk) == asked), None)
