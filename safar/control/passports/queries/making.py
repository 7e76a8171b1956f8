"""Reads of the making: what waits, one job, one document, what its chip should hold."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from safar.control.documents.models import ReportedDocument
from safar.control.offices.queries import at_own
from safar.control.passports.choices.applications import Status
from safar.control.passports.choices.making import ACTIVE_JOBS, JobStatus, PassportStatus
from safar.control.passports.models.applications import Application
from safar.control.passports.models.making import PersonalisationJob
from safar.control.passports.models.passports import Cancellation, Passport
from safar.control.passports.queries.applications import portrait
from safar.core import audit, node
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor
from safar.core.record import get_visible

MOST_SHOWN = 200
NO_PHOTO = _("This application has no photo of the face.")


def waiting(office: str | None = None) -> QuerySet[Application]:
    """Approved applications that nobody makes yet, the oldest first; of one office if named."""
    taken = PersonalisationJob.objects.filter(application=OuterRef("pk"), status__in=ACTIVE_JOBS)
    rows = Application.objects.filter(~Exists(taken), status=Status.APPROVED)
    rows = rows.filter(office_id=office) if office else rows
    return rows.order_by("decided_at", "pk")


def waiting_for(actor: Actor) -> QuerySet[Application]:
    """Those that wait at her offices. Who may make need not read applications."""
    rows = waiting() if actor.nationwide else waiting().filter(at_own(actor))
    return rows.select_related("office")[:MOST_SHOWN]


def jobs(actor: Actor, *statuses: JobStatus) -> QuerySet[PersonalisationJob]:
    """The jobs in her sight that stand so, the oldest first."""
    rows = PersonalisationJob.objects.visible_to(actor).filter(status__in=statuses)
    return rows.select_related("application", "passport", "office")[:MOST_SHOWN]


def to_deliver(actor: Actor) -> QuerySet[Passport]:
    """The documents that lie ready at her offices."""
    rows = Passport.objects.visible_to(actor).filter(status=PassportStatus.MADE)
    return rows.select_related("application", "office").order_by("made_at")[:MOST_SHOWN]


def found(actor: Actor, words: str) -> QuerySet[Passport]:
    """Documents in her sight by their own number, or by the number of their application."""
    sign = "".join(words.upper().split())
    rows = Passport.objects.visible_to(actor).filter(
        Q(number=sign.replace("-", "")) | Q(application__number=sign)
    )
    return rows.select_related("application", "office")[:20]


def job(actor: Actor, key: UUID) -> PersonalisationJob:
    """Return one in her sight, or raise NotFound."""
    rows = PersonalisationJob.objects.select_related("application", "passport", "office")
    return get_visible(rows, actor, key)


def open_job(actor: Actor, key: UUID, *, purpose: str = "page") -> PersonalisationJob:
    """Return a job to be read, after the opening of its document is on record."""
    read = job(actor, key)
    audit.opened(actor, "passports.read_jobs", f"Passport:{read.passport_id}", purpose=purpose)
    return read


def passport(actor: Actor, key: UUID) -> Passport:
    """Return one in her sight, or raise NotFound."""
    return get_visible(Passport.objects.select_related("application", "office"), actor, key)


def open_passport(actor: Actor, key: UUID, *, purpose: str = "page") -> Passport:
    """Return a document to be read, after its opening is on record."""
    read = passport(actor, key)
    audit.opened(actor, "passports.read_issued", f"Passport:{read.pk}", purpose=purpose)
    return read


def cancellation(actor: Actor, key: UUID) -> Cancellation:
    """Return one in her sight, or raise NotFound."""
    return get_visible(Cancellation.objects.select_related("passport"), actor, key)


def standing_cancellation(passport: Passport) -> Cancellation | None:
    """The one that holds now."""
    return passport.cancellations.filter(withdrawn_at=None).first()


def is_reported(passport: Passport) -> bool:
    """Whether any report on a document stands: lost, stolen or void."""
    return ReportedDocument.objects.filter(
        issuer=node.country(), number=passport.number, withdrawn_at=None
    ).exists()


def photo_of(application: Application) -> bytes:
    """The portrait that was handed in last and not set aside.

    Raises:
        RuleBroken: there is none.
    """
    held = portrait(application)
    if held is None:
        raise RuleBroken(NO_PHOTO)
    return bytes(held.content)


def others_held(passport: Passport) -> QuerySet[Passport]:
    """The holder's other documents that she was given and that were not cancelled."""
    rows = Passport.objects.filter(holder_id=passport.holder_id, status=PassportStatus.DELIVERED)
    return rows.exclude(pk=passport.pk)


def others_of_kind(passport: Passport) -> QuerySet[Passport]:
    """Those of this kind."""
    return others_held(passport).filter(kind=passport.kind)


def history(passport: Passport) -> list[dict[str, Any]]:
    """What happened to a document, the newest first: code, moment, name, and a note."""
    made = passport.job
    lines = [_line("taken", made.taken_at, made.taken_by_name)]
    lines += [
        _line("passed" if one.passed else "stopped", one.checked_at, one.checked_by_name)
        for one in made.checks.all()
    ]
    if made.failed_at:
        lines.append(_line("failed", made.failed_at, made.failed_by_name, made.failure))
    if delivery := getattr(passport, "delivery", None):
        lines.append(_line("delivered", delivery.delivered_at, delivery.delivered_by_name))
    for ended in passport.cancellations.all():
        note = f"{ended.get_ground_display()}: {ended.reason}"
        lines.append(_line("cancelled", ended.cancelled_at, ended.cancelled_by_name, note))
        if ended.withdrawn_at:
            why = ended.withdrawal_reason
            lines.append(_line("restored", ended.withdrawn_at, ended.withdrawn_by_name, why))
    return sorted(lines, key=lambda line: line["at"], reverse=True)


def _line(code: str, at: Any, by: str, note: str = "") -> dict[str, Any]:
    return {"code": code, "at": at, "by": by, "note": note}
