"""Which lines would a document carry? For makers, simulation and printed visas."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from safar.lib.mrz import names, russian
from safar.lib.mrz.checks import check_digit
from safar.lib.mrz.formats import FORMATS, Format
from safar.lib.partial_dates import PartialDate

_SIGNS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<")
FRENCH: Final = "FRENCH-ID"


class WritingError(ValueError):
    """A document does not fit the format; the text says which field and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a zone says. Names as written (Latin or Cyrillic); `birth` may be partial or None.

    `personal_number`: TD3 personal number, TD1 first and TD2 only optional data. `optional`: TD1
    second optional data, a visa's optional data, the French card's office code (6 signs).
    """

    document_code: str
    issuer: str
    number: str
    surname: str
    given_names: str = ""
    nationality: str = ""
    birth: PartialDate | None = None
    sex: str = ""
    expiry: date | None = None
    personal_number: str = ""
    optional: str = ""


def write(document: Document, format: str = "TD3", *, belgian: bool = False) -> list[str]:
    """The lines of a zone, check digits included; `read` gives the same document back.

    `format`: TD1, TD2, TD3, MRV-A, MRV-B or FRENCH-ID. `belgian`: count the `<` inside a long
    number, as Belgian cards do. Without a nationality the issuer stands there.

    Raises:
        WritingError: a field does not fit or holds a sign that no zone has.
    """
    form = FORMATS.get(format)
    if form is None:
        raise WritingError(f"There is no format “{format}”; known are {', '.join(FORMATS)}.")
    sheet = _Sheet(form)
    sheet.put("document_code", document.document_code)
    sheet.put("issuer", document.issuer)
    _put_number(sheet, document, belgian=belgian)
    sheet.put("birth", _birth(document.birth))
    sheet.put("sex", _sex(document.sex))
    for name, value in (
        ("nationality", document.nationality or document.issuer),
        ("expiry", f"{document.expiry:%y%m%d}" if document.expiry else ""),
        ("optional", document.optional),
    ):
        if name in form.places:
            sheet.put(name, value)
        elif name == "optional" and value:
            raise WritingError(f"{form.name} has no second optional data.")
    _put_names(sheet, document)
    _put_checks(sheet, document)
    return sheet.lines()


class _Sheet:
    """Lines in the making, full of fillers at first."""

    def __init__(self, form: Format) -> None:
        self.form = form
        self.signs = ["<"] * (form.rows * form.width)

    def put(self, name: str, value: str) -> None:
        cut = self.form.cuts[name]
        width = cut.stop - cut.start
        value = value.upper().replace(" ", "<").replace("-", "<")
        if len(value) > width:
            raise WritingError(f"The {name} “{value}” has more than {width} signs.")
        if not set(value) <= _SIGNS:
            raise WritingError(f"The {name} “{value}” holds a sign that no zone has.")
        self.signs[cut] = value.ljust(width, "<")

    def covered(self, *cuts: slice) -> str:
        return "".join("".join(self.signs[cut]) for cut in cuts)

    def lines(self) -> list[str]:
        width = self.form.width
        text = "".join(self.signs)
        return [text[start : start + width] for start in range(0, len(text), width)]


def _birth(birth: PartialDate | None) -> str:
    """Unknown parts are `<` (ICAO Doc 9303-3 §4.8)."""
    if birth is None:
        return "<<<<<<"
    month = "<<" if birth.month is None else f"{birth.month:02d}"
    day = "<<" if birth.day is None else f"{birth.day:02d}"
    return f"{birth.year % 100:02d}{month}{day}"


def _sex(sex: str) -> str:
    """Unspecified is `X` in the visible zone and `<` here (ICAO Doc 9303-4 §4.2.2)."""
    if sex not in ("F", "M", "X", ""):
        raise WritingError(f"The sex is F, M, or left out; “{sex}” is none of them.")
    return sex if sex != "X" else ""


def _put_number(sheet: _Sheet, document: Document, *, belgian: bool) -> None:
    form, number = sheet.form, document.number
    field = form.cuts["number"]
    width = field.stop - field.start
    data = document.personal_number
    if not number.strip("< -"):
        raise WritingError("The number is missing.")
    if len(number) > width and form.long_number:
        if not set(number.upper()) <= _SIGNS - {"<"}:
            raise WritingError("A long number holds letters and digits only.")
        first, rest = number[:width].upper(), number[width:].upper()
        covered = f"{first}<{rest}" if belgian else first + rest
        data = f"{rest}{check_digit(covered)}<{data}".removesuffix("<")
        number = first
    sheet.put("number", number)
    if "personal_number" in form.places:
        sheet.put("personal_number", data)
    elif data:
        raise WritingError(f"{form.name} has no field for a personal number.")


def _put_names(sheet: _Sheet, document: Document) -> None:
    form = sheet.form
    surname, given = document.surname, document.given_names
    internal = russian.is_internal(document.document_code, document.issuer)
    try:
        if form.name == FRENCH:
            sheet.put("surname", names.join(surname, "", 25))
            sheet.put("given_names", names.join(given, "", 14) if given else "")
        elif internal:
            text = f"{russian.zone_signs(surname)}<<{russian.zone_signs(given)}"
            sheet.put("name", text[: form.cuts["name"].stop - form.cuts["name"].start])
        else:
            width = form.cuts["name"].stop - form.cuts["name"].start
            sheet.put("name", names.join(surname, given, width))
    except WritingError:
        raise
    except ValueError as problem:
        raise WritingError(str(problem)) from problem


def _put_checks(sheet: _Sheet, document: Document) -> None:
    form = sheet.form
    for name, at in form.check_cuts.items():
        if name == "composite":
            continue
        covered = sheet.covered(form.cuts[name])
        if name == "number" and form.long_number and len(document.number) > len(covered):
            continue  # the `<` there says that the number goes on
        empty = name != "number" and name != "birth" and not covered.strip("<")
        sheet.signs[at] = "<" if empty else check_digit(covered)
    if form.composite:
        at = form.check_cuts["composite"]
        sheet.signs[at] = check_digit(sheet.covered(*form.composite_cuts))
