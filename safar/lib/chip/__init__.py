"""Chips of travel documents: read, and judged by what the issuing state signed (Doc 9303-11)."""

from safar.lib.chip.catalogue import CODES, UNJUDGED, WEIGHTS
from safar.lib.chip.certificates import Certificate, read_certificate
from safar.lib.chip.details import Holder, Issue
from safar.lib.chip.errors import ChipError
from safar.lib.chip.face import Face
from safar.lib.chip.finding import Finding
from safar.lib.chip.master_list import Listed, MasterList, Problem, SignedBy, read_master_list
from safar.lib.chip.revocations import Revocations, read_revocations
from safar.lib.chip.trust import Revoked, Trusted, TrustedStates
from safar.lib.chip.verdict import ChipVerdict
from safar.lib.chip.verifying import verify

__all__ = [
    "CODES",
    "UNJUDGED",
    "WEIGHTS",
    "Certificate",
    "ChipError",
    "ChipVerdict",
    "Face",
    "Finding",
    "Holder",
    "Issue",
    "Listed",
    "MasterList",
    "Problem",
    "Revocations",
    "Revoked",
    "SignedBy",
    "Trusted",
    "TrustedStates",
    "read_certificate",
    "read_master_list",
    "read_revocations",
    "verify",
]
