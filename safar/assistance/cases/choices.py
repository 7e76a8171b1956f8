"""The words that people and cases are described with."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sex(TextChoices):
    FEMALE = "F", _("Female")
    MALE = "M", _("Male")
    UNSPECIFIED = "", _("Not specified")


class Script(TextChoices):
    LATIN = "latin", _("Latin")
    CYRILLIC = "cyrillic", _("Cyrillic")
    ARABIC = "arabic", _("Arabic")
    OTHER = "other", _("Other")


class NameKind(TextChoices):
    LEGAL = "legal", _("In the documents")
    FORMER = "former", _("Former")
    OTHER = "other", _("Also called")


class ContactKind(TextChoices):
    PHONE = "phone", _("Telephone")
    MESSENGER = "messenger", _("Messenger")
    EMAIL = "email", _("E-mail")
    ADDRESS = "address", _("Address")


class Kinship(TextChoices):
    SPOUSE = "spouse", _("Wife or husband of")
    PARENT = "parent", _("Parent of")
    CHILD = "child", _("Child of")
    SIBLING = "sibling", _("Sister or brother of")
    GUARDIAN = "guardian", _("Guardian of")
    WARD = "ward", _("In the care of")
    OTHER = "other", _("Otherwise related to")


class Judgement(TextChoices):
    SAME = "same", _("The same person")
    DIFFERENT = "different", _("Different people")


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


# people: what is changed of a person, and whose numbers she has
class PersonFact(TextChoices):
    NAME = "name", _("Name")
    BIRTH = "birth", _("Birth date")
    SEX = "sex", _("Sex")
    CITIZENSHIPS = "citizenships", _("Citizenships")
    NUMBER = "number", _("Number")


class NumberOf(TextChoices):
    """Bodies whose numbers have a known form; any other is written by its own short name."""

    UNHCR_FILE = "unhcr_file", _("UNHCR file")
    UNHCR_PERSON = "unhcr_person", _("UNHCR individual number")
    MISSION = "mission", _("Sending mission")


# Money and approvals
class StepKind(TextChoices):
    """What a person does to a subject. One person does one of them, the preparer included."""

    PREPARE = "prepare", _("Prepare")
    VERIFY = "verify", _("Verify")
    APPROVE = "approve", _("Approve")
    AUTHORISE = "authorise", _("Authorise")
    RELEASE = "release", _("Release")


class StepDecision(TextChoices):
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")


class ApprovalStatus(TextChoices):
    OPEN = "open", _("Waiting for signatures")
    GRANTED = "granted", _("Agreed to by all")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class GrantKind(TextChoices):
    CASH = "cash", _("Cash")
    IN_KIND = "in_kind", _("In kind")
    SERVICE = "service", _("Service")


class PaymentMethod(TextChoices):
    CASH = "cash", _("Cash, against a signature")
    BANK = "bank", _("Bank transfer")
    VOUCHER = "voucher", _("Voucher")
    VENDOR = "vendor", _("Paid to the vendor")


class PaymentStatus(TextChoices):
    PLANNED = "planned", _("Planned")
    APPROVED = "approved", _("Approved")
    RELEASED = "released", _("Released")
    PAID = "paid", _("Paid")
    RECONCILED = "reconciled", _("Reconciled")
    CANCELLED = "cancelled", _("Cancelled")
    RETURNED = "returned", _("Money came back")


class PurchaseStatus(TextChoices):
    QUOTING = "quoting", _("Collecting quotes")
    CHOSEN = "chosen", _("Quote chosen")
    ORDERED = "ordered", _("Ordered")
    DELIVERED = "delivered", _("Delivered")
    CHECKED = "checked", _("Checked on the spot")
    CANCELLED = "cancelled", _("Cancelled")


# Papers, notes and erasure.


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


# sharing: partners, consents, disclosures, referrals
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


# work: plans, services, follow-ups, tasks
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


# instruments: questionnaires by XLSForm, and the import of case lists
class QuestionType(TextChoices):
    """The kinds of question that are understood (XLSForm), and no others."""

    ONE = "select_one", _("One of")
    SEVERAL = "select_multiple", _("Any of")
    INTEGER = "integer", _("Whole number")
    DECIMAL = "decimal", _("Number")
    TEXT = "text", _("Text")
    DATE = "date", _("Date")
    NOTE = "note", _("Words between the questions")


class CaseImportStatus(TextChoices):
    READING = "reading", _("Being checked")
    READY = "ready", _("Waits for your word")
    LOADING = "loading", _("Being written")
    LOADED = "loaded", _("Done")
    FAILED = "failed", _("Not done")
    DROPPED = "dropped", _("Put away")
