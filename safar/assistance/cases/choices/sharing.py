"""Partners, consents, and what leaves the house with them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PartnerKind(TextChoices):
    MISSION = "mission", _("Mission of a state")
    INTERNATIONAL = "international", _("International body")
    MINISTRY = "ministry", _("Ministry or agency")
    NGO = "ngo", _("Non-governmental organisation")
    CLINIC = "clinic", _("Clinic or hospital")
    OTHER = "other", _("Other body")


class AgreementKind(TextChoices):
    """By what the partner is bound, in writing (IOM data protection principle 5)."""

    SHARING = "sharing", _("Agreement on sharing data")
    CLAUSE = "clause", _("Clause of another agreement")
    TREATY = "treaty", _("Treaty or law")


class ConsentKind(TextChoices):
    EXPLICIT = "explicit", _("Said or signed by the person")
    PROXY = "proxy", _("Given by somebody for the person")
    IMPLICIT = "implicit", _("Shown by what the person did")


class ConsentForm(TextChoices):
    WRITTEN = "written", _("In writing")
    ORAL = "oral", _("Orally")
    ELECTRONIC = "electronic", _("Electronically")


class StandsAs(TextChoices):
    PARENT = "parent", _("Parent")
    GUARDIAN = "guardian", _("Guardian")
    SPOUSE = "spouse", _("Wife or husband")
    RELATIVE = "relative", _("Other relative")
    LAWYER = "lawyer", _("Lawyer or attorney")
    OTHER = "other", _("Otherwise entitled")


class ConsentPrompt(TextChoices):
    """What a person is told before she consents (HTCDS 2.0)."""

    PURPOSE = "purpose", _("What the data are for")
    ACTUAL_USE = "actual_use", _("How they are used now, and by whom")
    POTENTIAL_USE = "potential_use", _("How they may be used later")
    RESEARCH = "research", _("Whether they may serve research, without her name")
    ACCESS = "access", _("That she may ask to see, correct and have a copy of them")
    STORAGE = "storage", _("How long they are kept")
    WITHDRAWAL = "withdrawal", _("That and how she may withdraw, at no cost to her help")


class SharingPurpose(TextChoices):
    SERVICE = "service", _("To get a service")
    HEALTH = "health", _("Health care")
    JOURNEY = "journey", _("The journey")
    RETURN = "return", _("Return and reintegration")
    RESETTLEMENT = "resettlement", _("Resettlement")
    LEGAL = "legal", _("Legal help")
    PROTECTION = "protection", _("Protection")
    FAMILY = "family", _("To find or join family")
    REPORT = "report", _("Report to who pays for the help")


class DataKind(TextChoices):
    """What is known of a person, as consents name it. A field's code begins with its kind."""

    IDENTITY = "identity", _("Name, birth, sex, citizenship")
    CONTACT = "contact", _("How to reach the person")
    PAPERS = "papers", _("Papers and numbers")
    FAMILY = "family", _("Family")
    JOURNEY = "journey", _("Journey")
    NEEDS = "needs", _("Needs on the way and in a service")
    ASSISTANCE = "assistance", _("Help given so far")
    HEALTH = "health", _("Health")
    PROTECTION = "protection", _("What happened to the person")


class Channel(TextChoices):
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Letter")
    BY_HAND = "by_hand", _("By hand")
    PHONE = "phone", _("Telephone")
    SYSTEM = "system", _("From system to system")


class LetterLanguage(TextChoices):
    """In which our letters and forms are printed; each is called by its own name."""

    ENGLISH = "en", "English"
    RUSSIAN = "ru", "Русский"
    KYRGYZ = "ky", "Кыргызча"


class ReferralStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent")
    RECEIVED = "received", _("Received")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    IN_SERVICE = "in_service", _("Being served")
    COMPLETED = "completed", _("Completed")
    NOT_COMPLETED = "not_completed", _("Not completed")
    WITHDRAWN = "withdrawn", _("Consent withdrawn")
    EXPIRED = "expired", _("No answer in time")


class NoticeStatus(TextChoices):
    DUE = "due", _("To be sent")
    SENT = "sent", _("Sent")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
