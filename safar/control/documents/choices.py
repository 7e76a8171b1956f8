"""Why a travel document must not be honoured."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Report(TextChoices):
    LOST = "lost", _("Lost")
    STOLEN = "stolen", _("Stolen")
    VOID = "void", _("Void: withdrawn by its issuer")
    STOLEN_BLANK = "stolen_blank", _("Stolen blank")
