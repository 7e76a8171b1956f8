"""Pages of the certificates of states: which are held, put a file forward, decide on each."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.control.documents import actions, queries
from safar.control.documents.choices import CertificateStatus
from safar.control.documents.files.certificates import read_file
from safar.control.documents.forms.certificates import (
    CertificateFileForm,
    CompareForm,
    ReasonForm,
)
from safar.control.documents.wording import certificates as certificate_wording
from safar.core.action import can
from safar.core.errors import RuleBroken
from safar.core.permissions import Request, page
from safar.ui.render import render


@page("documents.read")
def certificates(request: Request) -> HttpResponse:
    """Each state, with how many of its certificates are trusted; the files that were handed in."""
    counts = queries.state_counts(request.actor)
    context = {
        "states": certificate_wording.state_lines(counts),
        "without": certificate_wording.states_without(counts),
        "imports": queries.certificate_imports(request.actor)[:20],
        "may_import": request.actor.may("documents.import_certificates"),
    }
    return render(request, "documents/certificates.html", context)


@page("documents.read")
def of_state(request: Request, country: str) -> HttpResponse:
    """The certificates of one state."""
    context = {
        "state": certificate_wording.state_of(country.upper()),
        "rows": queries.state_certificates(request.actor, country.upper()),
    }
    return render(request, "documents/certificates_of_state.html", context)


@page("documents.read")
def certificate(request: Request, key: UUID) -> HttpResponse:
    """One certificate: what it says, its history, the decision."""
    row = queries.state_certificate(request.actor, key)
    actor, waits = request.actor, row.status == CertificateStatus.PROPOSED
    counts = row.status in (CertificateStatus.PROPOSED, CertificateStatus.TRUSTED)
    context = {
        "row": row,
        "state": certificate_wording.state_of(row.country),
        "fingerprint": certificate_wording.in_pairs(row.sha256),
        "events": row.events.all(),
        "may_trust": waits and can(actor, "documents.trust_certificate", row),
        "may_decline": waits and can(actor, "documents.decline_certificate", row),
        "may_distrust": counts and can(actor, "documents.distrust_certificate", row),
        "may_propose": not counts and can(actor, "documents.propose_certificate", row),
        "compare_form": None if queries.root_is_trusted(row.source) else CompareForm(),
        "reason_form": ReasonForm(),
    }
    return render(request, "documents/certificate.html", context)


@page("documents.import_certificates", methods=("GET", "POST"))
def import_file(request: Request) -> HttpResponse:
    """Hand in a master list or a certificate: look at it first, or put it forward."""
    form = CertificateFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    dry_run = None
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if "check" not in request.POST:
                run = actions.import_certificates(
                    request.actor,
                    None,
                    file_name=str(file.name),
                    content=file.read(),
                    source=form.cleaned_data["source"],
                )
                return redirect("documents:certificate_import", run.pk)
            dry_run = certificate_wording.dry_run(read_file(file.read(), queries.HeldStates()))
        except RuleBroken as problem:
            form.add_error("file", str(problem))
    fingerprint = certificate_wording.in_pairs(dry_run.root_sha256) if dry_run else ""
    context = {"form": form, "dry_run": dry_run, "fingerprint": fingerprint}
    status = 422 if form.errors else 200
    return render(request, "documents/certificate_import_form.html", context, status=status)


@page("documents.read")
def imported(request: Request, key: UUID) -> HttpResponse:
    """A file that was handed in: who signed it, what it put forward, the decision on all of it."""
    run = queries.certificate_import(request.actor, key)
    rows = list(queries.state_certificates(request.actor).filter(source=run))
    waiting = [row for row in rows if row.status == CertificateStatus.PROPOSED]
    context = {
        "run": run,
        "rows": rows,
        "waiting": len(waiting),
        "problems": certificate_wording.problems(run.problems),
        "fingerprint": certificate_wording.in_pairs(run.root_sha256),
        "root_is_trusted": queries.root_is_trusted(run),
        "may_trust": bool(waiting) and can(request.actor, "documents.trust_certificates", run),
        "compare_form": CompareForm(),
    }
    return render(request, "documents/certificate_import.html", context)


@page("documents.trust_certificates", methods=("POST",))
def trust_all(request: Request, key: UUID) -> HttpResponse:
    run = queries.certificate_import(request.actor, key)
    number = actions.trust_certificates(request.actor, run, compared="compared" in request.POST)
    text = ngettext("%d certificate is trusted now.", "%d certificates are trusted now.", number)
    messages.success(request, text % number)
    return redirect("documents:certificate_import", key)


@page("documents.trust_certificate", methods=("POST",))
def trust(request: Request, key: UUID) -> HttpResponse:
    row = queries.state_certificate(request.actor, key)
    actions.trust_certificate(request.actor, row, compared="compared" in request.POST)
    messages.success(request, _("You trusted it. Chips are judged by it from now on."))
    return redirect("documents:certificate", key)


@page("documents.decline_certificate", methods=("POST",))
def decline(request: Request, key: UUID) -> HttpResponse:
    row = queries.state_certificate(request.actor, key)
    actions.decline_certificate(request.actor, row, reason=request.POST.get("reason", ""))
    messages.success(request, _("Declined. It counts for no chip."))
    return redirect("documents:certificate", key)


@page("documents.distrust_certificate", methods=("POST",))
def distrust(request: Request, key: UUID) -> HttpResponse:
    row = queries.state_certificate(request.actor, key)
    actions.distrust_certificate(request.actor, row, reason=request.POST.get("reason", ""))
    messages.success(request, _("Distrusted, from this moment on."))
    return redirect("documents:certificate", key)


@page("documents.propose_certificate", methods=("POST",))
def propose_again(request: Request, key: UUID) -> HttpResponse:
    row = queries.state_certificate(request.actor, key)
    actions.propose_certificate(request.actor, row, reason=request.POST.get("reason", ""))
    messages.success(request, _("Put forward. It counts once a second person trusts it."))
    return redirect("documents:certificate", key)
