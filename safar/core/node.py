"""Which installation this is, and the keys that it makes."""

import os
import time
import uuid

from django.conf import settings


def uuid7() -> uuid.UUID:
    """Return a new UUID version 7: 48 bits of Unix milliseconds, then random bits.

    Source: RFC 9562 §5.7. Keys made at many posts never collide and sort by time.
    """
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def name() -> str:
    """The name of this node in the audit chain and on receipts."""
    return str(settings.SAFAR_NODE_NAME)


def country() -> str:
    """The ICAO code of the state whose border this installation guards."""
    return str(settings.SAFAR_COUNTRY)
