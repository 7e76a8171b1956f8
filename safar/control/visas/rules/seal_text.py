"""Did the reader type a visa's seal into the field for passports?

Readers hand over a DataMatrix of bytes as hex or base64 (set so in the reader), the QR code of an
e-visa as its JSON text. 0xDC begins every seal (ICAO Doc 9303-13 §2.3.1).
"""

import base64
import binascii
import re
from typing import Final

SHORTEST: Final = 40
"""Bytes: a head, one field and a signature are longer."""
LONGEST: Final = 4096
"""Signs of a scan: 1,555 bytes of the largest DataMatrix are 3,110 in hex."""
_HEX: Final = re.compile(r"DC0[23][0-9A-F]*", re.IGNORECASE)
_BASE64: Final = re.compile(r"3A[I-P][A-Za-z0-9+/_-]*={0,2}")
_LATIN: Final = "QWERTYUIOPASDFGHJKLZXCVBNMqwertyuiopasdfghjklzxcvbnm"
_RUSSIAN: Final = "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬйцукенгшщзфывапролдячсмить"
_BY_KEY: Final = str.maketrans(_RUSSIAN + ".,", _LATIN + "/?")


def as_seal(text: str) -> bytes | None:
    """The bytes of a seal, None where the text is none. The seal may still be broken.

    Spaces and line breaks do not count; hex may be typed through a Cyrillic keyboard layout.
    """
    stripped = text.strip()
    if stripped.startswith("{"):
        return stripped.encode("utf-8", "replace") if '"sig"' in stripped else None
    plain = "".join(stripped.split())
    if any("\u0400" <= sign <= "\u052f" for sign in plain):
        plain = plain.translate(_BY_KEY)
    return _bytes(plain)


def _bytes(plain: str) -> bytes | None:
    if len(plain) < SHORTEST * 4 // 3:
        return None
    if _HEX.fullmatch(plain):
        return bytes.fromhex(plain[: len(plain) // 2 * 2])
    if _BASE64.fullmatch(plain):
        return _base64(plain)
    return None


def _base64(plain: str) -> bytes | None:
    bare = plain.rstrip("=").replace("-", "+").replace("_", "/")
    bare = bare[: len(bare) - (len(bare) % 4 == 1)]
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
