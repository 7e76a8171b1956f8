"""The lists are asked for an applicant, and a likeness is judged."""

from typing import Any, Final, TypeVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.applications.choices import ListOutcome
from safar.control.applications.models import ApplicationBase, ListMatchBase, ListScreeningBase
from safar.control.applications.queries import unknown_to
from safar.control.watchlist import queries as lists
from safar.core.action import note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

Screening = TypeVar("Screening", bound=ListScreeningBase)
Match = TypeVar("Match", bound=ListMatchBase)

LISTS_MOVED: Final = _("The lists have changed since they were asked. Ask them again.")


def ask_lists(
    actor: Actor,
    application: ApplicationBase,
    person: lists.Person,
    model: type[Screening],
    before: QuerySet[Match],
) -> Screening:
    """Ask the lists for the applicant. `before`: the likenesses of this application so far.

    What was judged of the same entry, unchanged since, for the same person, holds on.
    """
    found, mark = lists.screen(person), lists.traveller_mark(person)
    screening = model(
        application=application,
        mark=mark,
        found=len(found),
        at=timezone.now(),
        by_id=actor.person_id,
        by_name=actor.name,
    )
    screening.save()
    judged = before.exclude(outcome="").filter(screening__mark=mark).order_by("-judged_at")
    for one in found:
        same = judged.filter(entry=one.entry_id, entry_version=one.entry_version)
        _kept(before.model, screening, one, same.first()).save()
    note(found=len(found))
    return screening


def _kept(
    model: type[Match], screening: ListScreeningBase, found: lists.Match, before: Match | None
) -> Match:
    row = model(screening=screening, application=screening.application)
    _write(row, found)
    if before:
        row.outcome, row.reason, row.judged_at = before.outcome, before.reason, before.judged_at
        row.judged_by_id, row.judged_by_name = before.judged_by_id, before.judged_by_name
    return row


def _write(row: ListMatchBase, found: lists.Match) -> None:
    row.entry_id, row.entry_version = found.entry_id, found.entry_version
    row.score, row.reasons = found.score, [reason.as_json() for reason in found.reasons]
    row.discreet = not lists.for_first_line(found).shown


def ask_once_more(screening: Any, person: lists.Person, model: type[Match]) -> None:
    """Ask the lists at the decision, after that screening.

    An entry of which a desk is shown nothing stops nothing, or "ask again" would tell of it: it is
    kept for those who may know.

    Raises:
        RuleBroken: the lists say more of the applicant than when they were asked.
    """
    news = unknown_to(screening, person)
    if any(lists.for_first_line(one).shown for one in news):
        raise RuleBroken(LISTS_MOVED)
    for one in news:
        row = screening.matches.filter(entry=one.entry_id).first()
        if row and not row.discreet:
            continue  # it was shown and judged before its owner made it discreet
        row = row or model(screening=screening, application=screening.application)
        _write(row, one)
        row.outcome, row.reason, row.judged_by_name = "", "", ""
        row.judged_at = row.judged_by = None
        row.save()


def judge_listed(actor: Actor, match: Match, *, outcome: str, reason: str) -> Match:
    """Judge whether an applicant is the person of a list entry.

    Raises:
        RuleBroken: no reason.
    """
    if not reason.strip():
        raise RuleBroken(_("Write what decided it."), field="reason")
    match.outcome, match.reason = ListOutcome(outcome), reason.strip()
    match.judged_at = timezone.now()
    match.judged_by_id, match.judged_by_name = actor.person_id, actor.name
    match.save()
    note(outcome=outcome, entry=str(match.entry_id))
    return match
