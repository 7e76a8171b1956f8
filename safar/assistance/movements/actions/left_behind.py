"""Who stayed behind when the others left goes on in a movement of her own, as far as she was."""

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.moving import move_case
from safar.assistance.cases.actions.opening import NewCase, NewMember, open_case
from safar.assistance.cases.actions.registering import leave_case
from safar.assistance.cases.choices.case import MemberRole
from safar.assistance.cases.models import Case, CaseMember
from safar.assistance.cases.policies import in_sight
from safar.assistance.movements.choices import StepKind, StepStatus
from safar.assistance.movements.models import MovementFile, Step, TravelHealth
from safar.assistance.movements.queries.left_behind import GONE, left_behind
from safar.assistance.movements.rules.ages import is_child
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.core.workflow import NOT_NOW

# What was asked of them goes along as it stands, but the check before the flight that they missed.
OF_A_STEP = (
    "kind", "number", "status", "needs_expiry", "due_on", "asked_on", "done_on", "expires_on",
    "reference", "remark",
)  # fmt: skip
OF_HEALTH = ("fitness", "holds_until", "look_again_on", "needs", "escort", "said_by_id")
OF_A_FILE = (
    "scheme", "destination", "destination_place", "departs_from", "referred_by", "priority",
    "sponsor", "state_reference", "accepted_on",
)  # fmt: skip


@action("movements.open_own_case", policies=(in_sight,))
def open_own_case(actor: Actor, case: Case) -> Case:
    """Open a movement for those of a family who did not leave with it.

    They leave the case of those who left, whose note of the travel loan stays as it was signed.
    Consents are asked for anew: those that were given spoke of the journey that has gone.

    Raises:
        InvalidMove: nobody of the case has left yet.
        RuleBroken: everybody has left.
    """
    if case.status not in GONE:
        raise InvalidMove(NOT_NOW, move="open_own_case", status=case.status)
    stayed = list(left_behind([case.pk]).select_related("person"))
    if not stayed:
        raise RuleBroken(_("Everybody of this case has left."))
    stayed.sort(key=lambda one: (is_child(one.person.birth, timezone.localdate()), one.joined_on))
    old = MovementFile.objects.select_related("scheme").get(case=case)
    made = _opened(actor, case, stayed)
    MovementFile.objects.create(case=made, **{name: getattr(old, name) for name in OF_A_FILE})
    new = dict(made.members.values_list("person", "pk"))
    for one in stayed:
        _take_along(one, made, new[one.person_id])
        leave_case(actor, one, on=timezone.localdate())
    note(people=len(stayed))
    why = gettext("Stayed behind: %(case)s") % {"case": case}
    return move_case(actor, made, move="accept", reason=why)


def _opened(actor: Actor, case: Case, stayed: Sequence[CaseMember]) -> Case:
    """The applicant is who was one, or the first of those who are of age."""
    first = next((one for one in stayed if one.role == MemberRole.APPLICANT), stayed[0])
    others = [one for one in stayed if one.pk != first.pk]
    new = NewCase(
        programme=case.programme,
        office=case.office,
        purpose=case.purpose,
        members=[
            NewMember(first.person, MemberRole.APPLICANT),
            *(NewMember(one.person, one.role) for one in others),
        ],
        scheme=case.scheme,
        compartment=case.compartment,
        project=case.project,
        team=case.team,
    )
    return open_case(actor, new)


def _take_along(before: CaseMember, made: Case, member: UUID) -> None:
    for old in Step.objects.filter(member=before):
        step = Step(case=made, member_id=member, **{one: getattr(old, one) for one in OF_A_STEP})
        if step.kind == StepKind.PREFLIGHT and step.status == StepStatus.DONE:
            step.status, step.done_on, step.expires_on = StepStatus.TO_DO, None, None
        step.save()
    health = TravelHealth.objects.filter(member=before).first()
    if health is not None:
        facts = {one: getattr(health, one) for one in OF_HEALTH}
        TravelHealth.objects.create(case=made, member_id=member, **facts)
