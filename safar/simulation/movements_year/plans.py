"""Who is resettled in the demonstration's year, by which scheme, and on which day they fly?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from safar.simulation import mission
from safar.simulation.mission import CASEWORKER as ASEL
from safar.simulation.mission import IN_OSH as ODINA
from safar.simulation.mission import SECOND_CASEWORKER as NURLAN

LONG = timedelta(days=20)
TRANSIT_EACH = 5  # every so many journeys are met in transit
# Scheme, town, worker, nation, people, day of the flight from today, what is unlike the others.
# A flight that is far ahead is of a family that was referred only lately.
ROWS = (
    ("USRAP-P1", "Seattle", NURLAN, "AFG", 4, -331, ""),
    ("CAN-GAR", "Toronto", ASEL, "AFG", 4, -312, "repaid"),
    ("SWE-QUOTA", "Stockholm", ASEL, "AFG", 4, -290, "no_show"),
    ("FAM-REUN", "Hamburg", ODINA, "AFG", 3, -268, ""),
    ("CAN-PSR", "Calgary", ASEL, "AFG", 4, -247, "missed"),
    ("NOR-QUOTA", "Oslo", NURLAN, "SYR", 3, -233, ""),
    ("SELF-PAY", "Hamburg", ASEL, "IRN", 1, -214, ""),
    ("USRAP-P2", "Houston", ODINA, "AFG", 3, -196, ""),
    ("CAN-GAR", "Toronto", NURLAN, "AFG", 7, -177, "escort"),
    ("AUS-HUM", "Melbourne", ASEL, "AFG", 3, -161, ""),
    ("FIN-QUOTA", "Helsinki", ODINA, "TJK", 3, -149, "changed"),
    ("SELF-PAY", "London", NURLAN, "UZB", 2, -128, ""),
    ("CAN-PSR", "Toronto", ASEL, "IRN", 2, -103, ""),
    ("SWE-QUOTA", "Stockholm", NURLAN, "AFG", 4, -86, "lifted"),
    ("USRAP-P1", "Houston", ASEL, "AFG", 3, -64, ""),
    ("FAM-REUN", "Lyon", ODINA, "SYR", 2, -47, ""),
    ("CAN-GAR", "Calgary", ASEL, "AFG", 4, -19, "changed"),
    ("NOR-QUOTA", "Oslo", ASEL, "AFG", 3, -1, ""),
    ("FAM-REUN", "Hamburg", NURLAN, "UZB", 2, 2, ""),
    ("CAN-GAR", "Toronto", ASEL, "AFG", 4, 2, ""),
    ("CAN-GAR", "Toronto", ASEL, "AFG", 1, 2, "together"),
    ("SWE-QUOTA", "Stockholm", ODINA, "AFG", 4, 5, "escort"),
    ("USRAP-P1", "Seattle", NURLAN, "AFG", 4, 9, "lifted"),
    ("SELF-PAY", "London", ASEL, "TJK", 1, 11, ""),
    ("CAN-PSR", "Toronto", ASEL, "AFG", 5, 15, "unanswered"),
    ("AUS-HUM", "Melbourne", ODINA, "AFG", 3, 16, "cancelled"),
    ("FIN-QUOTA", "Helsinki", NURLAN, "AFG", 4, 25, "absent"),
    ("CAN-GAR", "Toronto", NURLAN, "IRN", 3, 31, "held"),
    ("NOR-QUOTA", "Oslo", ASEL, "SYR", 5, 34, "runs_out"),
    ("USRAP-P1", "Houston", ASEL, "AFG", 3, 37, "decision"),
    ("CAN-GAR", "Calgary", ASEL, "AFG", 5, 38, ""),
    ("CAN-GAR", "Toronto", NURLAN, "UZB", 4, 39, "refused"),
    ("DNK-QUOTA", "Copenhagen", ODINA, "AFG", 2, 52, ""),
    ("FAM-REUN", "Lyon", NURLAN, "AFG", 4, 58, "aside"),
    ("SWE-QUOTA", "Stockholm", ASEL, "AFG", 8, 70, ""),
    ("USRAP-P2", "Seattle", ODINA, "TJK", 3, 20, "not_accepted"),
    ("CAN-GAR", "Toronto", ASEL, "AFG", 3, -30, "withdrew"),
    ("NOR-QUOTA", "Oslo", ASEL, "AFG", 6, 129, ""),
    ("CAN-GAR", "Calgary", NURLAN, "AFG", 4, 145, ""),
)  # fmt: skip
RAHMATOV_AFTER = 26  # so many cases have a number before theirs


@dataclass(frozen=True)
class Plan:
    """A movement: everything happens on a day counted from the flight, as far as today lets it."""

    number: int
    scheme: str
    town: str
    worker: mission.Colleague
    nation: str
    size: int
    flies: date
    twist: str
    today: date  # the real one, whatever day a step is taken on

    @property
    def begins_at(self) -> str:
        """The town in which the journey begins."""
        return mission.OFFICES[self.worker.office]

    @property
    def is_met_in_transit(self) -> bool:
        return self.number % TRANSIT_EACH == 0

    @property
    def is_told(self) -> bool:
        """Whether a mission receives them: who pays for herself is met by nobody."""
        return self.scheme != "SELF-PAY"

    @property
    def is_long_over(self) -> bool:
        """Whether only the outcome is of interest still, and not what was asked for when."""
        return self.flies < self.today - LONG

    def day(self, offset: int) -> date:
        return self.flies + timedelta(days=offset)


def plans() -> Iterator[Plan]:
    """The movements of the year, the same every time."""
    today = timezone.localdate()
    for number, (scheme, town, worker, nation, size, flies, twist) in enumerate(ROWS, 1):
        flight = today + timedelta(days=flies)
        yield Plan(number, scheme, town, worker, nation, size, flight, twist, today)
