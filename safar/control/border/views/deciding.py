"""The officer decides: admit, pass with a reason, refer, refuse, or the traveller leaves the flow."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from safar.control.border.actions import deciding
from safar.control.border.forms import CrossingForm, RefusalForm
from safar.control.border.models import Inspection
from safar.control.border.paper import refusal_form
from safar.control.border.queries import booth as queries
from safar.control.border.screen import show
from safar.control.border.views.booth import her_booth, work
from safar.core import audit, node
from safar.core.node import uuid7
from safar.core.permissions import Request, page
from safar.reference import queries as reference
from safar.reference.choices import Topic
from safar.ui.render import render

LEAST_REASON = 3  # characters


@page("border.admit", methods=("POST",))
def admit(request: Request, key: UUID) -> HttpResponse:
    """Enter: admit a traveller who is clear."""
    inspection, form = _posted(request, key)
    if not form.is_valid():
        return work(request, her_booth(request), inspection, form=form)
    crossing = deciding.admit(
        request.actor, inspection, key=form.cleaned_data["key"], details=form.details()
    )
    messages.success(request, _("Recorded. Receipt {number}.").format(number=crossing.receipt))
    return _next(request)


@page("border.pass_with_reason", methods=("POST",))
def pass_with_reason(request: Request, key: UUID) -> HttpResponse:
    """F6: admit in spite of remarks, with a reason."""
    inspection, form = _posted(request, key)
    if form.is_valid() and len(form.cleaned_data["reason"].strip()) < LEAST_REASON:
        form.add_error("reason", _("Write why the traveller may pass."))
    if not form.is_valid():
        return work(request, her_booth(request), inspection, form=form)
    crossing = deciding.pass_with_reason(
        request.actor,
        inspection,
        key=form.cleaned_data["key"],
        details=form.details(),
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, _("Recorded. Receipt {number}.").format(number=crossing.receipt))
    return _next(request)


@page("border.refer", methods=("POST",))
def refer(request: Request, key: UUID) -> HttpResponse:
    """F4: send to second line. Without words of hers, the heaviest finding is the reason."""
    inspection, form = _posted(request, key)
    if not form.is_valid():
        return work(request, her_booth(request), inspection, form=form)
    reason = form.cleaned_data["reason"].strip() or inspection.findings[0]["code"]
    deciding.refer(request.actor, inspection, key=form.cleaned_data["key"], reason=reason)
    messages.info(request, _("Sent to second line."))
    return _next(request)


@page("border.refuse", methods=("GET", "POST"))
def refuse(request: Request, key: UUID) -> HttpResponse:
    """F8: the question of protection first, then the grounds; the form is printed afterwards."""
    inspection = queries.own_inspection(request.actor, key)
    form = RefusalForm(request.POST or None, initial={"key": uuid7()})
    if form.is_valid():
        if form.cleaned_data["protection"] == "yes":
            return protection(request, key)
        decision = deciding.refuse(
            request.actor,
            inspection,
            key=form.cleaned_data["key"],
            grounds=form.cleaned_data["grounds"],
            reason=form.cleaned_data["reason"],
        )
        return redirect("border:refused", decision.pk)
    context = {"form": form, "inspection": inspection, "screen": show(inspection)}
    return render(request, "border/refuse.html", {**context, "sign_on": her_booth(request)})


@page("border.print_refusal")
def refused(request: Request, key: UUID) -> HttpResponse:
    """After a refusal: print the form, tell the right of appeal, go on."""
    decision = queries.refusal_or_404(request.actor, key)
    context = {"decision": decision, "screen": show(decision.inspection)}
    return render(request, "border/refused.html", context)


@page("border.print_refusal")
def refusal_pdf(request: Request, key: UUID) -> HttpResponse:
    """The refusal form as PDF, in the officer's language and English."""
    decision = queries.refusal_or_404(request.actor, key)
    audit.opened(request.actor, "border.print_refusal", f"Decision:{key}", purpose="print")
    answer = HttpResponse(
        refusal_form(decision, language=request.actor.language), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'inline; filename="refusal-{key.hex[-6:].upper()}.pdf"'
    return answer


@page("border.leave_flow", methods=("POST",))
def protection(request: Request, key: UUID) -> HttpResponse:
    """F9: the traveller leaves the refusal path; show whom to call."""
    inspection = queries.own_inspection(request.actor, key)
    deciding.leave_flow(request.actor, inspection)
    return render(request, "border/protection.html", contacts())


def contacts() -> dict[str, Any]:
    """Whom to call, by topic."""
    return {"topics": [(topic.label, reference.contacts(node.country(), topic)) for topic in Topic]}


def _posted(request: Request, key: UUID) -> tuple[Inspection, CrossingForm]:
    inspection = queries.own_inspection(request.actor, key)
    return inspection, CrossingForm(request.POST, possible=inspection.possible)


def _next(request: Request) -> HttpResponse:
    if request.htmx:
        return work(request, her_booth(request))
    return redirect("border:booth")
