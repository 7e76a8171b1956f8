"""Saying why a restricted or medical file is opened: before any of it is shown."""

from django.utils import timezone

from safar.assistance.cases.models import Case, CaseOpening
from safar.assistance.cases.policies import in_sight
from safar.core.action import action, note
from safar.core.permissions import Actor


@action("cases.say_why", policies=(in_sight,))
def say_why(actor: Actor, case: Case, *, why: str, compartment: str = "") -> CaseOpening:
    """Keep in the case why somebody opens it, or a part of it that stands behind another wall."""
    said = CaseOpening.objects.create(
        case=case,
        compartment=compartment,
        why=why.strip(),
        said_at=timezone.now(),
        said_by_id=actor.person_id,
    )
    note(said=str(said.pk))
    return said
