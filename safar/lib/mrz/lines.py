"""Which lines make up the zone in what a reader, a person or a file sent?"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

from safar.lib.mrz.formats import SHAPES
from safar.lib.mrz.keyboard import by_key, by_look, typed_in_cyrillic
from safar.lib.mrz.reading import Finding

LONGEST: Final = 2000
"""Characters looked at; no reader sends more for one document."""

_WHOLE = re.compile(
    r"\s*([A-Z0-9<]{44})\s*([A-Z0-9<]{44})\s*|\s*([A-Z0-9<]{36})\s*([A-Z0-9<]{36})\s*"
    r"|\s*([A-Z0-9<]{30})\s*([A-Z0-9<]{30})\s*([A-Z0-9<]{30})\s*",
    re.ASCII,
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_FILLERS = str.maketrans({"«": "<<", "‹": "<", "〈": "<", "≪": "<<"})
_ODD = re.compile(r"[^A-Z0-9<]", re.ASCII)


class Lines(NamedTuple):
    """Normalised lines (upper case, `?` for a sign that no zone has) and what was done."""

    lines: tuple[str, ...]
    findings: tuple[Finding, ...]


def normalise(source: str | Sequence[str]) -> Lines:
    """Cut what came into lines; where no known shape is found, the lines as they came."""
    text = source if isinstance(source, str) else "\n".join(source)
    whole = _WHOLE.fullmatch(text) if len(text) < LONGEST else None
    if whole:
        return Lines(tuple(filter(None, whole.groups())), ())
    return _mend(text[:LONGEST], cut=len(text) > LONGEST)


def _mend(text: str, *, cut: bool) -> Lines:
    findings: list[Finding] = []
    rows = _latin(_clean(text), findings)
    # spaces may separate lines (a wedge reader) or stand inside them (a person's paste)
    tokens = [token for row in rows for token in row.split()]
    joined = ["".join(row.split()) for row in rows]
    for parts in (tokens, joined, ["".join(tokens)]):
        if found := _zone(parts):
            lines, extra = found
            if parts is not tokens:
                findings.append(Finding("mrz.layout.spaces", "", {}))
            if extra or cut:
                findings.append(Finding("mrz.layout.extra", "", {}))
            return Lines(_marked(lines, findings), tuple(findings))
    return Lines(tuple(_ODD.sub("?", line) for line in joined), tuple(findings))


def _clean(text: str) -> list[str]:
    text = text.replace("\r", "\n").replace("&lt;", "<").replace("&LT;", "<")
    text = _CONTROL.sub("", text).translate(_FILLERS)
    if not text.isascii():
        text = _compatible(text)
    return [row for row in text.upper().split("\n") if row.strip()]


def _compatible(text: str) -> str:
    """Full-width and other shapes of a sign become the sign; the count of signs stays."""
    return "".join(
        simple if len(simple := unicodedata.normalize("NFKC", sign)) == 1 else sign
        for sign in unicodedata.normalize("NFC", text)
    )


def _latin(rows: list[str], findings: list[Finding]) -> list[str]:
    if all(map(str.isascii, rows)):
        return rows
    typed = False
    alike = 0
    latin = []
    for row in rows:
        if typed_in_cyrillic(row):
            typed = True
            latin.append(by_key(row))
        else:
            mended, count = by_look(row)
            alike += count
            latin.append(mended)
    if typed:
        findings.append(Finding("mrz.layout.cyrillic", "", {}))
    if alike:
        findings.append(Finding("mrz.layout.lookalike", "", {"count": alike}))
    return latin


def _zone(parts: list[str]) -> tuple[list[str], bool] | None:
    """The first run of lines of a known shape, and whether anything else was there."""
    if len(parts) == 1 and (cut := _concatenated(parts[0])):
        return cut, False
    for start in range(len(parts)):
        width = len(parts[start])
        for rows in (2, 3):
            run = parts[start : start + rows]
            if (rows, width) in SHAPES and [len(line) for line in run] == [width] * rows:
                return run, len(run) < len(parts)
    return None


def _concatenated(text: str) -> list[str] | None:
    for rows, width in SHAPES:
        if len(text) == rows * width:
            return [text[start : start + width] for start in range(0, len(text), width)]
    return None


def _marked(lines: list[str], findings: list[Finding]) -> tuple[str, ...]:
    """Put `?` for foreign signs and name the first of them in each line."""
    for number, line in enumerate(lines, 1):
        if odd := _ODD.search(line):
            params: dict[str, str | int] = {"line": number, "column": odd.start() + 1}
            findings.append(Finding("mrz.alphabet", "", params))
    return tuple(_ODD.sub("?", line) for line in lines)
