"""Writes: the chip of a document is judged, and what was found is kept with the inspection."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from safar.control.border.choices import ChipOutcome
from safar.control.border.models import ChipCheck, Inspection, Referral
from safar.control.border.policies import referral_at_own_post
from safar.control.border.rules.chip_beside import beside
from safar.control.documents.queries import HeldStates, overdue_list, series_of
from safar.control.documents.wording.chips import sentence
from safar.control.travellers.read_document import ReadDocument
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor
from safar.lib import chip
from safar.reference import queries as reference

PROVING = (ChipOutcome.AUTHENTIC, ChipOutcome.DOUBTFUL)


@dataclass(frozen=True)
class Checked:
    """What is kept of a chip, and the verdict with the picture, which is not."""

    check: ChipCheck
    verdict: chip.ChipVerdict


@action("border.check_chip", policies=(referral_at_own_post,))
def check_chip(actor: Actor, target: Referral, *, files: Mapping[str, bytes]) -> Checked:
    """Judged the chip of a document in second line, and saw the picture on it

    `files`: what a reader took from the chip, by name (`EF.SOD`, `DG1.bin`); judged by the state
    certificates that two people trust at this moment. The files and the picture are not kept.

    Raises:
        RuleBroken: a file is larger than any of a chip, or one came twice.
    """
    inspection, now = target.inspection, timezone.now()
    document = ReadDocument.from_json(inspection.document)
    today = now.astimezone(reference.time_zone(inspection.post_id)).date()
    try:
        verdict = chip.verify(
            files,
            HeldStates(),
            on=today,
            printed=inspection.mrz.split("\n") if inspection.mrz else None,
            issued=document.issued_on,
        )
    except chip.ChipError as error:
        raise RuleBroken(sentence(error.code, error.params), field="files") from error
    check = ChipCheck.objects.create(
        inspection=inspection,
        checked_at=now,
        checked_by_id=actor.person_id,
        outcome=verdict.outcome,
        findings=[*_findings(verdict), *_overdue(verdict, now)],
        differs=_beside(inspection, document, verdict, today),
        groups=_groups(verdict),
        files={name[:60]: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        signer=verdict.signer.subject if verdict.signer else "",
        root=verdict.root.subject if verdict.root else "",
        root_sha256=verdict.root.fingerprint if verdict.root else "",
    )
    note(
        inspection=str(inspection.pk),
        outcome=verdict.outcome,
        findings=[found.code for found in verdict.findings],
    )
    return Checked(check, verdict)


def _findings(verdict: chip.ChipVerdict) -> list[dict[str, object]]:
    return [{"code": f.code, "group": f.group, "params": f.params} for f in verdict.findings]


def _overdue(verdict: chip.ChipVerdict, now: datetime) -> list[dict[str, object]]:
    """A note where the signer's state owes a newer list of whom it revoked."""
    signer = verdict.signer
    old = overdue_list(signer.country, now) if signer else None
    if old is None or old.due_at is None:
        return []
    params = {"country": old.country, "day": old.due_at.date().isoformat()}
    return [{"code": "chip.crl.overdue", "group": "SOD", "params": params}]


def _groups(verdict: chip.ChipVerdict) -> dict[str, str]:
    """How each group stands to what the *state* signed: a forger signs his own groups too."""
    proved = verdict.outcome in PROVING
    states = verdict.groups.items()
    return {
        name: "unproved" if state == "signed" and not proved else state for name, state in states
    }


def _beside(
    inspection: Inspection, document: ReadDocument, verdict: chip.ChipVerdict, today: date
) -> list[dict[str, object]]:
    series = series_of(document.issuer)
    said = beside(document, verdict, typed=not inspection.mrz, series=series, on=today)
    return [{"code": each.code, "params": each.params} for each in said]
