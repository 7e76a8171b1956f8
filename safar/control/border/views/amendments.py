"""Annulments and corrections: proposed from a crossing, signed by a second person."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from safar.control.border.actions import amending
from safar.control.border.choices import AmendmentKind
from safar.control.border.forms.desk import AmendmentForm
from safar.control.border.models import Amendment, Crossing
from safar.control.border.queries import amendments as queries
from safar.core import audit
from safar.core.action import can
from safar.core.errors import NotFound
from safar.core.permissions import Request, page
from safar.reference import queries as reference
from safar.ui.render import render


@page("border.propose_amendment")
def amendments(request: Request) -> HttpResponse:
    """What waits for a second person, and what was decided last."""
    waiting, decided = queries.waiting(request.actor), queries.decided(request.actor)
    return render(request, "border/amendments.html", {"waiting": waiting, "decided": decided})


@page("border.propose_amendment", methods=("GET", "POST"))
def propose(request: Request, key: UUID) -> HttpResponse:
    """Propose to annul or correct a crossing."""
    crossing = queries.crossing(request.actor, key, _moment(request.GET.get("at", "")))
    standing = queries.as_it_stands(crossing)
    initial = {**standing, "kind": AmendmentKind.ANNUL}
    form = AmendmentForm(request.POST or None, initial=initial)
    if form.is_valid():
        amending.propose_amendment(
            request.actor,
            crossing,
            kind=AmendmentKind(form.cleaned_data["kind"]),
            reason=form.cleaned_data["reason"],
            changes=form.changes(),
        )
        messages.success(request, _("Proposed. It is in force when a second person signs it."))
        return redirect("border:amendments")
    context = {"form": form, **_about(request, crossing)}
    return render(
        request, "border/amendment_propose.html", context, status=422 if form.is_bound else 200
    )


@page("border.propose_amendment")
def amendment(request: Request, key: UUID) -> HttpResponse:
    """One amendment with its crossing, to decide on."""
    found = queries.amendment(request.actor, key)
    context = {
        "amendment": found,
        "changes": queries.changes(found),
        "may_approve": _may(request, "approve_amendment", found),
        "may_decline": _may(request, "decline_amendment", found),
        **_about(request, found.crossing),
    }
    return render(request, "border/amendment.html", context)


@page("border.approve_amendment", methods=("POST",))
def approve(request: Request, key: UUID) -> HttpResponse:
    """Sign an amendment: it is in force."""
    amending.approve_amendment(request.actor, queries.amendment(request.actor, key))
    messages.success(request, _("Signed. It is in force."))
    return redirect("border:amendments")


@page("border.decline_amendment", methods=("POST",))
def decline(request: Request, key: UUID) -> HttpResponse:
    """Decline an amendment: the crossing stands as it is."""
    amending.decline_amendment(request.actor, queries.amendment(request.actor, key))
    messages.info(request, _("Declined. The crossing stands as it was."))
    return redirect("border:amendments")


def _may(request: Request, name: str, found: Amendment) -> bool:
    return found.decided_at is None and can(request.actor, f"border.{name}", found)


def _about(request: Request, crossing: Crossing) -> dict[str, Any]:
    """The crossing with its traveller's name: looking at it is on record."""
    audit.opened(
        request.actor, "border.propose_amendment", f"Crossing:{crossing.pk}", purpose="correction"
    )
    standing = queries.as_it_stands(crossing)
    return {
        "crossing": crossing,
        "zone": reference.time_zone(crossing.post_id),
        "standing": [
            (label, queries.said(name, standing[name])) for name, label in queries.LABELS.items()
        ],
    }


def _moment(text: str) -> datetime | None:
    """The time in an address, where there is one.

    Raises:
        NotFound: the text is no moment with a zone.
    """
    if not text:
        return None
    try:
        found = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return found
