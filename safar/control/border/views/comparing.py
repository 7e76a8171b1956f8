"""The zone beside the page or the booking: the officer types what stands there; it is compared."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from safar.control.border.actions import inspecting
from safar.control.border.forms.comparing import OtherSourceForm
from safar.control.border.models import Inspection
from safar.control.border.queries import booth as queries
from safar.control.border.queries.facts import Shown, shown_again
from safar.control.border.screen import show
from safar.control.border.views.booth import her_booth
from safar.core.errors import NotFound
from safar.core.permissions import Request, page
from safar.ui.render import render


@page("border.inspect", methods=("GET", "POST"))
def compare(request: Request, key: UUID) -> HttpResponse:
    """Inspect a traveller anew, with what her document's page or her booking says."""
    found = queries.own_inspection(request.actor, key)
    if found.officer_id != request.actor.user_id:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    if queries.decision_or_none(found) is not None:
        return redirect("border:inspection", key)
    form = OtherSourceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        anew = inspecting.inspect(
            request.actor, her_booth(request), shown=_with_source(found, form)
        )
        return redirect("border:inspection", anew.pk)
    context = {"form": form, "inspection": found, "screen": show(found)}
    status = 422 if form.is_bound else 200
    return render(request, "border/compare.html", context, status=status)


def _with_source(inspection: Inspection, form: OtherSourceForm) -> Shown:
    """What was shown before, and what stands there, in the place of what was typed of it before."""
    shown, fields, said = shown_again(inspection), form.cleaned_data, form.said()
    others = (*(other for other in shown.others if other.source != said.source), said)
    if said.source == "booking":  # which says nothing of the document's own days
        return replace(shown, others=others)
    document = replace(
        shown.document,
        issued_on=fields["issued_on"] or shown.document.issued_on,
        name_written=fields["name_written"] or shown.document.name_written,
    )
    return replace(shown, document=document, others=others)
