"""Referring a person to a partner: drafted, sent on her consent, followed to an outcome."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import consenting
from safar.assistance.cases.actions.disclosing import disclose, fingerprint
from safar.assistance.cases.choices.sharing import LetterLanguage, ReferralStatus
from safar.assistance.cases.models import Consent, Partner, Referral, ReferralMove
from safar.assistance.cases.policies import in_sight, part_in_sight, still_open
from safar.assistance.cases.shared_fields import content_of
from safar.assistance.cases.workflow import ANSWERS, REFERRAL
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken, Stale
from safar.core.permissions import Actor

TO_BE_EXPLAINED = ("decline", "complete", "not_complete")


@dataclass(frozen=True)
class ReferralDraft:
    """What a worker writes to a partner. `shares`: codes of the fields that go with it."""

    asks: str
    due_on: date
    shares: Sequence[str] = ()
    needs: str = ""
    done_so_far: str = ""
    sensitive: str = ""
    language: str = LetterLanguage.ENGLISH


@dataclass(frozen=True)
class Answer:
    """What a partner told us: by whom, on which day, in which way, in which words."""

    move: str
    channel: str
    told_by: str
    told_on: date
    words: str = ""


def may_leave(actor: Actor, referral: Referral) -> Any:
    """The consent is live for it, names the partner, and an agreement is in force today."""
    return consenting.why_not_sent(
        referral.consent,
        referral.partner,
        referral.purpose,
        letter_content(referral),
        timezone.localdate(),
    )


def no_answer_came(actor: Actor, referral: Referral) -> Any:
    """The day of the answer is over, or nothing can be sent on the consent any more."""
    over = referral.due_on < timezone.localdate()
    if over or (referral.status == ReferralStatus.DRAFT and not referral.consent.is_good_today):
        return None
    return _("The answer is not yet overdue.")


@action("cases.draft_referral", policies=(in_sight, part_in_sight, still_open))
def draft_referral(
    actor: Actor, consent: Consent, *, partner: Partner, draft: ReferralDraft
) -> Referral:
    """Draft a referral on a consent, to a partner that it names. Nothing leaves yet."""
    today = timezone.localdate()
    why_not = consenting.why_not_live(consent, partner, consent.purpose, today)
    if why_not is not None:
        raise RuleBroken(why_not, field="partner")
    _check(draft)
    return Referral.objects.create(
        case=consent.case,
        compartment=consent.compartment,
        partner=partner,
        consent=consent,
        drafted_by_id=actor.person_id,
        **_columns(draft),
    )


@action("cases.change_referral", policies=(in_sight, part_in_sight))
def change_referral(
    actor: Actor, referral: Referral, *, version: int, draft: ReferralDraft
) -> Referral:
    """Change a draft. What was sent stays as it was sent."""
    if referral.status != ReferralStatus.DRAFT:
        raise InvalidMove(_("It was sent already, and stays as it was sent."))
    if referral.version != version:
        raise Stale(
            _("Somebody else changed this draft meanwhile. Open it again and repeat your change.")
        )
    _check(draft)
    for name, value in _columns(draft).items():
        setattr(referral, name, value)
    referral.save()
    return referral


@action("cases.send_referral", policies=(in_sight, part_in_sight, may_leave))
def send_referral(actor: Actor, referral: Referral, *, channel: str, seen: str) -> Referral:
    """Send a draft: exactly what was seen leaves, as a disclosure.

    Args:
        seen: the fingerprint of what the worker saw before she sent it.
    """
    content = letter_content(referral)
    if fingerprint(content) != seen:
        raise Stale(_("What would leave has changed since you saw it. Look at it again."))
    REFERRAL.move(referral, "send")
    referral.disclosure = disclose(
        actor,
        referral.consent,
        about=referral.consent.person,
        recipient=referral.partner,
        purpose=referral.purpose,
        content=content,
        channel=channel,
    )
    referral.save()
    _moved(actor, referral, "send", ReferralStatus.DRAFT, channel=channel)
    return referral


@action("cases.answer_referral", policies=(in_sight, part_in_sight))
def answer_referral(actor: Actor, referral: Referral, *, answer: Answer) -> Referral:
    """Record what the partner answered, on paper or by telephone too, up to the outcome."""
    if answer.move not in ANSWERS:
        raise RuleBroken(_("Choose what the partner told us."), field="move")
    if not answer.told_by.strip():
        raise RuleBroken(_("Say who told us."), field="told_by")
    if answer.move in TO_BE_EXPLAINED and not answer.words.strip():
        raise RuleBroken(_("Say in words what the partner did, or why not."), field="words")
    if answer.told_on > timezone.localdate():
        raise RuleBroken(_("This day is still to come."), field="told_on")
    before = referral.status
    REFERRAL.move(referral, answer.move)
    if referral.disclosure and answer.told_on < timezone.localdate(referral.disclosure.sent_at):
        raise RuleBroken(_("It was sent later than that."), field="told_on")
    referral.save()
    told = {name: value for name, value in asdict(answer).items() if name != "move"}
    _moved(actor, referral, answer.move, before, **told)
    return referral


@action("cases.expire_referral", policies=(in_sight, part_in_sight, no_answer_came))
def expire_referral(actor: Actor, referral: Referral, *, words: str = "") -> Referral:
    """Close a referral to which no answer came in time."""
    before = referral.status
    REFERRAL.move(referral, "expire")
    referral.save()
    _moved(actor, referral, "expire", before, words=words)
    return referral


def letter_content(referral: Referral) -> dict[str, str]:
    """What leaves with a referral, in the language of its letter."""
    with translation.override(referral.language):
        return content_of(referral)


def _check(draft: ReferralDraft) -> None:
    if not draft.asks.strip():
        raise RuleBroken(_("Say what is asked for."), field="asks")
    if draft.due_on < timezone.localdate():
        raise RuleBroken(_("This day is over."), field="due_on")


def _columns(draft: ReferralDraft) -> dict[str, Any]:
    return asdict(draft) | {"shares": list(draft.shares)}


def _moved(actor: Actor, referral: Referral, move: str, before: str, **told: Any) -> None:
    ReferralMove.objects.create(
        referral=referral,
        move=move,
        before=before,
        after=referral.status,
        moved_at=timezone.now(),
        moved_by_id=actor.person_id,
        **told,
    )
    note(move=move)
