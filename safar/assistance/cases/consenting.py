"""Does a consent let something leave? The one place of that rule; the database says it again."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.choices.sharing import ConsentKind, DataKind
from safar.assistance.cases.models import Case, Consent, ConsentRecipient, Partner, SharingAgreement

# The request itself is ours, not known from the person: whoever gets anything gets it.
OURS = "request"
SENSITIVE = frozenset({DataKind.HEALTH, DataKind.PROTECTION})
WAITS_BEHIND = {DataKind.HEALTH: Compartment.MEDICAL, DataKind.PROTECTION: Compartment.PROTECTION}


def live(consent: Consent, recipient: Partner, purpose: str, day: date) -> bool:
    """Whether on a day the consent lets this partner learn something for this purpose."""
    return why_not_live(consent, recipient, purpose, day) is None


def why_not_live(consent: Consent, recipient: Partner, purpose: str, day: date) -> Any:
    """Why the consent is none for this partner and purpose on a day; None where it is one."""
    if consent.withdrawn_at is not None:
        return _("The consent is withdrawn. Nothing more is sent on it.")
    if not consent.obtained_on <= day <= consent.expires_on:
        return _("The consent is not in force on this day. Ask the person again.")
    if consent.purpose != purpose:
        return _("The consent was given for another purpose. Ask the person about this one.")
    if named(consent, recipient) is None:
        return _("The consent does not name this partner. Ask the person about it.")
    return None


def why_not_sent(
    consent: Consent, recipient: Partner, purpose: str, fields: Iterable[str], day: date
) -> Any:
    """Why these fields may not be sent to this partner on a day; None where they may."""
    if (reason := why_not_live(consent, recipient, purpose, day)) is not None:
        return reason
    found = named(consent, recipient)
    asked = {field.partition(".")[0] for field in fields} - {OURS}
    if found is None or not asked <= set(found.may_know):
        return _("The consent does not cover everything that would leave. Leave that out.")
    if consent.kind == ConsentKind.IMPLICIT and asked & SENSITIVE:
        return _("Health, and what happened to a person, leave on what she said or signed only.")
    if not in_force(recipient, day):
        return _("No agreement with this partner is in force. Nothing about a person is sent.")
    return None


def named(consent: Consent, recipient: Partner) -> ConsentRecipient | None:
    """What the consent says of this partner, if it names it. Reads what was fetched before."""
    mine = (one for one in consent.recipients.all() if one.partner_id == recipient.pk)
    return next(mine, None)


def in_force(partner: Partner, day: date) -> bool:
    """Whether an agreement with the partner is in force on a day."""
    return SharingAgreement.objects.filter(on(day), partner=partner).exists()


def on(day: date) -> Q:
    """Agreements in force on a day."""
    return Q(in_force_from__lte=day) & (Q(in_force_until=None) | Q(in_force_until__gte=day))


def compartment_of(case: Case, kinds: Iterable[str]) -> str:
    """Behind which wall a consent to these kinds stands; empty where it is the case's own.

    Raises:
        ValueError: the kinds stand behind two walls; they are asked about in two consents.
    """
    walls = {WAITS_BEHIND[kind] for kind in map(DataKind, kinds) if kind in WAITS_BEHIND}
    if case.compartment == Compartment.RESTRICTED:  # stricter than the protection file
        walls.discard(Compartment.PROTECTION)
    walls.discard(Compartment(case.compartment))
    if len(walls) > 1:
        raise ValueError("Two compartments in one consent.")
    return str(next(iter(walls), ""))
