"""The officer decides: admit, pass with a reason, refer, refuse, or the traveller leaves the flow."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from safar.control.border.actions import deciding, inspecting
from safar.control.border.choices import DecisionKind, Direction, Verdict
from safar.control.border.forms.booth import CrossingForm, ExitKeyForm, RefusalForm
from safar.control.border.models import Inspection
from safar.control.border.paper import appeal, receipt, refusal_form
from safar.control.border.queries import booth as queries
from safar.control.border.queries.facts import shown_again
from safar.control.border.screen import show
from safar.control.border.views.booth import her_booth, work
from safar.core import audit, node
from safar.core.errors import NotFound, RuleBroken
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
    inspection, worse = _as_whom_she_is(request, inspection, form)
    if worse:
        return worse
    crossing = deciding.admit(
        request.actor, inspection, key=form.cleaned_data["key"], details=form.details()
    )
    messages.success(request, _("Recorded. Receipt {number}.").format(number=crossing.receipt))
    return _next(request, inspection)


@page("border.pass_with_reason", methods=("POST",))
def pass_with_reason(request: Request, key: UUID) -> HttpResponse:
    """F6: admit in spite of remarks, with a reason."""
    inspection, form = _posted(request, key)
    if form.is_valid() and len(form.cleaned_data["reason"].strip()) < LEAST_REASON:
        form.add_error("reason", _("Write why the traveller may pass."))
    if not form.is_valid():
        return work(request, her_booth(request), inspection, form=form)
    inspection, worse = _as_whom_she_is(request, inspection, form)
    if worse:
        return worse
    crossing = deciding.pass_with_reason(
        request.actor,
        inspection,
        key=form.cleaned_data["key"],
        details=form.details(),
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, _("Recorded. Receipt {number}.").format(number=crossing.receipt))
    return _next(request, inspection)


@page("border.refer", methods=("POST",))
def refer(request: Request, key: UUID) -> HttpResponse:
    """F4: send to second line. Without words of hers, the heaviest finding is the reason."""
    inspection, form = _posted(request, key)
    if not form.is_valid():
        return work(request, her_booth(request), inspection, form=form)
    inspection, _worse = _as_whom_she_is(request, inspection, form)
    reason = form.cleaned_data["reason"].strip() or inspection.findings[0]["code"]
    deciding.refer(request.actor, inspection, key=form.cleaned_data["key"], reason=reason)
    messages.info(request, _("Sent to second line."))
    return _next(request, inspection)


@page("border.refuse", methods=("GET", "POST"))
def refuse(request: Request, key: UUID) -> HttpResponseBase:
    """F8: the question of protection first, then the grounds; the form is printed afterwards."""
    if request.POST.get("protection") == "yes":  # whatever else is filled in, or is not
        return protection(request, key)
    inspection = queries.own_inspection(request.actor, key)
    form = RefusalForm(request.POST or None, initial={"key": uuid7()})
    if form.is_valid():
        decision = deciding.refuse(
            request.actor,
            inspection,
            key=form.cleaned_data["key"],
            grounds=form.cleaned_data["grounds"],
            reason=form.cleaned_data["reason"],
        )
        return redirect("border:refused", decision.pk)
    return _ask_for_grounds(request, inspection, form)


def _ask_for_grounds(request: Request, inspection: Inspection, form: RefusalForm) -> HttpResponse:
    if inspection.officer_id != request.actor.user_id:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    if inspection.direction != Direction.ENTRY:
        raise RuleBroken(_("Refusal is for entry. On exit, send to second line."))
    decided = queries.decision_or_none(inspection)
    if decided is not None:
        is_refused = decided.kind == DecisionKind.REFUSE
        there = ("border:refused", decided) if is_refused else ("border:inspection", inspection)
        return redirect(there[0], there[1].pk)
    context = {"form": form, "inspection": inspection, "screen": show(inspection)}
    return render(request, "border/refuse.html", context)


@page("border.print_refusal")
def refused(request: Request, key: UUID) -> HttpResponse:
    """After a refusal: print the form, tell the right of appeal, go on."""
    decision = queries.refusal_or_404(request.actor, key)
    audit.opened(request.actor, "border.print_refusal", f"Decision:{key}", purpose="refusal")
    names = {row.code: row.name for row in reference.refusal_grounds()}
    context = {
        "decision": decision,
        "screen": show(decision.inspection),
        "receipt": receipt(decision),
        "grounds": [(code, names.get(code, "")) for code in decision.grounds],
        "appeal": appeal(),
        "appeal_authority": settings.SAFAR_APPEAL_AUTHORITY,
    }
    return render(request, "border/refused.html", context)


@page("border.print_refusal")
def refusal_pdf(request: Request, key: UUID) -> HttpResponse:
    """The refusal form as PDF, in the officer's language and English."""
    decision = queries.refusal_or_404(request.actor, key)
    audit.opened(request.actor, "border.print_refusal", f"Decision:{key}", purpose="print")
    answer = HttpResponse(
        refusal_form(decision, language=request.actor.language), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'inline; filename="refusal-{receipt(decision)}.pdf"'
    return answer


@page("border.leave_flow", methods=("POST",))
def protection(request: Request, key: UUID) -> HttpResponseBase:
    """F9: the traveller leaves the refusal path."""
    form = ExitKeyForm(request.POST)
    exit_key = form.cleaned_data["key"] if form.is_valid() else None
    inspection = queries.own_inspection(request.actor, key)
    deciding.leave_flow(request.actor, inspection, key=exit_key)
    # To an address without a key: neither the browser's history nor its tab leads to the person.
    return redirect("border:protection_help")


@page("border.leave_flow")
def protection_help(request: Request) -> HttpResponse:
    """Whom to call and what to do, for anybody who left the flow."""
    in_booth = queries.sign_on_or_none(request.actor) or not request.actor.may("border.second_line")
    after = "border:booth" if in_booth else "border:second_line"
    context = {**contacts(), "next_url": reverse(after)}
    return render(request, "border/protection.html", context)


def contacts() -> dict[str, Any]:
    """Whom to call, by topic."""
    return {"topics": [(topic.label, reference.contacts(node.country(), topic)) for topic in Topic]}


def _as_whom_she_is(
    request: Request, inspection: Inspection, form: CrossingForm
) -> tuple[Inspection, HttpResponse | None]:
    """Inspect anew as the traveller whom the officer says this is: her days and lists count.

    Returns the inspection to decide on, and the page to show instead where it is less clear
    than what the officer had before her.
    """
    same_as = form.held_to_be()
    if same_as is None or queries.is_recorded(form.cleaned_data["key"]):
        return inspection, None
    sign_on = her_booth(request)
    anew = inspecting.inspect(
        request.actor, sign_on, shown=shown_again(inspection), as_traveller=same_as
    )
    if anew.verdict in (inspection.verdict, Verdict.CLEAR):
        return anew, None
    messages.warning(request, _("Looked at anew, as the same person."))
    return anew, work(request, sign_on, anew)


def _posted(request: Request, key: UUID) -> tuple[Inspection, CrossingForm]:
    inspection = queries.own_inspection(request.actor, key)
    return inspection, CrossingForm(request.POST, possible=inspection.possible)


def _next(request: Request, inspection: Inspection) -> HttpResponse:
    if request.htmx:
        return work(request, inspection.sign_on)
    return redirect("border:booth")
