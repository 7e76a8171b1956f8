"""The stock of blanks: balances, what is on the way, what is to be destroyed by two."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.control.blanks.actions import stock as actions
from safar.control.blanks.choices import LONGEST_ON_THE_WAY, BlankKind
from safar.control.blanks.forms.boxes import BoxForm
from safar.control.blanks.forms.stock import DropForm, HandForm, RangeForm, ReceiveForm
from safar.control.blanks.models import BlankDestruction
from safar.control.blanks.queries import stock as queries
from safar.control.blanks.views.boxes import box_rows
from safar.control.offices.models import IssuingOffice
from safar.core.permissions import Request, page
from safar.core.record import get_visible

LONGEST = 9


@page("blanks.read")
def stock(request: Request) -> HttpResponse:
    """Who holds how many, whether it adds up, and the life of one blank."""
    return _show(request)


@page("blanks.receive", methods=("POST",))
def receive(request: Request) -> HttpResponseBase:
    """Into the central store."""
    form = ReceiveForm(request.POST)
    if not form.is_valid():
        return _show(request, status=422, receive_form=form)
    count = actions.receive_blanks(request.actor, None, **form.cleaned_data)
    return _done(request, count)


@page("blanks.hand", methods=("POST",))
def hand(request: Request) -> HttpResponseBase:
    """On the way to an office."""
    form = HandForm(request.POST, offices=list(queries.holders_of(request.actor)))
    if not form.is_valid():
        return _show(request, status=422, hand_form=form)
    to = IssuingOffice.objects.get(pk=form.cleaned_data.pop("office"))
    return _done(request, actions.hand_blanks(request.actor, to, **form.cleaned_data))


@page("blanks.acknowledge", methods=("POST",))
def acknowledge(request: Request, code: str) -> HttpResponseBase:
    """They came: a range that was on the way."""
    form = RangeForm(request.POST)
    if not form.is_valid():
        return _show(request, status=422)
    to = get_office(request, code)
    return _done(request, actions.acknowledge_blanks(request.actor, to, **form.cleaned_data))


@page("blanks.spoil", methods=("POST",))
def drop(request: Request) -> HttpResponseBase:
    """Spoiled, lost, found again, or to be destroyed."""
    form = _drop_form(request, request.POST)
    if not form.is_valid():
        return _show(request, status=422, drop_form=form)
    given = form.cleaned_data
    holder = get_office(request, given["holder"]) if given["holder"] else None
    act: Any = {
        "spoil": actions.spoil_blanks,
        "lose": actions.lose_blanks,
        "find": actions.find_blanks,
        "destroy": actions.propose_destruction,
    }[given["what"]]
    act(request.actor, holder, numbers=given["numbers"], reason=given["reason"])
    return _done(request, len(given["numbers"]))


@page("blanks.destroy", methods=("POST",))
def destroy(request: Request, key: UUID) -> HttpResponseBase:
    """As the second of two people."""
    found = get_visible(BlankDestruction.objects.all(), request.actor, key)
    actions.destroy_blanks(request.actor, found)
    return _done(request, len(found.numbers))


@page("blanks.decline_destruction", methods=("POST",))
def decline(request: Request, key: UUID) -> HttpResponseBase:
    """They stay where they are."""
    found = get_visible(BlankDestruction.objects.all(), request.actor, key)
    actions.decline_destruction(request.actor, found)
    messages.success(request, _("Declined. They stay where they are."))
    return redirect("blanks:stock")


def get_office(request: Request, code: str) -> IssuingOffice:
    """NotFound where there is none of this code."""
    rows = IssuingOffice.objects.visible_to(request.actor)
    found: IssuingOffice = get_visible(rows, request.actor, code)  # type: ignore[arg-type]
    return found


def _done(request: Request, count: int) -> HttpResponseBase:
    said = ngettext("Recorded: {count} blank.", "Recorded: {count} blanks.", count)
    messages.success(request, said.format(count=count))
    return redirect("blanks:stock")


def _drop_form(request: Request, data: Any = None) -> DropForm:
    actor = request.actor
    return DropForm(
        data,
        offices=list(queries.holders_of(actor)),
        central=actor.nationwide,
        may_find=actor.may("blanks.find"),
        auto_id="drop_%s",
    )


def _show(request: Request, *, status: int = 200, **forms: Any) -> HttpResponse:
    actor = request.actor
    holders = list(queries.holders_of(actor))
    names = {row.pk: row.name for row in holders}
    number = request.GET.get("number", "")[:LONGEST]
    mine = {*names, None} if actor.nationwide else set(names)
    context = {
        "balances": [
            (names.get(row.holder or ""), BlankKind(row.kind).label, row)
            for row in queries.balances_for(actor)
        ],
        "boxes": box_rows(actor),
        "box_form": BoxForm(auto_id="box_%s"),
        "counts": [
            row for row in queries.last_counts() if row.holder_id in mine and not row.adds_up
        ],
        "late": [
            (names.get(holder or ""), BlankKind(kind).label, told)
            for (holder, kind), told in queries.late_on_the_way().items()
            if holder in mine
        ],
        "longest_days": LONGEST_ON_THE_WAY.days,
        "arriving": [(row, queries.on_the_way_to(row)) for row in holders],
        "waiting": queries.waiting_destructions(actor),
        "may_drop": actor.may("blanks.spoil"),
        "may_acknowledge": actor.may("blanks.acknowledge"),
        "number": number,
        "life": queries.movements_of(actor, number) if number else [],
        "receive_form": ReceiveForm(auto_id="receive_%s"),
        "hand_form": HandForm(offices=holders, auto_id="hand_%s"),
        "drop_form": _drop_form(request),
        **forms,
    }
    return render(request, "blanks/stock.html", context, status=status)
