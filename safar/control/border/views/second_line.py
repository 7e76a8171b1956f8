"""The second line: the queue, hit by hit, and the decision."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from safar.control.border.actions import second_line as actions
from safar.control.border.choices import DecisionKind, Direction, ReferralStatus
from safar.control.border.forms.booth import RefusalForm
from safar.control.border.forms.second_line import AdmitForm, JudgeForm
from safar.control.border.models import Referral
from safar.control.border.policies import not_alone_against_an_entry, not_own_referral
from safar.control.border.queries import booth
from safar.control.border.queries import second_line as queries
from safar.control.border.queries.specimen_looks import specimen_looks
from safar.control.border.queries.visa_shown import visa_until
from safar.control.border.screen import desk_strip, show
from safar.control.border.wording.findings import tell
from safar.control.documents import zone_photo
from safar.control.watchlist import queries as watchlist
from safar.control.watchlist.actions import judge_hit, take_back_hit
from safar.control.watchlist.choices import HitStatus
from safar.core.action import can
from safar.core.errors import NotFound, RuleBroken
from safar.core.node import uuid7
from safar.core.permissions import Request, page
from safar.ui.render import render

OPEN_HITS = (HitStatus.NEW, HitStatus.IN_REVIEW)


@page("border.second_line")
def second_line(request: Request) -> HttpResponse:
    """Who waits. The first of the queue is shown, unless the queue alone is asked for."""
    waiting = queries.queue(request.actor)
    if waiting and "queue" not in request.GET:
        return redirect("border:referral", waiting[0].referral.pk)
    return render(request, "border/second_line.html", _context(request, None))


@page("border.second_line")
def referral(request: Request, key: UUID) -> HttpResponse:
    """One traveller: findings, each likeness side by side, the decision."""
    return _show(request, queries.open_referral(request.actor, key))


@page("border.take_referral", methods=("POST",))
def take(request: Request, key: UUID) -> HttpResponse:
    """Take a traveller."""
    actions.take_referral(request.actor, queries.referral(request.actor, key))
    return redirect("border:referral", key)


@page("border.return_referral", methods=("POST",))
def give_back(request: Request, key: UUID) -> HttpResponse:
    """Give a traveller back to the queue."""
    actions.return_referral(request.actor, queries.referral(request.actor, key))
    return redirect("border:second_line")


@page("watchlist.judge_hit", methods=("POST",))
def judge(request: Request, key: UUID, hit_key: UUID) -> HttpResponse:
    """Judge whether the traveller is the person of one entry."""
    found = queries.her_referral(request.actor, key)
    hit = _hit(request, found, hit_key)
    form = JudgeForm(request.POST, prefix=hit_key.hex)
    if not form.is_valid():
        return _show(request, found, judging={hit_key: form})
    judge_hit(request.actor, hit, **form.cleaned_data)
    messages.success(request, _("Recorded. It can be taken back, never erased."))
    return redirect("border:referral", key)


@page("watchlist.take_back_hit", methods=("POST",))
def take_back(request: Request, key: UUID, hit_key: UUID) -> HttpResponse:
    """Take a judgement back, while she has the traveller or after the decision."""
    found = queries.referral(request.actor, key)
    if found.status != ReferralStatus.DECIDED:
        found = queries.her_referral(request.actor, key)
    reason = request.POST.get("reason", "")
    take_back_hit(request.actor, _hit(request, found, hit_key), reason=reason)
    return redirect("border:referral", key)


@page("border.admit_referred", methods=("POST",))
def admit(request: Request, key: UUID) -> HttpResponse:
    """Admit a traveller after the second-line check."""
    found = queries.referral(request.actor, key)
    form = AdmitForm(request.POST)
    if not form.is_valid():
        return _show(request, found, admitting=form)
    actions.admit_referred(
        request.actor,
        found,
        key=form.cleaned_data["key"],
        details=form.details(),
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, _("Admitted. The crossing is on record."))
    return redirect("border:second_line")


@page("border.refuse_referred", methods=("GET", "POST"))
def refuse(request: Request, key: UUID) -> HttpResponseBase:
    """Refuse entry in second line: the question of protection first, then the grounds."""
    if request.POST.get("protection") == "yes":  # whatever else is filled in, or is not
        return protection(request, key)
    found = queries.referral(request.actor, key)
    form = RefusalForm(request.POST or None, initial={"key": uuid7()})
    if form.is_valid():
        decision = actions.refuse_referred(
            request.actor,
            found,
            key=form.cleaned_data["key"],
            grounds=form.cleaned_data["grounds"],
            reason=form.cleaned_data["reason"],
        )
        return redirect("border:refused", decision.pk)
    return _ask_for_grounds(request, found, form)


def _ask_for_grounds(request: Request, found: Referral, form: RefusalForm) -> HttpResponse:
    inspection = found.inspection
    if inspection.direction != Direction.ENTRY:
        raise RuleBroken(_("Refusal is for entry. On exit, send to second line."))
    decided = booth.decision_or_none(inspection)
    if decided is not None and decided.kind == DecisionKind.REFUSE:
        return redirect("border:refused", decided.pk)
    context = {
        "form": form,
        "inspection": inspection,
        "screen": show(inspection, in_second_line=True),
    }
    found = queries.her_referral(request.actor, found.pk)
    return render(request, "border/refuse.html", {**context, "referral": found})


@page("border.set_aside_referral", methods=("POST",))
def set_aside(request: Request, key: UUID) -> HttpResponse:
    """Set a traveller aside who turned back: nothing is decided."""
    actions.set_aside_referral(request.actor, queries.referral(request.actor, key))
    return redirect("border:second_line")


@page("border.leave_flow_referred", methods=("POST",))
def protection(request: Request, key: UUID) -> HttpResponse:
    """F9: the traveller leaves the refusal path."""
    actions.leave_flow_referred(request.actor, queries.referral(request.actor, key))
    return redirect("border:protection_help")


def _show(
    request: Request,
    found: Referral,
    *,
    judging: dict[UUID, JudgeForm] | None = None,
    admitting: AdmitForm | None = None,
) -> HttpResponse:
    context = _context(request, found)
    context["forms"] = {
        row.hit.pk: (judging or {}).get(row.hit.pk) or JudgeForm(prefix=row.hit.pk.hex)
        for row in context["comparisons"]
    }
    usual = booth.usual_answers(found.inspection)
    until = {"permitted_until": visa_until(found.inspection)}
    context["form"] = admitting or AdmitForm(initial={**usual, **until, "key": uuid7()})
    return render(request, "border/second_line.html", context)


def _context(request: Request, found: Referral | None) -> dict[str, Any]:
    waiting = queries.queue(request.actor)
    for row in waiting:
        row.referral.says = tell(row.referral.inspection.findings[0]).sentence  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "queue": waiting,
        "decided": queries.decided(request.actor),
        "referral": found,
        "strip": SimpleLazyObject(lambda: desk_strip(request.actor, found)),
    }
    return context | _traveller(request, found, waiting) if found else context


def _traveller(request: Request, found: Referral, waiting: list[queries.Waiting]) -> dict[str, Any]:
    is_hers = found.taken_by_id == request.actor.user_id and found.status == ReferralStatus.TAKEN
    likened = queries.comparisons(request.actor, found)
    is_open = [row.hit for row in likened if row.hit.status in OPEN_HITS]
    return {
        "screen": show(found.inspection, in_second_line=True),
        "comparisons": likened,
        "same": [row.hit.entry for row in likened if row.hit.status == HitStatus.SAME],
        "open_hits": len(is_open),
        "first_open": is_open[0].pk if is_open else None,
        "is_hers": is_hers,
        "is_open": found.status in queries.OPEN,
        "specimen_looks": specimen_looks(request.actor, found),
        "may_look_at_specimen": can(request.actor, "border.look_at_specimen", found),
        "may_check_chip": can(request.actor, "border.check_chip", found),
        "no_zone_photos": zone_photo.missing(),
        "may_look_at_visa": can(request.actor, "border.look_at_visa", found),
        "may_take": found.status == ReferralStatus.WAITING
        and can(request.actor, "border.take_referral", found),
        "not_alone": (
            not_own_referral(request.actor, found)
            or not_alone_against_an_entry(request.actor, found)
        )
        if is_hers
        else None,
        "next": next((row for row in waiting if row.referral.pk != found.pk), None),
    }


def _hit(request: Request, found: Referral, key: UUID) -> Any:
    rows = watchlist.hits_of_inspection(request.actor, found.inspection_id)
    hit = rows.filter(pk=key).first()
    if hit is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return hit
