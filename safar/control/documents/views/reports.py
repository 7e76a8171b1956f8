"""The list of documents reported lost, stolen or void."""

from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.control.documents import actions, queries
from safar.control.documents.choices import Report
from safar.control.documents.forms.reports import NumberSearchForm, ReportForm, WithdrawalForm
from safar.core import node
from safar.core.action import can
from safar.core.errors import NotFound
from safar.core.permissions import Request, page
from safar.reference import queries as reference
from safar.ui.render import render


@page("documents.read", methods=("GET", "POST"))
def reports(request: Request) -> HttpResponse:
    """The newest reports, or those on a number. The number comes by POST: no address shows it."""
    form = NumberSearchForm(request.POST or None)
    context: dict[str, Any] = {
        "form": form,
        "may_report": request.actor.may("documents.report"),
        "may_export": request.actor.may("documents.export_reports"),
        "may_add_list": request.actor.may("documents.add_source"),
    }
    if form.is_valid():
        found, listed = queries.search(request.actor, form.cleaned_data["number"])
        context |= {"reports": found, "listed": listed}
        context["searched"] = form.cleaned_data["number"]
        context["batches"] = queries.batches_with(request.actor, form.cleaned_data["number"])
        return render(request, "documents/reports.html", context)
    context["sources"] = queries.sources_with_waiting(request.actor)
    found = queries.page(request.actor, _key(request.GET.get("before", "")))
    context["reports"] = found[: queries.PAGE]
    context["older"] = found[queries.PAGE - 1].pk if len(found) > queries.PAGE else None
    return render(request, "documents/reports.html", context, status=422 if form.is_bound else 200)


@page("documents.export_reports", methods=("POST",))
def export(request: Request) -> FileResponse:
    """The own reports as one file to be handed to others."""
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it
    actions.export_reports(request.actor, None, write=file.write)
    file.seek(0)
    name = f"documents-{node.country()}-{timezone.localdate():%Y-%m-%d}.csv"
    return FileResponse(file, as_attachment=True, filename=name, content_type="text/csv")


@page("documents.report", methods=("GET", "POST"))
def report(request: Request) -> HttpResponse:
    """Report a document."""
    form = ReportForm(request.POST or None)
    if form.is_valid():
        actions.report(
            request.actor,
            None,
            issuer=form.cleaned_data["issuer"],
            number=form.cleaned_data["number"],
            kind=Report(form.cleaned_data["kind"]),
            reference_text=form.cleaned_data["reference_text"],
        )
        messages.success(request, _("Reported. The booths stop this document from now on."))
        return redirect("documents:reports")
    return render(
        request, "documents/report.html", {"form": form}, status=422 if form.is_bound else 200
    )


@page("documents.withdraw", methods=("GET", "POST"))
def withdraw(request: Request, key: UUID) -> HttpResponse:
    """Withdraw a report: by somebody else than who made it."""
    found = queries.report(request.actor, key)
    form = WithdrawalForm(request.POST or None)
    if form.is_valid():
        actions.withdraw(request.actor, found, reason=form.cleaned_data["reason"])
        messages.success(request, _("The report was withdrawn. The document is honoured again."))
        return redirect("documents:reports")
    context = {
        "report": found,
        "form": form,
        "issuer": reference.country_name(found.issuer),
        "may_withdraw": found.withdrawn_at is None
        and can(request.actor, "documents.withdraw", found),
    }
    return render(request, "documents/withdraw.html", context, status=422 if form.is_bound else 200)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound(_("There is nothing here, or it is not yours to see.")) from None
