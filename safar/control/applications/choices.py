"""The words of what every application has: money, and what was held of a list entry."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FeeKind(TextChoices):
    PAID = "paid", pgettext_lazy("fee", "Paid")
    WAIVED = "waived", _("Waived")
    RETURNED = "returned", _("Given back")


class ListOutcome(TextChoices):
    SAME = "same", _("The same person")
    DIFFERENT = "different", _("A different person")
