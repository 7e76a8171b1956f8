"""Writes of the desk: fee, lists, interview, papers set aside, more asked for, prepared."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.visas import queries
from safar.control.visas.actions.moves import move
from safar.control.visas.choices.applications import OPEN, FeeKind, MatchOutcome, Status
from safar.control.visas.models import (
    Application,
    Fee,
    Interview,
    Paper,
    Screening,
    ScreeningMatch,
)
from safar.control.visas.policies.applications import by_a_person, in_sight
from safar.control.visas.wording import applications as wording
from safar.control.watchlist import queries as lists
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.core.workflow import NOT_NOW


@dataclass(frozen=True)
class Money:
    """What was paid, waived or given back; `receipt` or `reason` as the kind needs it."""

    kind: str
    amount: Decimal
    receipt: str = ""
    reason: str = ""


@action("visas.take_fee", policies=(in_sight, by_a_person))
def take_fee(actor: Actor, application: Application, *, money: Money) -> Fee:
    """Recorded a fee that was paid, waived or given back

    Raises:
        RuleBroken: another amount than is due, no receipt or no reason, a receipt used before.
    """
    _only_open(application, *((Status.REFUSED,) if money.kind == FeeKind.RETURNED else ()))
    receipt, reason = money.receipt.strip().upper(), money.reason.strip()
    _refuse_money(application, money, receipt, reason)
    fee = Fee(
        application=application,
        kind=FeeKind(money.kind),
        amount=money.amount,
        currency=application.currency,
        receipt="" if money.kind == FeeKind.WAIVED else receipt,
        reason=reason,
        at=timezone.now(),
        by_id=actor.person_id,
        by_name=actor.name,
    )
    fee.save()
    note(kind=money.kind)
    return fee


def _refuse_money(application: Application, money: Money, receipt: str, reason: str) -> None:
    if not 0 < money.amount <= (application.fee_due or 0):
        text = _("The fee is %(due)s %(currency)s.")
        said = {"due": application.fee_due, "currency": application.currency}
        raise RuleBroken(text % said, field="amount")
    if money.kind != FeeKind.WAIVED and not receipt:
        raise RuleBroken(_("Write the number of the receipt."), field="receipt")
    if money.kind != FeeKind.PAID and not reason:
        raise RuleBroken(_("Write the reason."), field="reason")
    if receipt and Fee.objects.filter(kind=money.kind, receipt=receipt).exists():
        raise RuleBroken(_("This receipt is recorded already."), field="receipt")


@action("visas.screen", policies=(in_sight, by_a_person))
def screen(actor: Actor, application: Application) -> Screening:
    """Asked the lists for the applicant

    What was judged of the same entry, unchanged since, for the same person, holds on.
    """
    _only_open(application)
    person = queries.person_of(application)
    found = lists.screen(person)
    mark = lists.traveller_mark(person)
    screening = Screening(
        application=application,
        mark=mark,
        found=len(found),
        at=timezone.now(),
        by_id=actor.person_id,
        by_name=actor.name,
    )
    screening.save()
    for match in found:
        _kept(screening, match, _judged_before(application, match, mark)).save()
    note(found=len(found))
    return screening


def _judged_before(
    application: Application, match: lists.Match, mark: str
) -> ScreeningMatch | None:
    rows = application.matches.exclude(outcome="").filter(screening__mark=mark)
    same = rows.filter(entry=match.entry_id, entry_version=match.entry_version)
    return same.order_by("-judged_at").first()


def _kept(
    screening: Screening, match: lists.Match, before: ScreeningMatch | None
) -> ScreeningMatch:
    row = ScreeningMatch(
        screening=screening,
        application=screening.application,
        entry_id=match.entry_id,
        entry_version=match.entry_version,
        score=match.score,
        reasons=[reason.as_json() for reason in match.reasons],
        discreet=not lists.for_first_line(match).shown,
    )
    if before:
        row.outcome, row.reason, row.judged_at = before.outcome, before.reason, before.judged_at
        row.judged_by_id, row.judged_by_name = before.judged_by_id, before.judged_by_name
    return row


@action("visas.judge_match", policies=(in_sight, by_a_person))
def judge_match(
    actor: Actor, match: ScreeningMatch, *, outcome: str, reason: str
) -> ScreeningMatch:
    """Judged whether an applicant is the person of a list entry"""
    _only_open(_locked(match))
    if not reason.strip():
        raise RuleBroken(_("Write what decided it."), field="reason")
    match.outcome, match.reason = MatchOutcome(outcome), reason.strip()
    match.judged_at = timezone.now()
    match.judged_by_id, match.judged_by_name = actor.person_id, actor.name
    match.save()
    note(outcome=outcome, entry=str(match.entry_id))
    return match


@action("visas.hold_interview", policies=(in_sight, by_a_person))
def hold_interview(
    actor: Actor, application: Application, *, held_on: date, language: str, text: str
) -> Interview:
    """Wrote down an interview with the applicant"""
    _only_open(application)
    if held_on > timezone.localdate():
        raise RuleBroken(_("This day is still to come."), field="held_on")
    return Interview.objects.create(
        application=application,
        held_on=held_on,
        language=language.strip(),
        text=text.strip(),
        at=timezone.now(),
        by_id=actor.person_id,
        by_name=actor.name,
    )


@action("visas.set_aside_paper", policies=(in_sight, by_a_person))
def set_aside_paper(actor: Actor, paper: Paper, *, reason: str) -> Paper:
    """Set a paper aside: it counts as missing"""
    _only_open(_locked(paper))
    if paper.set_aside_at:
        raise InvalidMove(NOT_NOW)
    if not reason.strip():
        raise RuleBroken(_("Write the reason."), field="reason")
    paper.set_aside_at, paper.set_aside_by_id = timezone.now(), actor.person_id
    paper.set_aside_reason = reason.strip()
    paper.save()
    note(kind=paper.kind)
    return paper


@action("visas.ask_more", policies=(in_sight, by_a_person))
def ask_more(actor: Actor, application: Application, *, what: str) -> Application:
    """Asked the applicant for more"""
    if not what.strip():
        raise RuleBroken(_("Write what she is asked for: she reads these words."), field="what")
    _unprepare(application)
    return move(actor, application, "ask_more", note=what.strip())


@action("visas.prepare", policies=(in_sight, by_a_person))
def prepare(actor: Actor, application: Application, *, word: str = "") -> Application:
    """Prepared an application for the decision of another officer

    Raises:
        RuleBroken: naming what stands before it: papers, the fee, the interview, the lists.
    """
    if still := queries.still(application):
        raise RuleBroken(_("Still to be done: %s") % wording.listed(still))
    application.prepared_at = timezone.now()
    application.prepared_by_id, application.prepared_by_name = actor.person_id, actor.name
    return move(actor, application, "prepare", note=word.strip())


@action("visas.send_back", policies=(in_sight, by_a_person))
def send_back(actor: Actor, application: Application, *, reason: str) -> Application:
    """Sent an application back to be prepared again"""
    if not reason.strip():
        raise RuleBroken(_("Write the reason."), field="reason")
    _unprepare(application)
    return move(actor, application, "send_back", note=reason.strip())


@action("visas.withdraw", policies=(in_sight,))
def withdraw(actor: Actor, application: Application, *, reason: str = "") -> Application:
    """Took note that the applicant withdrew her application"""
    if actor.user_id and not reason.strip():
        raise RuleBroken(_("Write how she told you."), field="reason")
    return move(actor, application, "withdraw", note=reason.strip())


def _unprepare(application: Application) -> None:
    application.prepared_at = application.prepared_by = None
    application.prepared_by_name = ""


def _locked(of: Paper | ScreeningMatch) -> Application:
    """Its application under a row lock: nobody decides on it meanwhile."""
    return Application.objects.select_for_update().get(pk=of.application_id)


def _only_open(application: Application, *also: str) -> None:
    if application.status not in (*OPEN, *also):
        raise InvalidMove(NOT_NOW)
