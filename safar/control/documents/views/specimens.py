"""Pages of the library of specimens: look one up, add one, its pictures and features."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from safar.control.documents import actions, queries
from safar.control.documents.choices import Light, Way
from safar.control.documents.forms.specimens import FeatureForm, PageForm, SpecimenForm
from safar.control.documents.models import Specimen
from safar.control.documents.wording import series as series_wording
from safar.core.permissions import Request, page
from safar.ui.render import render


@page("documents.read")
def library(request: Request) -> HttpResponse:
    """The specimens in use: of a state and kind, where they are named in the address."""
    issuer, kind = request.GET.get("issuer", ""), request.GET.get("kind", "")
    codes = {row.issuer for row in queries.specimen_issuers(request.actor)} | {issuer} - {""}
    context = {
        "rows": [
            (row, series_wording.state(row.issuer), series_wording.kind(row.kind))
            for row in queries.specimens(request.actor, issuer, kind)
        ],
        "issuers": [(code, series_wording.state(code)) for code in sorted(codes)],
        "issuer": issuer,
        "kind": series_wording.kind(kind) if kind else "",
        "may_add": request.actor.may("documents.add_specimen"),
    }
    return render(request, "documents/specimens.html", context)


@page("documents.read")
def specimen(request: Request, key: UUID) -> HttpResponse:
    """A specimen: its pages under each light, and how to test each feature."""
    return _show(request, queries.specimen(request.actor, key))


@page("documents.read")
def picture(request: Request, key: UUID) -> HttpResponse:
    """The picture of one page."""
    found = queries.specimen_page(request.actor, key)
    answer = HttpResponse(bytes(found.content), content_type="image/jpeg")
    answer["Content-Disposition"] = "inline"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


@page("documents.add_specimen", methods=("GET", "POST"))
def add(request: Request) -> HttpResponse:
    """Add a specimen; its pictures come next."""
    form = SpecimenForm(request.POST or None)
    if form.is_valid():
        added = actions.add_specimen(request.actor, None, new=form.new())
        return redirect("documents:specimen", added.pk)
    status = 422 if form.is_bound else 200
    return render(request, "documents/specimen_form.html", {"form": form}, status=status)


@page("documents.retire_specimen", methods=("POST",))
def retire(request: Request, key: UUID) -> HttpResponse:
    actions.retire_specimen(request.actor, queries.specimen(request.actor, key))
    messages.success(request, _("The specimen is out of use."))
    return redirect("documents:specimens")


@page("documents.add_specimen_page", methods=("POST",))
def add_page(request: Request, key: UUID) -> HttpResponse:
    found = queries.specimen(request.actor, key)
    form = PageForm(request.POST, request.FILES, prefix="page")
    if not form.is_valid():
        return _show(request, found, page_form=form)
    actions.add_specimen_page(
        request.actor,
        found,
        title=form.cleaned_data["title"],
        light=Light(form.cleaned_data["light"]),
        file=form.cleaned_data["picture"].read(),
    )
    return redirect("documents:specimen", key)


@page("documents.remove_specimen_page", methods=("POST",))
def remove_page(request: Request, key: UUID) -> HttpResponse:
    found = queries.specimen_page(request.actor, key)
    actions.remove_specimen_page(request.actor, found)
    return redirect("documents:specimen", found.specimen_id)


@page("documents.add_specimen_feature", methods=("POST",))
def add_feature(request: Request, key: UUID) -> HttpResponse:
    found = queries.specimen(request.actor, key)
    form = FeatureForm(request.POST, prefix="feature")
    if not form.is_valid():
        return _show(request, found, feature_form=form)
    way = Way(form.cleaned_data.pop("way"))
    actions.add_specimen_feature(request.actor, found, way=way, **form.cleaned_data)
    return redirect("documents:specimen", key)


@page("documents.remove_specimen_feature", methods=("POST",))
def remove_feature(request: Request, key: UUID) -> HttpResponse:
    found = queries.specimen_feature(request.actor, key)
    actions.remove_specimen_feature(request.actor, found)
    return redirect("documents:specimen", found.specimen_id)


def _show(
    request: Request,
    found: Specimen,
    *,
    page_form: PageForm | None = None,
    feature_form: FeatureForm | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "specimen": found,
        "state": series_wording.state(found.issuer),
        "kind": series_wording.kind(found.kind),
        "page_form": page_form or PageForm(prefix="page"),
        "feature_form": feature_form or FeatureForm(prefix="feature"),
        "may_edit": found.in_use and request.actor.may("documents.add_specimen_page"),
    }
    status = 422 if page_form or feature_form else 200
    return render(request, "documents/specimen.html", context, status=status)
