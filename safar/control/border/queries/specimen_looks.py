"""Reads: what second line found of a document's security features, in words."""

from dataclasses import dataclass

from safar.control.border.choices import FeatureResult
from safar.control.border.models import Referral, SpecimenLook
from safar.control.documents.choices import Way
from safar.core.permissions import Actor


@dataclass(frozen=True)
class FeatureTold:
    """A security feature that was looked at, as a page shows it."""

    title: str
    way: str
    expected: str
    result: str
    differs: bool


def specimen_looks(actor: Actor, found: Referral) -> list[SpecimenLook]:
    """Every look, the newest first, each with its features in words as `told`."""
    rows = SpecimenLook.objects.visible_to(actor).filter(inspection_id=found.inspection_id)
    looks = list(rows.select_related("looked_by"))
    for look in looks:
        look.told = [_told(feature) for feature in look.features]  # type: ignore[attr-defined]
    return looks


def _told(feature: dict[str, str]) -> FeatureTold:
    return FeatureTold(
        title=feature["title"],
        way=str(Way(feature["way"]).label),
        expected=feature["expected"],
        result=str(FeatureResult(feature["result"]).label),
        differs=feature["result"] == FeatureResult.DIFFERS,
    )
