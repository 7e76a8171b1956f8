"""Pages of stolen blanks: the batches, a new report, a withdrawal by a second person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from safar.control.documents import actions, queries
from safar.control.documents.forms.reports import WithdrawalForm
from safar.control.documents.forms.series import BatchForm
from safar.core.action import can
from safar.core.permissions import Request, page
from safar.reference import queries as reference
from safar.ui.render import render


@page("documents.read")
def batches(request: Request) -> HttpResponse:
    """The reported batches, newest first."""
    context = {
        "batches": queries.batches(request.actor)[: queries.PAGE],
        "may_report": request.actor.may("documents.report_batch"),
    }
    return render(request, "documents/batches.html", context)


@page("documents.report_batch", methods=("GET", "POST"))
def report(request: Request) -> HttpResponse:
    """Report a batch of stolen blanks."""
    form = BatchForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        actions.report_batch(request.actor, None, **form.cleaned_data)
        messages.success(request, _("Reported. The booths stop these blanks from now on."))
        return redirect("documents:batches")
    return render(request, "documents/batch_form.html", {"form": form}, status=status)


@page("documents.withdraw_batch", methods=("GET", "POST"))
def withdraw(request: Request, key: UUID) -> HttpResponse:
    """Withdraw the report on a batch: by somebody else than who made it."""
    found = queries.batch(request.actor, key)
    form = WithdrawalForm(request.POST or None)
    if form.is_valid():
        actions.withdraw_batch(request.actor, found, reason=form.cleaned_data["reason"])
        messages.success(request, _("The report was withdrawn. The documents are honoured again."))
        return redirect("documents:batches")
    context = {
        "batch": found,
        "form": form,
        "issuer": reference.country_name(found.issuer),
        "may_withdraw": found.withdrawn_at is None
        and can(request.actor, "documents.withdraw_batch", found),
    }
    status = 422 if form.is_bound else 200
    return render(request, "documents/batch_withdraw.html", context, status=status)
