"""Whose seals are believed, and the list for posts that are cut off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safar.control.visas.actions import certificates, status_list
from safar.control.visas.forms.issued import MOST_CERTIFICATE, MOST_LIST, RevokeForm, UploadForm
from safar.control.visas.models import SignerCertificate, VisaListVersion
from safar.core.permissions import Request, page
from safar.core.record import get_visible

CERTIFICATE, LIST = gettext_lazy("Certificate (DER)"), gettext_lazy("List of visas (file)")


@page("visas.read_signers")
def seals(request: Request) -> HttpResponse:
    """Certificates, and the versions of the list with their age."""
    return _show(request)


@page("visas.propose_certificate", methods=("POST",))
def propose(request: Request) -> HttpResponseBase:
    """Propose to believe a certificate."""
    form = UploadForm(request.POST, request.FILES, most=MOST_CERTIFICATE, label=CERTIFICATE)
    if not form.is_valid():
        return _show(request, status=422, certificate_form=form)
    der = form.cleaned_data["file"]
    certificates.propose_certificate(request.actor, None, der=der)
    messages.success(request, _("Proposed. A second person has to agree."))
    return redirect("visas:seals")


@page("visas.trust_certificate", methods=("POST",))
def trust(request: Request, key: UUID) -> HttpResponseBase:
    """Agree, as the second of two people."""
    found = get_visible(SignerCertificate.objects.all(), request.actor, key)
    certificates.trust_certificate(request.actor, found)
    return redirect("visas:seals")


@page("visas.decline_certificate", methods=("POST",))
def decline(request: Request, key: UUID) -> HttpResponseBase:
    """Nothing it sealed is believed."""
    found = get_visible(SignerCertificate.objects.all(), request.actor, key)
    certificates.decline_certificate(request.actor, found)
    return redirect("visas:seals")


@page("visas.revoke_certificate", methods=("GET", "POST"))
def revoke(request: Request, key: UUID) -> HttpResponseBase:
    """From a day on, nothing it sealed is believed."""
    found = get_visible(SignerCertificate.objects.all(), request.actor, key)
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        certificates.revoke_certificate(
            request.actor, found, on=given["on"], reason=given["reason"]
        )
        return redirect("visas:seals")
    context = {"certificate": found, "form": form}
    return render(request, "visas/seal_revoke.html", context, status=422 if form.is_bound else 200)


@page("visas.export_list", methods=("POST",))
def list_export(request: Request) -> HttpResponse:
    """The next version of the list, to be carried to posts that are cut off."""
    data = status_list.export_list(request.actor, None)
    answer = HttpResponse(data, content_type="application/octet-stream")
    name = f"visa-list-{timezone.now():%Y%m%d-%H%M}.jsonl"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@page("visas.import_list", methods=("POST",))
def list_import(request: Request) -> HttpResponseBase:
    """Take in a list at a post."""
    form = UploadForm(request.POST, request.FILES, most=MOST_LIST, label=LIST)
    if not form.is_valid():
        return _show(request, status=422, list_form=form)
    version = status_list.import_list(request.actor, None, data=form.cleaned_data["file"])
    messages.success(
        request, _("Version {number} is in force here.").format(number=version.version)
    )
    return redirect("visas:seals")


def _show(request: Request, *, status: int = 200, **forms: Any) -> HttpResponse:
    versions = VisaListVersion.objects.visible_to(request.actor).order_by("-received_at")
    context = {
        "certificates": SignerCertificate.objects.visible_to(request.actor),
        "versions": versions[:10],
        "certificate_form": UploadForm(
            most=MOST_CERTIFICATE, label=CERTIFICATE, auto_id="certificate_%s"
        ),
        "list_form": UploadForm(most=MOST_LIST, label=LIST, auto_id="list_%s"),
        **forms,
    }
    return render(request, "visas/seals.html", context, status=status)
