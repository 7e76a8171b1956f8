"""Keeping partners, and what binds them in writing."""

from dataclasses import asdict, dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Partner, SharingAgreement
from safar.core.action import action, note, role_suffices
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@dataclass(frozen=True)
class PartnerFacts:
    """What is kept of a partner."""

    name: str
    kind: str
    country: str
    contact: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


@action("cases.add_partner", policies=(role_suffices,))
def add_partner(actor: Actor, target: PartnerFacts) -> Partner:
    """Add a partner. Nothing about a person is sent to it before an agreement is in force."""
    if Partner.objects.filter(name=target.name, country=target.country).exists():
        raise RuleBroken(_("This partner is known already."), field="name")
    return Partner.objects.create(**asdict(target))


@action("cases.change_partner", policies=(role_suffices,))
def change_partner(actor: Actor, partner: Partner, *, facts: PartnerFacts) -> Partner:
    """Change what is kept of a partner. It stays the same body: consents name it."""
    if Partner.objects.filter(name=facts.name, country=facts.country).exclude(pk=partner.pk):
        raise RuleBroken(_("Another partner is known by this name."), field="name")
    for name, value in asdict(facts).items():
        setattr(partner, name, value)
    partner.save()
    return partner


@action("cases.make_agreement", policies=(role_suffices,))
def make_agreement(
    actor: Actor,
    partner: Partner,
    *,
    kind: str,
    reference: str,
    in_force_from: date,
    in_force_until: date | None = None,
) -> SharingAgreement:
    """Record what binds a partner in writing, and how long."""
    if in_force_until and in_force_until < in_force_from:
        raise RuleBroken(_("The agreement would end before it begins."), field="in_force_until")
    return SharingAgreement.objects.create(
        partner=partner,
        kind=kind,
        reference=reference,
        in_force_from=in_force_from,
        in_force_until=in_force_until,
        recorded_by_id=actor.person_id,
    )


@action("cases.end_agreement", policies=(role_suffices,))
def end_agreement(actor: Actor, agreement: SharingAgreement, *, on: date) -> SharingAgreement:
    """End an agreement after a day: from the next on, nothing more is sent under it."""
    if on < agreement.in_force_from:
        raise RuleBroken(_("The agreement would end before it begins."), field="on")
    if agreement.in_force_until and on > agreement.in_force_until:
        raise RuleBroken(_("It ends earlier already. Record a new agreement."), field="on")
    agreement.in_force_until = on
    agreement.save()
    note(on=str(on))
    return agreement
