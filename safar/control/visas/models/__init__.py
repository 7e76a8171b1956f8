"""The tables of visas: kinds, applications, what belongs to them."""

from safar.control.visas.models.applications import Application, ApplicationMove, Tries
from safar.control.visas.models.certificates import SignerCertificate
from safar.control.visas.models.kinds import (
    PermitQuota,
    VisaKind,
)
from safar.control.visas.models.lists import ListedNumber, VisaListVersion
from safar.control.visas.models.mails import StatusMail
from safar.control.visas.models.manual import EntryRule, RuleEnding
from safar.control.visas.models.papers import (
    Fee,
    Interview,
    Paper,
    Screening,
    ScreeningMatch,
)
from safar.control.visas.models.visas import UseGivenBack, Visa, VisaEnding, VisaUse

__all__ = [
    "Application",
    "ApplicationMove",
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
    "StatusMail",
    "Tries",
    "UseGivenBack",
    "Visa",
    "VisaEnding",
    "VisaKind",
    "VisaListVersion",
    "VisaUse",
]
