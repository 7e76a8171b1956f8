"""Who is in an OpenSanctions export? A reader of FollowTheMoney entities, a JSON line each.

Documents are entities of their own (Passport, Identification) that name their `holder`; they
may stand before or after the person. So the file is gone through twice.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from safar.control.watchlist.choices import DocumentKind
from safar.control.watchlist.sources import countries, words
from safar.control.watchlist.sources.files import MB, Meter, SourceFile
from safar.control.watchlist.sources.lines import as_text, whole_lines
from safar.control.watchlist.sources.parsed import ParsedEntry, Report, TornFileError
from safar.lib.screening.entity import Birth

LARGEST: Final = 8 * 1024 * MB  # bytes, unpacked; the largest export has about 4 GB
MOST: Final = 5_000_000  # persons, and documents, held in memory; the largest export has a tenth
PERSON: Final = "Person"
DOCUMENTS: Final = {
    "Passport": DocumentKind.PASSPORT,
    "Identification": DocumentKind.IDENTITY,
}
# What is neither a person nor says anything of one: left out, and counted.
OTHERS: Final = frozenset(
    {
        "Airplane", "Company", "CryptoWallet", "LegalEntity", "Organization", "PublicBody",
        "Security", "Vehicle", "Vessel",
    }
)  # fmt: skip
SEXES: Final = {"male": "M", "female": "F"}
NAMES, WEAK_NAMES = ("name", "alias", "previousName"), ("weakAlias",)
SAID: Final = ("position", "title", "status", "programId", "program", "notes")
Held = Mapping[str, list[tuple[int, str, str, str]]]  # person -> (line, kind, country, number)


def entries(
    file: SourceFile, report: Report, *, meter: Meter | None = None
) -> Iterator[ParsedEntry]:
    """Yield every person of the export who is a target of it.

    Raises:
        TornFileError: a line that is no entity, or the file is not whole.
    """
    held = _documents(file)
    seen: dict[str, int] = {}
    for line, entity in _entities(file, meter):
        schema = entity["schema"]
        if schema in OTHERS or (schema == PERSON and entity.get("target") is False):
            report.others += 1
        if schema != PERSON or entity.get("target") is False:
            continue
        key = words.one_line(entity["id"])
        if key in seen:
            raise TornFileError(file.name, line, "twice", found=key[:60], earlier=seen[key])
        seen[key] = line
        _refuse_many(file.name, line, len(seen))
        entry = _Person(file.name, line, entity, report).entry(key, held)
        if entry is not None:
            yield entry
    if not seen:
        raise TornFileError(file.name, 0, "nobody")


def _entities(
    file: SourceFile, meter: Meter | None, *, only: tuple[bytes, ...] = ()
) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, raw in whole_lines(file, LARGEST, meter):
        if only and not any(word in raw for word in only):
            continue
        text = as_text(file.name, number, raw)
        if not text.strip():
            continue
        try:
            entity = json.loads(text)
        except (ValueError, RecursionError):
            raise TornFileError(file.name, number, "json") from None
        if not _is_entity(entity):
            raise TornFileError(file.name, number, "not_ftm")
        yield number, entity


def _is_entity(found: Any) -> bool:
    if not isinstance(found, dict):
        return False
    named = all(isinstance(found.get(name), str) and found[name] for name in ("id", "schema"))
    return named and isinstance(found.get("properties"), dict)


def _refuse_many(name: str, line: int, held: int) -> None:
    if held > MOST:
        raise TornFileError(name, line, "many", limit=MOST)


def _documents(file: SourceFile) -> Held:
    held = 0
    found: defaultdict[str, list[tuple[int, str, str, str]]] = defaultdict(list)
    only = tuple(f'"{schema}"'.encode() for schema in DOCUMENTS)
    for line, entity in _entities(file, None, only=only):
        kind = DOCUMENTS.get(entity["schema"])
        if kind is None:
            continue
        country = next(iter(_texts(entity, "country")), "")
        numbers = _texts(entity, "number") or _texts(entity, "passportNumber")
        for holder in _texts(entity, "holder"):
            found[holder] += [(line, kind, country, number) for number in numbers]
            held += len(numbers) + 1
            _refuse_many(file.name, line, held)
    return found


def _texts(entity: dict[str, Any], name: str) -> list[str]:
    """The values of a property that are texts, in a lasting order: exports shuffle them."""
    values = entity["properties"].get(name)
    if not isinstance(values, list):
        return []
    return sorted(
        {text for one in values if isinstance(one, str) and (text := words.one_line(one))}
    )


class _Person:
    """One entity of the schema Person, while it is read."""

    def __init__(self, file: str, line: int, entity: dict[str, Any], report: Report) -> None:
        self.file, self.line, self.entity, self.report = file, line, entity, report

    def entry(self, key: str, held: Held) -> ParsedEntry | None:
        if not key or len(key) > words.LONGEST_KEY:
            self.report.leave_out(self.file, self.line, "id", key, "no_key")
            return None
        names = self._names()
        if not names:
            self.report.leave_out(self.file, self.line, "name", key, "no_name")
            return None
        return ParsedEntry(
            key=key,
            names=names,
            births=self._births(),
            sex=self._sex(),
            citizenships=self._citizenships(),
            documents=self._documents(held.get(self.entity["id"], [])),
            remarks=self._remarks(),
        )

    def _problem(self, column: str, found: str, code: str, line: int = 0) -> None:
        self.report.add(self.file, line or self.line, column, found, code)

    def _names(self) -> tuple[tuple[str, bool], ...]:
        caption = self.entity.get("caption")
        good = [text for name in NAMES for text in _texts(self.entity, name)]
        if isinstance(caption, str) and words.one_line(caption) in good:
            good.insert(0, words.one_line(caption))
        weak = [text for name in WEAK_NAMES for text in _texts(self.entity, name)]
        names = [(text, False) for text in good] + [(text, True) for text in weak]
        for text, _weak in names:
            if len(text) > words.LONGEST_NAME:
                self._problem("name", text, "long")
        return words.each_once(pair for pair in names if len(pair[0]) <= words.LONGEST_NAME)

    def _births(self) -> tuple[Birth, ...]:
        found: dict[Birth, None] = {}
        for text in _texts(self.entity, "birthDate"):
            try:
                found[words.birth(text)] = None
            except ValueError:
                self._problem("birthDate", text, "birth")
        return tuple(found)

    def _sex(self) -> str:
        said = {SEXES.get(text.casefold(), "") for text in _texts(self.entity, "gender")}
        return said.pop() if len(said) == 1 else ""

    def _citizenships(self) -> tuple[str, ...]:
        named = _texts(self.entity, "nationality") + _texts(self.entity, "citizenship")
        codes: dict[str, None] = {}
        for text in named or _texts(self.entity, "country"):
            code = countries.by_code(text)
            if code:
                codes[code] = None
            else:
                self._problem("nationality", text, "country")
        return tuple(codes)

    def _documents(
        self, linked: list[tuple[int, str, str, str]]
    ) -> tuple[tuple[str, str, str], ...]:
        own = [
            (self.line, str(kind), "", number)
            for name, kind in (
                ("passportNumber", DocumentKind.PASSPORT),
                ("idNumber", DocumentKind.IDENTITY),
            )
            for number in _texts(self.entity, name)
        ]
        found: dict[tuple[str, str, str], None] = {}
        for line, kind, country, number in [*linked, *own]:
            issuer = countries.by_code(country) if country else ""
            if country and not issuer:
                self._problem("country", country, "country", line)
            try:
                found[words.document(DocumentKind(kind), issuer, number)] = None
            except ValueError:
                self._problem("number", number, "document", line)
        return _without_doubles(found)

    def _remarks(self) -> str:
        sets = self.entity.get("datasets")
        named = (
            sorted(one for one in sets if isinstance(one, str)) if isinstance(sets, list) else []
        )
        topics = _texts(self.entity, "topics")
        said = [text for name in SAID for text in _texts(self.entity, name)]
        heads = [
            f"{head}: {', '.join(them)}"
            for head, them in (("Datasets", named), ("Topics", topics))
            if them
        ]
        return words.remarks([*heads, *said])


def _without_doubles(found: dict[tuple[str, str, str], None]) -> tuple[tuple[str, str, str], ...]:
    """A number that a linked document gives with its issuer is not kept without one too."""
    issued = {number for _kind, issuer, number in found if issuer}
    return tuple(one for one in found if one[1] or one[2] not in issued)
