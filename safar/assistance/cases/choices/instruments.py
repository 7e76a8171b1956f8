"""Questionnaires by XLSForm, and the import of case lists."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class QuestionType(TextChoices):
    """The kinds of question that are understood (XLSForm), and no others."""

    ONE = "select_one", _("One of")
    SEVERAL = "select_multiple", _("Any of")
    INTEGER = "integer", _("Whole number")
    DECIMAL = "decimal", _("Number")
    TEXT = "text", _("Text")
    DATE = "date", _("Date")
    NOTE = "note", _("Words between the questions")


class CaseImportStatus(TextChoices):
    READING = "reading", _("Being checked")
    READY = "ready", _("Waits for your word")
    LOADING = "loading", _("Being written")
    LOADED = "loaded", _("Done")
    FAILED = "failed", _("Not done")
    DROPPED = "dropped", _("Put away")
