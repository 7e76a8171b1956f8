"""How does a day become three bytes? (ICAO Doc 9303-13 §2.3.1: the number MMDDYYYY)"""

from datetime import date

from safar.lib.seal.errors import SealError


def encode(day: date) -> bytes:
    """Three bytes, the month first."""
    return (day.month * 1_000_000 + day.day * 10_000 + day.year).to_bytes(3, "big")


def decode(data: bytes) -> date:
    """SealError `seal.bad_date` where there is no such day."""
    number = int.from_bytes(data, "big")
    try:
        return date(number % 10_000, number // 1_000_000, number // 10_000 % 100)
    except ValueError:
        raise SealError("seal.bad_date") from None
