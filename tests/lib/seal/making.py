"""An authority, signers and visas that were made up, and the published vectors."""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from safar.lib.mrz import Document
from safar.lib.mrz import write as write_zone
from safar.lib.partial_dates import PartialDate
from safar.lib.seal import Certificate, FileSigner, SealError, Signers, Stay, Visa, issuing
from safar.lib.seal.issuing import Authority

VECTORS = Path(__file__).parent / "vectors"
SINCE, UNTIL = date(2026, 1, 1), date(2027, 12, 31)
SEALED, TODAY = date(2026, 11, 1), date(2026, 11, 22)


def csca(alpha2: str = "KG") -> Authority:
    """One authority for each state."""
    return _csca(alpha2)


@cache
def _csca(alpha2: str) -> Authority:
    return issuing.issue_csca(alpha2, valid_from=date(2025, 1, 1), valid_until=date(2035, 12, 31))


@cache
def signer(
    curve: str = "P-256",
    alpha2: str = "KG",
    serial: int = 0x1A,
    document_types: tuple[str, ...] = ("V",),
) -> tuple[FileSigner, Certificate]:
    key = issuing.new_key(curve)
    certificate = issuing.issue_signer(
        csca(alpha2),
        name="VS",
        serial=serial,
        public_key=key.public_key(),
        valid_from=SINCE,
        valid_until=UNTIL,
        document_types=document_types,
    )
    return issuing.file_signer(key, certificate), certificate


@cache
def known() -> Signers:
    """The one signer of `signer()`, trusted through its authority."""
    return Signers.of([signer()[1].der], [csca().certificate.der])


def zone(format: str = "MRV-B") -> list[str]:
    return write_zone(
        Document(
            document_code="V",
            issuer="KGZ",
            number="AB1234567",
            surname="ERIKSSON",
            given_names="ANNA MARIA",
            nationality="UTO",
            birth=PartialDate.parse("1974-08-12"),
            sex="F",
            expiry=date(2027, 1, 1),
            personal_number="",
        ),
        format,
    )


def visa(format: str = "MRV-B", signed_on: date = SEALED, entries: int | None = 2) -> Visa:
    return Visa(
        zone=zone(format),
        passport_number="L898902C3",
        stay=Stay(days=90),
        entries=entries,
        issued_on=signed_on,
        signed_on=signed_on,
        visa_type="T1",
    )


def vectors(file: str) -> dict[str, bytes]:
    """Published seals by name."""
    lines = (VECTORS / file).read_text().splitlines()
    pairs = (line.split() for line in lines if not line.startswith("#"))
    return {name: bytes.fromhex(data) for name, data in pairs}


def code_of(work: Callable[[], object]) -> str:
    """The code of the SealError that `work` raises; empty where it raises none."""
    try:
        work()
    except SealError as problem:
        return problem.code
    return ""


def utts5b() -> bytes:
    """The published certificate, DER."""
    return bytes.fromhex((VECTORS / "utts5b.hex").read_text())
