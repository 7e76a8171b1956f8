"""What a worker finds in the morning: her own cases that are not closed."""

from django.db.models import QuerySet

from safar.assistance.cases.choices import Phase
from safar.assistance.cases.models import Case
from safar.core.permissions import Actor


def my_cases(actor: Actor) -> QuerySet[Case]:
    """Cases that she leads, the newest first."""
    mine = Case.objects.visible_to(actor).filter(lead=actor.user_id)
    return mine.exclude(phase=Phase.CLOSED).select_related("office")
