"""Search for a traveller, state a purpose, open the file, judge who is the same person."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.control.border import file_sections
from safar.control.border.forms.desk import PURPOSES, JudgeForm, PurposeForm, SearchForm
from safar.control.border.queries import travellers as queries
from safar.control.border.wording import traveller_file as wording
from safar.control.travellers import actions
from safar.control.travellers import queries as travellers
from safar.control.travellers.models import Traveller
from safar.control.watchlist import queries as watchlist
from safar.core.action import can
from safar.core.errors import RuleBroken
from safar.core.permissions import Request, page
from safar.core.record import get_visible
from safar.reference import queries as reference
from safar.ui.render import render

STATED = "stated_purposes"  # in the session: {traveller: [purpose, until]}
HOLDS = timedelta(minutes=15)  # how long a stated purpose holds for the same file


@page("travellers.search", methods=("GET", "POST"))
def search(request: Request) -> HttpResponse:
    """Find a traveller. Terms come by POST, so that no name stands in an address or a log."""
    form = SearchForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "may_open": request.actor.may("travellers.open")}
    if form.is_valid():
        context["found"] = travellers.search(request.actor, **form.cleaned_data)
        context["most"] = travellers.MOST_FOUND
    return render(
        request,
        "border/traveller_search.html",
        context,
        status=422 if form.is_bound and form.errors else 200,
    )


@page("travellers.open", methods=("GET", "POST"))
def traveller(request: Request, key: UUID) -> HttpResponse:
    """A traveller's file; first the purpose, and nothing of her before it is on record."""
    purpose = _stated(request, key)
    if request.method == "GET" and purpose:
        return _file(request, travellers.open_file(request.actor, key, purpose=purpose), purpose)
    form = PurposeForm(request.POST or None)
    if form.is_valid():
        _state(request, key, form.stated())
        return redirect("border:traveller", key)
    status = 422 if form.is_bound else 200
    return render(request, "border/traveller_purpose.html", {"form": form}, status=status)


@page("travellers.judge_same_person", methods=("POST",))
def judge(request: Request, key: UUID) -> HttpResponse:
    """Judge whether two travellers are one person; judging anew takes a judgement back."""
    form = JudgeForm(request.POST)
    if not form.is_valid():
        raise RuleBroken(_("Choose a judgement and write what decides it."), field="reason")
    other = get_visible(Traveller.objects.all(), request.actor, form.cleaned_data["other"])
    if other.pk == key:
        raise RuleBroken(_("Nobody is compared with herself."), field="other")
    actions.judge_same_person(
        request.actor,
        get_visible(Traveller.objects.all(), request.actor, key),
        other_id=other.pk,
        judgement=form.cleaned_data["judgement"],
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, _("The judgement is on record under your name."))
    return redirect("border:traveller", key)


def _state(request: Request, key: UUID, purpose: str) -> None:
    until = (timezone.now() + HOLDS).timestamp()
    stated = request.session.get(STATED, {})
    fresh = {one: row for one, row in stated.items() if row[1] > timezone.now().timestamp()}
    request.session[STATED] = {**fresh, str(key): [purpose, until]}


def _stated(request: Request, key: UUID) -> str:
    """The purpose that she stated for this file a moment ago; every look is recorded with it."""
    purpose, until = request.session.get(STATED, {}).get(str(key), ("", 0))
    return purpose if until > timezone.now().timestamp() else ""


def _file(request: Request, found: Traveller, purpose: str) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    keys = travellers.same_person_as(found.pk)
    for other in keys - {found.pk}:  # her file shows theirs too
        travellers.open_file(actor, other, purpose=purpose)
    papers = queries.documents(keys)
    main = next(paper for paper in papers if paper.traveller_id == found.pk)
    home = queries.home_post(actor)
    compared = queries.compared(keys, papers)
    for one in compared:  # shown beside hers: as much on record as her own
        travellers.open_file(actor, one.document.traveller_id, purpose=purpose)
    counted = queries.counted_stay(keys, main.nationality, now, home)
    context = {
        "traveller": found,
        "main": main,
        "main_facts": wording.person(main, counted.today),
        "papers": papers,
        "crossings": queries.crossings(keys),
        "counted": counted,
        "told": wording.stay(counted),
        "calendar": wording.calendar(counted.stay.calendar) if counted.stay else None,
        "inspections": queries.inspections(keys, papers),
        "sections": file_sections.sections(actor, keys),
        "hits": [hit for key in keys for hit in watchlist.hits_of_traveller(actor, key)],
        "compared": compared,
        "judge_form": JudgeForm(),
        "openings": queries.opened_by(found.pk),
        "purpose": dict(PURPOSES).get(purpose, purpose),
        "purposes": {row.code: row.name for row in reference.purposes()},
        "zone": reference.time_zone(home),
        "may_judge": can(actor, "travellers.judge_same_person", found),
        "may_amend": actor.may("border.propose_amendment"),
        "grounds": {row.code: row.name for row in reference.refusal_grounds()},
    }
    return render(request, "border/traveller.html", context)
