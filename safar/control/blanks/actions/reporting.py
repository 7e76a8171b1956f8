"""What the booths are told of lost blanks, and when a report of them ends."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from safar.control.blanks.choices import TRAVEL_DOCUMENTS
from safar.control.blanks.models import Blank
from safar.control.blanks.queries.reports import REFERENCE, standing_with, still_lost
from safar.control.blanks.rules.numbering import ranges
from safar.control.documents import actions as documents
from safar.control.documents.queries.stolen import batch_between
from safar.core import node
from safar.core.errors import NotAllowed
from safar.core.permissions import Actor

OWN_REPORT = _("You reported these as lost. Another person destroys them with whoever found them.")
ENDED = "found again, and destroyed by two people"


def tell_the_booths(actor: Actor, blanks: Sequence[Blank]) -> None:
    """Whoever may report a blank as lost reports it to the booths by that.

    Of a sticker the check of the visa knows; a thief would travel with the others.
    """
    lent = replace(actor, permissions=actor.permissions | {"documents.report_batch"})
    numbers = [blank.number for blank in blanks if blank.kind in TRAVEL_DOCUMENTS]
    for first, last in ranges(numbers):
        if not batch_between(node.country(), first, last):
            documents.report_batch(
                lent, None, issuer=node.country(), kind="", first=first, last=last,
                reference_text=f"{REFERENCE}{first}",
            )  # fmt: skip


def end_reports(actor: Actor, numbers: Sequence[str]) -> None:
    """Withdraw the reports of blanks that were found and destroyed now.

    A report of many ends when none of them is lost any more.

    Raises:
        NotAllowed: she made the report herself; the database asks for another too.
    """
    lent = replace(actor, permissions=actor.permissions | {"documents.withdraw_batch"})
    for report in standing_with(numbers):
        if still_lost(report):
            continue
        if report.reported_by_id == actor.person_id:
            raise NotAllowed(OWN_REPORT)
        documents.withdraw_batch(lent, report, reason=ENDED)
