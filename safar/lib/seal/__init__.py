"""Visible digital seals of visas and other papers: sealed, read, verified (ICAO Doc 9303-13)."""

from safar.lib.seal.certificates import Certificate, read_certificate, read_certificates
from safar.lib.seal.errors import CODES, SealError
from safar.lib.seal.header import Header
from safar.lib.seal.keys import FileSigner, Signer
from safar.lib.seal.reading import Seal, decode
from safar.lib.seal.signers import Known, Refused, Signers
from safar.lib.seal.values import Stay
from safar.lib.seal.verifying import VERDICTS, Verdict, verify
from safar.lib.seal.writing import Visa, rebuild, sign, write

__all__ = [
    "CODES",
    "VERDICTS",
    "Certificate",
    "FileSigner",
    "Header",
    "Known",
    "Refused",
    "Seal",
    "SealError",
    "Signer",
    "Signers",
    "Stay",
    "Verdict",
    "Visa",
    "decode",
    "read_certificate",
    "read_certificates",
    "rebuild",
    "sign",
    "verify",
    "write",
]
