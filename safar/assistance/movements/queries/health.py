"""What movement staff see of health: the word, until when, the needs, the escort; nothing beyond.

And what falls due for a health worker. What a doctor found is asked for in `medical.py`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.assistance.cases.due import Due
from safar.assistance.cases.models import Case, CaseMember
from safar.assistance.movements.choices import Fitness, NeedOnBoard
from safar.assistance.movements.models import MovementFile, TravelHealth
from safar.assistance.movements.queries import health_work
from safar.assistance.movements.queries.loan import travellers
from safar.assistance.movements.rules.health import MAY_FLY, window
from safar.core.action import can
from safar.core.permissions import Actor

TONES = {
    Fitness.NOT_SEEN: "none",
    Fitness.FIT: "clear",
    Fitness.FIT_WITH_NEEDS: "clear",
    Fitness.HELD: "check",
    Fitness.NOT_FIT: "hold",
}


@dataclass(frozen=True)
class Fit:
    """What the journey needs to know of one member."""

    member: CaseMember
    fitness: Fitness
    needs: tuple[str, ...] = ()
    escort: str = ""
    holds_until: date | None = None
    look_again_on: date | None = None
    checked_at: datetime | None = None
    version: int = 0

    @property
    def may_fly(self) -> bool:
        return self.fitness in MAY_FLY

    @property
    def tone(self) -> str:
        return TONES[self.fitness]

    @property
    def runs_out(self) -> bool:
        """Whether what was said does not hold any more."""
        return bool(self.holds_until and self.holds_until < timezone.localdate())


def part(actor: Actor, file: MovementFile) -> dict[str, Any]:
    """The context of this part of the page: three statements, however large the family is."""
    medical = can(actor, "movements.say_fitness", file.case)
    return {
        "health": fitness_of(actor, file.case),
        "medical_file": reverse("movements:health", args=[file.case_id]) if medical else "",
    }


def fitness_of(actor: Actor, case: Case) -> list[Fit]:
    """Everybody of a case who has not left it, and how she may travel."""
    said = {one.member_id: one for one in TravelHealth.objects.visible_to(actor).filter(case=case)}
    return [fit(member, said.get(member.pk)) for member in travellers(case)]


def fit(member: CaseMember, said: TravelHealth | None) -> Fit:
    """What is said of one member, in words."""
    if said is None:
        return Fit(member, Fitness.NOT_SEEN)
    return Fit(
        member,
        Fitness(said.fitness),
        needs_in_words(said.needs),
        str(said.get_escort_display()) if said.escort else "",
        said.holds_until,
        said.look_again_on,
        said.checked_at,
        said.version,
    )


def needs_in_words(needs: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(NeedOnBoard(one).label) for one in needs)


def due(actor: Actor, today: date) -> list[Due]:
    """What falls due for a health worker; for anybody else nothing.

    Checks before flights, holds to be looked at again, examinations to be made: one line for each
    family and kind, without a name.
    """
    if not actor.may("movements.check_before_flight"):
        return []
    return [
        *_checks(health_work.checks(actor, today)),
        *_families(health_work.holds(actor, today), _("Look at a medical hold again")),
        *_families(health_work.examinations(actor, today), _("Medical examination")),
    ]


def _checks(found: Iterable[health_work.Check]) -> Iterable[Due]:
    by_case: dict[UUID, list[health_work.Check]] = defaultdict(list)
    for one in found:
        by_case[one.case.pk].append(one)
    for checks in by_case.values():
        first, number = checks[0], len(checks)
        begins, ends = (timezone.localtime(one) for one in window(first.departs_at))
        words = {
            "flight": first.flight,
            "begins": date_format(begins, "j M, H:i"),
            "ends": date_format(ends, "j M, H:i"),
        }
        yield Due(
            first.case,
            ngettext(
                "Check one person before the flight", "Check %(n)s people before the flight", number
            )
            % {"n": number},
            reverse("movements:health", args=[first.case.pk]),
            due_on=ends.date(),
            about=_("%(flight)s: from %(begins)s to %(ends)s") % words,
            stops=_("Without it nobody boards."),
        )


def _families(found: Iterable[health_work.ToDo], title: str) -> Iterable[Due]:
    by_case: dict[UUID, list[health_work.ToDo]] = defaultdict(list)
    for one in found:
        by_case[one.case.pk].append(one)
    for rows in by_case.values():
        number = len(rows)
        yield Due(
            rows[0].case,
            title,
            reverse("movements:health", args=[rows[0].case.pk]),
            due_on=min((one.due_on for one in rows if one.due_on), default=None),
            about=ngettext("one person", "%(n)s people", number) % {"n": number},
        )
