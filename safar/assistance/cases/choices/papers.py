"""Papers and their languages, erasure, and who asks for her own data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentKind(TextChoices):
    PASSPORT = "passport", _("Passport, copy")
    IDENTITY_CARD = "identity_card", _("Identity card, copy")
    TRAVEL_DOCUMENT = "travel_document", _("Travel document")
    VISA = "visa", _("Visa or exit permission")
    CIVIL_STATUS = "civil_status", _("Certificate of birth, marriage or death")
    CONSENT = "consent", _("Signed consent")
    DECLARATION = "declaration", _("Signed declaration")
    DECISION = "decision", _("Decision or letter of a body")
    AUTHORITY = "authority", _("Power of attorney or guardianship")
    MEDICAL = "medical", _("Medical report")
    ASSESSMENT = "assessment", _("Assessment or plan")
    QUOTE = "quote", _("Quote or invoice")
    RECEIPT = "receipt", _("Receipt")
    TICKET = "ticket", _("Ticket or itinerary")
    PHOTO = "photo", _("Photo")
    OTHER = "other", _("Other paper")


class FileType(TextChoices):
    """What may be kept as a document, told by its content and never by its name."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"
    TEXT = "text/plain", _("Plain text")


class PaperLanguage(TextChoices):
    """What a paper is written in (ISO 639-3)."""

    KYRGYZ = "kir", _("Kyrgyz")
    RUSSIAN = "rus", _("Russian")
    UZBEK = "uzb", _("Uzbek")
    TAJIK = "tgk", _("Tajik")
    KAZAKH = "kaz", _("Kazakh")
    TURKMEN = "tuk", _("Turkmen")
    DARI = "prs", _("Dari")
    PASHTO = "pus", _("Pashto")
    PERSIAN = "pes", _("Persian")
    UYGHUR = "uig", _("Uyghur")
    TURKISH = "tur", _("Turkish")
    ARABIC = "ara", _("Arabic")
    ENGLISH = "eng", _("English")
    FRENCH = "fra", _("French")
    GERMAN = "deu", _("German")
    SEVERAL = "mul", _("Several languages")
    OTHER = "mis", _("Another language")


class ErasureWhy(TextChoices):
    OVER_TIME = "over_time", _("Kept as long as the rule says")
    ASKED = "asked", _("The person asks for it")


class ErasureStatus(TextChoices):
    PROPOSED = "proposed", _("Waits for a second person")
    APPROVED = "approved", _("Erased")
    DECLINED = "declined", _("Kept")


class IdentityCheck(TextChoices):
    DOCUMENT = "document", _("Her identity document was seen")
    KNOWN = "known", _("Her caseworker knows her and was there")
    GUARDIAN = "guardian", _("Her guardian’s document and proof of guardianship were seen")
    AUTHORITY = "authority", _("A lawyer’s document and her power of attorney were seen")
