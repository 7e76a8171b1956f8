"""Who may make, check, deliver and cancel? A reason why not, or None."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from safar.control.offices.queries import works_at
from safar.control.passports.choices.making import JobStatus
from safar.control.passports.models.applications import Application
from safar.control.passports.models.making import PersonalisationJob
from safar.control.passports.models.passports import Cancellation, Passport
from safar.core.permissions import Actor

NOT_HERS = _("This belongs to another office.")
OWN_WORK = _("You personalised this document. Another person checks it.")
OWN_CASE = _("You typed or decided this application. Others make the document and read it back.")
OWN_DECISION = _("You decided on this application. Another person gives the document out.")
OTHERS_WORK = _("Another operator took this, and works at it.")
HANDED_ON = _("This was handed to the quality control. Page and chip are given out no more.")
OWN_REPORT = _("You cancelled this document. Another person withdraws it.")


def at_its_office(
    actor: Actor, target: Application | PersonalisationJob | Passport | Cancellation
) -> Any:
    """Only where she works; headquarters everywhere."""
    held = target.passport if isinstance(target, Cancellation) else target
    return None if works_at(actor, held.office_id) else NOT_HERS


def not_who_asked(actor: Actor, target: Application | PersonalisationJob) -> Any:
    """Who typed or decided an application neither makes nor reads back: the database refuses it."""
    asked = target.application if isinstance(target, PersonalisationJob) else target
    if actor.user_id is None:
        return None
    return OWN_CASE if actor.user_id in (asked.entered_by_id, asked.decided_by_id) else None


def not_who_decided(actor: Actor, target: Passport) -> Any:
    """Who decided does not hand the document over: the database refuses it."""
    decided = target.application.decided_by_id
    return OWN_DECISION if actor.user_id is not None and actor.user_id == decided else None


def own_work(actor: Actor, target: PersonalisationJob) -> Any:
    """Whoever took a job prints it."""
    return None if target.taken_by_id == actor.user_id else OTHERS_WORK


def at_work(actor: Actor, target: PersonalisationJob) -> Any:
    """Page and chip are for whoever took the job, as long as he works at it."""
    if why_not := own_work(actor, target):
        return why_not
    return None if target.status == JobStatus.TAKEN else HANDED_ON


def not_own_work(actor: Actor, target: PersonalisationJob) -> Any:
    """Whoever personalised does not do the quality control; nor does a command."""
    if actor.user_id is None or target.taken_by_id == actor.user_id:
        return OWN_WORK
    return None


def not_own_cancellation(actor: Actor, target: Cancellation) -> Any:
    """Whoever cancelled does not withdraw it."""
    if actor.user_id is None or target.cancelled_by_id == actor.user_id:
        return OWN_REPORT
    return None
