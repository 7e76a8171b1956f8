"""A worker's day: what is late, due today and soon, and what waits for others, from every part."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.assistance.cases import programmes
from safar.assistance.cases.due import Due
from safar.assistance.cases.queries import money, papers, sharing, work
from safar.core.permissions import Actor
from safar.ui.charts import Chart, columns

PARTS: tuple[Callable[[Actor, date], list[Due]], ...] = (
    work.due,
    papers.due,
    money.due,
    sharing.due,
)
DAYS, SHOWN_SOON, FULL = 10, 8, 5
WEEKEND = (5, 6)


@dataclass(frozen=True)
class Day:
    """What is to be done, in the order of the page."""

    today: date
    late: list[Due] = field(default_factory=list)
    now: list[Due] = field(default_factory=list)
    soon: list[Due] = field(default_factory=list)
    waiting: list[Due] = field(default_factory=list)

    @property
    def oldest(self) -> str:
        """How long the oldest thing has been late."""
        first = self.late[0].due_on if self.late else None
        return _days((self.today - first).days) if first else ""

    @property
    def sentence(self) -> str:
        """The day in one sentence."""
        said = [part for part in (self._late(), self._now()) if part]
        first = ", ".join(said) if said else _("Nothing is late and nothing is due today")
        return f"{first}. {self._rest()}"

    def _late(self) -> str:
        if not self.late:
            return ""
        number = len(self.late)
        return ngettext("%(n)s thing is late", "%(n)s things are late", number) % {"n": number}

    def _now(self) -> str:
        if not self.now:
            return ""
        number = len(self.now)
        return ngettext("%(n)s is due today", "%(n)s are due today", number) % {"n": number}

    def _rest(self) -> str:
        later = [one.due_on for one in self.soon if one.due_on]
        if not later:
            return _("Nothing else needs you in the next two weeks.")
        return _("Nothing else needs you before %(day)s.") % {
            "day": date_format(min(later), "l j E")
        }


def day(actor: Actor, today: date) -> Day:
    """Collect what every part of the kernel and every programme says falls due for her."""
    found = [one for part in PARTS for one in part(actor, today)]
    for programme in programmes.known():
        found += programme.due(actor, today) if programme.due else []
    waiting = [one for one in found if one.waits_for]
    hers = sorted((one for one in found if not one.waits_for), key=_order)
    return Day(
        today,
        [one for one in hers if one.due_on and one.due_on < today],
        [one for one in hers if one.due_on == today],
        [one for one in hers if one.due_on is None or one.due_on > today],
        sorted(waiting, key=lambda one: one.waits_since or one.due_on or today),
    )


def _order(one: Due) -> tuple[date, bool, str]:
    return (one.due_on or date.max, not one.stops, one.at.isoformat() if one.at else "~")


def ahead(day: Day) -> Chart:
    """How much is due on each of the next ten working days; today includes what is late."""
    days = working_days(day.today)
    falls = Counter(_working_day(one.due_on) for one in (*day.now, *day.soon) if one.due_on)
    falls[days[0]] += len(day.late)
    return columns(
        [(str(one.day), falls[one]) for one in days],
        title=_("Tasks due on each of the next ten working days"),
        heads=(_("Day"), _("Due")),
        names=[date_format(one, "D j M") for one in days],
    )


def fullest(day: Day) -> date | None:
    """The busiest day ahead, where it is busier than a worker manages well."""
    falls = Counter(one.due_on for one in day.soon if one.due_on)
    found = falls.most_common(1)
    return found[0][0] if found and found[0][1] >= FULL else None


def _working_day(day: date) -> date:
    """The day itself; for a weekend the Monday after it."""
    return next(one for one in working_days(day))


def working_days(first: date) -> list[date]:
    """Today, or Monday on a weekend, and the working days after it."""
    days = (first + timedelta(days=number) for number in range(2 * DAYS))
    return [one for one in days if one.weekday() not in WEEKEND][:DAYS]


def days_late(one: Due, today: date) -> str:
    """How late something is, in words."""
    return work.days_late((today - one.due_on).days) if one.due_on else ""


def waits_days(one: Due, today: date) -> str:
    """How long something has waited for others."""
    if not one.waits_since:
        return ""
    number = (today - one.waits_since).days
    return _days(number) if number else _("since today")


def _days(number: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", number) % {"n": number}


def local_today() -> date:
    return timezone.localdate()
