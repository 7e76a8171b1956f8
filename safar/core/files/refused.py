"""Why a file is not kept, in a plain sentence."""

from django.utils.translation import gettext_lazy as _

from safar.core.errors import RuleBroken

DAMAGED = _("The file is damaged: it cannot be opened. Nothing was kept.")
UNKNOWN = _("This is no PDF, JPEG or PNG, whatever its name says. Nothing was kept.")
NO_PICTURE = _("Your photo must be a JPEG or PNG picture. Nothing was kept.")


def refused(why: "str | object" = DAMAGED) -> RuleBroken:
    """The refusal of a file, to be raised: nothing of it is kept."""
    return RuleBroken(why, field="file", code="E-531")
