"""The words of stay: how far an application has come, who gave a room, why an overstay ended."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ExtensionStatus(TextChoices):
    ASKED = "asked", _("Waits for a second person")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Host(TextChoices):
    """Who reports that a foreigner lives at an address."""

    HOST = "host", pgettext_lazy("registration", "A host")
    HOTEL = "hotel", pgettext_lazy("registration", "A hotel")
    HERSELF = "herself", pgettext_lazy("registration", "The traveller")


class Closed(TextChoices):
    """Why an overstay is no longer counted."""

    EXIT = "exit", pgettext_lazy("stay", "Left")
    ENTERED_AGAIN = "entered_again", _("Entered again: the exit between was not seen")
    EXTENDED = "extended", _("The stay was extended")
    CORRECTED = "corrected", _("The entry was corrected")
    ANNULLED = "annulled", _("The entry was annulled")
    REBUTTED = "rebutted", _("What the traveller said was accepted")
    WAITS = "waits", _("An application to stay longer waits")
    RECORD = "record", _("The record does not tell")  # never shown: see `Overstay.scope`


class RebuttalStatus(TextChoices):
    RECORDED = "recorded", _("Waits for a second person")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
