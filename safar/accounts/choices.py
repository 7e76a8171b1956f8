"""The few words that accounts are described with."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Theme(TextChoices):
    AUTO = "auto", _("As the device")
    DAY = "day", _("Day")
    NIGHT = "night", _("Night")


class GrantStatus(TextChoices):
    PROPOSED = "proposed", _("Waiting for a second person")
    ACTIVE = "active", _("In force")
    DECLINED = "declined", _("Declined")
    REVOKED = "revoked", _("Revoked")
