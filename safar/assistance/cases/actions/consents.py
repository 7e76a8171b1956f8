"""Giving consent, and taking it back: that reaches whatever was sent on it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import consenting
from safar.assistance.cases.choices.sharing import ConsentForm, ConsentKind, ConsentPrompt
from safar.assistance.cases.consent_form import FORM_VERSION
from safar.assistance.cases.models import (
    Case,
    Consent,
    ConsentRecipient,
    Disclosure,
    Partner,
    Person,
    Placement,
    Referral,
    ReferralMove,
    WithdrawalNotice,
)
from safar.assistance.cases.policies import in_sight, part_in_sight
from safar.assistance.cases.workflow import NOTICE, OPEN, REFERRAL
from safar.core.action import action, note
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.permissions import Actor
from safar.lib.partial_dates import PartialDate

ADULT = 18
USUALLY_GOOD_FOR = timedelta(days=365)


@dataclass(frozen=True)
class ConsentTerms:
    """What a person agreed to. `recipients`: which partner may learn which kinds of data.

    `told` are the prompts that were gone through with her; without all seven there is no
    consent, but an implicit one. `expires_on` is a year after it was given, where none is said.
    """

    person: Person
    purpose: str
    recipients: Mapping[Partner, Sequence[str]]
    language: str
    told: Sequence[str] = ()
    kind: str = ConsentKind.EXPLICIT
    given_by: str = ""  # a proxy's name
    stands_as: str = ""
    interpreter: str = ""
    form: str = ConsentForm.WRITTEN
    form_version: str = FORM_VERSION
    obtained_on: date = field(default_factory=timezone.localdate)
    expires_on: date | None = None


@dataclass(frozen=True)
class Withdrawal:
    """A consent that is about to be withdrawn. Its row is locked after those of its referrals,
    in the order in which a referral is sent: neither waits for the other for ever."""

    consent: Consent

    @property
    def case(self) -> Case:
        return self.consent.case

    @property
    def pk(self) -> object:
        return self.consent.pk


def consent_in_sight(actor: Actor, target: Withdrawal | Consent) -> None:
    """The consent is hers to see, in its own compartment."""
    consent = target.consent if isinstance(target, Withdrawal) else target
    part_in_sight(actor, consent)


@action("cases.give_consent", policies=(in_sight,))
def give_consent(actor: Actor, case: Case, *, terms: ConsentTerms) -> Consent:
    """Record what a person agreed to: for which purpose, whom it names, and how long it holds."""
    _check(case, terms)
    consent = Consent.objects.create(
        case=case,
        compartment=_compartment(actor, case, terms),
        person=terms.person,
        kind=terms.kind,
        purpose=terms.purpose,
        given_by=terms.given_by,
        stands_as=terms.stands_as,
        language=terms.language,
        interpreter=terms.interpreter,
        form=terms.form,
        form_version=terms.form_version,
        told=list(terms.told),
        obtained_on=terms.obtained_on,
        expires_on=terms.expires_on or terms.obtained_on + USUALLY_GOOD_FOR,
        recorded_by_id=actor.person_id,
    )
    ConsentRecipient.objects.bulk_create(
        ConsentRecipient(consent=consent, partner=partner, may_know=sorted(set(kinds)))
        for partner, kinds in terms.recipients.items()
    )
    note(purpose=terms.purpose, recipients=len(terms.recipients))
    return consent


def _check(case: Case, terms: ConsentTerms) -> None:
    if not case.members.filter(person=terms.person, left_on=None).exists():
        raise RuleBroken(_("This person does not belong to the case."), field="person")
    if not terms.recipients or not all(terms.recipients.values()):
        raise RuleBroken(
            _("Say who may learn something, and what: a consent to nobody is none."),
            field="recipients",
        )
    _check_who(terms)
    if terms.kind != ConsentKind.IMPLICIT and set(terms.told) != set(ConsentPrompt.values):
        raise RuleBroken(_("Go through all seven points with the person first."), field="told")
    if terms.obtained_on > timezone.localdate():
        raise RuleBroken(_("This day is still to come."), field="obtained_on")
    if terms.expires_on and terms.expires_on < terms.obtained_on:
        raise RuleBroken(_("The consent would end before it is given."), field="expires_on")


def _check_who(terms: ConsentTerms) -> None:
    by_proxy = terms.kind == ConsentKind.PROXY
    if by_proxy and not (terms.given_by.strip() and terms.stands_as):
        raise RuleBroken(_("Say who gives it for the person, and as what."), field="given_by")
    if not by_proxy and (terms.given_by or terms.stands_as):
        raise RuleBroken(
            _("Somebody else gives it: then it is given for the person, by a proxy."), field="kind"
        )
    if not by_proxy and is_child(terms.person, terms.obtained_on):
        raise RuleBroken(
            _("The person is a child. A parent or guardian gives the consent for her.")
            if terms.person.birth
            else _(
                "Nobody has written down when the person was born: write at least the year first. "
                "For a child a parent or guardian gives the consent."
            ),
            field="kind",
        )


def is_child(person: Person, day: date) -> bool:
    """Whether she is a child on a day, however the missing parts of her birth are filled in.

    Whose birth nobody knows counts as one: a year, be it estimated, is enough to know better.
    """
    if person.birth is None:
        return True
    oldest = PartialDate.of(person.birth.earliest()).age_on(day)
    return oldest is not None and oldest < ADULT


def _compartment(actor: Actor, case: Case, terms: ConsentTerms) -> str:
    kinds = {kind for each in terms.recipients.values() for kind in each}
    if terms.kind == ConsentKind.IMPLICIT and kinds & consenting.SENSITIVE:
        raise RuleBroken(
            _("Health, and what happened to a person, leave on what she said or signed only."),
            field="kind",
        )
    try:
        compartment = consenting.compartment_of(case, kinds)
    except ValueError:
        raise RuleBroken(
            _("Health and what happened to the person are asked about in two consents."),
            field="recipients",
        ) from None
    if compartment and not works_behind(actor, case, compartment):
        raise NotAllowed(_("A colleague who works in that file asks the person about this."))
    return compartment


def works_behind(actor: Actor, case: Case, compartment: str) -> bool:
    """Whether she works behind this wall, in the programme and office of the case."""
    placed = Placement.objects.filter(
        user=actor.user_id, programme=case.programme, compartments__contains=[compartment]
    )
    return any(one.office_id in (None, case.office_id) for one in placed)


@action("cases.withdraw_consent", policies=(in_sight, consent_in_sight))
def withdraw_consent(actor: Actor, target: Withdrawal, *, reason: str = "") -> Consent:
    """Withdraw a consent: referrals on it stop, and all who got something are to be told."""
    referrals = _locked(target.consent)
    consent = Consent.objects.select_for_update().get(pk=target.consent.pk)
    # What was drafted until the lock was had; nothing is from then on.
    referrals += _locked(target.consent, but={one.pk for one in referrals})
    if consent.withdrawn_at is not None:
        raise InvalidMove(_("This consent is withdrawn already."))
    now = timezone.now()
    consent.withdrawn_at, consent.withdrawn_by_id = now, actor.person_id
    consent.withdrawal_reason = reason.strip()
    consent.save()
    stopped = [referral for referral in referrals if referral.status in OPEN]
    for referral in stopped:
        _stop(actor, referral)
    got = Disclosure.objects.filter(consent=consent).values_list("recipient", flat=True)
    told = WithdrawalNotice.objects.bulk_create(
        WithdrawalNotice(consent=consent, recipient_id=partner, due_at=now) for partner in set(got)
    )
    note(referrals=len(stopped), notices=len(told))
    return consent


def _locked(consent: Consent, but: Collection[UUID] = ()) -> list[Referral]:
    rows = Referral.objects.filter(consent=consent).exclude(pk__in=but).select_related("case")
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def _stop(actor: Actor, referral: Referral) -> None:
    before = referral.status
    REFERRAL.move(referral, "withdraw")
    referral.save()
    ReferralMove.objects.create(
        referral=referral,
        move="withdraw",
        before=before,
        after=referral.status,
        moved_at=timezone.now(),
        moved_by_id=actor.person_id,
    )


@action("cases.send_notice", policies=(in_sight, part_in_sight))
def send_notice(actor: Actor, notice: WithdrawalNotice, *, channel: str) -> WithdrawalNotice:
    """Record that a partner was told of a withdrawal: our number and the day, nothing of her."""
    NOTICE.move(notice, "send")
    notice.channel, notice.sent_at, notice.sent_by_id = channel, timezone.now(), actor.person_id
    notice.save()
    return notice


@action("cases.acknowledge_notice", policies=(in_sight, part_in_sight))
def acknowledge_notice(actor: Actor, notice: WithdrawalNotice, *, told_by: str) -> WithdrawalNotice:
    """Record that the partner confirmed it, and who did."""
    if not told_by.strip():
        raise RuleBroken(_("Say who confirmed it."), field="told_by")
    NOTICE.move(notice, "acknowledge")
    notice.told_by = told_by.strip()
    notice.acknowledged_at, notice.acknowledged_by_id = timezone.now(), actor.person_id
    notice.save()
    return notice
