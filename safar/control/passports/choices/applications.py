"""The words of applications for passports: what is applied for, how it stands, what belongs to it."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PaperKind(TextChoices):
    """What is applied for. The last two by the Conventions of 1951 and 1954, article 28 of each."""

    PASSPORT = "passport", _("Passport")
    CARD = "card", _("Identity card")
    REFUGEE = "refugee", _("Travel document of a refugee")
    STATELESS = "stateless", _("Travel document of a stateless person")


NATIONAL: Final = (PaperKind.PASSPORT, PaperKind.CARD)
"""For citizens alone."""
PROTECTED: Final = (PaperKind.REFUGEE, PaperKind.STATELESS)
"""Of people whom no state protects but this one: nothing of them leaves its own offices."""
BLANKS: Final = {
    PaperKind.PASSPORT: "booklet",
    PaperKind.CARD: "card",
    PaperKind.REFUGEE: "travel_paper",
    PaperKind.STATELESS: "travel_paper",
}
"""The kind of blank that each is made of: see `blanks.choices.BlankKind`."""
NATIONALITIES: Final = {PaperKind.REFUGEE: ("XXB", "XXC"), PaperKind.STATELESS: ("XXA",)}
"""What the zone names as nationality where there is none (ICAO Doc 9303-3 §5)."""


class Status(TextChoices):
    DRAFT = "draft", _("Not sent yet")
    SUBMITTED = "submitted", _("Received")
    MORE_ASKED = "more_asked", _("More is asked for")
    CHECKED = "checked", _("Checked, ready for approval")
    APPROVED = "approved", pgettext_lazy("passport", "Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MADE = "made", pgettext_lazy("passport", "Made")
    DELIVERED = "delivered", pgettext_lazy("passport", "Delivered")
    CANCELLED = "cancelled", pgettext_lazy("passport", "Cancelled before delivery")


OPEN: Final = (Status.SUBMITTED, Status.MORE_ASKED, Status.CHECKED)
TO_CHECK: Final = (Status.SUBMITTED, Status.MORE_ASKED)
"""Sent, and not checked yet: its papers may still change."""
APPROVED: Final = (Status.APPROVED, Status.MADE, Status.DELIVERED, Status.CANCELLED)
"""Approved once, whatever became of it."""
ON_ITS_WAY: Final = (Status.APPROVED, Status.MADE)


class Reason(TextChoices):
    FIRST = "first", pgettext_lazy("passport", "The first one")
    EXPIRED = "expired", pgettext_lazy("passport", "The earlier one ran out or is full")
    LOST = "lost", pgettext_lazy("passport", "The earlier one is lost")
    STOLEN = "stolen", pgettext_lazy("passport", "The earlier one was stolen")
    DAMAGED = "damaged", pgettext_lazy("passport", "The earlier one is damaged")
    CHANGED_NAME = "changed_name", _("The name has changed")
    SECOND = "second", _("A second one beside the first")


class AttachmentKind(TextChoices):
    PHOTO = "photo", _("Photo of the face")
    IDENTITY = "identity", _("Proof of identity: identity document or birth certificate")
    EARLIER = "earlier", _("The earlier document, the page with the photo")
    LOSS = "loss", _("Note of the police on the loss")
    NAME_CHANGE = "name_change", _("Certificate of the new name")
    BIRTH = "birth", _("Birth certificate of the child")
    CUSTODY = "custody", _("Proof that one parent decides alone")
    GUARDIANSHIP = "guardianship", _("Decision on the guardian")
    STATUS = "status", _("Decision on the status of refugee or stateless person")
    PROXY = "proxy", _("Power of attorney")
    NEED = "need", _("Proof that a second one is needed")
    OTHER = "other", _("Another paper")


class Relation(TextChoices):
    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    GUARDIAN = "guardian", _("Guardian")


class Ground(TextChoices):
    """Grounds of refusal. The letter names the article of the state's own law."""

    NOT_A_CITIZEN = "not_a_citizen", _("The citizenship is not shown")
    NO_STATUS = "no_status", _("The status of refugee or stateless person is not recognised")
    IDENTITY = "identity", _("It is not shown who the applicant is")
    ANOTHER_NAME = "another_name", _("The applicant holds a document under another identity")
    FALSE_PAPERS = "false_papers", _("Papers or statements are false")
    HOLDS_ONE = "holds_one", _("The applicant holds a valid document of this kind")
    CONSENT = "consent", _("The consent of a parent or guardian is missing")
    BARRED = "barred", _("A court or another authority has barred the issue")
    INCOMPLETE = "incomplete", _("What was asked for was not handed in")
