"""Makers of sharing: partners under an agreement, consents, referrals, through the real actions."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from safar.accounts.models import User
from safar.assistance.cases.actions import consents, disclosing, partnering, receiving, referring
from safar.assistance.cases.actions.consents import ConsentTerms, Withdrawal
from safar.assistance.cases.actions.partnering import PartnerFacts
from safar.assistance.cases.actions.receiving import Arrival
from safar.assistance.cases.actions.referring import Answer, ReferralDraft
from safar.assistance.cases.choices.sharing import (
    Channel,
    ConsentPrompt,
    PartnerKind,
    SharingPurpose,
)
from safar.assistance.cases.models import (
    Case,
    Consent,
    IncomingReferral,
    Partner,
    Referral,
    SharingAgreement,
)
from tests.makers import cases as make
from tests.makers.accounts import actor, user

ALL = tuple(ConsentPrompt.values)


def officer() -> User:
    """Who keeps partners and agreements."""
    return user("7900", "programme_officer", name="Partner Keeper")


def partner(name: str = "Clinic 3", *, bound: bool = True, **facts: Any) -> Partner:
    """A partner; under an agreement in force unless said otherwise."""
    kept = PartnerFacts(name, facts.pop("kind", PartnerKind.CLINIC), "KGZ", **facts)
    made = partnering.add_partner(actor(officer()), kept)
    if bound:
        agreement(made)
    return made


def agreement(
    of: Partner, since: date | None = None, until: date | None = None
) -> SharingAgreement:
    return partnering.make_agreement(
        actor(officer()),
        of,
        kind="sharing",
        reference="Agreement 12/2026",
        in_force_from=since or today() - timedelta(days=400),
        in_force_until=until,
    )


def terms(
    case: Case,
    recipients: Mapping[Partner, Sequence[str]],
    *,
    purpose: str = SharingPurpose.SERVICE,
    **more: Any,
) -> ConsentTerms:
    """What the applicant agrees to, unless another person is named."""
    person = more.pop("person", None) or case.members.get(role="applicant").person
    more.setdefault("told", ALL)
    return ConsentTerms(person, purpose, recipients, more.pop("language", "Uzbek"), **more)


def consent(
    by: User, case: Case, *to: Partner, kinds: Sequence[str] = ("identity",), **more: Any
) -> Consent:
    """A consent that the applicant gave to partners, to these kinds of data."""
    given = terms(case, dict.fromkeys(to, kinds), **more)
    return consents.give_consent(actor(by), case, terms=given)


def withdraw(by: User, given: Consent, reason: str = "") -> Consent:
    return consents.withdraw_consent(actor(by), Withdrawal(given), reason=reason)


def draft(by: User, on: Consent, to: Partner, **more: Any) -> Referral:
    more.setdefault("asks", "A medical examination before the journey")
    more.setdefault("due_on", today() + timedelta(days=14))
    more.setdefault("shares", ["identity.name", "identity.birth"])
    return referring.draft_referral(actor(by), on, partner=to, draft=ReferralDraft(**more))


def send(by: User, referral: Referral, channel: str = Channel.EMAIL) -> Referral:
    seen = disclosing.fingerprint(referring.letter_content(referral))
    return referring.send_referral(actor(by), referral, channel=channel, seen=seen)


def answer(by: User, referral: Referral, move: str, words: str = "", **more: Any) -> Referral:
    more.setdefault("told_on", today())
    said = Answer(move, Channel.PHONE, more.pop("told_by", "Dr Osmonova"), words=words, **more)
    return referring.answer_referral(actor(by), referral, answer=said)


def arrival(by: User, of: Partner, at: str = make.BISHKEK, **more: Any) -> IncomingReferral:
    """A referral that a partner sent to us."""
    more.setdefault("name", "Rahmatov Ikrom")
    more.setdefault("asks", "Help to return home")
    wanted = Arrival(
        of,
        make.office(at),
        make.TRIAL.code,
        due_on=today() + timedelta(days=7),
        arrived_on=today(),
        **more,
    )
    return receiving.receive_referral(actor(by), wanted)


def today() -> date:
    return timezone.localdate()
