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
