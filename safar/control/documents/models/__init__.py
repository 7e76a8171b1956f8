"""Which documents must not be honoured, and who says so?"""

from safar.control.documents.models.imports import ListedImport, ListedPiece, ListedProgress
from safar.control.documents.models.listed import ListedDocument, ListedSource
from safar.control.documents.models.reports import ReportedDocument

__all__ = [
    "ListedDocument",
    "ListedImport",
    "ListedPiece",
    "ListedProgress",
    "ListedSource",
    "ReportedDocument",
]
