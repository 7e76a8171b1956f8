"""Pages of referrals to us: the list, receiving one, answering it, linking it to its case."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import programmes
from safar.assistance.cases.actions import receiving as actions
from safar.assistance.cases.forms.referrals import (
    AcceptForm,
    ArrivalForm,
    DeclineForm,
    FinishForm,
    LinkForm,
    ListForm,
)
from safar.assistance.cases.models import IncomingReferral
from safar.assistance.cases.queries import referrals as queries
from safar.assistance.cases.views.opened import asked
from safar.core import audit
from safar.core.permissions import Request, page
from safar.core.record import get_visible

ON_A_PAGE = 50
STATES = ("received", "accepted", "declined", "in_service", "completed", "not_completed")


@page("cases.read_sharing")
def arrivals(request: Request) -> HttpResponse:
    """Referrals to us where she works, what is due first."""
    form = ListForm(STATES, request.GET)
    status = form.cleaned_data["status"] if form.is_valid() else ""
    found = queries.came_in(request.actor, status=status)
    context = {
        "form": form,
        "rows": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "asked": status and f"status={status}",
    }
    return render(request, "cases/arrivals.html", context)


@page("cases.receive_referral", methods=("GET", "POST"))
def arrival_add(request: Request) -> HttpResponse:
    form = ArrivalForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.receive_referral(request.actor, form.arrival())
        return redirect("cases:arrival", made.pk)
    status = 422 if form.errors else 200
    return render(request, "cases/arrival_add.html", {"form": form}, status=status)


@page("cases.read_sharing")
def arrival(request: Request, key: UUID) -> HttpResponse:
    """A referral to us; that it was opened is on record before it is shown."""
    found = _arrival(request, key)
    if found.case and (ask := asked(request, found.case)):
        return ask
    return _shown(request, found)


@page("cases.accept_incoming", methods=("POST",))
def arrival_accept(request: Request, key: UUID) -> HttpResponse:
    form = AcceptForm(request.POST)
    found = _arrival(request, key)
    if not form.is_valid():
        return _shown(request, found, status=422)
    actions.accept_incoming(request.actor, found, **form.cleaned_data)
    messages.success(request, _("Accepted. Open the case, then link it here."))
    return redirect("cases:arrival", key)


@page("cases.decline_incoming", methods=("POST",))
def arrival_decline(request: Request, key: UUID) -> HttpResponse:
    form = DeclineForm(request.POST)
    found = _arrival(request, key)
    if not form.is_valid():
        return _shown(request, found, status=422, decline_form=form)
    actions.decline_incoming(request.actor, found, **form.cleaned_data)
    messages.success(request, _("Declined."))
    return redirect("cases:arrival", key)


@page("cases.link_incoming", methods=("POST",))
def arrival_link(request: Request, key: UUID) -> HttpResponse:
    form = LinkForm(request.actor, request.POST)
    found = _arrival(request, key)
    if not form.is_valid():
        return _shown(request, found, status=422, link_form=form)
    actions.link_incoming(request.actor, found, case=form.cleaned_data["number"])
    messages.success(request, _("Linked to its case."))
    return redirect("cases:arrival", key)


@page("cases.finish_incoming", methods=("POST",))
def arrival_finish(request: Request, key: UUID) -> HttpResponse:
    form = FinishForm(request.POST)
    found = _arrival(request, key)
    if not form.is_valid():
        return _shown(request, found, status=422, finish_form=form)
    actions.finish_incoming(request.actor, found, **form.cleaned_data)
    messages.success(request, _("Recorded."))
    return redirect("cases:arrival", key)


def _arrival(request: Request, key: UUID) -> IncomingReferral:
    found = IncomingReferral.objects.select_related(
        "partner", "office", "case", "received_by", "answered_by"
    )
    return get_visible(found, request.actor, key)


def _shown(
    request: Request, found: IncomingReferral, *, status: int = 200, **forms: object
) -> HttpResponse:
    target = f"IncomingReferral:{found.pk}"
    audit.opened(request.actor, "cases.read_sharing", target, purpose="referral to us")
    context = {
        "arrival": found,
        "programme": programmes.get(found.programme).name,
        "accept_form": AcceptForm(auto_id="accept_%s"),
        "decline_form": DeclineForm(auto_id="decline_%s"),
        "link_form": LinkForm(request.actor),
        "finish_form": FinishForm(),
        **forms,
    }
    return render(request, "cases/arrival.html", context, status=status)
