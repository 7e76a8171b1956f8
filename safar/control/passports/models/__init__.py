"""The tables of passports: applications, what belongs to them, identity checks."""

from safar.control.passports.models.applications import Application, ApplicationMove, Holder
from safar.control.passports.models.identity import IdentityCheck, IdentityMatch
from safar.control.passports.models.lists import ListMatch, ListScreening
from safar.control.passports.models.making import PersonalisationJob, QualityCheck
from safar.control.passports.models.papers import Attachment, Consent, Fee, PaperTerms
from safar.control.passports.models.passports import (
    Cancellation,
    ChipContent,
    Delivery,
    Passport,
)
from safar.control.passports.models.receipts import SignedReceipt

__all__ = [
    "Application",
    "ApplicationMove",
    "Attachment",
    "Cancellation",
    "ChipContent",
    "Consent",
    "Delivery",
    "Fee",
    "Holder",
    "IdentityCheck",
    "IdentityMatch",
    "ListMatch",
    "ListScreening",
    "PaperTerms",
    "Passport",
    "PersonalisationJob",
    "QualityCheck",
    "SignedReceipt",
]
