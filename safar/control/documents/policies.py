"""Who may do what to a report, and to an owner's new list?"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from safar.control.documents.models import ListedImport, ReportedDocument
from safar.core.permissions import Actor


def not_own_report(actor: Actor, target: ReportedDocument) -> Any:
    """Who reported a document does not withdraw the report."""
    if actor.user_id is not None and target.reported_by_id == actor.user_id:
        return _("You reported this document. A second person withdraws the report.")
    return None


def not_own_list(actor: Actor, target: ListedImport) -> Any:
    """Who put a list forward does not agree to it; nor does a command."""
    if actor.user_id is None:
        return _("A person put this forward: a second person has to decide, not a command.")
    if target.prepared_by_id == actor.user_id:
        return _("You put this forward yourself. A second person has to decide.")
    return None
