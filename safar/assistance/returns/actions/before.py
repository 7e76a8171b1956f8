"""Before departure: the mission's referral, counselling, the declaration, the screening."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.moving import move_case
from safar.assistance.cases.actions.opening import NewCase, open_case
from safar.assistance.cases.models import Case, Person
from safar.assistance.cases.policies import in_sight, still_open
from safar.assistance.returns.choices import Order
from safar.assistance.returns.models import (
    Declaration,
    ReturnFile,
    Scheme,
    VulnerabilityScreening,
)
from safar.assistance.returns.policies import (
    everybody_declared,
    everybody_screened,
    no_deportation_order,
)
from safar.assistance.returns.rules import is_child, is_homeland
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
    """Open the return of somebody whom a sending mission refers."""
    known = ReturnFile.objects.filter(
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
    """Write down whether a deportation order stands."""
    file = ReturnFile.objects.select_for_update().get(case=case)
    if order == Order.STANDS and case.declarations.filter(withdrawn_on=None).exists():
        raise RuleBroken(
            _("There are declarations already. Take the case back to counselling first.")
        )
    file.order = order
    file.save()
    note(order=order)
    return file


@action("returns.screen", policies=(in_sight, still_open))
def screen(
    actor: Actor, case: Case, *, person: Person, answers: dict[str, bool]
) -> VulnerabilityScreening:
    """Keep what a person answered to the questions on vulnerability."""
    _require_member(case, person)
    return VulnerabilityScreening.objects.create(
        case=case,
        person=person,
        **{name: answers[name] for name in VulnerabilityScreening.ASKED},
        screened_at=timezone.now(),
        screened_by_id=actor.person_id,
    )


@action("returns.sign", policies=(in_sight, still_open, no_deportation_order))
def sign(actor: Actor, case: Case, *, person: Person, signed: Signed) -> Declaration:
    """Keep a person's written declaration that she returns of her own will."""
    _require_member(case, person)
    if signed.on > timezone.localdate():
        raise RuleBroken(_("This day is still to come."), field="on")
    if is_child(person.birth, signed.on) and signed.guardian is None:
        raise RuleBroken(
            _("A child's declaration is signed by her guardian too. Name the guardian."),
            field="guardian",
        )
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


@action(
    "returns.declare",
    policies=(in_sight, still_open, no_deportation_order, everybody_screened, everybody_declared),
)
def declare(actor: Actor, case: Case) -> Case:
    """State that everybody has declared: from now on the journey may be arranged."""
    return move_case(actor, case, move="declare")


@action("returns.withdraw", policies=(in_sight,))
def withdraw(
    actor: Actor, case: Case, *, declaration: Declaration, on: date, words: str
) -> Declaration:
    """Keep that a person took her declaration back; her case goes back to counselling."""
    if declaration.case_id != case.pk or declaration.withdrawn_on:
        raise RuleBroken(_("This declaration was taken back already."))
    if case.status in ("declared", "travel_arranged"):
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
