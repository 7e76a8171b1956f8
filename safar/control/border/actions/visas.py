"""Writes about the visa that was shown: looked at in second line, used with the crossing."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import Direction, Line
from safar.control.border.models import Crossing, Decision, Referral, VisaLook
from safar.control.border.policies import referral_at_own_post
from safar.control.border.queries.visa_shown import (
    last_shown,
    shown_to_use,
    visa_seen,
    visa_until,
)
from safar.control.border.rules.findings import Finding
from safar.control.visas.actions.using import use_visa
from safar.control.visas.rules.visa_facts import VisaSeen
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor
from safar.reference import queries as reference


@action("border.look_at_visa", policies=(referral_at_own_post,))
def look_at_visa(
    actor: Actor,
    target: Referral,
    *,
    seal: bytes = b"",
    zone: tuple[str, ...] = (),
    is_another: bool = False,
) -> VisaLook:
    """Looked at the visa of a traveller in second line, as a booth does

    `seal`: as scanned, or as read from a photo; `zone`: the printed lines, where they alone were
    read. What was read before counts beside it, the seal of one with the zone of the other, unless
    this `is_another` visa than that one.

    Raises:
        RuleBroken: neither came.
    """
    inspection, now = target.inspection, timezone.now()
    if not seal and not zone:
        raise RuleBroken(_("Scan the code on the visa, or take a photo of it."), field="scan")
    before = {} if is_another else last_shown(inspection) or {}
    seal = seal or bytes.fromhex(before.get("seal", ""))
    zone = zone or tuple(before.get("zone", "").split())
    seen = visa_seen(inspection, seal=seal, zone=zone, now=now)
    found = [Finding(code, params).to_json() for code, params in seen.found]
    look = VisaLook(
        inspection=inspection,
        looked_at=now,
        looked_by_id=actor.person_id,
        visa=_kept(seen, seal, zone),
        findings=found,
    )
    look.save(force_insert=True)
    note(inspection=str(inspection.pk), findings=[row["code"] for row in found])
    return look


def _kept(seen: VisaSeen, seal: bytes, zone: tuple[str, ...]) -> dict[str, Any]:
    """As an inspection keeps it, and until when a sound visa lets her stay."""
    return {
        "seal": seal.hex(),
        "zone": "\n".join(zone),
        "number": seen.number,
        "entries": seen.entries,
        "sound": seen.sound,
        "counts": seen.counts,
        "until": seen.until.isoformat() if seen.until else "",
    }


def last_day_of(decision: Decision, typed: date | None) -> date | None:
    """Until when an admission lets her stay: by the rule or the visa, else as the officer typed.

    Of two visas by the one that is used; the days of a visa that second line has found unsound
    are nobody's.
    """
    inspection = decision.inspection
    booth = inspection.visa or {}
    if decision.line == Line.SECOND and shown_to_use(inspection) != inspection.visa:
        by_visa = visa_until(inspection)
        if by_visa or booth.get("sound"):
            return by_visa or typed
    return inspection.permitted_until or typed


def use_shown_visa(actor: Actor, decision: Decision, crossing: Crossing) -> None:
    """An entry on a sound visa counts as used in the same transaction, or nobody enters.

    So does one on a visa that the register holds and whose code nobody could read.
    """
    inspection = decision.inspection
    visa = shown_to_use(inspection, line=decision.line)
    if not visa or not visa.get("counts", visa["sound"]) or inspection.direction != Direction.ENTRY:
        return
    zone = reference.time_zone(inspection.post_id)
    use_visa(
        actor,
        None,
        number=visa["number"],
        entries=visa["entries"],
        crossing_id=crossing.pk,
        post=inspection.post_id,
        entered_on=crossing.crossed_at.astimezone(zone).date(),
    )
