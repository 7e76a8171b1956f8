"""Who may do what to a report, an owner's new list, the table, and a state's certificate?"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from safar.control.documents.models import (
    CertificateImport,
    ListedImport,
    ReportedBatch,
    ReportedDocument,
    SeriesChange,
    StateCertificate,
)
from safar.core.permissions import Actor


def not_own_report(actor: Actor, target: ReportedDocument | ReportedBatch) -> Any:
    """Who reported a document, or a batch of blanks, does not withdraw the report."""
    if actor.user_id is not None and target.reported_by_id == actor.user_id:
        return _("You reported this document. A second person withdraws the report.")
    return None


def not_own_series(actor: Actor, target: SeriesChange) -> Any:
    """Who proposed a change of the table of documents does not agree to it; nor does a command."""
    if actor.user_id is None:
        return _("A person put this forward: a second person has to decide, not a command.")
    if target.proposed_by_id == actor.user_id:
        return _("You put this forward yourself. A second person has to decide.")
    return None


def not_own_list(actor: Actor, target: ListedImport) -> Any:
    """Who put a list forward does not agree to it; nor does a command."""
    if actor.user_id is None:
        return _("A person put this forward: a second person has to decide, not a command.")
    if target.prepared_by_id == actor.user_id:
        return _("You put this forward yourself. A second person has to decide.")
    return None


def not_own_certificate(actor: Actor, target: StateCertificate | CertificateImport) -> Any:
    """Who put a state's certificate forward does not trust it; nor does a command."""
    if actor.user_id is None:
        return _("A person put this forward: a second person has to decide, not a command.")
    if isinstance(target, CertificateImport):
        first = target.imported_by_id
    else:
        first = target.proposed_by_id
    if first == actor.user_id:
        return _("You put this forward yourself. A second person has to decide.")
    return None
