"""The pages of finished documents: the counter, one document with its history, its end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.control.passports.actions import cancelling, delivering
from safar.control.passports.chips import writing as chips
from safar.control.passports.choices.making import TAKEN_BACK, CancelGround, PassportStatus
from safar.control.passports.forms.making import (
    CancelForm,
    FindForm,
    HandingForm,
    ScanForm,
    WithdrawForm,
)
from safar.control.passports.models import SignedReceipt
from safar.control.passports.models.passports import Passport
from safar.control.passports.paper import data_page
from safar.control.passports.queries import making as queries
from safar.control.passports.wording.making import happened
from safar.core.action import can
from safar.core.permissions import Request, page
from safar.core.record import get_visible
from safar.ui.uploads import takes_files


@page("passports.read_issued", methods=("GET", "POST"))
def counter(request: Request) -> HttpResponseBase:
    """What lies ready to be given out, and the look-up of any document. Numbers, no names."""
    actor = request.actor
    form = FindForm(request.POST or None)
    found = list(queries.found(actor, form.cleaned_data["words"])) if form.is_valid() else None
    if found and len(found) == 1:
        return redirect("passports:passport", found[0].pk)
    context = {"form": form, "found": found, "ready": queries.to_deliver(actor)}
    return render(request, "passports/counter.html", context)


@page("passports.read_issued")
def passport(request: Request, key: UUID) -> HttpResponse:
    """One document; that it was opened is on record before it is shown."""
    return _show(request, queries.open_passport(request.actor, key))


@page("passports.read_issued")
def face(request: Request, key: UUID) -> HttpResponse:
    """The portrait as it stands on the chip."""
    found = queries.open_passport(request.actor, key, purpose="picture")
    return HttpResponse(chips.face_of(found.chip), content_type="image/jpeg")


@page("passports.print_receipt")
def receipt(request: Request, key: UUID) -> HttpResponse:
    """The receipt, to be signed by whoever receives the document."""
    found = queries.open_passport(request.actor, key, purpose="receipt")
    pdf = data_page.receipt(found, getattr(found, "delivery", None))
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="receipt-{found.number}.pdf"'
    return answer


@takes_files
@page("passports.deliver", methods=("POST",))
def deliver(request: Request, key: UUID) -> HttpResponseBase:
    """Give it out, against signature."""
    found = queries.passport(request.actor, key)
    form = HandingForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, found, handing_form=form, status=422)
    scan = form.cleaned_data["scan"]
    delivering.deliver(request.actor, found, handing=form.handing(), scan=scan)
    messages.success(request, _("{number} was given out.").format(number=found))
    return redirect("passports:passport", key)


@takes_files
@page("passports.attach_receipt", methods=("POST",))
def attach(request: Request, key: UUID) -> HttpResponseBase:
    """Add the scan of the signed receipt, later on the day of the delivery."""
    found = queries.passport(request.actor, key)
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, found, scan_form=form, status=422)
    delivering.attach_receipt(request.actor, found, content=form.cleaned_data["scan"])
    messages.success(request, _("The scan is kept."))
    return redirect("passports:passport", key)


@page("passports.read_issued")
def scan(request: Request, key: UUID) -> HttpResponse:
    """A scan as it was added, to be kept or opened; on record before it leaves."""
    found = get_visible(SignedReceipt.objects.select_related("passport"), request.actor, key)
    queries.open_passport(request.actor, found.passport_id, purpose="signed receipt")
    answer = HttpResponse(bytes(found.content), content_type=found.file_type)
    ending = found.file_type.rpartition("/")[2]
    answer["Content-Disposition"] = f'attachment; filename="receipt-{found.passport}.{ending}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "no-store"
    return answer


@page("passports.cancel_passport", methods=("POST",))
def cancel(request: Request, key: UUID) -> HttpResponseBase:
    """Cancel it: every booth stops it from now on."""
    found = queries.passport(request.actor, key)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _show(request, found, cancel_form=form, status=422)
    ground = CancelGround(form.cleaned_data["ground"])
    cancelling.cancel_passport(
        request.actor, found, ground=ground, reason=form.cleaned_data["reason"]
    )
    messages.success(request, _("It is cancelled. Every booth stops it from now on."))
    return redirect("passports:passport", key)


@page("passports.withdraw_cancellation", methods=("POST",))
def withdraw(request: Request, key: UUID) -> HttpResponseBase:
    """Withdraw a false report of loss or theft, as another person."""
    ended = queries.cancellation(request.actor, key)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _show(request, ended.passport, withdraw_form=form, status=422)
    cancelling.withdraw_cancellation(request.actor, ended, reason=form.cleaned_data["reason"])
    messages.success(request, _("The cancellation is withdrawn."))
    return redirect("passports:passport", ended.passport_id)


def _given_today(found: Passport) -> bool:
    delivery = getattr(found, "delivery", None)
    return bool(delivery and timezone.localdate(delivery.delivered_at) == timezone.localdate())


def _show(request: Request, found: Passport, *, status: int = 200, **forms: Any) -> HttpResponse:
    actor = request.actor
    ended = queries.standing_cancellation(found)
    may_withdraw = ended is not None and ended.ground in TAKEN_BACK
    ready = found.status == PassportStatus.MADE
    standing = found.status in (PassportStatus.MADE, PassportStatus.DELIVERED)
    context = {
        "passport": found,
        "ended": ended,
        "delivery": getattr(found, "delivery", None),
        "history": happened(queries.history(found)),
        "is_reported": queries.is_reported(found),
        "handing_form": HandingForm(),
        "cancel_form": CancelForm(),
        "withdraw_form": WithdrawForm(),
        "may_deliver": ready and can(actor, "passports.deliver", found),
        "may_cancel": standing and can(actor, "passports.cancel_passport", found),
        "may_withdraw": may_withdraw and can(actor, "passports.withdraw_cancellation", ended),
        "may_print": actor.may("passports.print_receipt"),
        "scans": found.signed_receipts.defer("content"),
        "scan_form": ScanForm(),
        "may_attach": _given_today(found) and can(actor, "passports.attach_receipt", found),
        **forms,
    }
    return render(request, "passports/passport.html", context, status=status)
