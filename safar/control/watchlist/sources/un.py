"""Who is on the Security Council's consolidated list? A reader of its XML: individuals only.

Layout: the United Nations' schema `sc-sanctions.xsd`, as the list has been published since 2014.
Entities are counted and left out: the border looks out for persons.
"""

from collections.abc import Iterator
from typing import Final

from safar.control.watchlist.choices import DocumentKind
from safar.control.watchlist.sources import countries, words
from safar.control.watchlist.sources.files import MB, Meter, SourceFile, unpacked
from safar.control.watchlist.sources.parsed import ParsedEntry, Report, TornFileError
from safar.control.watchlist.sources.xml_elements import Element, elements
from safar.lib.partial_dates import PartialDate
from safar.lib.screening.entity import Birth

LARGEST: Final = 128 * MB  # bytes, unpacked; the whole list has 2.5 MB
ROOT: Final = "CONSOLIDATED_LIST"
WANTED: Final = frozenset({"INDIVIDUAL", "ENTITY"})
NAME_PARTS: Final = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
WEAK: Final = "low"
SEXES: Final = {"male": "M", "female": "F"}


def entries(
    file: SourceFile, report: Report, *, meter: Meter | None = None
) -> Iterator[ParsedEntry]:
    """Yield every individual of the list.

    Raises:
        TornFileError: the file is not the list, or not the whole of it.
    """
    seen: dict[str, int] = {}
    with unpacked(file, LARGEST, meter) as stream:
        for element in elements(file.name, stream, root=ROOT, wanted=WANTED):
            if element.tag == "ENTITY":
                report.others += 1
                continue
            entry = _Individual(file.name, element, report).entry()
            if entry is None:
                continue
            if entry.key in seen:
                raise TornFileError(
                    file.name, element.line, "twice", found=entry.key, earlier=seen[entry.key]
                )
            seen[entry.key] = element.line
            yield entry
    if not seen:
        raise TornFileError(file.name, 0, "nobody")


class _Individual:
    """One INDIVIDUAL, while it is read."""

    def __init__(self, file: str, element: Element, report: Report) -> None:
        self.file, self.element, self.report = file, element, report

    def entry(self) -> ParsedEntry | None:
        one = self.element
        key = words.one_line(one.first("REFERENCE_NUMBER") or one.first("DATAID"))
        names = self._names()
        if not key or len(key) > words.LONGEST_KEY:
            self._left_out("REFERENCE_NUMBER", key, "no_key")
            return None
        if not names:
            self._left_out("FIRST_NAME", key, "no_name")
            return None
        return ParsedEntry(
            key=key,
            names=names,
            births=self._births(),
            sex=SEXES.get(one.first("GENDER").casefold(), ""),
            citizenships=self._citizenships(),
            documents=self._documents(),
            remarks=self._remarks(),
        )

    def _left_out(self, tag: str, found: str, code: str) -> None:
        self.report.leave_out(self.file, self.element.line, tag, found, code)

    def _problem(self, element: Element, tag: str, found: str, code: str) -> None:
        self.report.add(self.file, element.line, tag, found, code)

    def _names(self) -> tuple[tuple[str, bool], ...]:
        one = self.element
        main = words.one_line(" ".join(one.first(part) for part in NAME_PARTS))
        names = [(main, False), (words.one_line(one.first("NAME_ORIGINAL_SCRIPT")), False)]
        for alias in one.all("INDIVIDUAL_ALIAS"):
            weak = alias.first("QUALITY").casefold() == WEAK
            texts = alias.first("ALIAS_NAME").split(";")
            names += [(words.one_line(text), weak) for text in texts]
        for text, _weak in names:
            if len(text) > words.LONGEST_NAME:
                self._problem(one, "ALIAS_NAME", text, "long")
        return words.each_once(pair for pair in names if len(pair[0]) <= words.LONGEST_NAME)

    def _births(self) -> tuple[Birth, ...]:
        found: dict[Birth, None] = {}
        for element in self.element.all("INDIVIDUAL_DATE_OF_BIRTH"):
            if not any(child.text for child in element.children if child.tag != "TYPE_OF_DATE"):
                continue  # an empty element: nothing is known
            try:
                found[_birth(element)] = None
            except ValueError:
                said = " ".join(child.text for child in element.children if child.text)
                self._problem(element, "INDIVIDUAL_DATE_OF_BIRTH", said, "birth")
        return tuple(found)

    def _citizenships(self) -> tuple[str, ...]:
        codes: dict[str, None] = {}
        for name in self.element.values("NATIONALITY"):
            code = countries.code_of(name)
            if code:
                codes[code] = None
            else:
                self._problem(self.element, "NATIONALITY", name, "country")
        return tuple(codes)

    def _documents(self) -> tuple[tuple[str, str, str], ...]:
        found: dict[tuple[str, str, str], None] = {}
        for element in self.element.all("INDIVIDUAL_DOCUMENT"):
            number = element.first("NUMBER")
            if not number:
                continue
            country = element.first("ISSUING_COUNTRY") or element.first("COUNTRY_OF_ISSUE")
            issuer = countries.code_of(country)
            if country and not issuer:
                self._problem(element, "ISSUING_COUNTRY", country, "country")
            try:
                found[words.document(_kind(element), issuer, number)] = None
            except ValueError:
                self._problem(element, "NUMBER", number, "document")
        return tuple(found)

    def _remarks(self) -> str:
        one = self.element
        listed, updated = one.first("LISTED_ON")[:10], one.values("LAST_DAY_UPDATED")
        return words.remarks(
            (
                *(f"UN list: {text}" for text in [one.first("UN_LIST_TYPE")] if text),
                *(f"Listed on {text}" for text in [listed] if text),
                *(f"Last updated {max(updated)[:10]}" for _one in updated[:1]),
                "; ".join(one.values("TITLE")),
                "; ".join(one.values("DESIGNATION")),
                one.first("COMMENTS1"),
            )
        )


def _kind(element: Element) -> DocumentKind:
    said = element.first("TYPE_OF_DOCUMENT") or element.first("TYPE_OF_DOCUMENT2")
    return DocumentKind.PASSPORT if "passport" in said.casefold() else DocumentKind.IDENTITY


def _birth(element: Element) -> Birth:
    """EXACT or APPROXIMATELY a DATE or YEAR; BETWEEN a FROM_YEAR and a TO_YEAR."""
    kind = element.first("TYPE_OF_DATE").casefold()
    about = kind.startswith("approx") or kind == "circa"
    first, last = element.first("FROM_YEAR"), element.first("TO_YEAR")
    if first or last:
        return words.checked(
            PartialDate(int(first or last)), int(last) if first and last else None, about=about
        )
    return words.birth(element.first("DATE") or element.first("YEAR"), about=about)
