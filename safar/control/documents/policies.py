"""Who may do what to a report."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from safar.control.documents.models import ReportedDocument
from safar.core.permissions import Actor


def not_own_report(actor: Actor, target: ReportedDocument) -> Any:
    """Who reported a document does not withdraw the report."""
    if actor.user_id is not None and target.reported_by_id == actor.user_id:
        return _("You reported this document. A second person withdraws the report.")
    return None
