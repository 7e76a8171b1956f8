"""Why must a travel document not be honoured, and how far is an owner's new list of them?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Report(TextChoices):
    LOST = "lost", _("Lost")
    STOLEN = "stolen", _("Stolen")
    VOID = "void", _("Void: withdrawn by its issuer")
    STOLEN_BLANK = "stolen_blank", _("Stolen blank")


class ListedKind(TextChoices):
    """As `Report`, in one letter: it stands in tens of millions of rows."""

    LOST = "l", _("Lost")
    STOLEN = "s", _("Stolen")
    VOID = "v", _("Void: withdrawn by its issuer")
    STOLEN_BLANK = "b", _("Stolen blank")

    @property
    def report(self) -> Report:
        return Report[self.name]


class ImportStatus(TextChoices):
    """Of a new version of an owner's list; the words are those of the watch lists."""

    READING = "reading", _("Being read and compared")
    PREPARED = "prepared", _("Waiting for a second person")
    LOADED = "loaded", _("Loaded")
    DECLINED = "declined", _("Declined")
    FAILED = "failed", _("Not done")


class PersonalNumber(TextChoices):
    """The system of the personal numbers in a series' documents: see `safar.lib.mrz`."""

    KYRGYZ = "KGZ", _("Kyrgyz PIN: sex, date of birth")
    KAZAKH = "KAZ", _("Kazakh IIN: date of birth, sex, check digit")
    UZBEK = "UZB", _("Uzbek PINFL: sex, date of birth, check digit")
    OTHER = "other", _("A number that tells nothing known")


class SeriesStatus(TextChoices):
    """Of a change of the table of documents."""

    PROPOSED = "proposed", _("Waiting for a second person")
    AGREED = "agreed", _("Agreed to")
    DECLINED = "declined", _("Declined")


# Why two numbers are no batch: the sentences of `rules.span_of`.
SPAN = {
    "Both numbers end in digits.": _("Both numbers end in digits."),
    "Both numbers have the same letters and the same length.": _(
        "Both numbers have the same letters and the same length."
    ),
    "The first number comes before the last.": _("The first number comes before the last."),
    "A batch has ten million blanks at the most.": _("A batch has ten million blanks at the most."),
}


class Light(TextChoices):
    """Under which light a picture of a specimen was taken."""

    WHITE = "white", _("White light")
    OBLIQUE = "oblique", _("Light from the side")
    THROUGH = "through", _("Light from behind")
    UV = "uv", _("Ultraviolet")
    INFRARED = "infrared", _("Infrared")


class Way(TextChoices):
    """How an officer tests a security feature, without tools first."""

    LOOK = "look", _("Look")
    TILT = "tilt", _("Tilt")
    TOUCH = "touch", _("Touch")
    LIGHT = "light", _("Hold against the light")
    UV = "uv", _("Ultraviolet lamp")
    MAGNIFIER = "magnifier", _("Magnifier")


class FileKind(TextChoices):
    """What a file of state certificates is."""

    LIST = "list", _("Master list")
    CERTIFICATE = "certificate", _("One certificate")


class Proof(TextChoices):
    """Who signed a state's certificate, as far as the file that it came in tells."""

    SELF_SIGNED = "self-signed", _("Signed by itself")
    LINK = "link", _("Signed by another key of the state")
    UNPROVED = "unproved", _("Signed by a key that is not held")


class CertificateStatus(TextChoices):
    """Of a state's certificate."""

    PROPOSED = "proposed", _("Waiting for a second person")
    TRUSTED = "trusted", _("Trusted")
    DECLINED = "declined", _("Declined")
    DISTRUSTED = "distrusted", _("Distrusted")


class CertificateAct(TextChoices):
    """What was done to a state's certificate, for its history."""

    PROPOSED = "proposed", _("Proposed")
    TRUSTED = "trusted", _("Trusted")
    DECLINED = "declined", _("Declined")
    DISTRUSTED = "distrusted", _("Distrusted")
