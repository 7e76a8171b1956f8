"""Writes: the decision, by an officer who neither typed nor checked the application."""

from collections.abc import Sequence

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.two_people import by_a_person
from safar.control.applications import actions as applications
from safar.control.passports import queries
from safar.control.passports.actions.moves import move
from safar.control.passports.choices.applications import Ground
from safar.control.passports.choices.making import ACTIVE_JOBS
from safar.control.passports.models import Application, Holder, ListMatch
from safar.control.passports.policies.applications import (
    decided_where_it_belongs,
    in_sight,
    not_checker,
    not_who_approved,
)
from safar.control.passports.queries import identity, listed
from safar.control.passports.queries.people import listed_person
from safar.control.passports.wording import applications as wording
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor

IN_HAND = _("The document is being made. It is cancelled when it is there.")
NEWLY_FOUND = _("Somebody like her has come to the register since. Ask the register again.")


@action(
    "passports.approve", policies=(in_sight, by_a_person, decided_where_it_belongs, not_checker)
)
def approve(actor: Actor, application: Application, *, reason: str) -> Application:
    """Approved an application

    The register and the lists are asked once more, now.

    Raises:
        RuleBroken: something is missing or not judged, somebody like her came to the register
            since, she holds one already, or no reason is given.
    """
    with connection.cursor() as cursor:  # two of one person: the second sees whom the first made
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('passports approve'))")
    if still := queries.still_to_approve(application, whole=True):
        raise RuleBroken(_("Still to be done: %s") % wording.listed(still))
    if not reason.strip():
        raise RuleBroken(_("Write the reason."), field="reason")
    if identity.newly_found(application):
        raise RuleBroken(NEWLY_FOUND)
    screening = listed.last_screening(application)
    applications.ask_once_more(screening, listed_person(application), ListMatch)
    application.holder = _holder(application)
    _decided(actor, application, reason)
    return move(actor, application, "approve", note=reason.strip())


@action("passports.refuse", policies=(in_sight, by_a_person, not_checker))
def refuse(
    actor: Actor, application: Application, *, grounds: Sequence[str], reason: str
) -> Application:
    """Refused an application, on grounds that the letter names

    Raises:
        RuleBroken: no ground, or no words to it.
    """
    if not grounds:
        raise RuleBroken(_("Choose one ground at least."), field="grounds")
    if not reason.strip():
        raise RuleBroken(_("Write why, in words for the applicant."), field="reason")
    application.grounds = [Ground(one).value for one in grounds]
    _decided(actor, application, reason)
    note(grounds=application.grounds)
    return move(actor, application, "refuse")


@action("passports.revoke", policies=(in_sight, by_a_person, not_who_approved))
def revoke(actor: Actor, application: Application, *, reason: str) -> Application:
    """Stopped an approved application before a document was made of it, as another person

    Raises:
        RuleBroken: no reason is given.
        InvalidMove: an operator has it in hand: the document is cancelled instead.
    """
    if not reason.strip():
        raise RuleBroken(_("Write the reason."), field="reason")
    if application.jobs.filter(status__in=ACTIVE_JOBS).exists():
        raise InvalidMove(IN_HAND)
    return move(actor, application, "revoke", note=reason.strip())


def _decided(actor: Actor, application: Application, reason: str) -> None:
    application.decided_at = timezone.now()
    application.decided_by_id, application.decided_by_name = actor.person_id, actor.name
    application.decision_reason = reason.strip()


def _holder(application: Application) -> Holder:
    """Who she was found to be, under lock: two of one kind are approved one after the other."""
    found = queries.holder_of(application)
    if found:
        return Holder.objects.select_for_update().get(pk=found.pk)
    new = Holder(added_at=timezone.now())
    new.save()
    return new
