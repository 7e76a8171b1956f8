"""Which personal number does a state give to a person born then, of that sex?"""

from datetime import date

ISSUERS = frozenset({"KGZ", "UZB", "KAZ"})


def pin_kgz(born: date, sex: str, serial: int) -> str:
    """Kyrgyz PIN, 14 digits: sex (1 F, 2 M), DDMMYYYY, five more (research/documents.md §1)."""
    return f"{_first(sex, 1, 2)}{born:%d%m%Y}{serial % 100_000:05d}"


def pinfl_uzb(born: date, sex: str, serial: int) -> str:
    """Uzbek PINFL, 14 digits: century and sex, DDMMYY, district and order, check digit 7-3-1."""
    century = (born.year - 1800) // 100
    head = f"{2 * century + _first(sex, 2, 1)}{born:%d%m%y}{serial % 1_000_000:06d}"
    return head + str(sum(int(d) * (7, 3, 1)[i % 3] for i, d in enumerate(head)) % 10)


def iin_kaz(born: date, sex: str, serial: int) -> str:
    """Kazakh IIN, 12 digits: YYMMDD, century and sex, order, check digit modulo 11."""
    century = (born.year - 1800) // 100
    for order in range(serial, serial + 20):
        head = f"{born:%y%m%d}{2 * century + _first(sex, 2, 1)}{order % 10_000:04d}"
        check = _iin_check(head)
        if check < 10:
            return head + str(check)
    raise AssertionError("twenty orders in a row cannot all lack a check digit")


def _iin_check(head: str) -> int:
    digits = [int(d) for d in head]
    check = sum(d * (i + 1) for i, d in enumerate(digits)) % 11
    if check == 10:
        check = sum(d * ((i + 2) % 11 + 1) for i, d in enumerate(digits)) % 11
    return check


def _first(sex: str, female: int, male: int) -> int:
    return female if sex == "F" else male


def personal_number(nation: str, born: date | None, sex: str, serial: int) -> str:
    """The number of the nation's own scheme, or '' where none is printed or the day is unknown."""
    if born is None or nation not in ISSUERS:
        return ""
    return {"KGZ": pin_kgz, "UZB": pinfl_uzb, "KAZ": iin_kaz}[nation](born, sex, serial)
