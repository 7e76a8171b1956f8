"""The words of the crossing point: directions, verdicts, decisions, the headings of the shift log."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Direction(TextChoices):
    ENTRY = "entry", _("Entry")
    EXIT = "exit", _("Exit")


class Verdict(TextChoices):
    CLEAR = "clear", _("Clear")
    CHECK = "check", _("Check")
    HOLD = "hold", _("Hold")


class Source(TextChoices):
    SCAN = "scan", _("Read by machine")
    TYPED = "typed", _("Typed by hand")


class Line(TextChoices):
    FIRST = "first", _("First line")
    SECOND = "second", _("Second line")


class DecisionKind(TextChoices):
    ADMIT = "admit", _("Admitted")
    REFER = "refer", _("Sent to second line")
    REFUSE = "refuse", _("Refused")


class ShiftStatus(TextChoices):
    OPEN = "open", _("Open")
    HANDED_OVER = "handed_over", _("Handed over")
    CLOSED = "closed", _("Closed")


class ReferralStatus(TextChoices):
    WAITING = "waiting", _("Waiting")
    TAKEN = "taken", _("In review")
    DECIDED = "decided", _("Decided")
    SET_ASIDE = "set_aside", _("Set aside")


class AmendmentKind(TextChoices):
    ANNUL = "annul", _("Annulment")
    CORRECT = "correct", _("Correction")


class AmendmentStatus(TextChoices):
    PROPOSED = "proposed", _("Waiting for a second person")
    APPROVED = "approved", _("In force")
    DECLINED = "declined", _("Declined")


class ExtensionGround(TextChoices):
    """Why a stay is made longer."""

    ILLNESS = "illness", _("Illness")
    STUDY = "study", _("Study")
    WORK = "work", _("Work")
    FAMILY = "family", _("Family")
    HUMANITARIAN = "humanitarian", _("Humanitarian reasons")
    TRANSPORT = "transport", _("Transport cancelled")


class RebuttalGround(TextChoices):
    """What a traveller says against an overstay."""

    OTHER_DOCUMENT = "other_document", _("Left under another document")
    OTHER_POST = "other_post", _("Left at a post where it was not recorded")
    HOSPITAL = "hospital", _("Was in hospital")
    FORCE_MAJEURE = "force_majeure", _("Could not leave: force majeure")
    WRONG_DATE = "wrong_date", _("The day on record is wrong")


class LogHeading(TextChoices):
    """The nine items of the log of a shift: Schengen Borders Code, Annex II (a) to (i)."""

    TEAM = "a", _("Officer in charge and team")
    RELAXATION = "b", _("Checks relaxed")
    ISSUED = "c", _("Documents and visas issued at the border")
    APPREHENDED = "d", _("Persons apprehended, offences")
    REFUSALS = "e", _("Refusals of entry: grounds, citizenships")
    STAMPS = "f", _("Stamps: codes, holders, lost or stolen")
    COMPLAINTS = "g", _("Complaints of travellers")
    MEASURES = "h", _("Other important measures of police or courts")
    OCCURRENCES = "i", _("Particular occurrences")


class ChipOutcome(TextChoices):
    """What passive authentication says of a chip: see `safar.lib.chip.verdict`."""

    AUTHENTIC = "authentic", _("Authentic")
    DOUBTFUL = "doubtful", _("Doubtful")
    UNJUDGED = "unjudged", _("Cannot be judged")
    REFUSED = "refused", _("Not authentic")


class FeatureResult(TextChoices):
    """How a security feature of a document stands to the specimen's."""

    SAME = "same", _("As described")
    DIFFERS = "differs", _("Differs")
