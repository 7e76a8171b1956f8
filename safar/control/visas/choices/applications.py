"""The words of visa applications: where they come from, how they stand, what belongs to them."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(TextChoices):
    CONSULATE = "consulate", _("At the consulate")
    BORDER = "border", _("At the border")
    PUBLIC = "public", _("On the public page")


class Language(TextChoices):
    """Each in its own name, as people look for it."""

    ENGLISH = "en", "English"
    RUSSIAN = "ru", "Русский"
    KYRGYZ = "ky", "Кыргызча"


class Status(TextChoices):
    DRAFT = "draft", _("Not sent yet")
    SUBMITTED = "submitted", _("Received")
    MORE_ASKED = "more_asked", _("More is asked for")
    PREPARED = "prepared", _("Ready for a decision")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ISSUED = "issued", pgettext_lazy("visa", "Issued")


OPEN: Final = (Status.SUBMITTED, Status.MORE_ASKED, Status.PREPARED)
DECIDED: Final = (Status.GRANTED, Status.REFUSED, Status.ISSUED)


class Entries(TextChoices):
    """How often the holder may enter; the letter of ICAO Doc 9303-7 for "many" is ours."""

    ONE = "1", _("Once")
    TWO = "2", _("Twice")
    MANY = "M", _("Several times")


class DocumentKind(TextChoices):
    """The first letters of the zone (ICAO Doc 9303-4 §4.2.2.3, eighth edition)."""

    PASSPORT = "P", _("Passport")
    DIPLOMATIC = "PD", _("Diplomatic passport")
    SERVICE = "PO", _("Service passport")
    REFUGEE = "PR", _("Travel document of a refugee")
    STATELESS = "PS", _("Travel document of a stateless person")


class PaperKind(TextChoices):
    PHOTO = "photo", _("Photo of the face")
    PASSPORT = "passport", _("Passport, the page with the photo")
    INVITATION = "invitation", _("Invitation")
    TICKET = "ticket", _("Ticket or booking")
    LODGING = "lodging", _("Booking or proof of lodging")
    FUNDS = "funds", _("Proof of means")
    CONTRACT = "contract", _("Work contract")
    STUDY = "study", _("Letter of the school or university")
    FAMILY = "family", _("Certificate of kinship")
    NEXT_VISA = "next_visa", _("Visa of the next country")
    RECORD = "record", _("Certificate of no criminal record")
    HEALTH = "health", _("Health insurance or certificate")
    OTHER = "other", _("Another paper")


class Ground(TextChoices):
    """Grounds of refusal (Regulation (EC) 810/2009 Annex VI, in own words).

    The administration names the article of its own law in the letter.
    """

    FALSE_DOCUMENT = (
        "false_document",
        _("The travel document is false, altered or not the holder's"),
    )
    PURPOSE = "purpose", _("The purpose and the conditions of the stay are not shown")
    MEANS = "means", _("Means for the stay and for the way back are not shown")
    DAYS_USED = "days_used", _("The days that the law allows are used already")
    LISTED = "listed", _("Entry is barred by a list")
    SECURITY = "security", _("A danger to public order, security or health")
    INSURANCE = "insurance", _("No sufficient health insurance is shown")
    PAPERS = "papers", _("Papers or statements are not reliable")
    RETURN = "return", _("There are reasonable doubts that the holder will leave in time")
    QUOTA = "quota", _("The places of the year are taken")
    INCOMPLETE = "incomplete", _("What was asked for was not handed in")
