"""What the kernel needs to know of returns."""

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.case_list import Importer
from safar.assistance.cases.choices.case import Compartment, Phase
from safar.assistance.cases.programmes import Programme, register
from safar.assistance.returns.actions.importing import import_files
from safar.assistance.returns.by_the_scheme import may_grant
from safar.assistance.returns.case_list import COLUMNS, check, fits
from safar.assistance.returns.queries.banner import banner
from safar.assistance.returns.queries.due import due
from safar.assistance.returns.workflow import RETURN

RETURNS = register(
    Programme(
        code="returns",
        prefix="RTN",
        name=_("Voluntary return"),
        workflow=RETURN,
        statuses={
            "referred": _("Referred by a mission"),
            "counselling": _("Counselling"),
            "declared": _("Declaration signed"),
            "travel_arranged": _("Travel arranged"),
            "departed": _("Departed"),
            "arrived": _("Arrived"),
            "reintegrating": _("Reintegration"),
            "monitored": _("Monitoring"),
            "completed": _("Completed"),
            "ended": _("Ended early"),
        },
        phases={
            "referred": Phase.OPEN,
            "counselling": Phase.OPEN,
            "declared": Phase.ACTIVE,
            "travel_arranged": Phase.ACTIVE,
            "departed": Phase.ACTIVE,
            "arrived": Phase.ACTIVE,
            "reintegrating": Phase.ACTIVE,
            "monitored": Phase.ACTIVE,
            "completed": Phase.CLOSED,
            "ended": Phase.CLOSED,
        },
        compartment=Compartment.PROGRAMME,
        keep_years=7,
        keep_why="the donors' audit: seven years after the last payment",
        page="returns:case",
        due=due,
        banner=banner,
        importer=Importer(COLUMNS, check, import_files, fits),
        may_grant=may_grant,
    )
)
