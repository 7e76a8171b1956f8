"""Which files make a version of a list, by its source's format, and who reads them?"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from safar.control.watchlist.choices import SourceFormat
from safar.control.watchlist.sources import followthemoney, ofac, simple, table, un
from safar.control.watchlist.sources.files import MB, Meter, SourceFile, whole
from safar.control.watchlist.sources.parsed import ParsedEntry, ParsedList, Report
from safar.control.watchlist.sources.rows import LARGEST as LARGEST_OFAC
from safar.control.watchlist.sources.table import Columns

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Files = Mapping[str, SourceFile]
Reader = Callable[[Files, Report, Meter | None, Columns], Iterator[ParsedEntry]]
FILE: Final = "file"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a format: what it is called where it is asked for."""

    name: str
    label: "StrOrPromise"
    help: "StrOrPromise"


@dataclass(frozen=True, slots=True)
class Format:
    """The files of a format, how large each may be as it is handed in, and its reader."""

    parts: tuple[Part, ...]
    largest: int
    read: Reader


def _one(label: "StrOrPromise", help_text: "StrOrPromise") -> tuple[Part, ...]:
    return (Part(FILE, label, help_text),)


def _ofac(
    files: Files, report: Report, meter: Meter | None, _columns: Columns
) -> Iterator[ParsedEntry]:
    sdn, alt = files["sdn"], files["alt"]
    found = ofac.read(
        whole(sdn, LARGEST_OFAC, meter), whole(alt, LARGEST_OFAC, meter), names=(sdn.name, alt.name)
    )
    for problem in found.problems:
        report.add(problem.file, problem.line, problem.column, problem.found, problem.code)
    report.bad += found.bad
    yield from found.entries


def _un(files: Files, report: Report, meter: Meter | None, _c: Columns) -> Iterator[ParsedEntry]:
    return un.entries(files[FILE], report, meter=meter)


def _ftm(files: Files, report: Report, meter: Meter | None, _c: Columns) -> Iterator[ParsedEntry]:
    return followthemoney.entries(files[FILE], report, meter=meter)


def _simple(
    files: Files, report: Report, meter: Meter | None, _c: Columns
) -> Iterator[ParsedEntry]:
    return simple.entries(files[FILE], report, meter=meter)


def _table(
    files: Files, report: Report, meter: Meter | None, columns: Columns
) -> Iterator[ParsedEntry]:
    return table.entries(files[FILE], report, columns, meter=meter)


PACKED: Final = _("As it was published. It may be packed with gzip or zip.")
FORMATS: Final[Mapping[str, Format]] = {
    SourceFormat.OFAC: Format(
        (
            Part("sdn", _("SDN.CSV"), _("The entries, as OFAC gives them.")),
            Part("alt", _("ALT.CSV"), _("The aliases, of the same day.")),
        ),
        LARGEST_OFAC,
        _ofac,
    ),
    SourceFormat.UN: Format(_one(_("The consolidated list, XML"), PACKED), un.LARGEST, _un),
    SourceFormat.FTM: Format(_one(_("entities.ftm.json"), PACKED), 1024 * MB, _ftm),
    SourceFormat.SIMPLE: Format(_one(_("targets.simple.csv"), PACKED), 1024 * MB, _simple),
    SourceFormat.TABLE: Format(
        _one(_("The table, CSV or XLSX"), _("The first line names the columns.")), 256 * MB, _table
    ),
}


def columns_from(said: Mapping[str, Any] | None) -> Columns:
    """The mapping of a table as it was kept with a run or a list."""
    return Columns(**said) if said else Columns()


def read(
    source_format: str, files: Files, *, columns: Mapping[str, Any] | None = None
) -> ParsedList:
    """Read all of a version into memory: for files that are known to be small.

    Raises:
        TornFileError: naming file and line.
    """
    report = Report()
    reader = FORMATS[source_format].read
    found = tuple(reader(files, report, None, columns_from(columns)))
    return ParsedList(found, tuple(report.problems), report.bad, report.others)
