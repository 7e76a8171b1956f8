"""Which signs were probably misread, if one small change would make the zone sound?

Optical readers take 0 for O, 1 for I, 5 for S, 8 for B, 2 for Z and back. A sign is changed only
where its field allows one of the two and not the other; the result is offered, never applied.
"""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from safar.lib.mrz.formats import Format
from safar.lib.mrz.reading import Change

_TO_DIGIT = str.maketrans("OQDIZSGB", "00012568")
_TO_LETTER = str.maketrans("01258", "OIZSB")
_SWAP: Final = {"O": "0", "0": "O", "I": "1", "1": "I", "S": "5", "5": "S", "B": "8", "8": "B",
                "Z": "2", "2": "Z"}  # fmt: skip
_PATTERNS: Final = {
    "KGZ": "LLDDDDDDD",
    "UZB": "LLDDDDDDD",
    "KAZ": "LDDDDDDDD",
    "RUS": "DDDDDDDDD",
}
_FILLER_RUN = re.compile(r"<K+(?=<*$)|(?<=<)[KC<]*K[KC<]*$")
_LETTERS = ("issuer", "nationality", "name", "surname", "given_names")
_DIGITS = ("birth", "expiry")


def by_class(form: Format, lines: tuple[str, ...]) -> tuple[str, ...]:
    """Letters where only letters stand, digits where only digits stand; numbers by pattern."""
    text = list("".join(lines))
    issuer = "".join(text[form.cuts["issuer"]]).translate(_TO_LETTER)
    internal = issuer == "RUS" and text[:2] == ["P", "N"]
    for name, cut in form.cuts.items():
        if name in _LETTERS and not (internal and name == "name"):
            text[cut] = "".join(text[cut]).translate(_TO_LETTER)
        elif name in _DIGITS:
            text[cut] = "".join(text[cut]).translate(_TO_DIGIT)
    text[0] = text[0].translate(_TO_LETTER)
    for at in form.check_cuts.values():
        text[at] = text[at].translate(_TO_DIGIT)
    number = "".join(text[form.cuts["number"]])
    text[form.cuts["number"]] = _by_pattern(number, _PATTERNS.get(issuer, ""))
    return _rows("".join(text), form.width)


def without_filler_letters(form: Format, lines: tuple[str, ...]) -> tuple[str, ...]:
    """A run of K or C after the name is how readers see `<<<<` (name lines only)."""
    line, start, end = form.places.get("name", (0, 0, 0))
    if not end:
        return lines
    name = lines[line][start:end]
    mended = _FILLER_RUN.sub(lambda run: "<" * len(run.group()), name)
    rows = list(lines)
    rows[line] = rows[line][:start] + mended + rows[line][end:]
    return tuple(rows)


def number_variants(form: Format, lines: tuple[str, ...], count: int) -> Iterator[tuple[str, ...]]:
    """The lines with this many ambiguous signs of the document number swapped."""
    text = "".join(lines)
    cut = form.cuts["number"]
    places = [at for at in range(cut.start, cut.stop) if text[at] in _SWAP]
    for chosen in combinations(places, count):
        signs = list(text)
        for at in chosen:
            signs[at] = _SWAP[signs[at]]
        yield _rows("".join(signs), form.width)


def changes(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[Change, ...]:
    """What differs between two sets of lines; a missing sign counts as an empty text."""
    return tuple(
        Change(line, column, old[column : column + 1], new[column : column + 1])
        for line, (old, new) in enumerate(zip(before, after, strict=True))
        for column in range(max(len(old), len(new)))
        if old[column : column + 1] != new[column : column + 1]
    )


def _by_pattern(number: str, pattern: str) -> str:
    if not pattern or "<" in number:
        return number
    return "".join(
        sign.translate(_TO_LETTER if kind == "L" else _TO_DIGIT)
        for sign, kind in zip(number, pattern, strict=True)
    )


def _rows(text: str, width: int) -> tuple[str, ...]:
    return tuple(text[start : start + width] for start in range(0, len(text), width))
