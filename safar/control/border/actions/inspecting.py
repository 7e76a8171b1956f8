"""Reading a document: the inspection goes on record with what was found and proposed."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from safar.control.border import rules
from safar.control.border.choices import Source
from safar.control.border.models import Inspection, SignOn
from safar.control.border.policies import own_booth
from safar.control.border.queries.facts import Shown, gather
from safar.control.visas.rules.visa_facts import VisaSeen
from safar.core.action import action, note
from safar.core.permissions import Actor


@action("border.inspect", policies=(own_booth,))
def inspect(
    actor: Actor, target: SignOn, *, shown: Shown, as_traveller: UUID | None = None
) -> Inspection:
    """Inspected a traveller's document.

    `as_traveller`: the officer holds her to be this possible traveller.
    """
    now = timezone.now()
    facts = gather(target, shown, now, as_traveller=as_traveller)
    found = rules.findings(facts)
    until = rules.permitted_until(facts)
    inspection = Inspection(
        sign_on=target,
        post_id=target.post_id,
        lane=target.lane,
        direction=target.direction,
        officer_id=target.officer_id,
        inspected_at=now,
        source=Source.SCAN if shown.reading else Source.TYPED,
        mrz="\n".join(shown.reading.lines) if shown.reading else "",
        document=shown.document.to_json(),
        traveller_id=facts.recognition.traveller_id,
        matched=[match.entry_id for match in facts.matches if not match.cleared],
        possible=list(facts.recognition.possible),
        findings=[finding.to_json() for finding in found],
        verdict=rules.verdict(found),
        permitted_until=until,
        others=[other.to_json() for other in shown.others],
        visa=_visa(shown, facts.visa),
    )
    inspection.save(force_insert=True)
    note(verdict=inspection.verdict, findings=[f.code for f in found if f.tone != "clear"])
    return inspection


def _visa(shown: Shown, seen: VisaSeen | None) -> dict[str, Any] | None:
    """What is kept of the visa that was shown: as scanned, and what an admission would use."""
    if seen is None:
        return None
    return {
        "seal": shown.seal.hex(),
        "zone": "\n".join(shown.visa_zone),
        "number": seen.number,
        "entries": seen.entries,
        "sound": seen.sound,
        "counts": seen.counts,
    }
