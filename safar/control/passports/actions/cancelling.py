"""Writes: a document is honoured no more, at every booth in the same moment; a false report ends."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.passports.actions import reporting
from safar.control.passports.actions.moves import move
from safar.control.passports.choices.applications import Status
from safar.control.passports.choices.making import (
    REPORTS,
    TAKEN_BACK,
    CancelGround,
    PassportStatus,
)
from safar.control.passports.models.applications import Application
from safar.control.passports.models.passports import Cancellation, Passport
from safar.control.passports.policies.making import at_its_office, not_own_cancellation
from safar.control.passports.queries import making as queries
from safar.control.passports.workflow.making import PASSPORT
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor

FOR_GOOD = _("Only a report of loss or theft can turn out to be false.")
GONE = _("This was withdrawn already.")


@action("passports.cancel_passport", policies=(at_its_office,))
def cancel_passport(
    actor: Actor, target: Passport, *, ground: CancelGround, reason: str
) -> Cancellation:
    """Cancelled a document: every booth stops it from this moment on"""
    return end(actor, target, ground, reason=reason)


def end(actor: Actor, passport: Passport, ground: CancelGround, *, reason: str) -> Cancellation:
    """Raises RuleBroken without a reason, InvalidMove where it does not stand any more."""
    if not reason.strip():
        raise RuleBroken(_("Write why."), field="reason")
    was_delivered = passport.status == PassportStatus.DELIVERED
    PASSPORT.move(passport, "cancel")
    passport.save()
    ended = Cancellation(
        passport=passport,
        ground=ground,
        reason=reason.strip()[:300],
        report=reporting.report(actor, passport, REPORTS[ground]),
        cancelled_at=timezone.now(),
        cancelled_by_id=actor.user_id,
        cancelled_by_name=actor.name,
    )
    ended.save(force_insert=True)
    if not was_delivered:
        _cancel_application(actor, passport)
    note(passport=passport.number, ground=str(ground))
    return ended


@action("passports.withdraw_cancellation", policies=(at_its_office, not_own_cancellation))
def withdraw_cancellation(actor: Actor, target: Cancellation, *, reason: str) -> Cancellation:
    """Withdrew a report of loss or theft that was false, as another person: it counts again

    Raises:
        RuleBroken: no reason, or a ground that is for good.
        InvalidMove: it was withdrawn, a newer document stands in its place, or it was never given
            out.
    """
    if not reason.strip():
        raise RuleBroken(_("Write why."), field="reason")
    if target.ground not in TAKEN_BACK:
        raise RuleBroken(FOR_GOOD)
    if target.withdrawn_at is not None:
        raise InvalidMove(GONE)
    passport = Passport.objects.select_for_update().get(pk=target.passport_id)
    _refuse_unless_alone(passport)
    PASSPORT.move(passport, "restore")
    if target.report is not None:
        reporting.withdraw(actor, target.report, reason=reason.strip()[:200])
    target.withdrawn_at = timezone.now()
    target.withdrawn_by_id, target.withdrawn_by_name = actor.person_id, actor.name
    target.withdrawal_reason = reason.strip()[:200]
    target.save()
    passport.save()
    note(passport=passport.number)
    return target


def _refuse_unless_alone(passport: Passport) -> None:
    if not hasattr(passport, "delivery"):
        raise InvalidMove(_("This document was never given out."))
    if not passport.second and queries.others_of_kind(passport).filter(second=False).exists():
        raise InvalidMove(_("The holder has a newer one. This one stays cancelled."))


def _cancel_application(actor: Actor, passport: Passport) -> None:
    application = Application.objects.select_for_update().get(pk=passport.application_id)
    if application.status == Status.MADE:
        move(actor, application, "cancel", note=passport.number)
