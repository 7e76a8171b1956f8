"""How a case is described: who may know of it, how far it is, who is in it, why it ended."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Compartment(TextChoices):
    """Who may know of a row at all (research: confidentiality). Each is a wall, not a level."""

    OPEN = "open", _("Open")
    PROGRAMME = "programme", _("Programme file")
    PROTECTION = "protection", _("Protection file")
    RESTRICTED = "restricted", _("Restricted file")
    MEDICAL = "medical", _("Medical file")


class Phase(TextChoices):
    """What every programme's states come to: for lists and for figures across programmes."""

    OPEN = "open", _("Opened")
    ACTIVE = "active", _("Active")
    ON_HOLD = "on_hold", _("On hold")
    CLOSED = "closed", _("Closed")


class MemberRole(TextChoices):
    APPLICANT = "applicant", _("Applicant")
    SPOUSE = "spouse", _("Wife or husband")
    CHILD = "child", _("Child")
    PARENT = "parent", _("Parent")
    SIBLING = "sibling", _("Sister or brother")
    GUARDIAN = "guardian", _("Guardian")
    OTHER = "other", _("Other member")


class Closure(TextChoices):
    COMPLETED = "completed", _("Everything was done")
    DEPARTED = "departed", _("Departed")
    WITHDRAWN = "withdrawn", _("The person withdrew")
    NOT_ELIGIBLE = "not_eligible", _("Not eligible")
    REFERRED = "referred", _("Another body took over")
    LOST_CONTACT = "lost_contact", _("Cannot be found")
    DIED = "died", _("The person died")
    DUPLICATE = "duplicate", _("Opened twice")
