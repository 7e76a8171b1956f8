"""Payments: which wait for whom, one payment with its signatures, and what is done to it."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions import approving, paying
from safar.assistance.cases.choices.money import StepKind
from safar.assistance.cases.forms.money import PaidForm
from safar.assistance.cases.models import Approval, Payment
from safar.assistance.cases.queries import payments as queries
from safar.assistance.cases.views.money_form import money_form
from safar.assistance.cases.views.opened import asked
from safar.core import audit
from safar.core.action import can
from safar.core.errors import InvalidMove
from safar.core.permissions import Request, page
from safar.core.record import get_visible
from safar.core.workflow import NOT_NOW

ON_A_PAGE: Final = 50


@page("cases.read_payments")
def payments(request: Request) -> HttpResponse:
    """A list of what waits. Cases by their numbers: names only inside a file."""
    lists = {
        name: label for name, (label, needs) in queries.LISTS.items() if request.actor.may(needs)
    }
    name = request.GET.get("list", "")
    name = name if name in lists else next(iter(lists))
    shown = Paginator(queries.listed(request.actor, name), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "lists": lists,
        "name": name,
        "shown": shown,
        "rows": queries.rows(shown.object_list),
        "asked": f"list={name}",
        "may_add_vendor": request.actor.may("cases.add_vendor"),
    }
    return render(request, "cases/payments.html", context)


@page("cases.read_payments")
def payment(request: Request, key: UUID) -> HttpResponse:
    found = get_visible(queries.whole(Payment.objects.all()), request.actor, key)
    if ask := asked(request, found.case):
        return ask
    audit.opened(request.actor, "cases.payment", f"Case:{found.case_id}", purpose="money")
    steps = list(found.approval.steps.all())
    waits_for = found.approval.waits_for
    may_sign = bool(waits_for) and can(request.actor, f"cases.{waits_for}", found.approval)
    context = {
        "payment": found,
        "case": found.case,
        "steps": [(queries.SIGNED[StepKind(step.kind)], step) for step in steps],
        "missing": [queries.SIGNATURES[kind] for kind in queries.still_needed(found, steps)],
        "may_sign": may_sign,
        "acted": any(step.person_id == request.actor.user_id for step in steps),
        "may_pay": found.status == "released" and request.actor.may("cases.record_paid"),
        "may_reconcile": found.status == "paid" and can(request.actor, "cases.reconcile", found),
        "may_withdraw": found.status in ("planned", "approved", "released")
        and request.actor.may("cases.withdraw"),
        "may_give_back": found.status in ("paid", "reconciled")
        and request.actor.may("cases.give_back"),
        "paid_form": PaidForm(),
    }
    return render(request, "cases/payment.html", context)


@page("cases.read_payments", methods=("POST",))
def approval_sign(request: Request, key: UUID) -> HttpResponse:
    """Sign the step that stood on the page; the action of that step has its own permission."""
    approval = _approval(request, key)
    back = _page_of(approval)
    kind = request.POST.get("kind", "")
    if kind not in approving.SIGN:
        raise InvalidMove(NOT_NOW)
    sign = approving.SIGN[StepKind(kind)]
    sign(request.actor, approval, comment=request.POST.get("comment", "")[:300])
    messages.success(request, _("Signed."))
    return redirect(back)


@page("cases.decline", methods=("POST",))
def approval_decline(request: Request, key: UUID) -> HttpResponse:
    approval = _approval(request, key)
    back = _page_of(approval)
    approving.decline(request.actor, approval, reason=request.POST.get("reason", "")[:300])
    messages.success(request, _("Declined."))
    return redirect(back)


@page("cases.withdraw", methods=("POST",))
def approval_withdraw(request: Request, key: UUID) -> HttpResponse:
    approval = _approval(request, key)
    back = _page_of(approval)
    approving.withdraw(request.actor, approval, reason=request.POST.get("reason", "")[:300])
    messages.success(request, _("Withdrawn."))
    return redirect(back)


@page("cases.record_paid", methods=("POST",))
def payment_paid(request: Request, key: UUID) -> HttpResponse:
    found = get_visible(Payment.objects.all(), request.actor, key)
    form = PaidForm(request.POST)
    if not form.is_valid():
        words = (_("Record that it was paid"), _("Record"))
        return money_form(request, form, words, of=found.case)
    paying.record_paid(request.actor, found, **form.cleaned_data)
    messages.success(request, _("Recorded as paid. Another person reconciles it."))
    return redirect("cases:payment", key)


@page("cases.reconcile", methods=("POST",))
def payment_reconcile(request: Request, key: UUID) -> HttpResponse:
    paying.reconcile(request.actor, get_visible(Payment.objects.all(), request.actor, key))
    messages.success(request, _("Reconciled."))
    return redirect("cases:payment", key)


@page("cases.give_back", methods=("POST",))
def payment_give_back(request: Request, key: UUID) -> HttpResponse:
    found = get_visible(Payment.objects.all(), request.actor, key)
    paying.give_back(request.actor, found, reason=request.POST.get("reason", "")[:300])
    messages.success(request, _("Recorded. The grant holds the money again."))
    return redirect("cases:payment", key)


def _approval(request: Request, key: UUID) -> Approval:
    return get_visible(Approval.objects.all(), request.actor, key)


def _page_of(approval: Approval) -> str:
    """The page of what was signed, whatever it is: asked before, as a refusal may part the two."""
    subject = approving.subject_of(approval)
    return reverse(subject.page, args=[getattr(approval, subject.code).pk])
