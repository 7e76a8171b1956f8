"""Who left in which years, where to, by which scheme, of what age: tables that add up."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import CharField, Count, F, Func, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, ExtractYear, Left, Length, NullIf, Substr
from django.db.models.lookups import LessThan
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safar.assistance.cases.choices.people import Sex
from safar.assistance.movements.models import Departure, MovementScheme
from safar.assistance.movements.rules.ages import BANDS, UNKNOWN, band_name
from safar.assistance.movements.rules.destinations import GROUPS, group_of
from safar.core.permissions import Actor
from safar.reference.queries import country_name

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

GROUP_NAMES: "dict[str, StrOrPromise]" = {
    "united_states": gettext_lazy("United States"),
    "canada": gettext_lazy("Canada"),
    "europe": gettext_lazy("Europe"),
    "oceania": gettext_lazy("Australia and New Zealand"),
    "other": gettext_lazy("Elsewhere"),
}
# Counting over all people is done in memory, each table read once from end to end: the guess that
# the walls let few rows through makes the database look up each row, which takes three times as
# long; so does compiling the query.
ROOM = """
SELECT set_config('work_mem', '64MB', true), set_config('jit', 'off', true),
    set_config('enable_nestloop', 'off', true), set_config('enable_sort', 'off', true)
"""
FIRSTS = "SELECT destination, code, year, count(*) FROM ({}) AS firsts GROUP BY 1, 2, 3"
SEXES = (Sex.FEMALE, Sex.MALE, Sex.UNSPECIFIED)


@dataclass(frozen=True)
class Asked:
    """Years, the first and the last included; and from where, or empty for anywhere."""

    first: int
    last: int
    departs_from: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table as the page shows it and a file holds it.

    Args:
        crossed: whether the cells of a row add up too; a last column then says to how many.
    """

    slug: str
    title: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    crossed: bool = False

    @property
    def header(self) -> tuple[str, ...]:
        return (self.heading, *self.columns, *((_("All"),) if self.crossed else ()))

    @property
    def lines(self) -> list[tuple[str, tuple[int, ...]]]:
        """The rows and, last, their sums."""
        sums = tuple(map(sum, zip(*(cells for _name, cells in self.rows), strict=True)))
        rows = [*self.rows, (_("All"), sums or (0,) * len(self.columns))]
        return [(name, (*cells, sum(cells)) if self.crossed else cells) for name, cells in rows]


@dataclass(frozen=True)
class Report:
    asked: Asked
    people: int
    cases: int
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Span:
    """What there is to ask for."""

    years: range
    departs_from: tuple[tuple[str, str], ...]  # code and name


@dataclass(frozen=True)
class _Cell:
    """People of one destination, scheme, year, band and sex; or, of the first three, cases."""

    destination: str
    scheme: str
    year: int
    number: int
    band: int = UNKNOWN
    sex: str = ""


def span(actor: Actor) -> Span | None:
    """The years in which somebody in sight left, and from where; None where nobody did."""
    seen = Departure.objects.visible_to(actor).values_list("departs_from", _year())
    with _room():
        rows = list(seen.distinct().order_by())
    if not rows:
        return None
    years = [int(year) for _code, year in rows]
    codes = {code for code, _year in rows}
    names = sorted(((code, country_name(code)) for code in codes), key=lambda one: one[1])
    return Span(range(min(years), max(years) + 1), tuple(names))


def report(actor: Actor, asked: Asked) -> Report:
    """Count who left. Everybody is counted once for a departure; a case once, with whoever of it
    left first."""
    left = _left(actor, asked)
    with _room():
        people, cases = _people(left), _cases(left)
    tables = (
        _by_group(people, cases),
        _by_destination(people, cases),
        _by_year(people, cases),
        _years_and_groups(people),
        _by_scheme(people, cases),
        _ages(people),
    )
    return Report(
        asked, sum(one.number for one in people), sum(one.number for one in cases), tables
    )


@contextmanager
def _room() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(ROOM)
        yield


def _left(actor: Actor, asked: Asked) -> "QuerySet[Departure]":
    rows = Departure.objects.visible_to(actor).filter(
        departed_on__year__gte=asked.first, departed_on__year__lte=asked.last
    )
    return rows.filter(departs_from__in=asked.departs_from) if asked.departs_from else rows


def _year() -> Any:
    return ExtractYear("departed_on")


def _age() -> Any:
    """`rules.ages.age_on` as the database counts it: of `1984-05` the month alone is compared."""
    birth = "member__person__birth"
    born = Cast(NullIf(Left(birth, 4), Value("")), IntegerField())
    tail = Substr(birth, 6)
    day = Func(F("departed_on"), Value("MM-DD"), function="to_char", output_field=CharField())
    still = Cast(LessThan(Left(day, Length(tail)), tail), IntegerField())
    return ExtractYear("departed_on") - born - still


def _band() -> Any:
    """`rules.ages.band_of` as the database counts it; null where no age is known."""
    ends = ", ".join(str(low) for low, _high in BANDS[1:])
    bucket = f"width_bucket(%(expressions)s, ARRAY[{ends}])"
    return Func(Cast(_age(), IntegerField()), template=bucket, output_field=IntegerField())


def _people(left: "QuerySet[Departure]") -> list[_Cell]:
    rows = (
        left.annotate(year=_year(), band=_band())
        .values_list("destination", "scheme__code", "year", "member__person__sex", "band")
        .annotate(number=Count("pk"))
        .order_by()
    )
    return [
        _Cell(to, scheme, int(year), number, UNKNOWN if band is None else band, sex)
        for to, scheme, year, sex, band, number in rows
    ]


def _cases(left: "QuerySet[Departure]") -> list[_Cell]:
    firsts = left.order_by("case_id", "departed_on", "pk").distinct("case_id")
    rows = firsts.annotate(year=_year(), code=F("scheme__code"))
    sql, params = rows.values("destination", "code", "year").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(FIRSTS.format(sql), params)
        return [_Cell(to, code, int(year), number) for to, code, year, number in cursor.fetchall()]


def _count(cells: Iterable[_Cell], key: Any) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for one in cells:
        found[key(one)] += one.number
    return found


def _both(people: Sequence[_Cell], cases: Sequence[_Cell], key: Any) -> dict[Any, tuple[int, int]]:
    some, more = _count(people, key), _count(cases, key)
    return {one: (some[one], more[one]) for one in some}


def _people_and_cases() -> tuple[str, str]:
    return _("People"), _("Cases")


def _by_group(people: Sequence[_Cell], cases: Sequence[_Cell]) -> Table:
    found = _both(people, cases, lambda one: group_of(one.destination))
    rows = tuple((str(GROUP_NAMES[one]), found.get(one, (0, 0))) for one in GROUPS)
    return Table("groups", _("By part of the world"), _("Where to"), _people_and_cases(), rows)


def _by_destination(people: Sequence[_Cell], cases: Sequence[_Cell]) -> Table:
    found = _both(people, cases, lambda one: one.destination)
    order = sorted(found, key=lambda code: (-found[code][0], code))
    rows = tuple((country_name(code), found[code]) for code in order)
    return Table("destinations", _("By destination"), _("Where to"), _people_and_cases(), rows)


def _by_year(people: Sequence[_Cell], cases: Sequence[_Cell]) -> Table:
    found = _both(people, cases, lambda one: one.year)
    rows = tuple((str(year), found[year]) for year in sorted(found))
    return Table("years", _("By year"), _("Year"), _people_and_cases(), rows)


def _years_and_groups(people: Sequence[_Cell]) -> Table:
    found = _count(people, lambda one: (one.year, group_of(one.destination)))
    years = sorted({year for year, _group in found})
    rows = tuple((str(year), tuple(found[year, one] for one in GROUPS)) for year in years)
    columns = tuple(str(GROUP_NAMES[one]) for one in GROUPS)
    return Table("years-groups", _("Year and part of the world"), _("Year"), columns, rows, True)


def _by_scheme(people: Sequence[_Cell], cases: Sequence[_Cell]) -> Table:
    found = _both(people, cases, lambda one: one.scheme)
    versions = MovementScheme.objects.filter(code__in=found).order_by("valid_from")
    names = dict(versions.values_list("code", "name"))  # of each the newest
    rows = tuple((names[code], found[code]) for code in sorted(found, key=lambda one: names[one]))
    return Table("schemes", _("By scheme"), _("Scheme"), _people_and_cases(), rows)


def _ages(people: Sequence[_Cell]) -> Table:
    found = _count(people, lambda one: (one.band, one.sex))
    bands = [*range(len(BANDS)), *([UNKNOWN] if any(b == UNKNOWN for b, _sex in found) else [])]
    rows = tuple(
        (
            _("Not known") if band == UNKNOWN else band_name(band),
            tuple(found[band, sex] for sex in SEXES),
        )
        for band in bands
    )
    columns = (_("Women and girls"), _("Men and boys"), _("Not specified"))
    return Table(
        "ages", _("By age on the day of departure, and sex"), _("Age"), columns, rows, True
    )
