"""What can be done to the list of reported documents, and to the lists of other owners."""

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

__all__ = [
    "Imported",
    "ListedFile",
    "add_source",
    "approve_list",
    "decline_list",
    "fail_list",
    "import_reports",
    "propose_list",
    "read_list",
    "replace_listed",
    "report",
    "restart_list",
    "withdraw",
]
