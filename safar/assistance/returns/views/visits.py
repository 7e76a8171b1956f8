"""Reporting a visit to the sending mission: what would leave is shown before it leaves."""

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from safar.assistance.cases import keys, shared_fields
from safar.assistance.cases.models import FollowUp
from safar.assistance.cases.views.opened import asked
from safar.assistance.returns import paper
from safar.assistance.returns.actions.reporting import report_visit
from safar.assistance.returns.forms.steps import ReportForm
from safar.assistance.returns.models import MissionReport
from safar.assistance.returns.queries import files
from safar.assistance.returns.shared import report_content
from safar.core import audit
from safar.core.errors import NotAllowed
from safar.core.permissions import Request, page
from safar.core.record import get_visible


@page("returns.report_visit", methods=("GET", "POST"))
def report(request: Request, key: UUID) -> HttpResponse:
    """What the mission would read, and the consent on which it is sent."""
    visit = get_visible(FollowUp.objects.select_related("case"), request.actor, key)
    file = files.file_of(request.actor, visit.case_id)
    if ask := asked(request, file.case):
        return ask
    form = ReportForm(request.POST or None, case=file.case)
    if form.is_valid():
        report_visit(request.actor, visit, **form.cleaned_data)
        messages.success(request, _("Reported. It can be printed, and taken away as data."))
        return redirect("returns:case", key=visit.case_id)
    rows = [
        (shared_fields.label_of(code), words) for code, words in report_content(file, visit).items()
    ]
    context = {"form": form, "file": file, "case": file.case, "visit": visit, "rows": rows}
    status = 422 if form.is_bound else 200
    return render(request, "returns/report_visit.html", context, status=status)


@page("returns.report_visit")
def sent(request: Request, key: UUID, kind: str) -> HttpResponse:
    """A report as it was sent: as PDF, or as data; never after the consent was taken back."""
    made = get_visible(
        MissionReport.objects.select_related(
            "case__office__agency", "disclosure__recipient", "disclosure__consent"
        ),
        request.actor,
        key,
    )
    if made.disclosure.consent.withdrawn_at is not None:
        raise NotAllowed(
            _("The person took her consent back. The report is not handed out any more.")
        )
    if ask := asked(request, made.case):
        return ask
    audit.opened(request.actor, "returns.take_report", f"Case:{made.case_id}", purpose=kind)
    content = json.loads(keys.of(made.case).open(made.disclosure, bytes(made.disclosure.snapshot)))
    name = slugify(f"{made.case}-month-{made.months}")
    if kind == "pdf":
        body, media = paper.mission_report(made, content), "application/pdf"
    else:
        body, media = paper.as_data(made, content), "application/json"
    answer = HttpResponse(body, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
