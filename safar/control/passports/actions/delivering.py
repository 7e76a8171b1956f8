"""Writes: a document is given into somebody's hands, against signature."""

from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.two_people import by_a_person
from safar.control.applications.rules import document_number
from safar.control.passports.actions.cancelling import end
from safar.control.passports.actions.moves import move
from safar.control.passports.choices.making import CancelGround, Receiver
from safar.control.passports.models.applications import Application
from safar.control.passports.models.passports import Delivery, Passport
from safar.control.passports.models.receipts import SignedReceipt
from safar.control.passports.policies.making import at_its_office, not_who_decided
from safar.control.passports.queries import making as queries
from safar.control.passports.rules.applications import is_child
from safar.control.passports.workflow.making import PASSPORT
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.files import checked
from safar.core.permissions import Actor

MOST_SCANS: Final = 5
NOT_GIVEN_OUT = _("This document was not given out.")
TOO_LATE = _("A scan of the receipt is added on the day of the delivery.")
UNSIGNED = _("It is given out against a signature only.")
STILL_HOLDS = _("She still holds {number}: it is handed back, or cancelled first.")
NO_CHILD = _("The holder is of age: a parent needs a power of attorney, as a representative.")
REPORTED = _("This document is reported lost, stolen or void. It is not given out.")


@dataclass(frozen=True)
class Handing:
    """Who received it, what she showed, and which old document of hers she handed back."""

    receiver: Receiver
    receiver_name: str
    document_shown: str
    authority: str = ""
    old_number: str = ""
    signed: bool = False


@action("passports.deliver", policies=(at_its_office, not_who_decided))
def deliver(actor: Actor, target: Passport, *, handing: Handing, scan: bytes = b"") -> Delivery:
    """Gave a document that passed the quality control out, against signature

    An old document of this register that is handed back is cancelled at the same time. `scan`: of
    the signed receipt, where it is there already.

    Raises:
        RuleBroken: no signature, nobody named, a representative without a power of attorney, or
            the parent of somebody of age.
        InvalidMove: it did not pass, was given out before, or is reported.
    """
    name = _receiver(target, handing)
    _refuse_unsaid(target, handing)
    PASSPORT.move(target, "deliver")
    if queries.is_reported(target):
        raise InvalidMove(REPORTED)
    number = document_number(handing.old_number)
    _take_back(actor, target, number)
    target.save()
    delivery = Delivery(
        passport=target,
        receiver=handing.receiver,
        receiver_name=name,
        document_shown=handing.document_shown.strip(),
        authority=handing.authority.strip(),
        old_number=number,
        signed_on_paper=handing.signed,
        delivered_at=timezone.now(),
        delivered_by_id=actor.person_id,
        delivered_by_name=actor.name,
    )
    delivery.save(force_insert=True)
    application = Application.objects.select_for_update().get(pk=target.application_id)
    move(actor, application, "deliver", note=target.number)
    if scan:
        _keep_scan(actor, target, scan)
    note(passport=target.number, receiver=str(handing.receiver))
    return delivery


@action("passports.attach_receipt", policies=(at_its_office, by_a_person))
def attach_receipt(actor: Actor, target: Passport, *, content: bytes) -> SignedReceipt:
    """Added a scan of the signed receipt, on the day on which the document was given out

    Raises:
        RuleBroken: not a file that may be kept (`core.files.checked`), there already, or too late.
        InvalidMove: the document was not given out.
    """
    delivery = getattr(target, "delivery", None)
    if delivery is None:
        raise InvalidMove(NOT_GIVEN_OUT)
    if timezone.localdate(delivery.delivered_at) != timezone.localdate():
        raise RuleBroken(TOO_LATE, field="scan")
    return _keep_scan(actor, target, content)


def _keep_scan(actor: Actor, passport: Passport, content: bytes) -> SignedReceipt:
    safe = checked(content, portrait=False)
    held = passport.signed_receipts.all()
    if held.filter(sha256=safe.sha256).exists() or held.count() >= MOST_SCANS:
        raise RuleBroken(_("This very file is there already, or there are five."), field="scan")
    scan = SignedReceipt(
        passport=passport,
        file_type=safe.file_type,
        size=len(safe.content),
        pages=safe.pages,
        sha256=safe.sha256,
        content=safe.content,
        added_at=timezone.now(),
        added_by_id=actor.person_id,
        added_by_name=actor.name,
    )
    scan.save(force_insert=True)
    return scan


def _receiver(passport: Passport, handing: Handing) -> str:
    """Of the holder, her name as the document has it; anybody else is named."""
    name = handing.receiver_name.strip()
    if handing.receiver == Receiver.HOLDER:
        return passport.name
    if not name:
        raise RuleBroken(_("Write who received it."), field="receiver_name")
    return name


def _refuse_unsaid(passport: Passport, handing: Handing) -> None:
    if not handing.signed:
        raise RuleBroken(UNSIGNED, field="signed")
    if not handing.document_shown.strip():
        raise RuleBroken(_("Write which document was shown."), field="document_shown")
    if handing.receiver == Receiver.REPRESENTATIVE and not handing.authority.strip():
        raise RuleBroken(_("Write which power of attorney was shown."), field="authority")
    if handing.receiver == Receiver.PARENT and not is_child(passport.birth, timezone.localdate()):
        raise RuleBroken(NO_CHILD, field="receiver")


def _take_back(actor: Actor, new: Passport, number: str) -> None:
    """The old document that is handed back, and those that have run out, end with the new one.

    Raises:
        RuleBroken: it is another person's, or one that still counts is not handed back.
    """
    back = Passport.objects.filter(number=number).exclude(holder_id=new.holder_id)
    if number and back.exists():
        raise RuleBroken(_("The old document is another person’s."), field="old_number")
    for old in queries.others_held(new).select_for_update():
        same = old.kind == new.kind
        if old.number == number or (same and old.expires_on < timezone.localdate()):
            end(actor, old, CancelGround.REPLACED, reason=new.number)
        elif same and not (new.second or old.second):
            raise RuleBroken(STILL_HOLDS.format(number=old.number), field="old_number")
