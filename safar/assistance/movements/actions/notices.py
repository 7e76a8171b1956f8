"""Telling missions of a booking, version by version: on consents that hold, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.disclosing import disclose, fingerprint
from safar.assistance.cases.choices.sharing import Channel, SharingPurpose
from safar.assistance.cases.models import Consent, Disclosure, Partner, Person
from safar.assistance.cases.policies import in_sight
from safar.assistance.movements.choices import NoticeKind
from safar.assistance.movements.models import BookingNotice, MovementJourney, NoticeReceipt
from safar.assistance.movements.rules.notices import next_kind
from safar.assistance.movements.shared import Agreed, agreed, content_of
from safar.core.action import action, note
from safar.core.errors import NotAllowed, RuleBroken, Stale
from safar.core.permissions import Actor


@dataclass(frozen=True)
class Letter:
    """What a mission would be told next, of whom, and on which consent."""

    kind: str | None
    number: int
    people: list[Agreed]
    consent: Consent | None
    content: dict[str, str]

    @property
    def seen(self) -> str:
        """The fingerprint of what would leave."""
        return fingerprint(self.content)

    @property
    def without(self) -> list[Person]:
        """Who would be named and has not agreed, or has taken it back."""
        return [one.member.person for one in self.people if one.consent is None]

    @property
    def consents(self) -> list[Consent]:
        """The consents on which it could be sent, the first passenger's first."""
        return list({one.consent.pk: one.consent for one in self.people if one.consent}.values())


def letter_of(journey: MovementJourney, recipient: Partner, consent: object = "") -> Letter:
    """What this mission would be told next on a consent (its key; else the first passenger's)."""
    told = list(journey.notices.filter(recipient=recipient).order_by("number"))
    kind, number = kind_for(journey, recipient, told), len(told) + 1
    people = agreed(journey, recipient, timezone.localdate())
    if kind == NoticeKind.CANCELLED:
        # Nobody waits at an airport because one of them took her consent back: she is not named.
        people = [one for one in people if one.consent] or people
    found = [one.consent for one in people if one.consent]
    named = [one for one in found if str(one.pk) == str(consent)]
    chosen = next(iter(named or found), None)
    if kind is None or chosen is None:
        return Letter(kind, number, people, chosen, {})
    # Only what each of them agreed to: one who keeps something back keeps it back for all.
    shared = frozenset.intersection(*(_kinds(one, recipient) for one in found))
    content = content_of(journey, kind, number, people, shared)
    return Letter(kind, number, people, chosen, content)


@action("movements.send_notice", policies=(in_sight,))
def send_notice(
    actor: Actor,
    journey: MovementJourney,
    *,
    recipient: Partner,
    consent: Consent,
    channel: str,
    seen: str = "",
) -> BookingNotice:
    """Tell a mission what it does not know yet of a booking: new, changed, cancelled, departed,
    arrived; each once.

    What leaves is put on record on the consent of everybody who is named: whoever takes hers
    back, the kernel tells the mission of it.

    Args:
        seen: the fingerprint of what was shown before; empty where nobody looked.

    Raises:
        NotAllowed: somebody who would be named has not agreed, or has taken it back; or no
            agreement with the mission is in force. Then nothing is sent.
        RuleBroken: the mission knows everything, or has nothing to do with the journey.
        Stale: what would leave is not what was shown.
    """
    if consent.case_id != journey.case_id:
        raise RuleBroken(_("This consent belongs to another case."), field="consent")
    letter = letter_of(journey, recipient, consent.pk)
    if letter.kind is None:
        raise RuleBroken(_("This mission knows everything that it is to be told."))
    _require_everybody(letter.people, consent)
    if seen and seen != letter.seen:
        raise Stale(_("What would leave has changed meanwhile. Look at it again."))
    sent = disclose(
        actor,
        consent,
        about=consent.person,
        recipient=recipient,
        purpose=SharingPurpose.JOURNEY,
        content=letter.content,
        channel=Channel(channel),
    )
    _of_the_others(actor, journey, letter, sent)
    note(kind=letter.kind, number=letter.number, revision=journey.revision)
    return BookingNotice.objects.create(
        case_id=journey.case_id,
        journey=journey,
        recipient=recipient,
        kind=letter.kind,
        number=letter.number,
        revision=journey.revision,
        disclosure=sent,
    )


def kind_for(
    journey: MovementJourney, recipient: Partner, told: Sequence[BookingNotice]
) -> str | None:
    """What this mission is to be told next; None where it knows everything."""
    return next_kind(
        journey.status,
        journey.revision,
        [(one.kind, one.revision) for one in told],
        addressed=recipient.pk in (journey.receiving_id, journey.transit_id),
    )


def _require_everybody(people: Sequence[Agreed], consent: Consent) -> None:
    without = [str(one.member.person) for one in people if one.consent is None]
    if without:
        raise NotAllowed(
            gettext("Nobody is told before everybody agreed. There is no consent of %(names)s.")
            % {"names": ", ".join(without)},
            policy="consenting",
        )
    if consent.pk not in {one.consent.pk for one in people if one.consent}:
        raise NotAllowed(
            _("This consent does not hold for the mission and the journey. Nothing is sent on it."),
            policy="consenting",
        )


def _kinds(consent: Consent, recipient: Partner) -> frozenset[str]:
    rows = consent.recipients.filter(partner=recipient).values_list("may_know", flat=True)
    return frozenset(kind for kinds in rows for kind in kinds)


def _of_the_others(
    actor: Actor, journey: MovementJourney, letter: Letter, sent: Disclosure
) -> None:
    """Put what left of everybody else on record, on her own consent."""
    left = {code.partition(".")[0] for code in sent.fields}
    for consent in letter.consents:
        if consent.pk == sent.consent_id:
            continue
        hers = [one for one in letter.people if one.consent and one.consent.pk == consent.pk]
        covered = _kinds(consent, sent.recipient) & left
        disclose(
            actor,
            consent,
            about=consent.person,
            recipient=sent.recipient,
            purpose=SharingPurpose.JOURNEY,
            content=content_of(journey, str(letter.kind), letter.number, hers, covered),
            channel=sent.channel,
        )


@action("movements.acknowledge", policies=(in_sight,))
def acknowledge(
    actor: Actor, notice: BookingNotice, *, by: str, at: datetime, words: str = ""
) -> NoticeReceipt:
    """Keep a mission's word that it has read a notice."""
    if NoticeReceipt.objects.filter(notice=notice).exists():
        raise RuleBroken(_("The mission has answered this notice already."))
    if not by.strip():
        raise RuleBroken(_("Write down who answered."), field="by")
    if at > timezone.now():
        raise RuleBroken(_("This time is still to come."), field="at")
    # Times are written by the minute: a mission that answers at once answers in the same one.
    if at < notice.disclosure.sent_at.replace(second=0, microsecond=0):
        raise RuleBroken(_("The mission would have answered before it was told."), field="at")
    return NoticeReceipt.objects.create(
        case_id=notice.case_id,
        notice=notice,
        answered_at=at,
        answered_by=by.strip(),
        words=words.strip(),
        noted_by_id=actor.person_id,
    )
