"""Which hash does the issuing state vouch for, of which data group? (ICAO Doc 9303-10 §4.7.2)"""

import hashlib
from dataclasses import dataclass
from typing import Final

from asn1crypto import algos

from safar.lib.chip import der
from safar.lib.chip.errors import ChipError
from safar.lib.chip.keys import hash_name
from safar.lib.chip.signed import Signed, read_signed

KIND: Final = "2.23.136.1.1.1"
OLD_KIND: Final = "1.2.528.1.1006.1.20.1"
"""The label of a test of 2006, borne by early chips."""


@dataclass(frozen=True, slots=True)
class SecurityObject:
    """The signed list of hashes, by the number of the data group (1 to 16)."""

    signed: Signed
    hash: str
    hashes: dict[int, bytes]


class WrongKind(ChipError):
    """Well signed perhaps, but something else than a security object."""


def read_sod(data: bytes) -> SecurityObject:
    """Read the whole of EF.SOD, from its tag 77 on; nothing is verified yet.

    Raises:
        WrongKind: signed data of another kind.
        ChipError: broken.
    """
    signed = read_signed(der.whole(data, 0x77, "EF.SOD").value)
    if signed.kind not in (KIND, OLD_KIND):
        raise WrongKind("chip.sod.kind", kind=signed.kind)
    rows = list(der.parts(der.whole(signed.content, 0x30, "a security object").value, 4))
    if len(rows) < 3 or [row.tag for row in rows[:3]] != [0x02, 0x30, 0x30]:
        raise ChipError("chip.der.shape", what="a security object")
    if rows[0].value not in (b"\x00", b"\x01"):
        raise ChipError("chip.sod.version", version=rows[0].value[:8].hex())
    der.check(rows[1].raw)
    with der.reading("an algorithm"):
        hashed = hash_name(algos.DigestAlgorithm.load(rows[1].raw))
    return SecurityObject(
        signed, hashed, _hashes(rows[2], hashlib.new(hashed, usedforsecurity=False).digest_size)
    )


def _hashes(found: der.Part, size: int) -> dict[int, bytes]:
    hashes: dict[int, bytes] = {}
    for row in der.parts(found.value, 16):
        pair = list(der.parts(row.value, 2))
        if [part.tag for part in pair] != [0x02, 0x04] or len(pair[0].value) != 1:
            raise ChipError("chip.der.shape", what="a list of hashes")
        number = pair[0].value[0]
        if not 1 <= number <= 16:
            raise ChipError("chip.der.shape", what="a list of hashes")
        if number in hashes:
            raise ChipError("chip.sod.twice", group=f"DG{number}")
        if len(pair[1].value) != size:
            raise ChipError("chip.sod.hash", group=f"DG{number}")
        hashes[number] = pair[1].value
    if not hashes:
        raise ChipError("chip.der.shape", what="a list of hashes")
    return hashes
