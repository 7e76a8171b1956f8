"""The words of movements: who referred, which steps there are, what a journey needs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReferredBy(TextChoices):
    UNHCR = "unhcr", _("UNHCR")
    STATE = "state", _("The receiving state")
    FAMILY = "family", _("The family there")
    SELF = "self", _("The travellers themselves")


class Selection(TextChoices):
    """How the receiving state decides: on paper, or by its own people who come and ask."""

    DOSSIER = "dossier", _("By dossier")
    MISSION = "mission", _("By a selection mission")
    EMBASSY = "embassy", _("By its embassy")
    NONE = "none", _("Nobody selects")


class Priority(TextChoices):
    NORMAL = "normal", _("Normal")
    URGENT = "urgent", _("Urgent")
    EMERGENCY = "emergency", _("Emergency")


class StepKind(TextChoices):
    """What must be done before somebody may travel, in the usual order."""

    INTERVIEW = "interview", _("Interview")
    DECISION = "decision", _("Decision letter")
    SECURITY = "security", _("Security check")
    MEDICAL = "medical", _("Medical")
    ORIENTATION = "orientation", _("Orientation")
    TRAVEL_DOCUMENT = "document", _("Travel document")
    EXIT_PERMISSION = "exit", _("Exit permission")
    VISA = "visa", _("Visa")
    TRANSIT_VISA = "transit_visa", _("Transit visa")
    LOAN = "loan", _("Travel loan")
    PREFLIGHT = "preflight", _("Check before the flight")


OF_HEALTH = frozenset({StepKind.MEDICAL, StepKind.PREFLIGHT})
# Steps that are done by what is written down elsewhere: an examination, a session, a signed note.
ELSEWHERE = OF_HEALTH | {StepKind.ORIENTATION, StepKind.LOAN}


class StepStatus(TextChoices):
    TO_DO = "to_do", _("Still to do")
    ASKED = "asked", _("Asked")
    SENT_BACK = "sent_back", _("Sent back")
    REFUSED = "refused", _("Refused by them")
    DONE = "done", _("Done")
    NOT_NEEDED = "not_needed", _("Not needed")


class Fitness(TextChoices):
    """What the health worker says of the journey, and no word more."""

    NOT_SEEN = "not_seen", _("Not examined yet")
    FIT = "fit", _("Fit to travel")
    FIT_WITH_NEEDS = "fit_with_needs", _("Fit to travel, with help")
    HELD = "held", _("On medical hold")
    NOT_FIT = "not_fit", _("Not fit to travel")


class NeedOnBoard(TextChoices):
    WHEELCHAIR = "wheelchair", _("Wheelchair")
    STRETCHER = "stretcher", _("Stretcher")
    OXYGEN = "oxygen", _("Oxygen")
    OWN_MEDICINE = "own_medicine", _("Own medicine in the hand baggage")
    TWO_SEATS = "two_seats", _("A second seat")
    DIET = "diet", _("Special food")
    CALM = "calm", _("Boards last, sits at the front")


class EscortKind(TextChoices):
    NONE = "", _("No escort")
    OPERATIONAL = "operational", _("Escort")
    MEDICAL = "medical", _("Medical escort")


class MedicalOutcome(TextChoices):
    """The outcome of an examination, behind the medical wall."""

    NO_FINDING = "no_finding", _("No finding")
    CLASS_B = "class_b", _("A finding that does not keep from travel")
    CLASS_A = "class_a", _("A finding to be treated first")
    MORE_TESTS = "more_tests", _("More tests are needed")


class Attended(TextChoices):
    INVITED = "invited", _("Invited")
    CAME = "came", _("Came")
    ABSENT = "absent", _("Did not come")


class JourneyStatus(TextChoices):
    HELD = "held", _("Seats held")
    TICKETED = "ticketed", _("Ticketed")
    CANCELLED = "cancelled", _("Cancelled")
    DEPARTED = "departed", _("Departed")
    ARRIVED = "arrived", _("Arrived")


class Fare(TextChoices):
    RESETTLEMENT = "resettlement", _("Refugee fare by agreement")
    MIGRANT = "migrant", _("Migrant fare by agreement")
    PUBLIC = "public", _("Public fare")


class Payer(TextChoices):
    STATE = "state", _("The receiving state")
    LOAN = "loan", _("On loan")
    PROJECT = "project", _("A project of ours")
    SPONSOR = "sponsor", _("The sponsor")
    SELF = "self", _("The travellers themselves")


class Boarded(TextChoices):
    BOOKED = "booked", _("Booked")
    BOARDED = "boarded", _("On board")
    NO_SHOW = "no_show", _("Did not come")
    TURNED_BACK = "turned_back", _("Turned back at the border")


class JourneyEventKind(TextChoices):
    CHECK_IN = "check_in", _("Helped at check-in")
    BORDER = "border", _("Helped at the border")
    CUSTOMS = "customs", _("Helped at customs")
    CLOTHING = "clothing", _("Warm clothing given")
    TRANSIT_MET = "transit_met", _("Met in transit")
    MISSED = "missed", _("Missed the connection")
    REBOOKED = "rebooked", _("Booked on another flight")
    OTHER = "other", _("Something else")


class NoticeKind(TextChoices):
    NEW = "new", _("New booking")
    CHANGED = "changed", _("Changed booking")
    CANCELLED = "cancelled", _("Cancelled")
    DEPARTED = "departed", _("Departed")
    ARRIVED = "arrived", _("Arrived")


class LoanStatus(TextChoices):
    DRAFT = "draft", _("To be signed")
    SIGNED = "signed", _("Signed")
    ASSIGNED = "assigned", _("Assigned for repayment")
    REPAID = "repaid", _("Repaid")
    CANCELLED = "cancelled", _("Cancelled")
