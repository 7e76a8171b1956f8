"""Pages of the table of what states issue: read it, propose a change, agree to one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from safar.control.documents import actions, queries
from safar.control.documents.forms.reports import DeclineForm
from safar.control.documents.forms.series import SeriesForm
from safar.control.documents.models import DocumentSeries
from safar.control.documents.wording import series as series_wording
from safar.core.action import can
from safar.core.permissions import Request, page
from safar.ui.render import render


@page("documents.read")
def table(request: Request) -> HttpResponse:
    """What states issue; of one state, where one is chosen. What waits for a second person."""
    issuer = request.GET.get("issuer", "")
    issuers = [(code, series_wording.state(code)) for code in queries.issuers(request.actor)]
    context = {
        "rows": [series_wording.line(row) for row in queries.table(request.actor, issuer)],
        "issuers": issuers,
        "issuer": issuer,
        "waiting": queries.open_changes(request.actor),
        "may_propose": request.actor.may("documents.propose_series"),
    }
    return render(request, "documents/series_table.html", context)


@page("documents.read")
def series(request: Request, code: str) -> HttpResponse:
    """One row: what it says, its history, what is proposed."""
    row = queries.series(request.actor, code)
    context = {
        "row": series_wording.line(row),
        "waiting": queries.open_changes(request.actor, row).first(),
        "revisions": series_wording.history(queries.revisions_of(request.actor, row)),
        "may_propose": request.actor.may("documents.propose_series"),
    }
    return render(request, "documents/series.html", context)


@page("documents.propose_series", methods=("GET", "POST"))
def propose(request: Request, code: str = "") -> HttpResponse:
    """Propose a new row, or a change of one."""
    row = queries.series(request.actor, code) if code else None
    form = SeriesForm(request.POST or None, row=row, initial=_initial(row))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        change = actions.propose_series(
            request.actor,
            row,
            code=row.code if row else form.cleaned_data["code"],
            draft=form.draft(),
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("Proposed. It counts once a second person agrees."))
        return redirect("documents:series_change", change.pk)
    return render(request, "documents/series_form.html", {"form": form, "row": row}, status=status)


def _initial(row: DocumentSeries | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {**row.values(), "since": row.since, "until": row.until}


@page("documents.read")
def change(request: Request, key: UUID) -> HttpResponse:
    """A proposed change: what would be different, and who may agree."""
    found = queries.change(request.actor, key)
    context = {
        "change": found,
        "differences": series_wording.differences(found),
        "may_agree": can(request.actor, "documents.agree_series", found),
        "may_decline": can(request.actor, "documents.decline_series", found),
        "is_own": found.proposed_by_id == request.actor.user_id,
        "decline_form": DeclineForm(),
    }
    return render(request, "documents/series_change.html", context)


@page("documents.agree_series", methods=("POST",))
def agree(request: Request, key: UUID) -> HttpResponse:
    row = actions.agree_series(request.actor, queries.change(request.actor, key))
    messages.success(request, _("You agreed. The table says it from now on."))
    return redirect("documents:series", row.code)


@page("documents.decline_series", methods=("POST",))
def decline(request: Request, key: UUID) -> HttpResponse:
    found = queries.change(request.actor, key)
    actions.decline_series(request.actor, found, reason=request.POST.get("reason", ""))
    messages.success(request, _("Declined. The table is as it was."))
    return redirect("documents:series_change", key)
