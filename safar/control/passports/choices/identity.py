"""The words of identity checks: where somebody was found, and what was held of the two."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FoundIn(TextChoices):
    REGISTER = "register", _("Among applications and passports")
    BORDER = "border", _("Among documents shown at a border")


class Outcome(TextChoices):
    SAME = "same", _("The same person")
    ANOTHER = "another", _("Another person")
    SUSPECTED = "suspected", _("Suspected to hide who she is; referred to headquarters")


STILL_OPEN: Final = ("", Outcome.SUSPECTED)
"""What stops an approval."""
