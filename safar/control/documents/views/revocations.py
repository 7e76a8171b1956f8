"""Pages of what states revoked: the newest list of each issuer, and handing in another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import ngettext

from safar.control.documents import actions, queries
from safar.control.documents.forms.certificates import RevocationFileForm
from safar.control.documents.wording import certificates as certificate_wording
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Request, page
from safar.ui.render import render


@page("documents.read")
def revoked(request: Request) -> HttpResponse:
    """The newest list of each issuer, whether a newer one is due, and what was handed in."""
    now = timezone.now()
    context = {
        "rows": [
            (row, certificate_wording.state_of(row.country), bool(row.due_at and row.due_at < now))
            for row in queries.newest_lists(request.actor)
        ],
        "imports": queries.revocation_lists(request.actor)[:20],
        "may_import": request.actor.may("documents.import_revocations"),
    }
    return render(request, "documents/revoked.html", context)


@page("documents.import_revocations", methods=("GET", "POST"))
def add(request: Request) -> HttpResponse:
    """Hand in a state's list."""
    form = RevocationFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = actions.import_revocations(
                request.actor,
                None,
                file_name=str(file.name),
                content=file.read(),
                source=form.cleaned_data["source"],
            )
        except (RuleBroken, InvalidMove) as problem:
            form.add_error("file", str(problem))
        else:
            text = ngettext("%d signer is revoked.", "%d signers are revoked.", kept.number)
            messages.success(request, text % kept.number)
            return redirect("documents:revoked")
    status = 422 if form.errors else 200
    return render(request, "documents/revoked_form.html", {"form": form}, status=status)
