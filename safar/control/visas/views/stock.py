"""The stock of blank stickers: balances, what is on the way, what is to be destroyed by two."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.control.visas.actions import stock as actions
from safar.control.visas.forms.stock import DropForm, HandForm, RangeForm
from safar.control.visas.models import BlankDestruction, Consulate
from safar.control.visas.queries import stock as queries
from safar.core.permissions import Request, page
from safar.core.record import get_visible

LONGEST = 9


@page("visas.read_stock")
def stock(request: Request) -> HttpResponse:
    """Who holds how many, whether it adds up, and the life of one blank."""
    return _show(request)


@page("visas.receive_blanks", methods=("POST",))
def receive(request: Request) -> HttpResponseBase:
    """Into the central store."""
    form = RangeForm(request.POST)
    if not form.is_valid():
        return _show(request, status=422, receive_form=form)
    count = actions.receive_blanks(request.actor, None, **form.cleaned_data)
    return _done(request, count)


@page("visas.hand_blanks", methods=("POST",))
def hand(request: Request) -> HttpResponseBase:
    """On the way to a consulate."""
    form = HandForm(request.POST, consulates=list(queries.holders_of(request.actor)))
    if not form.is_valid():
        return _show(request, status=422, hand_form=form)
    to = Consulate.objects.get(pk=form.cleaned_data.pop("consulate"))
    return _done(request, actions.hand_blanks(request.actor, to, **form.cleaned_data))


@page("visas.acknowledge_blanks", methods=("POST",))
def acknowledge(request: Request, code: str) -> HttpResponseBase:
    """They came: a range that was on the way."""
    form = RangeForm(request.POST)
    if not form.is_valid():
        return _show(request, status=422)
    to = get_consulate(request, code)
    return _done(request, actions.acknowledge_blanks(request.actor, to, **form.cleaned_data))


@page("visas.spoil_blanks", methods=("POST",))
def drop(request: Request) -> HttpResponseBase:
    """Spoiled, lost, or to be destroyed."""
    form = _drop_form(request, request.POST)
    if not form.is_valid():
        return _show(request, status=422, drop_form=form)
    given = form.cleaned_data
    holder = get_consulate(request, given["holder"]) if given["holder"] else None
    act: Any = {
        "spoil": actions.spoil_blanks,
        "lose": actions.lose_blanks,
        "destroy": actions.propose_destruction,
    }[given["what"]]
    act(request.actor, holder, numbers=given["numbers"], reason=given["reason"])
    return _done(request, len(given["numbers"]))


@page("visas.destroy_blanks", methods=("POST",))
def destroy(request: Request, key: UUID) -> HttpResponseBase:
    """As the second of two people."""
    found = get_visible(BlankDestruction.objects.all(), request.actor, key)
    actions.destroy_blanks(request.actor, found)
    return _done(request, len(found.numbers))


@page("visas.decline_destruction", methods=("POST",))
def decline(request: Request, key: UUID) -> HttpResponseBase:
    """They stay where they are."""
    found = get_visible(BlankDestruction.objects.all(), request.actor, key)
    actions.decline_destruction(request.actor, found)
    messages.success(request, _("Declined. They stay where they are."))
    return redirect("visas:stock")


def get_consulate(request: Request, code: str) -> Consulate:
    """NotFound where there is none of this code."""
    rows = Consulate.objects.visible_to(request.actor)
    found: Consulate = get_visible(rows, request.actor, code)  # type: ignore[arg-type]
    return found


def _done(request: Request, count: int) -> HttpResponseBase:
    said = ngettext("Recorded: {count} sticker.", "Recorded: {count} stickers.", count)
    messages.success(request, said.format(count=count))
    return redirect("visas:stock")


def _drop_form(request: Request, data: Any = None) -> DropForm:
    holders = list(queries.holders_of(request.actor))
    return DropForm(data, consulates=holders, central=request.actor.nationwide, auto_id="drop_%s")


def _show(request: Request, *, status: int = 200, **forms: Any) -> HttpResponse:
    actor = request.actor
    holders = list(queries.holders_of(actor))
    names = {row.pk: row.name for row in holders}
    number = request.GET.get("number", "")[:LONGEST]
    mine = {*names, None} if actor.nationwide else set(names)
    context = {
        "balances": [(names.get(row.holder or ""), row) for row in queries.balances_for(actor)],
        "counts": [row for row in queries.last_counts() if row.holder_id in mine],
        "arriving": [(row, queries.on_the_way_to(row)) for row in holders],
        "waiting": queries.waiting_destructions(actor),
        "may_drop": actor.may("visas.spoil_blanks"),
        "may_acknowledge": actor.may("visas.acknowledge_blanks"),
        "number": number,
        "life": [row for row in queries.movements_of(number) if row.holder_id in {*mine, None}]
        if number
        else [],
        "receive_form": RangeForm(auto_id="receive_%s"),
        "hand_form": HandForm(consulates=holders, auto_id="hand_%s"),
        "drop_form": _drop_form(request),
        **forms,
    }
    return render(request, "visas/stock.html", context, status=status)
