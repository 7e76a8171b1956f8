"""What can be done to reports, the lists of other owners, and the table of what states issue."""

from safar.control.documents.actions.batches import report_batch, withdraw_batch
from safar.control.documents.actions.certificates import (
    decline_certificate,
    distrust_certificate,
    import_certificates,
    propose_certificate,
    trust_certificate,
    trust_certificates,
)
from safar.control.documents.actions.exchange import Exported, export_reports
from safar.control.documents.actions.imports import (
    approve_list,
    decline_list,
    fail_list,
    propose_list,
    read_list,
    restart_list,
)
from safar.control.documents.actions.listed import ListedFile, add_source, replace_listed
from safar.control.documents.actions.reports import Imported, import_reports, report, withdraw
from safar.control.documents.actions.revocations import import_revocations
from safar.control.documents.actions.series import (
    LoadedSeries,
    agree_series,
    decline_series,
    load_series,
    propose_series,
)
from safar.control.documents.actions.shapes import learn_shapes
from safar.control.documents.actions.specimens import (
    NewSpecimen,
    add_specimen,
    add_specimen_feature,
    add_specimen_page,
    remove_specimen_feature,
    remove_specimen_page,
    retire_specimen,
)

__all__ = [
    "Exported",
    "Imported",
    "ListedFile",
    "LoadedSeries",
    "NewSpecimen",
    "add_source",
    "add_specimen",
    "add_specimen_feature",
    "add_specimen_page",
    "agree_series",
    "approve_list",
    "decline_certificate",
    "decline_list",
    "decline_series",
    "distrust_certificate",
    "export_reports",
    "fail_list",
    "import_certificates",
    "import_reports",
    "import_revocations",
    "learn_shapes",
    "load_series",
    "propose_certificate",
    "propose_list",
    "propose_series",
    "read_list",
    "remove_specimen_feature",
    "remove_specimen_page",
    "replace_listed",
    "report",
    "report_batch",
    "restart_list",
    "retire_specimen",
    "trust_certificate",
    "trust_certificates",
    "withdraw",
    "withdraw_batch",
]
