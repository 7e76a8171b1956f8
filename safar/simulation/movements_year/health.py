"""Health in the demonstration: examinations, two holds, who needs help, the check before the flight."""

from datetime import date, timedelta

from django.utils import timezone

from safar.assistance.cases.models import Case, CaseMember
from safar.assistance.movements.actions import health, preflight
from safar.assistance.movements.actions.health import Found, Said
from safar.assistance.movements.choices import EscortKind, Fitness, MedicalOutcome, NeedOnBoard
from safar.assistance.movements.models import Step
from safar.assistance.movements.queries.loan import travellers
from safar.assistance.movements.rules.months import months_later
from safar.core.permissions import Actor
from safar.simulation import mission
from safar.simulation.movements_year.before import until
from safar.simulation.movements_year.plans import Plan

CLINIC = {"Bishkek": "Polyclinic 3", "Osh": "Osh city clinic"}
NOTHING = "Examined and X-rayed. Nothing was found that matters for the journey."
SHADOW = "A shadow on the left lung. Sputum is sent to the laboratory, the answer takes weeks."
TREATED = "Two cultures without growth. The treatment is finished."
HEART = "Heart failure, steady under treatment. Oxygen and a doctor are needed in the air."
LOOKED_AT_AGAIN = timedelta(days=21)
STILL_HELD = timedelta(days=5)  # from today
USUALLY = 6  # months that a word holds, where the scheme asks for no examination


def examine(plan: Plan, actor: Actor, case: Case) -> None:
    """Everybody is examined; of most it is said at once that they may fly."""
    for number, member in enumerate(travellers(case)):
        if number == plan.size - 1 and plan.twist in ("held", "lifted"):
            _hold(plan, case, member)
        elif number == 0 and plan.twist == "escort":
            needs: list[str] = [NeedOnBoard.WHEELCHAIR, NeedOnBoard.OXYGEN]
            kind = EscortKind.MEDICAL
            word = Said(Fitness.FIT_WITH_NEEDS, _until(member), needs=needs, escort=kind)
            say(case, member, word, text=HEART, outcome=MedicalOutcome.CLASS_B, at=_clinic(plan))
        elif number == 0 and plan.twist == "together":
            word = Said(Fitness.FIT_WITH_NEEDS, _until(member), needs=[NeedOnBoard.WHEELCHAIR])
            say(case, member, word, at=_clinic(plan))
        else:
            say(case, member, Said(Fitness.FIT, _until(member)), at=_clinic(plan))


def _hold(plan: Plan, case: Case, member: CaseMember) -> None:
    again = timezone.localdate() + LOOKED_AT_AGAIN
    word = Said(
        Fitness.HELD,
        look_again_on=plan.today + STILL_HELD if plan.twist == "held" else again,
    )
    say(case, member, word, text=SHADOW, outcome=MedicalOutcome.MORE_TESTS, at=_clinic(plan))


def lift_hold(plan: Plan, actor: Actor, case: Case) -> None:
    """The one whose tests came back without a finding may fly after all."""
    if plan.twist == "lifted":
        member = list(travellers(case))[-1]
        say(case, member, Said(Fitness.FIT, _until(member)), text=TREATED, at=_clinic(plan))


def say(
    case: Case,
    member: CaseMember,
    word: Said,
    *,
    text: str = NOTHING,
    outcome: str = MedicalOutcome.NO_FINDING,
    at: str = "Polyclinic 3",
) -> None:
    """What the doctor found is sealed; the journey learns the word alone."""
    doctor = mission.actor(mission.HEALTH)
    found = Found(timezone.localdate(), at, outcome, text)
    health.examine(doctor, case, member=member, found=found)
    health.say_fitness(doctor, case, member=member, said=word)


def check(plan: Plan, actor: Actor, case: Case) -> None:
    doctor = mission.actor(mission.HEALTH)
    for member in travellers(case):
        preflight.check_before_flight(doctor, case, member=member)


def _clinic(plan: Plan) -> str:
    return CLINIC[plan.begins_at]


def _until(member: CaseMember) -> date:
    step = Step.objects.filter(member=member, kind="medical").first()
    return (until(step) if step else None) or months_later(timezone.localdate(), USUALLY)
