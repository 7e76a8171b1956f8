"""The few words that people and their documents are described with."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sex(TextChoices):
    FEMALE = "F", _("Female")
    MALE = "M", _("Male")
    UNSPECIFIED = "", _("Not specified")


class Judgement(TextChoices):
    SAME = "same", _("The same person")
    DIFFERENT = "different", _("Different people")
    UNSURE = "unsure", _("Cannot tell")
