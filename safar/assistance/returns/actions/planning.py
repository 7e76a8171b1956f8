"""After arrival: what can work at home, and the plan that is chosen."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.moving import move_case
from safar.assistance.cases.models import Case
from safar.assistance.cases.policies import in_sight, still_open
from safar.assistance.returns.choices import Verdict
from safar.assistance.returns.models import FeasibilityOption
from safar.core.action import action
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@dataclass(frozen=True)
class Weighed:
    """A way to live from, and what was found when it was weighed."""

    kind: str
    title: str
    verdict: str
    market: str = ""
    skills: str = ""
    needs: str = ""
    risks: str = ""


@action("returns.weigh", policies=(in_sight, still_open))
def weigh(actor: Actor, case: Case, *, weighed: Weighed) -> FeasibilityOption:
    """Weigh one way of living from something at home."""
    return FeasibilityOption.objects.create(
        case=case,
        **vars(weighed),
        weighed_on=timezone.localdate(),
        weighed_by_id=actor.person_id,
    )


@action("returns.choose", policies=(in_sight, still_open))
def choose(actor: Actor, case: Case, *, option: FeasibilityOption) -> FeasibilityOption:
    """Choose the way that becomes the plan; from now on grants may be given for it."""
    if option.case_id != case.pk or option.verdict == Verdict.NOT_FEASIBLE:
        raise RuleBroken(_("This was found not to be feasible. Choose another, or weigh it anew."))
    case.options.filter(is_chosen=True).update(is_chosen=False)
    option.is_chosen = True
    option.save()
    if case.status == "arrived":
        move_case(actor, case, move="agree_plan", reason=option.title)
    return option
