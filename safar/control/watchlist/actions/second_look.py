"""What must hold before a second person's word counts: she has seen whose relative it may be."""

from django.utils.translation import gettext_lazy as _

from safar.control.watchlist import conflicts
from safar.control.watchlist.conflicts import Tie
from safar.core.action import note
from safar.core.errors import RuleBroken


def refuse_unseen(ties: list[Tie], *, ties_seen: bool) -> None:
    """Put the ties to staff on record, and refuse while the approver has not confirmed them.

    Raises:
        RuleBroken: the person may be a member of staff or a relative, and the word is missing.
    """
    if not ties:
        return
    note(staff=conflicts.as_notes(ties))
    if not ties_seen:
        raise RuleBroken(
            _("This may be a member of staff or a relative. Read the warning, then confirm it."),
            field="ties_seen",
            code="E-612",
        )
