"""What does the head of a seal say, and how is it written? (ICAO Doc 9303-13 §2.3.1)

Byte 2 is one less than the version that the standard speaks of: 0x02 is version 3 with a
certificate reference of five signs, 0x03 is version 4 with a reference of any length.

Two German signers break the rule of that length (as in tsenger/vdstools, Apache-2.0, and BSI
TR-03137): `DEME` and `DES1` keep the five signs of version 3, so that the two signs of the length
are the reference's first two; `DEZV` writes its length, which is 32 or 40, in decimal digits.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from safar.lib.seal import c40, dates
from safar.lib.seal.errors import SealError

MAGIC: Final = 0xDC
FIXED, VARIABLE = 2, 3
_FIXED_SIGNS: Final = 5
_FIVE_SIGNERS: Final = frozenset({"DEME", "DES1"})
_DECIMAL_SIGNERS: Final = frozenset({"DEZV"})
_DECIMAL_LENGTHS: Final = frozenset({32, 40})
_HEX: Final = frozenset("0123456789ABCDEF")


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a seal.

    `country`: ICAO code of the issuing state without fillers. `signer_id`: two letters of a state
    (ISO 3166-1 alpha-2) and two signs. `reference`: the certificate's serial number in hex, as it
    stands in the seal. `definition` and `category` together name the kind of document: 0x5D and
    0x01 are a visa. `version` is the raw byte, 2 or 3.
    """

    country: str
    signer_id: str
    reference: str
    issued_on: date
    signed_on: date
    definition: int
    category: int
    version: int = VARIABLE

    @property
    def kind(self) -> str:
        """Four hex digits, such as `5D01`."""
        return f"{self.definition:02X}{self.category:02X}"


def write(header: Header) -> bytes:
    """The bytes of a head; SealError `seal.cannot_write` where a part does not fit."""
    _refuse_what_does_not_fit(header)
    signer = header.signer_id + _reference(header)
    return b"".join(
        (
            bytes((MAGIC, header.version)),
            c40.encode(header.country.ljust(3, "<")),
            c40.encode(signer),
            dates.encode(header.issued_on),
            dates.encode(header.signed_on),
            bytes((header.definition, header.category)),
        )
    )


def _reference(header: Header) -> str:
    if header.version == FIXED:
        return header.reference.rjust(_FIXED_SIGNS, "0")
    return f"{len(header.reference):02X}{header.reference}"


def _refuse_what_does_not_fit(header: Header) -> None:
    wrong = ""
    if header.version not in (FIXED, VARIABLE):
        wrong = f"there is no version {header.version}."
    elif not 1 <= len(header.country) <= 3:
        wrong = "the state must be three letters."
    elif len(header.signer_id) != 4:
        wrong = "a signer is named by four signs."
    elif not header.reference or not set(header.reference) <= _HEX:
        wrong = "the certificate's reference must be hex digits."
    elif len(header.reference) > (_FIXED_SIGNS if header.version == FIXED else 0xFF):
        wrong = "the certificate's reference is too long."
    if wrong:
        raise SealError("seal.cannot_write", reason=wrong)


def read(data: bytes) -> tuple[Header, int]:
    """The head, and where the message begins (bytes from 0)."""
    if not data:
        raise SealError("seal.empty")
    if data[0] != MAGIC:
        raise SealError("seal.not_a_seal")
    _enough(data, 4)
    if data[1] not in (FIXED, VARIABLE):
        raise SealError("seal.version", version=data[1])
    signer_id, reference, at = (_fixed if data[1] == FIXED else _variable)(data)
    _enough(data, at + 8)
    return Header(
        country=_country(data[2:4]),
        signer_id=signer_id,
        reference=reference,
        issued_on=dates.decode(data[at : at + 3]),
        signed_on=dates.decode(data[at + 3 : at + 6]),
        definition=data[at + 6],
        category=data[at + 7],
        version=data[1],
    ), at + 8  # fmt: skip


def _enough(data: bytes, count: int) -> None:
    if len(data) < count:
        raise SealError("seal.truncated")


def _country(pair: bytes) -> str:
    """A one-letter state may stand there without its fillers (measured: `FE45` for Germany)."""
    country = c40.decode(pair).strip()
    return country or _bad()


def _fixed(data: bytes) -> tuple[str, str, int]:
    _enough(data, 10)
    text = c40.decode(data[4:10])
    return text[:4], text[4:], 10


def _variable(data: bytes) -> tuple[str, str, int]:
    _enough(data, 8)
    text = c40.decode(data[4:8])
    if len(text) != 6:
        _bad()
    signer_id, said = text[:4], text[4:]
    if signer_id in _FIVE_SIGNERS and said != f"{_FIXED_SIGNS:02X}":
        rest, at = _signs(data, _FIXED_SIGNS - len(said))
        return signer_id, said + rest, at
    reference, at = _signs(data, _said_length(signer_id, said))
    return signer_id, reference, at


def _said_length(signer_id: str, said: str) -> int:
    if not set(said) <= _HEX:
        _bad()
    length = int(said, 16)
    if signer_id in _DECIMAL_SIGNERS and length not in _DECIMAL_LENGTHS and said.isdigit():
        length = int(said)
    return length or int(_bad())


def _signs(data: bytes, count: int) -> tuple[str, int]:
    """`count` signs of C40 from byte 8, and where they end."""
    end = 8 + (count + 2) // 3 * 2
    _enough(data, end)
    text = c40.decode(data[8:end])
    return (text, end) if len(text) == count else (_bad(), end)


def _bad() -> str:
    raise SealError("seal.bad_header")
