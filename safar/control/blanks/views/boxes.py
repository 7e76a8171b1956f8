"""Boxes under seal: each is opened on a page of its own, by two people, seal by seal."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from safar.control.blanks.actions import boxes as actions
from safar.control.blanks.choices import BoxState, OpeningStatus
from safar.control.blanks.forms.boxes import BoxForm, NewSealForm, ReasonForm, SealForm, SendForm
from safar.control.blanks.models import Box, BoxOpening
from safar.control.blanks.queries import stock as queries
from safar.control.offices.models import IssuingOffice
from safar.core.permissions import Actor, Request, page
from safar.core.record import get_visible

TONES = {
    BoxState.SEALED: "clear", BoxState.ON_THE_WAY: "info", BoxState.OPEN: "check",
    BoxState.LOCKED: "hold", BoxState.CONDEMNED: "info",
}  # fmt: skip


def box_rows(actor: Actor) -> list[dict[str, Any]]:
    """The boxes that she sees, with how each stands and whether a second person is awaited."""
    boxes = queries.boxes(actor)
    waiting = queries.open_openings(boxes)
    return [
        {"box": box, "tone": TONES[BoxState(box.status)], "opening": waiting.get(box.pk)}
        for box in boxes
    ]


@page("blanks.read")
def box(request: Request, key: UUID) -> HttpResponse:
    """One box: what may be done with it now."""
    return _show(request, _mine(request, key))


@page("blanks.receive_box", methods=("POST",))
def receive(request: Request) -> HttpResponse:
    form = BoxForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the box, its kind, both numbers and the seal."))
        return redirect("blanks:stock")
    made = actions.receive_box(request.actor, None, **form.cleaned_data)
    return redirect("blanks:box", made.pk)


@page("blanks.send_box", methods=("POST",))
def send(request: Request, key: UUID) -> HttpResponse:
    found = _mine(request, key)
    form = SendForm(request.POST, offices=list(queries.holders_of(request.actor)))
    if not form.is_valid():
        return _show(request, found, send_form=form)
    to = IssuingOffice.objects.get(pk=form.cleaned_data["office"])
    actions.send_box(request.actor, found, office=to)
    return redirect("blanks:box", found.pk)


@page("blanks.acknowledge_box", methods=("POST",))
def acknowledge(request: Request, key: UUID) -> HttpResponse:
    return _sealed(request, key, actions.acknowledge_box, SealForm, "arrive_form")


@page("blanks.propose_opening", methods=("POST",))
def propose(request: Request, key: UUID) -> HttpResponse:
    return _sealed(request, key, actions.propose_opening, SealForm, "propose_form")


@page("blanks.open_box", methods=("POST",))
def open_(request: Request, key: UUID) -> HttpResponse:
    opening = get_visible(BoxOpening.objects.select_related("box"), request.actor, key)
    form = SealForm(request.POST)
    if not form.is_valid():
        return _show(request, _mine(request, opening.box_id), open_form=form)
    done = actions.open_box(request.actor, opening, seal_seen=form.cleaned_data["seal_seen"])
    if done.status == OpeningStatus.LOCKED:
        messages.error(request, _("The seal is not the one on record. The box is locked."))
    return redirect("blanks:box", opening.box_id)


@page("blanks.decline_opening", methods=("POST",))
def decline(request: Request, key: UUID) -> HttpResponse:
    opening = get_visible(BoxOpening.objects.all(), request.actor, key)
    actions.decline_opening(request.actor, opening)
    return redirect("blanks:box", opening.box_id)


@page("blanks.reseal_box", methods=("POST",))
def reseal(request: Request, key: UUID) -> HttpResponse:
    return _sealed(request, key, actions.reseal_box, NewSealForm, "reseal_form")


@page("blanks.release_box", methods=("POST",))
def release(request: Request, key: UUID) -> HttpResponse:
    return _sealed(request, key, actions.release_box, ReasonForm, "release_form")


@page("blanks.condemn_box", methods=("POST",))
def condemn(request: Request, key: UUID) -> HttpResponse:
    return _sealed(request, key, actions.condemn_box, ReasonForm, "condemn_form")


def _sealed(request: Request, key: UUID, act: Any, form_class: Any, name: str) -> HttpResponse:
    """One field, one action, back to the box."""
    found, form = _mine(request, key), form_class(request.POST)
    if not form.is_valid():
        return _show(request, found, **{name: form})
    act(request.actor, found, **form.cleaned_data)
    return redirect("blanks:box", found.pk)


def _mine(request: Request, key: UUID) -> Box:
    """NotFound where it is another office's."""
    return get_visible(queries.boxes_of(request.actor), request.actor, key)


def _show(request: Request, found: Box, **forms: Any) -> HttpResponse:
    opening = queries.open_openings([found]).get(found.pk)
    context = {
        "box": found,
        "tone": TONES[BoxState(found.status)],
        "opening": opening,
        "past": found.openings.exclude(status=OpeningStatus.PROPOSED),
        "releases": found.releases.all(),
        "in_hand": found.blanks.filter(state="in_hand").count(),
        "arrive_form": SealForm(auto_id="arrive_%s"),
        "propose_form": SealForm(auto_id="propose_%s"),
        "open_form": SealForm(auto_id="open_%s"),
        "reseal_form": NewSealForm(auto_id="reseal_%s"),
        "release_form": ReasonForm(auto_id="release_%s"),
        "condemn_form": ReasonForm(auto_id="condemn_%s"),
        "send_form": SendForm(offices=list(queries.holders_of(request.actor)), auto_id="send_%s"),
        **forms,
    }
    return render(request, "blanks/box.html", context, status=422 if forms else 200)
