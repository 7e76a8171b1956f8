"""The words of returns: what is given, what was found, how somebody was met."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# The states whose missions refer people to us (research/assistance.md, MISSION B3), by ICAO code.
SENDING = ("BEL", "NOR", "CHE", "GBR", "FIN", "NLD", "PRT", "SWE", "TUR")


class Given(TextChoices):
    """How a grant line is given."""

    CASH = "cash", _("In cash")
    IN_KIND = "in_kind", _("In kind")
    SERVICE = "service", _("As a service")


class GrantPurpose(TextChoices):
    POCKET = "pocket", _("Pocket money on arrival")
    BUSINESS = "business", _("A business")
    STUDY = "study", _("Study or training")
    MEDICAL = "medical", _("Medical care")
    HOUSING = "housing", _("Housing")


class PerWhom(TextChoices):
    CASE = "case", _("For the case")
    ADULT = "adult", _("For each adult")
    CHILD = "child", _("For each child")


class Order(TextChoices):
    """Whether a deportation order stands against the person: asked, never assumed."""

    UNKNOWN = "unknown", _("Not asked yet")
    NONE = "none", _("None stands")
    STANDS = "stands", _("One stands")


class Met(TextChoices):
    MET = "met", _("Met at the airport")
    NOT_MET = "not_met", _("Not met")
    NOT_ON_BOARD = "not_on_board", _("Was not on board")


class PlanKind(TextChoices):
    BUSINESS = "business", _("A business of one's own")
    WORK = "work", _("Paid work")
    STUDY = "study", _("Study or training")
    FARMING = "farming", _("Farming")
    HOUSING = "housing", _("Housing")
    CARE = "care", _("Medical care")


class Verdict(TextChoices):
    FEASIBLE = "feasible", _("Feasible")
    WITH_HELP = "with_help", _("Feasible with more help")
    NOT_FEASIBLE = "not_feasible", _("Not feasible")
