"""Who may know what of a case, what left, and what is due about it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.assistance.cases import consenting, keys
from safar.assistance.cases.choices.sharing import DataKind, NoticeStatus, ReferralStatus
from safar.assistance.cases.due import Due, Happened
from safar.assistance.cases.models import (
    Case,
    Consent,
    ConsentRecipient,
    Disclosure,
    IncomingReferral,
    Partner,
    Referral,
    ReferralMove,
    SharingAgreement,
    WithdrawalNotice,
)
from safar.assistance.cases.shared_fields import label_of
from safar.core.permissions import Actor

UNSENT = timedelta(days=2)  # a draft is not left lying longer
SOON = timedelta(days=14)  # consents that end within this time are asked for anew
WAITING = (ReferralStatus.SENT, ReferralStatus.RECEIVED)
RUNNING = (*WAITING, ReferralStatus.ACCEPTED, ReferralStatus.IN_SERVICE)


@dataclass
class MayKnow:
    """A partner, the kinds of data that it may learn today, and from how many of the case."""

    partner: Partner
    kinds: set[str] = field(default_factory=set)
    people: set[object] = field(default_factory=set)
    until: date | None = None
    is_bound: bool = False  # an agreement is in force

    @property
    def words(self) -> str:
        return "; ".join(str(kind.label) for kind in DataKind if kind in self.kinds)


def part(actor: Actor, case: Case) -> dict[str, object]:
    """The panel *Who may know what* on the page of a case."""
    today = timezone.localdate()
    return {
        "case": case,
        "may_know": may_know(actor, case, today),
        "of_people": case.members.filter(left_on=None).count(),
        "untold": notices(actor).filter(consent__case=case).count(),
    }


def may_know(actor: Actor, case: Case, day: date) -> list[MayKnow]:
    """Partners whom a live consent of this case names on a day, by name."""
    named = (
        ConsentRecipient.objects.visible_to(actor)
        .filter(_live(day, "consent__"), consent__case=case)
        .select_related("consent", "partner")
    )
    found: dict[object, MayKnow] = {}
    for one in named:
        row = found.setdefault(one.partner_id, MayKnow(one.partner))
        row.kinds |= set(one.may_know)
        row.people.add(one.consent.person_id)
        row.until = min(row.until or date.max, one.consent.expires_on)
    bound = set(
        Partner.objects.filter(pk__in=found, agreements__in=_in_force(day)).values_list(
            "pk", flat=True
        )
    )
    for key, row in found.items():
        row.is_bound = key in bound
    return sorted(found.values(), key=lambda row: row.partner.name)


def consents(actor: Actor, case: Case) -> QuerySet[Consent]:
    """Every consent of a case that she may see, the latest first."""
    found = Consent.objects.visible_to(actor).filter(case=case)
    return found.select_related("case", "person", "withdrawn_by").prefetch_related(
        "recipients__partner", "person__names"
    )


def disclosures(actor: Actor, case: Case) -> QuerySet[Disclosure]:
    """What left about a case, the latest first."""
    found = Disclosure.objects.visible_to(actor).filter(case=case).defer("snapshot")
    return found.select_related("recipient", "consent", "sent_by")


def shown(found: Iterable[Disclosure]) -> list[tuple[Disclosure, list[str]]]:
    """Each with the names of its fields, in the language of the page."""
    return [(one, [label_of(code) for code in one.fields]) for one in found]


def notices(actor: Actor) -> QuerySet[WithdrawalNotice]:
    """Withdrawals of which a partner has not yet said that it knows."""
    found = WithdrawalNotice.objects.visible_to(actor).exclude(status=NoticeStatus.ACKNOWLEDGED)
    return found.select_related("recipient", "consent__case")


def sent_content(disclosure: Disclosure) -> list[tuple[str, str]] | None:
    """What was sent, as code and words; None where the case was erased."""
    cipher = keys.existing(disclosure.case)
    if cipher is None:
        return None
    words = json.loads(cipher.open(disclosure, disclosure.snapshot))
    return [(str(code), str(value)) for code, value in words]


def in_words(content: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same with the names of the fields in the language of the page."""
    return [(label_of(code), value) for code, value in content]


def happened(actor: Actor, case: Case) -> list[Happened]:
    """Consents given and taken back, what left, and how referrals went on."""
    return [
        *_consented(consents(actor, case)),
        *_left(disclosures(actor, case)),
        *_moved(actor, case),
        *_came(actor, case),
    ]


def due(actor: Actor, today: date) -> list[Due]:
    """What a worker has to do about the sharing of her own cases."""
    hers = Q(case__lead=actor.user_id, case__closed_on=None)
    referrals = Referral.objects.visible_to(actor).filter(hers).select_related("case", "partner")
    told = notices(actor).filter(consent__case__lead=actor.user_id)
    return [
        *(_notice_due(one) for one in told),
        *(_referral_due(one) for one in referrals.filter(status=ReferralStatus.DRAFT)),
        *(_referral_due(one) for one in referrals.filter(status__in=WAITING)),
        *_ending(actor, today),
    ]


def _notice_due(notice: WithdrawalNotice) -> Due:
    asked = notice.status == NoticeStatus.SENT
    return Due(
        case=notice.consent.case,
        title=_("Tell {partner} that the consent is withdrawn").format(partner=notice.recipient),
        url=reverse("cases:consent", args=[notice.consent_id]),
        due_on=notice.due_at.date(),
        about=_("told, not yet confirmed") if asked else _("at once"),
        waits_for=notice.recipient.name if asked else "",
    )


def _referral_due(referral: Referral) -> Due:
    draft = referral.status == ReferralStatus.DRAFT
    partner = referral.partner.name
    return Due(
        case=referral.case,
        title=_("Send the referral to {partner}").format(partner=partner)
        if draft
        else _("Answer of {partner} to the referral").format(partner=partner),
        url=reverse("cases:referral", args=[referral.pk]),
        due_on=timezone.localdate(referral.drafted_at) + UNSENT if draft else referral.due_on,
        about=referral.asks,
        waits_for="" if draft else partner,
    )


def _ending(actor: Actor, today: date) -> list[Due]:
    """Consents on which a referral still runs, and that end soon."""
    ending = Consent.objects.visible_to(actor).filter(
        _live(today), expires_on__lte=today + SOON, case__lead=actor.user_id
    )
    return [
        Due(
            case=consent.case,
            title=_("Ask again for the consent: {purpose}").format(
                purpose=consent.get_purpose_display()
            ),
            url=reverse("cases:consent", args=[consent.pk]),
            due_on=consent.expires_on,
            stops=_("nothing is sent on it afterwards"),
        )
        for consent in ending.filter(referrals__status__in=RUNNING)
        .select_related("case")
        .distinct()
    ]


def _consented(given: Iterable[Consent]) -> list[Happened]:
    found = []
    for consent in given:
        names = ", ".join(str(one.partner) for one in consent.recipients.all())
        url = reverse("cases:consent", args=[consent.pk])
        purpose = consent.get_purpose_display()
        title = _("Consent given: {purpose}").format(purpose=purpose)
        found.append(Happened(consent.recorded_at, title, names, url=url))
        if consent.withdrawn_at and consent.withdrawn_by:
            title = _("Consent withdrawn: {purpose}").format(purpose=purpose)
            by = consent.withdrawn_by.full_name
            found.append(Happened(consent.withdrawn_at, title, names, by, url))
    return found


def _left(disclosed: Iterable[Disclosure]) -> list[Happened]:
    return [
        Happened(
            one.sent_at,
            _("Sent to {partner}").format(partner=one.recipient),
            ngettext("{n} field", "{n} fields", len(one.fields)).format(n=len(one.fields)),
            one.sent_by.full_name,
            reverse("cases:consent", args=[one.consent_id]),
        )
        for one in disclosed
    ]


def _moved(actor: Actor, case: Case) -> list[Happened]:
    moves = (
        ReferralMove.objects.visible_to(actor)
        .filter(referral__case=case)
        .exclude(move="send")  # told by what left
        .select_related("referral__partner", "moved_by")
    )
    return [
        Happened(
            one.moved_at,
            _("Referral to {partner}: {state}").format(
                partner=one.referral.partner, state=one.get_after_display().lower()
            ),
            one.words,
            one.moved_by.full_name,
            reverse("cases:referral", args=[one.referral_id]),
        )
        for one in moves
    ]


def _came(actor: Actor, case: Case) -> list[Happened]:
    """The referral to us by which the case began."""
    came = IncomingReferral.objects.visible_to(actor).filter(case=case)
    return [
        Happened(
            one.received_at,
            _("Referred to us by {partner}").format(partner=one.partner),
            one.asks,
            one.received_by.full_name,
            reverse("cases:arrival", args=[one.pk]),
        )
        for one in came.select_related("partner", "received_by")
    ]


def _live(day: date, prefix: str = "") -> Q:
    return Q(
        **{
            f"{prefix}withdrawn_at": None,
            f"{prefix}obtained_on__lte": day,
            f"{prefix}expires_on__gte": day,
        }
    )


def _in_force(day: date) -> QuerySet[SharingAgreement]:
    return SharingAgreement.objects.filter(consenting.on(day))
