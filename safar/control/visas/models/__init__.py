"""The tables of visas: kinds and consulates, applications, what belongs to them."""

from safar.control.visas.models.applications import Application, ApplicationMove, Tries
from safar.control.visas.models.certificates import SignerCertificate
from safar.control.visas.models.kinds import (
    Consulate,
    ConsulatePlacement,
    PermitQuota,
    VisaKind,
)
from safar.control.visas.models.lists import ListedNumber, VisaListVersion
from safar.control.visas.models.manual import EntryRule, RuleEnding
from safar.control.visas.models.papers import (
    Fee,
    Interview,
    Paper,
    Screening,
    ScreeningMatch,
)
from safar.control.visas.models.stock import (
    BlankCount,
    BlankDestruction,
    BlankMovement,
    StickerBlank,
)
from safar.control.visas.models.visas import Visa, VisaEnding, VisaUse

__all__ = [
    "Application",
    "ApplicationMove",
    "BlankCount",
    "BlankDestruction",
    "BlankMovement",
    "Consulate",
    "ConsulatePlacement",
    "EntryRule",
    "Fee",
    "Interview",
    "ListedNumber",
    "Paper",
    "PermitQuota",
    "RuleEnding",
    "Screening",
    "ScreeningMatch",
    "SignerCertificate",
    "StickerBlank",
    "Tries",
    "Visa",
    "VisaEnding",
    "VisaKind",
    "VisaListVersion",
    "VisaUse",
]
