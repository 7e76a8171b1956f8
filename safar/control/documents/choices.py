"""Why a travel document must not be honoured."""

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
