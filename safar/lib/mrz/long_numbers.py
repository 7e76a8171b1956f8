"""Where does a document number end that is longer than its field? (ICAO Doc 9303-5 §4.2.4)"""

from safar.lib.mrz.checks import check_digit
from safar.lib.mrz.draft import Draft
from safar.lib.mrz.reading import Check


def add_number(draft: Draft) -> None:
    """Add the number, and the optional data where the number goes on in it."""
    raw = draft.text[draft.form.cuts["number"]]
    if draft.form.long_number and _goes_on(draft, raw):
        _add_long(draft, raw)
        return
    check, problem = draft.check("number", raw)
    value = raw.strip("<").replace("<", " ")
    if not value:
        problem = draft.find("mrz.number.empty", "number")
    draft.add("number", raw, value, check, problem)


def _goes_on(draft: Draft, raw: str) -> bool:
    if draft.text[draft.form.check_cuts["number"]] != "<" or raw.endswith("<"):
        return False
    optional = draft.text[draft.form.cuts["personal_number"]]
    return len(optional.partition("<")[0]) >= 2


def _add_long(draft: Draft, raw: str) -> None:
    optional = draft.text[draft.form.cuts["personal_number"]]
    rest, _, data = optional.partition("<")
    line, start, _ = draft.form.places["personal_number"]
    check, problem = _compare(draft, raw, rest, (line, start + len(rest) - 1))
    draft.add("number", raw, (raw + rest[:-1]).replace("<", " "), check, problem)
    draft.add("personal_number", optional, data.strip("<").replace("<", " "))


def _compare(draft: Draft, raw: str, rest: str, place: tuple[int, int]) -> tuple[Check, str | None]:
    """ICAO counts the number without the `<` between its parts; Belgium counts it."""
    shown, icao = rest[-1], check_digit(raw + rest[:-1])
    belgian = check_digit(f"{raw}<{rest[:-1]}")
    if shown == belgian != icao:
        draft.find("mrz.number.belgian", "number")
        return draft.compare("number", shown, belgian, place)
    draft.find("mrz.number.long", "number")
    return draft.compare("number", shown, icao, place)
