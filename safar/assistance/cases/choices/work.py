"""Plans, services, follow-ups and tasks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlanStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waits for agreement")
    APPROVED = "approved", _("Agreed")
    SUPERSEDED = "superseded", _("Replaced by a newer one")


class ServiceKind(TextChoices):
    COUNSELLING = "counselling", _("Counselling")
    INFORMATION = "information", _("Information")
    LEGAL = "legal", _("Legal help")
    MEDICAL = "medical", _("Medical help")
    PSYCHOSOCIAL = "psychosocial", _("Psychosocial support")
    SHELTER = "shelter", _("Shelter")
    HOUSING = "housing", _("Housing")
    FOOD = "food", _("Food")
    ITEMS = "items", _("Clothing and household items")
    TRANSPORT = "transport", _("Transport")
    ESCORT = "escort", _("Escort")
    PAPERS = "papers", _("Help with papers")
    INTERPRETING = "interpreting", _("Interpreting")
    EDUCATION = "education", _("School or kindergarten")
    TRAINING = "training", _("Vocational training")
    WORK = "work", _("Help to find work")
    BUSINESS = "business", _("Help to start a business")
    OTHER = "other", _("Other help")


class Unit(TextChoices):
    TIME = "time", _("times")
    HOUR = "hour", _("hours")
    DAY = "day", _("days")
    NIGHT = "night", _("nights")
    PIECE = "piece", _("pieces")
    KILOMETRE = "km", _("km")


class FollowUpKind(TextChoices):
    VISIT = "visit", _("Visit")
    CALL = "call", _("Telephone call")
    MEETING = "meeting", _("Meeting at the office")
    SURVEY = "survey", _("Survey")


class FollowUpStatus(TextChoices):
    DUE = "due", _("Due")
    DONE = "done", _("Done")
    UNREACHABLE = "unreachable", _("Could not be reached")
    REFUSED = "refused", _("Refused")
    MOVED_ON = "moved_on", _("Moved on")
    MISSED = "missed", _("Missed")


class AttemptWay(TextChoices):
    VISIT = "visit", _("Visit")
    CALL = "call", _("Call")
    MESSAGE = "message", _("Message")
    MEETING = "meeting", _("Meeting at the office")


class AttemptResult(TextChoices):
    REACHED = "reached", _("Reached")
    NO_ANSWER = "no_answer", _("No answer")
    NOT_THERE = "not_there", _("Was not there")
    WRONG_NUMBER = "wrong_number", _("Wrong number or address")
    LATER = "later", _("Asked for another time")
    REFUSED = "refused", _("Did not want to talk")
    MOVED = "moved", _("Has moved away")


class TaskOutcome(TextChoices):
    DONE = "done", _("Done")
    NOT_NEEDED = "not_needed", _("Not needed")
    NOT_POSSIBLE = "not_possible", _("Could not be done")
