"""What do the personal numbers of Kyrgyzstan, Kazakhstan and Uzbekistan say of their holder?

Kyrgyz PIN: sex (1 F, 2 M), DDMMYYYY, 5 digits. Kazakh IIN: YYMMDD, century and sex, 4 digits,
check. Uzbek PINFL: century and sex, DDMMYY, district, serial, check.
"""

from datetime import date
from typing import Final, NamedTuple

from safar.lib.mrz.checks import check_digit
from safar.lib.partial_dates import PartialDate

LENGTHS: Final = {"KGZ": 14, "KAZ": 12, "UZB": 14}
"""Issuer → number of digits."""

_FIRST = tuple(range(1, 12))
_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)


class Holder(NamedTuple):
    """What a personal number says; `check` is False where its own check digit is wrong."""

    birth: PartialDate
    sex: str
    check: bool


def holder(issuer: str, number: str) -> Holder | None:
    """Read a personal number of KGZ, KAZ or UZB; None where it is not of the known shape.

    Kyrgyzstan publishes no rule for the last digit of its number: `check` is then True.
    """
    if len(number) != LENGTHS.get(issuer, -1) or not (number.isascii() and number.isdigit()):
        return None
    reader = {"KGZ": _kyrgyz, "KAZ": _kazakh, "UZB": _uzbek}[issuer]
    try:
        return reader(number)
    except ValueError:
        return None


def _kyrgyz(number: str) -> Holder:
    birth = PartialDate(int(number[5:9]), int(number[3:5]), int(number[1:3]))
    return Holder(birth, _sex(int(number[0]), women=1, men=2), True)


def _uzbek(number: str) -> Holder:
    century, sex = _century(int(number[0]))
    birth = PartialDate(century + int(number[5:7]), int(number[3:5]), int(number[1:3]))
    return Holder(birth, sex, check_digit(number[:13]) == number[13])


def _kazakh(number: str) -> Holder:
    century, sex = _century(int(number[6]))
    birth = PartialDate(century + int(number[:2]), int(number[2:4]), int(number[4:6]))
    return Holder(birth, sex, _kazakh_digit(number[:11]) == number[11])


def _century(digit: int) -> tuple[int, str]:
    """1, 2: 1800s; 3, 4: 1900s; 5, 6: 2000s; odd for men (Kazakhstan and Uzbekistan alike)."""
    if not 1 <= digit <= 6:
        raise ValueError("no century")
    return 1800 + (digit - 1) // 2 * 100, "M" if digit % 2 else "F"


def _sex(digit: int, *, women: int, men: int) -> str:
    if digit not in (women, men):
        raise ValueError("no sex")
    return "F" if digit == women else "M"


def _kazakh_digit(digits: str) -> str:
    """Government decree 565 of 2003: weights 1 to 11 modulo 11; at 10 a second row of weights.

    Empty where both give 10: such a number is never issued.
    """
    for weights in (_FIRST, _SECOND):
        rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if rest < 10:
            return str(rest)
    return ""


def kyrgyz_pin(birth: date, sex: str, serial: int) -> str:
    """Make a fictitious PIN; `serial` 0 to 99999."""
    return f"{'1' if sex == 'F' else '2'}{birth:%d%m}{birth.year:04d}{serial:05d}"


def uzbek_pinfl(birth: date, sex: str, serial: int) -> str:
    """Make a fictitious PINFL; `serial` 0 to 999999 (district and number)."""
    body = f"{_century_digit(birth, sex)}{birth:%d%m%y}{serial:06d}"
    return body + check_digit(body)


def kazakh_iin(birth: date, sex: str, serial: int) -> str:
    """Make a fictitious IIN; `serial` 0 to 9999, moved on by one where no check digit exists."""
    start = f"{birth:%y%m%d}{_century_digit(birth, sex)}"
    while not (digit := _kazakh_digit(f"{start}{serial:04d}")):
        serial = (serial + 1) % 10000
    return f"{start}{serial:04d}{digit}"


def _century_digit(birth: date, sex: str) -> int:
    return (birth.year // 100 - 18) * 2 + (2 if sex == "F" else 1)
