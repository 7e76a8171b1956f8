"""What is bought for a case, from its quotes to the look on the spot."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions import buying
from safar.assistance.cases.forms.buying import (
    CheckForm,
    ChoiceForm,
    DeliveryForm,
    OrderForm,
    PurchaseForm,
    QuoteForm,
    VendorForm,
)
from safar.assistance.cases.models import Grant, Purchase
from safar.assistance.cases.views.money_form import money_form
from safar.assistance.cases.views.opened import asked
from safar.core import audit
from safar.core.action import can
from safar.core.permissions import Request, page
from safar.core.record import get_visible


@page("cases.begin_purchase", methods=("GET", "POST"))
def purchase_add(request: Request, key: UUID) -> HttpResponse:
    grant = get_visible(Grant.objects.select_related("case"), request.actor, key)
    form = PurchaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = buying.begin_purchase(request.actor, grant, **form.cleaned_data)
        return redirect("cases:purchase", made.pk)
    return money_form(request, form, (_("Buy something"), _("Begin")), of=grant.case)


@page("cases.read_payments")
def purchase(request: Request, key: UUID) -> HttpResponse:
    found = _purchase(request, key)
    if ask := asked(request, found.case):
        return ask
    audit.opened(request.actor, "cases.purchase", f"Case:{found.case_id}", purpose="money")
    may, status = request.actor.may, found.status
    live = found.payments.exclude(status__in=("cancelled", "returned"))
    begun = found.status in ("quoting", "chosen") and not live.exists()
    context = {
        "purchase": found,
        "case": found.case,
        "quotes": found.quotes.select_related("vendor"),
        "payments": found.payments.all(),
        "may_quote": begun and may("cases.add_quote"),
        "may_choose": begun and may("cases.choose_quote"),
        "may_pay": status not in ("quoting", "cancelled")
        and may("cases.plan_payment")
        and buying.left_to_pay(found) > 0,
        "may_order": status == "chosen"
        and may("cases.order_purchase")
        and live.exclude(status="planned").exists(),
        "may_receive": status == "ordered" and may("cases.record_delivery"),
        "may_check": status == "delivered" and can(request.actor, "cases.check_purchase", found),
        "may_cancel": begun and may("cases.cancel_purchase"),
    }
    return render(request, "cases/purchase.html", context)


@page("cases.add_quote", methods=("GET", "POST"))
def quote_add(request: Request, key: UUID) -> HttpResponse:
    found = _purchase(request, key)
    form = QuoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        buying.add_quote(request.actor, found, **form.cleaned_data)
        return redirect("cases:purchase", key)
    return money_form(request, form, (_("Add a quote"), _("Add")), of=found)


@page("cases.choose_quote", methods=("GET", "POST"))
def quote_choose(request: Request, key: UUID) -> HttpResponse:
    found = _purchase(request, key)
    form = ChoiceForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        buying.choose_quote(request.actor, found, **form.cleaned_data)
        messages.success(request, _("Chosen. Plan the payment to this vendor."))
        return redirect("cases:purchase", key)
    return money_form(request, form, (_("Choose a quote"), _("Choose")), of=found)


@page("cases.order_purchase", methods=("GET", "POST"))
def purchase_order(request: Request, key: UUID) -> HttpResponse:
    found = _purchase(request, key)
    form = OrderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        buying.order_purchase(request.actor, found, **form.cleaned_data)
        return redirect("cases:purchase", key)
    return money_form(request, form, (_("Order"), _("Ordered")), of=found)


@page("cases.record_delivery", methods=("GET", "POST"))
def purchase_delivery(request: Request, key: UUID) -> HttpResponse:
    found = _purchase(request, key)
    form = DeliveryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        buying.record_delivery(request.actor, found, **form.cleaned_data)
        return redirect("cases:purchase", key)
    return money_form(request, form, (_("It was delivered"), _("Record")), of=found)


@page("cases.check_purchase", methods=("GET", "POST"))
def purchase_check(request: Request, key: UUID) -> HttpResponse:
    found = _purchase(request, key)
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        buying.check_purchase(request.actor, found, **form.cleaned_data)
        return redirect("cases:purchase", key)
    return money_form(request, form, (_("A look on the spot"), _("Record")), of=found)


@page("cases.cancel_purchase", methods=("POST",))
def purchase_cancel(request: Request, key: UUID) -> HttpResponse:
    buying.cancel_purchase(request.actor, _purchase(request, key))
    return redirect("cases:purchase", key)


@page("cases.add_vendor", methods=("GET", "POST"))
def vendor_add(request: Request) -> HttpResponse:
    form = VendorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        buying.add_vendor(request.actor, form.new())
        messages.success(request, _("Added. The vendor can be chosen from now on."))
        return redirect("cases:payments")
    return money_form(request, form, (_("Add a vendor"), _("Add")))


def _purchase(request: Request, key: UUID) -> Purchase:
    related = Purchase.objects.select_related(
        "case", "grant__line__project", "chosen__vendor", "ordered_by", "checked_by"
    )
    return get_visible(related, request.actor, key)
