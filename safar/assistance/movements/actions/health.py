"""Health and the journey: an examination is kept behind its wall; what the journey needs is said."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.sealing import cipher_of
from safar.assistance.cases.models import Case, CaseMember
from safar.assistance.cases.policies import in_sight, still_open
from safar.assistance.movements.actions.bookings import journey_changed
from safar.assistance.movements.actions.step_moves import move_step
from safar.assistance.movements.choices import EscortKind, MedicalOutcome, NeedOnBoard, StepKind
from safar.assistance.movements.models import Examination, Passenger, TravelHealth
from safar.assistance.movements.models.journeys import LIVE
from safar.assistance.movements.policies import behind_the_medical_wall, not_left_yet
from safar.assistance.movements.rules import health as rules
from safar.core.action import action
from safar.core.errors import RuleBroken, Stale
from safar.core.node import uuid7
from safar.core.permissions import Actor

LONGEST = 20_000
OF_HEALTH = (in_sight, still_open, behind_the_medical_wall, not_left_yet)
FAULTS = {
    "unknown": _("Say how she may travel, or that she may not."),
    "not_examined": _("Nobody has examined this person yet. Keep the examination first."),
    "treat_first": _(
        "The last examination asks for treatment or for more tests. Keep the one after it first."
    ),
    "until_missing": _("Say until when this holds."),
    "until_past": _("This day has passed already."),
    "help_unsaid": _("Something is needed on the journey: choose “Fit to travel, with help”."),
    "no_help": _("Say what is needed on board, or who escorts."),
    "look_again_missing": _("Say when this person is looked at again."),
    "look_again_past": _("This day has passed already."),
}


@dataclass(frozen=True)
class Found:
    """What a doctor found. `text` is sealed; nothing of this leaves the medical file."""

    examined_on: date
    clinic: str
    outcome: str
    text: str


@dataclass(frozen=True)
class Said:
    """What the journey may know."""

    fitness: str
    holds_until: date | None = None
    look_again_on: date | None = None
    needs: list[str] = field(default_factory=list)
    escort: str = ""


@action("movements.examine", policies=OF_HEALTH)
def examine(
    actor: Actor, case: Case, *, member: CaseMember, found: Found, key: UUID | None = None
) -> Examination:
    """Keep an examination in the medical file. The journey learns nothing of it.

    Args:
        key: given out with the form, so that a form that is sent twice is kept once.

    Raises:
        RuleBroken: the day is to come, the outcome is unknown, or the finding is empty or too long.
    """
    require_member(case, member)
    words = _words(found)
    cipher = cipher_of(actor, case)
    facts = {
        "member_id": member.pk,
        "examined_on": found.examined_on,
        "clinic": found.clinic.strip(),
        "outcome": found.outcome,
    }
    kept = Examination.objects.visible_to(actor).filter(pk=key, case=case).first() if key else None
    same = kept is not None and all(getattr(kept, name) == value for name, value in facts.items())
    if kept is not None and same and cipher.open(kept, kept.finding).decode() == words:
        return kept
    made = Examination(
        pk=key if key and kept is None else uuid7(),
        case=case,
        kept_by_id=actor.person_id,
        **facts,
    )
    made.finding = cipher.seal(made, words.encode())
    made.save(force_insert=True)
    return made


def _words(found: Found) -> str:
    words = found.text.strip()
    if found.examined_on > timezone.localdate():
        raise RuleBroken(_("This day is still to come."), field="examined_on")
    if found.outcome not in MedicalOutcome.values:
        raise RuleBroken(_("Say what came of the examination."), field="outcome")
    if not words:
        raise RuleBroken(_("Write down what was found, or that nothing was."), field="text")
    if len(words) > LONGEST:
        raise RuleBroken(_("This is longer than 20,000 letters."), field="text")
    return words


@action("movements.say_fitness", policies=OF_HEALTH)
def say_fitness(
    actor: Actor, case: Case, *, member: CaseMember, said: Said, seen: int | None = None
) -> TravelHealth:
    """Say how a member may travel, until when, and what she needs; and move her medical step.

    A hold stops what is booked or ticketed: the check before the flight is to be done once more,
    and missions are told again. Nobody but a health worker lifts it, by saying another word.

    Args:
        seen: the version that was shown; 0 where nothing was said yet, None to say it over any.

    Raises:
        RuleBroken: it is fit without an examination or a last day, held without a next look …
        Stale: a colleague said something since.
    """
    require_member(case, member)
    _require_sense(actor, member, said)
    rows = TravelHealth.objects.select_for_update()
    health = rows.filter(member=member).first() or TravelHealth(case=case, member=member)
    now_there = 0 if health._state.adding else health.version
    if seen is not None and seen != now_there:
        raise Stale(_("A colleague said something meanwhile. Open it again."))
    before = rules.told_of(health.fitness, health.needs, health.escort)
    _put(health, said)
    health.said_by_id = actor.person_id
    _move_steps(health)
    health.save()
    if before != rules.told_of(health.fitness, health.needs, health.escort):
        _tell_missions_anew(case, member)
    return health


def _require_sense(actor: Actor, member: CaseMember, said: Said) -> None:
    last = Examination.objects.visible_to(actor).filter(member=member)
    outcome = last.order_by("-examined_on", "-kept_at").values_list("outcome", flat=True).first()
    facts = rules.FitnessFacts(**vars(said))
    code, where = rules.fault_of_fitness(facts, timezone.localdate(), outcome)
    if code:
        raise RuleBroken(FAULTS[code], field=where)
    if said.escort not in EscortKind.values:
        raise RuleBroken(_("Say who escorts."), field="escort")
    if not set(said.needs) <= set(NeedOnBoard.values):
        raise RuleBroken(_("Say what is needed on board."), field="needs")


def _put(health: TravelHealth, said: Said) -> None:
    fit = said.fitness in rules.MAY_FLY
    health.fitness, health.escort = said.fitness, said.escort
    health.holds_until = said.holds_until if fit else None
    health.look_again_on = None if fit else said.look_again_on
    health.needs = sorted(set(said.needs))


def _move_steps(health: TravelHealth) -> None:
    if health.fitness in rules.MAY_FLY:
        move_step(
            health.case_id,
            health.member_id,
            StepKind.MEDICAL,
            "finish",
            expires_on=health.holds_until,
        )
        return
    health.checked_at = None
    for kind in (StepKind.MEDICAL, StepKind.PREFLIGHT):
        step = move_step(health.case_id, health.member_id, kind, "again")
        if step is not None and kind == StepKind.MEDICAL and health.look_again_on:
            step.due_on = health.look_again_on
            step.save()


def _tell_missions_anew(case: Case, member: CaseMember) -> None:
    if Passenger.objects.filter(member=member, journey__status__in=LIVE).exists():
        journey_changed(case)


def require_member(case: Case, member: CaseMember) -> None:
    """Refuse whoever is of another family, or has left this one."""
    if not case.members.filter(pk=member.pk, left_on=None).exists():
        raise RuleBroken(_("This person does not belong to the case."))
