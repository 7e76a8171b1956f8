"""Writes: the security features of a document were looked at, beside a specimen of its kind."""

from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.border.choices import FeatureResult, ReferralStatus
from safar.control.border.models import Referral, SpecimenLook
from safar.control.border.policies import referral_at_own_post
from safar.control.documents.models import Specimen
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor


@action("border.look_at_specimen", policies=(referral_at_own_post,))
def look_at_specimen(
    actor: Actor,
    target: Referral,
    *,
    specimen: Specimen,
    found: Mapping[UUID, FeatureResult],
    remark: str = "",
) -> SpecimenLook:
    """Compared a document with a specimen in second line, feature by feature

    `found`: by the keys of the specimen's features, those that were looked at. What the specimen
    said of each is kept with the result: the specimen may change.

    Raises:
        RuleBroken: nothing was looked at.
        InvalidMove: the traveller is no longer in second line.
    """
    if target.status not in (ReferralStatus.WAITING, ReferralStatus.TAKEN):
        raise InvalidMove(_("This traveller is no longer in second line."))
    features = [
        {"title": row.title, "way": row.way, "expected": row.expected, "result": found[row.pk]}
        for row in specimen.features.all()
        if row.pk in found
    ]
    if not features:
        raise RuleBroken(_("Say of one feature at least what you found."))
    differ = sum(row["result"] == FeatureResult.DIFFERS for row in features)
    look = SpecimenLook(
        inspection=target.inspection,
        specimen=specimen,
        title=specimen.title,
        features=features,
        differ=differ,
        note=remark.strip()[:400],
        looked_at=timezone.now(),
        looked_by_id=actor.person_id,
    )
    look.save(force_insert=True)
    note(inspection=str(target.inspection_id), looked_at=len(features), differ=differ)
    return look
