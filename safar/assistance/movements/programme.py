"""What the kernel needs to know of movements."""

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.case_list import Importer
from safar.assistance.cases.choices.case import Compartment, Phase
from safar.assistance.cases.programmes import Programme, register
from safar.assistance.movements.actions.importing import import_files
from safar.assistance.movements.case_list import COLUMNS, check, fits
from safar.assistance.movements.queries.banner import banner
from safar.assistance.movements.queries.due import due
from safar.assistance.movements.workflow import MOVEMENT

MOVEMENTS = register(
    Programme(
        code="movements",
        prefix="RST",
        name=_("Resettlement and movements"),
        workflow=MOVEMENT,
        statuses={
            "referred": _("Referred"),
            "preparing": _("Before departure"),
            "booked": _("Booked"),
            "departed": _("On the way"),
            "arrived": _("Arrived there"),
            "aside": _("Put aside"),
            "not_accepted": _("Not accepted"),
            "ended": _("Ended before departure"),
        },
        phases={
            "referred": Phase.OPEN,
            "preparing": Phase.ACTIVE,
            "booked": Phase.ACTIVE,
            "departed": Phase.ACTIVE,
            "arrived": Phase.CLOSED,
            "aside": Phase.ON_HOLD,
            "not_accepted": Phase.CLOSED,
            "ended": Phase.CLOSED,
        },
        compartment=Compartment.PROGRAMME,
        keep_years=10,
        keep_why="travel loans are repaid for years, and the donors audit them",
        page="movements:case",
        due=due,
        banner=banner,
        importer=Importer(COLUMNS, check, import_files, fits),
    )
)
