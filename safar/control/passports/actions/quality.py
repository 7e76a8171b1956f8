"""Writes: another than the operator reads a finished document back, and lets it pass or not."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.documents.queries import HeldStates
from safar.control.passports.actions.moves import move
from safar.control.passports.choices.making import JobStatus
from safar.control.passports.models.applications import Application
from safar.control.passports.models.making import PersonalisationJob, QualityCheck
from safar.control.passports.models.passports import Passport
from safar.control.passports.policies.making import at_its_office, not_own_work, not_who_asked
from safar.control.passports.rules.comparing import Mismatch, compare_chip, compare_zone
from safar.control.passports.workflow.making import JOB, PASSPORT
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.core.workflow import NOT_NOW

LOOK = _("Look at picture and print first, and say that you did.")


@action("passports.check_quality", policies=(at_its_office, not_own_work, not_who_asked))
def check_quality(
    actor: Actor,
    target: PersonalisationJob,
    *,
    zone: str,
    files: Mapping[str, bytes],
    looked: bool,
) -> QualityCheck:
    """Read a finished document back: it passes if zone and chip are what they should be

    Args:
        zone: the printed machine zone as a reader or a person gave it.
        files: the chip's files as a reader gave them, by name.
        looked: picture and print were looked at, and are those shown.

    Raises:
        RuleBroken: nobody looked at it.
    """
    if target.status != JobStatus.PRINTED:
        raise InvalidMove(NOT_NOW)
    if not looked:
        raise RuleBroken(LOOK, field="looked")
    passport = Passport.objects.select_for_update().get(pk=target.passport_id)
    wrong = _mismatches(passport, zone, files)
    check = QualityCheck(
        job=target,
        passed=not wrong,
        mismatches=[{"code": one.code, "params": one.params} for one in wrong],
        checked_at=timezone.now(),
        checked_by_id=actor.person_id,
        checked_by_name=actor.name,
    )
    check.save(force_insert=True)
    note(passport=passport.number, mismatches=len(wrong))
    if not wrong:
        _pass(actor, target, passport, check)
    return check


def _mismatches(passport: Passport, zone: str, files: Mapping[str, bytes]) -> list[Mismatch]:
    today = timezone.localdate()
    return compare_zone(passport.lines, zone, today=today) + compare_chip(
        passport.chip.files,
        files,
        HeldStates(),
        zone=passport.lines,
        issued=passport.issued_on,
        today=today,
    )


def _pass(actor: Actor, job: PersonalisationJob, passport: Passport, check: QualityCheck) -> None:
    JOB.move(job, "pass")
    job.checked_at, job.checked_by_id = check.checked_at, check.checked_by_id
    job.checked_by_name = check.checked_by_name
    job.save()
    PASSPORT.move(passport, "finish")
    passport.made_at = check.checked_at
    passport.save()
    application = Application.objects.select_for_update().get(pk=job.application_id)
    move(actor, application, "make", note=passport.number)
