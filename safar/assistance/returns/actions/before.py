"""Before departure: the mission's referral, counselling, the declaration, the screening."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.following import NewFollowUp, plan_follow_up
from safar.assistance.cases.actions.moving import move_case
from safar.assistance.cases.actions.opening import NewCase, open_case
from safar.assistance.cases.choices.work import FollowUpStatus
from safar.assistance.cases.models import Case, Person
from safar.assistance.cases.policies import in_sight, still_open
from safar.assistance.returns.choices import Order
from safar.assistance.returns.models import (
    Declaration,
    ReturnFile,
    Scheme,
    VulnerabilityScreening,
)
from safar.assistance.returns.policies import EVERYBODY_MAY_RETURN, no_deportation_order
from safar.assistance.returns.rules import ASSESS_WITHIN, ASSESSMENT, is_child, is_homeland
from safar.assistance.returns.workflow import BEFORE_DEPARTURE, DECLARED
from safar.core.action import action, note, role_suffices
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@dataclass(frozen=True)
class MissionReferral:
    """What a sending mission writes when it refers somebody."""

    case: NewCase
    scheme: Scheme
    homeland: str
    mission_reference: str = ""


@dataclass(frozen=True)
class Signed:
    """A declaration as it lies on the table, signed."""

    on: date
    language: str
    form_version: str
    interpreter: str = ""
    guardian: Person | None = None


@action("returns.receive_referral", policies=(role_suffices,))
def receive_referral(actor: Actor, referral: MissionReferral) -> ReturnFile:
    """Open the return of somebody whom a sending mission refers.

    A reference that only others see is taken once more: a refusal would tell of their case.
    `queries.files.other_claims` shows both to whoever sees both.
    """
    known = ReturnFile.objects.visible_to(actor).filter(
        sending=referral.scheme.sending, mission_reference=referral.mission_reference
    )
    if referral.mission_reference and known.exists():
        raise RuleBroken(
            _("The mission referred this person before, under the same reference."),
            field="mission_reference",
        )
    case = open_case(actor, referral.case)
    _require_homeland(case, referral.homeland)
    return ReturnFile.objects.create(
        case=case,
        sending=referral.scheme.sending,
        mission_reference=referral.mission_reference,
        scheme=referral.scheme,
        homeland=referral.homeland,
    )


@action("returns.counsel", policies=(in_sight, still_open))
def counsel(actor: Actor, case: Case) -> Case:
    """Begin counselling: what the return means, what help there is, that it is her choice."""
    return move_case(actor, case, move="counsel")


@action("returns.record_order", policies=(in_sight, still_open))
def record_order(actor: Actor, case: Case, *, order: str) -> ReturnFile:
    """Write down whether a deportation order stands, whenever it is found out: unless none does,
    a case that has not departed goes back to counselling."""
    file = ReturnFile.objects.select_for_update().get(case=case)
    if order != Order.NONE and case.status in DECLARED:
        move_case(actor, case, move="take_back", reason=str(Order(order).label))
    file.order = order
    file.save()
    note(order=order)
    return file


@action("returns.screen", policies=(in_sight, still_open))
def screen(
    actor: Actor, case: Case, *, person: Person, answers: dict[str, bool]
) -> VulnerabilityScreening:
    """Keep what a person answered to the questions on vulnerability. A yes makes a full
    assessment of needs due: as a follow-up, which somebody closes with what was found."""
    _require_member(case, person)
    made = VulnerabilityScreening.objects.create(
        case=case,
        person=person,
        **{name: answers[name] for name in VulnerabilityScreening.ASKED},
        screened_at=timezone.now(),
        screened_by_id=actor.person_id,
    )
    if made.is_positive:
        _plan_assessment(actor, case, person)
    return made


def _plan_assessment(actor: Actor, case: Case, person: Person) -> None:
    """One that is due already does; after one that is over, a new yes asks for another."""
    before = case.follow_ups.filter(code__startswith=ASSESSMENT, person=person)
    if before.filter(status=FollowUpStatus.DUE).exists():
        return
    today, number = timezone.localdate(), before.count() + 1
    code = ASSESSMENT if number == 1 else f"{ASSESSMENT}_{number}"
    title = gettext("Full assessment of needs")
    new = NewFollowUp(title, today, today + ASSESS_WITHIN, person=person, code=code)
    plan_follow_up(actor, case, new=new)


@action("returns.sign", policies=(in_sight, still_open, no_deportation_order))
def sign(actor: Actor, case: Case, *, person: Person, signed: Signed) -> Declaration:
    """Keep a person's written declaration that she returns of her own will."""
    _require_member(case, person)
    if signed.on > timezone.localdate():
        raise RuleBroken(_("This day is still to come."), field="on")
    if case.status not in BEFORE_DEPARTURE:
        raise RuleBroken(_("They have departed. A declaration is signed before that."))
    _require_guardian(person, signed)
    if case.declarations.filter(person=person, withdrawn_on=None).exists():
        raise RuleBroken(_("This person has signed already."), field="person")
    return Declaration.objects.create(
        case=case,
        person=person,
        signed_on=signed.on,
        language=signed.language,
        interpreter=signed.interpreter,
        guardian=signed.guardian,
        form_version=signed.form_version,
        recorded_by_id=actor.person_id,
    )


@action("returns.declare", policies=(in_sight, still_open, *EVERYBODY_MAY_RETURN))
def declare(actor: Actor, case: Case) -> Case:
    """State that everybody has declared: from now on the journey may be arranged."""
    return move_case(actor, case, move="declare")


@action("returns.withdraw", policies=(in_sight,))
def withdraw(
    actor: Actor, case: Case, *, declaration: Declaration, on: date, words: str
) -> Declaration:
    """Keep that a person took her declaration back; her case goes back to counselling.

    After the arrival it is written down, and nothing else: what help she gets goes on.
    """
    if declaration.case_id != case.pk or declaration.withdrawn_on:
        raise RuleBroken(_("This declaration was taken back already."))
    if on > timezone.localdate():
        raise RuleBroken(_("This day is still to come."), field="on")
    if on < declaration.signed_on:
        raise RuleBroken(
            _("She signed on %(day)s: it was taken back on that day or later.")
            % {"day": date_format(declaration.signed_on)},
            field="on",
        )
    if case.status in DECLARED:
        move_case(actor, case, move="take_back", reason=words)
    elif case.status == "departed":
        move_case(actor, case, move="end", reason=words, closure="withdrawn")
    declaration.withdrawn_on, declaration.withdrawal = on, words
    declaration.save()
    return declaration


@action("returns.end", policies=(in_sight, still_open))
def end(actor: Actor, case: Case, *, closure: str, reason: str) -> Case:
    """End a return early, and say how it ended."""
    return move_case(actor, case, move="end", reason=reason, closure=closure)


def _require_guardian(person: Person, signed: Signed) -> None:
    guardian = signed.guardian
    if guardian is None:
        if is_child(person.birth, signed.on):
            raise RuleBroken(
                _("A child's declaration is signed by her guardian too. Name the guardian."),
                field="guardian",
            )
        return
    if guardian.pk == person.pk:
        raise RuleBroken(_("Nobody is her own guardian."), field="guardian")
    if is_child(guardian.birth, signed.on):
        raise RuleBroken(
            _("A guardian is grown up. Choose another, or write down first when she was born."),
            field="guardian",
        )


def _require_homeland(case: Case, homeland: str) -> None:
    applicant = case.members.select_related("person").get(role="applicant").person
    if not is_homeland(homeland, applicant.citizenships):
        raise RuleBroken(
            _("This is not the applicant's own country. The programme returns people home only."),
            field="homeland",
        )


def _require_member(case: Case, person: Person) -> None:
    if not case.members.filter(person=person, left_on=None).exists():
        raise RuleBroken(_("This person does not belong to the case."), field="person")
