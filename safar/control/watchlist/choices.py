"""The words that lists, entries, hits and imports are described with."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# Of the engine: `docs/benchmarks.md` says what it finds there, and whom it stops.
SHIPPED_THRESHOLD = 0.81


class ListKind(TextChoices):
    SANCTIONS = "sanctions", _("Sanctions")
    WANTED = "wanted", _("Wanted, witnesses and missing")
    ENTRY_BAN = "entry_ban", _("Refused entry")
    OTHER = "other", _("Other")


class SourceFormat(TextChoices):
    OWN = "own", _("Entered here")
    OFAC = "ofac", _("OFAC SDN and ALT files")
    UN = "un", _("Security Council consolidated list (XML)")
    FTM = "ftm", _("OpenSanctions entities (FollowTheMoney JSON lines)")
    SIMPLE = "simple", _("OpenSanctions targets.simple.csv")
    TABLE = "table", _("A table of its own (CSV or XLSX)")


class Instruction(TextChoices):
    """What an entry asks of the post (after Regulation (EU) 2018/1862, alert categories)."""

    REFUSE_ENTRY = "refuse_entry", _("Refuse entry")
    DETAIN = "detain", _("Detain")
    INFORM = "inform", _("Inform the owner, then let pass")
    DISCREET_CHECK = "discreet_check", _("Discreet check")
    INQUIRY = "inquiry", _("Inquiry")
    MEDICAL = "medical", _("Medical check")
    SEIZE_DOCUMENT = "seize_document", _("Seize the document")
    PROTECT = "protect", _("Protect: missing or vulnerable")


class EntryStatus(TextChoices):
    PROPOSED = "proposed", _("Waiting for a second person")
    PUBLISHED = "published", _("In force")
    LIFTING = "lifting", _("In force; lifting proposed")
    LIFTED = "lifted", _("Lifted")
    ENDED = "ended", _("Gone from its source")
    DECLINED = "declined", _("Declined")


IN_FORCE = (EntryStatus.PUBLISHED, EntryStatus.LIFTING)


class Sex(TextChoices):
    """As in a travel document (ICAO Doc 9303-3 §4.4); empty where the source says nothing."""

    FEMALE = "F", _("Female")
    MALE = "M", _("Male")
    UNKNOWN = "", _("Not known")


class Script(TextChoices):
    LATIN = "latin", _("Latin")
    CYRILLIC = "cyrillic", _("Cyrillic")
    ARABIC = "arabic", _("Arabic")
    OTHER = "other", _("Other")


class DocumentKind(TextChoices):
    PASSPORT = "passport", _("Passport")
    IDENTITY = "identity", _("Identity card or number")


class HitKind(TextChoices):
    DOCUMENT = "document", _("Document number")
    NAME = "name", _("Name")


class HitStatus(TextChoices):
    NEW = "new", _("New")
    IN_REVIEW = "in_review", _("In review")
    SAME = "same", _("The same person")
    DIFFERENT = "different", _("A different person")


class Outcome(TextChoices):
    SAME = "same", _("The same person")
    DIFFERENT = "different", _("A different person")
    UNSURE = "unsure", _("I cannot tell")


class Decisive(TextChoices):
    """What decided a judgement."""

    NAME = "name", _("Name")
    BIRTH = "birth", _("Date of birth")
    FATHER = "father", _("Father's name")
    FACE = "face", _("Face")
    MARKS = "marks", _("Body marks")
    DOCUMENTS = "documents", _("Documents")
    WHEREABOUTS = "whereabouts", _("Whereabouts")
    OWNER = "owner", _("Answer of the list's owner")


class ImportStatus(TextChoices):
    READING = "reading", _("Being read and compared")
    MAPPING = "mapping", _("Waiting for its columns to be chosen")
    PREPARED = "prepared", _("Waiting for a second person")
    LOADING = "loading", _("Being loaded")
    LOADED = "loaded", _("Loaded")
    DECLINED = "declined", _("Declined")
    FAILED = "failed", _("Not done")


class ImportStage(TextChoices):
    """What the work of an import is at, where its count says nothing."""

    WRITING = "writing", _("Being written")
    SETTLING = "settling", _("Being checked as a whole")
    INDEXING = "indexing", _("Its names are being indexed")


class ChangeStatus(TextChoices):
    """Of a change that waits for a second person: of an entry in force, or of a threshold."""

    PROPOSED = "proposed", _("Waiting for a second person")
    PUBLISHED = "published", _("Agreed to")
    DECLINED = "declined", _("Declined")


class ReviewOutcome(TextChoices):
    KEPT = "kept", _("Kept")
    LIFTING = "lifting", _("Lifting proposed")


class PhotoType(TextChoices):
    JPEG = "jpeg", _("JPEG")
    PNG = "png", _("PNG")


class WorkStatus(TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Not done")
