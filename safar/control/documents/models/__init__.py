"""Which documents must not be honoured, who says so, and what does each state issue?"""

from safar.control.documents.models.batches import ReportedBatch
from safar.control.documents.models.chips import (
    CertificateEvent,
    CertificateImport,
    StateCertificate,
)
from safar.control.documents.models.imports import ListedImport, ListedPiece, ListedProgress
from safar.control.documents.models.listed import ListedDocument, ListedSource
from safar.control.documents.models.reports import ReportedDocument
from safar.control.documents.models.revocations import RevocationList
from safar.control.documents.models.series import DocumentSeries, SeriesChange, SeriesRevision
from safar.control.documents.models.shapes import NumberShape
from safar.control.documents.models.specimens import Specimen, SpecimenFeature, SpecimenPage

__all__ = [
    "CertificateEvent",
    "CertificateImport",
    "DocumentSeries",
    "ListedDocument",
    "ListedImport",
    "ListedPiece",
    "ListedProgress",
    "ListedSource",
    "NumberShape",
    "ReportedBatch",
    "ReportedDocument",
    "RevocationList",
    "SeriesChange",
    "SeriesRevision",
    "Specimen",
    "SpecimenFeature",
    "SpecimenPage",
    "StateCertificate",
]
