"""Why a file is not kept, in a plain sentence."""

from django.utils.translation import gettext_lazy as _

from safar.core.errors import RuleBroken

DAMAGED = _("The file is damaged: it cannot be opened. Nothing was kept.")
UNKNOWN = _(
    "This is no PDF, JPEG, PNG, DOCX, XLSX or plain text (UTF-8), whatever its name says. "
    "Nothing was kept."
)


def refused(why: "str | object" = DAMAGED) -> RuleBroken:
    """The refusal of a file, to be raised: nothing of it is kept."""
    return RuleBroken(why, field="file", code="E-530")
