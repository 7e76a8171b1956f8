"""What may an office make?"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Work(models.TextChoices):
    VISAS = "visas", _("Visas and permits")
    PASSPORTS = "passports", _("Passports and travel papers")
