"""Writes: an approved application is taken, becomes a document on one blank, and is printed."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.blanks.actions import issue_blank, spoil_issued, take_blank
from safar.control.blanks.choices import BlankKind
from safar.control.offices.queries import works_at
from safar.control.passports.actions.reporting import report_void
from safar.control.passports.chips import signing
from safar.control.passports.chips import writing as chips
from safar.control.passports.choices.applications import BLANKS, PaperKind, Status
from safar.control.passports.choices.making import JobStatus, PassportStatus
from safar.control.passports.models.applications import Application
from safar.control.passports.models.making import PersonalisationJob
from safar.control.passports.models.passports import Passport
from safar.control.passports.policies.making import (
    NOT_HERS,
    at_its_office,
    not_who_asked,
    own_work,
)
from safar.control.passports.queries import making as queries
from safar.control.passports.queries.applications import runs_out_on
from safar.control.passports.queries.hindrances import NO_TERMS, UNPRINTABLE, hindrances
from safar.control.passports.rules import printing
from safar.control.passports.workflow.making import JOB, PASSPORT
from safar.core import node
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.permissions import Actor
from safar.core.workflow import NOT_NOW
from safar.lib import mrz

NOTHING_WAITS = _("Nothing waits to be made at this office.")
TAKEN = _("Another operator has taken this.")
MOST_LOOKED_AT: Final = 2_000  # of a queue, the oldest first


@action("passports.take_next", policies=(role_suffices,))
def take_next(actor: Actor, target: None, *, office: str) -> PersonalisationJob:
    """Took the oldest approved application of an office that can be made and that nobody makes yet

    What cannot be made now is passed over, and stands in the queue with its reason: no photo, no
    blank of its kind, a name that fits in no zone.

    Raises:
        RuleBroken: nothing waits, or nothing of it can be made.
        Unavailable: the key that signs chips does not answer.
    """
    if not works_at(actor, office):
        raise NotAllowed(NOT_HERS)
    waiting = list(queries.waiting(office).select_related("office")[:MOST_LOOKED_AT])
    stopped = hindrances(waiting)
    refusals = [RuleBroken(why) for why in stopped.values()]
    for one in waiting:
        if not_who_asked(actor, one) or one.pk in stopped or not (row := _locked(office, one.pk)):
            continue  # hers is for another operator
        try:
            with transaction.atomic():
                return _taken(actor, row)
        except RuleBroken as refused:
            refusals.append(refused)
    raise refusals[0] if refusals else RuleBroken(NOTHING_WAITS)


def _locked(office: str, key: UUID) -> Application | None:
    """It under a row lock, unless another operator has it or just took it."""
    rows = queries.waiting(office).filter(pk=key)
    row = rows.select_for_update(skip_locked=True, of=("self",)).first()
    # Looked at anew: it may have been taken between the reading of the row and its lock.
    return row if row and rows.exists() else None


@action("passports.take_job", policies=(at_its_office, not_who_asked))
def take_job(actor: Actor, target: Application) -> PersonalisationJob:
    """Took an approved application, and the next blank of its kind, to make the document

    The document's number, zone and signed chip stand from this moment on.

    Raises:
        RuleBroken: no blank in hand, no photo, or what it says fits in no zone; or the key's
            certificate ends before the document would.
        Unavailable: the key that signs chips does not answer.
    """
    if target.status != Status.APPROVED:
        raise InvalidMove(NOT_NOW)
    if not queries.waiting().filter(pk=target.pk).exists():
        raise InvalidMove(TAKEN)
    return _taken(actor, target)


def _taken(actor: Actor, target: Application) -> PersonalisationJob:
    now = timezone.now()
    blank = take_blank(target.office_id, BlankKind(BLANKS[PaperKind(target.kind)]))
    passport = _made(target, blank.number, now)
    issue_blank(actor, blank, became=passport.pk)
    job = PersonalisationJob(
        application=target,
        passport=passport,
        office_id=target.office_id,
        status=JobStatus.TAKEN,
        taken_at=now,
        taken_by_id=actor.person_id,
        taken_by_name=actor.name,
    )
    job.save(force_insert=True)
    note(passport=passport.number)
    return job


@action("passports.report_printed", policies=(at_its_office, own_work))
def report_printed(actor: Actor, target: PersonalisationJob) -> PersonalisationJob:
    """Noted that a document is printed and its chip written: it waits for another's control"""
    JOB.move(target, "print")
    target.printed_at = timezone.now()
    target.save()
    return target


@action("passports.fail_job", policies=(at_its_office,))
def fail_job(actor: Actor, target: PersonalisationJob, *, reason: str) -> PersonalisationJob:
    """Rejected a document: its blank is spoiled, its number void, and it is made anew on another"""
    if not reason.strip():
        raise RuleBroken(_("Write why."), field="reason")
    JOB.move(target, "fail")
    target.failed_at, target.failed_by_name = timezone.now(), actor.name
    target.failure = reason.strip()[:200]
    target.save()
    passport = Passport.objects.select_for_update().get(pk=target.passport_id)
    PASSPORT.move(passport, "spoil")
    passport.save()
    spoil_issued(actor, passport.number, reason=target.failure)
    report_void(actor, passport)
    note(passport=passport.number)
    return target


def _made(application: Application, number: str, now: datetime) -> Passport:
    """The document as it will be printed, with its chip."""
    today = timezone.localdate()
    signer, last_day = signing.signer(today), _last_day(application, today)
    signer.refuse_unless_proved_until(last_day)
    passport = Passport(
        **_said(application),
        number=number,
        issued_on=today,
        expires_on=last_day,
        status=PassportStatus.IN_MAKING,
    )
    passport.zone = "\n".join(_zone(passport))
    passport.save(force_insert=True)
    face = chips.portrait(queries.photo_of(application))
    chips.content_of(passport, face, signer, now).save(force_insert=True)
    return passport


def _said(application: Application) -> dict[str, Any]:
    """What was approved, as the document will say it."""
    names = (
        "holder_id", "kind", "office_id", "surname", "given_names", "name_written", "birth", "birth_place",
        "sex", "nationality", "personal_number",
    )  # fmt: skip
    said = {name: getattr(application, name) for name in names}
    return {"application": application, "second": bool(application.second_reason), **said}


def _last_day(application: Application, today: date) -> date:
    last = runs_out_on(application, today)
    if last is None:
        raise RuleBroken(NO_TERMS)
    return last


def _zone(passport: Passport) -> list[str]:
    holder = printing.Holder(
        surname=passport.surname,
        given_names=passport.given_names,
        birth=passport.birth,
        sex=passport.sex,
        nationality=passport.nationality,
        personal_number=passport.personal_number,
    )
    try:
        return printing.zone(
            passport.kind,
            holder,
            issuer=node.country(),
            number=passport.number,
            expires_on=passport.expires_on,
        )
    except mrz.WritingError as problem:
        raise RuleBroken(UNPRINTABLE.format(why=problem)) from None
