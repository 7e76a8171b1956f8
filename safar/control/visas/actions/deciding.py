"""Writes: the decision, by an officer who neither typed nor prepared the application."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.two_people import by_a_person
from safar.control.applications import actions as applications
from safar.control.applications.choices import ListOutcome
from safar.control.visas import queries, rules
from safar.control.visas.actions.moves import move
from safar.control.visas.choices.applications import Entries, Ground
from safar.control.visas.models import Application, PermitQuota, ScreeningMatch
from safar.control.visas.policies.applications import in_sight, not_preparer
from safar.control.visas.wording import applications as wording
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

NO_PLACE = _("The places of %(year)d for this permit are taken: %(taken)d of %(places)d.")


@dataclass(frozen=True)
class Terms:
    """What is granted: entries, days of stay, from the first to the last day of validity."""

    entries: str
    days: int
    first: date
    last: date


@action("visas.grant", policies=(in_sight, by_a_person, not_preparer))
def grant(actor: Actor, application: Application, *, terms: Terms, reason: str = "") -> Application:
    """Granted a visa or permit

    Raises:
        RuleBroken: something is missing or not judged, the lists say more than when they were
            asked, the terms are wider than the kind, or the places of the year are taken.
    """
    if still := queries.still_to_decide(application):
        raise RuleBroken(_("Still to be done: %s") % wording.listed(still))
    _refuse_wide(application, terms)
    _refuse_listed(application, reason)
    _refuse_full(application, terms)
    application.granted_entries, application.granted_days = Entries(terms.entries), terms.days
    application.granted_from, application.granted_until = terms.first, terms.last
    _decided(actor, application, reason)
    return move(actor, application, "grant")


@action("visas.refuse", policies=(in_sight, by_a_person, not_preparer))
def refuse(
    actor: Actor, application: Application, *, grounds: Sequence[str], reason: str
) -> Application:
    """Refused a visa or permit, on grounds that the letter names

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


def _decided(actor: Actor, application: Application, reason: str) -> None:
    application.decided_at = timezone.now()
    application.decided_by_id, application.decided_by_name = actor.person_id, actor.name
    application.decision_reason = reason.strip()


def _refuse_wide(application: Application, terms: Terms) -> None:
    needs, expires = queries.needs(application.kind), application.document_expires_on
    assert needs is not None and expires is not None  # noqa: S101, PT018 - it was sent whole
    wide = rules.given_within(terms.entries, terms.days, terms.first, terms.last, needs, expires)
    for problem in wide:
        raise RuleBroken(wording.sentence(problem), field=problem.field)
    if terms.last < timezone.localdate():
        raise RuleBroken(_("This day is over."), field="last")


def _refuse_listed(application: Application, reason: str) -> None:
    """The lists are asked once more, now; who is on one is granted a visa with a reason alone."""
    screening = queries.last_screening(application)
    assert screening is not None  # noqa: S101 - `still_to_decide` says so
    applications.ask_once_more(screening, queries.person_of(application), ScreeningMatch)
    if screening.matches.filter(outcome=ListOutcome.SAME).exists() and not reason.strip():
        raise RuleBroken(
            _("She is the person of a list entry. Write why the visa is granted all the same."),
            field="reason",
        )


def _refuse_full(application: Application, terms: Terms) -> None:
    """The quota's row is locked until the commit: the places are given one after the other."""
    kind = application.kind
    assert kind is not None  # noqa: S101 - it was sent whole
    if not kind.is_permit:
        return
    year = terms.first.year
    PermitQuota.objects.select_for_update().filter(kind=kind, year=year).first()
    found = queries.quota(kind, terms.first)
    if not found.left:
        said = {"year": year, "taken": found.taken, "places": found.places}
        raise RuleBroken(NO_PLACE % said, code="E-532")
