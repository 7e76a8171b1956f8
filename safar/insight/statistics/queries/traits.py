"""Whose crossings: by citizenship, by age and sex, and by citizenship and post."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from safar.insight.statistics.queries.places import post_name
from safar.insight.statistics.queries.sources import EXIT, Sources
from safar.insight.statistics.rules import disclosure
from safar.insight.statistics.rules.tables import Row, Table, Value, share
from safar.reference import queries as reference

LARGEST = 8  # rows and columns that are named; the rest is added up
FIVE_YEARS = (*range(0, 85, 5), None)
LIFE_STAGES = (0, 15, 65, None)
SEXES = ("M", "F", "")
Bands = tuple[int | None, ...]


def by_citizenship(sources: Sources) -> Table:
    found: Counter[str] = sources.folded(lambda citizenship, *_rest: citizenship)
    whole = sum(found.values())
    rows = tuple(
        (reference.country_name(code), code, count, share(count, whole))
        for code, count in found.most_common()
    )
    columns = (_("Citizenship"), _("Code"), one_way(sources), _("Share, %"))
    total: Row = (_("All"), "", whole, share(whole, whole))
    title = _("By citizenship")
    return Table("citizenships", title, columns, rows, total, _("Movements, not persons."))


def by_age_and_sex(sources: Sources) -> Table:
    """Two personal traits together: rounded, and withheld where rounding does not protect."""
    grids = [_grid(sources, bands) for bands in (FIVE_YEARS, LIFE_STAGES)]
    columns = (_("Age"), *_sex_names(), _("Both"))
    title = _("By age and sex")
    chosen = disclosure.first_safe(*grids)
    if chosen is None:
        withheld = _("Too few crossings to be shown by age and sex without naming single persons.")
        return Table("ages", title, columns, (), None, withheld)
    bands, grid = (FIVE_YEARS, LIFE_STAGES)[chosen], grids[chosen]
    rows = tuple(
        (band_name(bands, number), *map(_protected, counts), _protected(sum(counts)))
        for number, counts in enumerate(grid)
    )
    by_sex = [sum(column) for column in zip(*grid, strict=True)]
    total = (_("All"), *map(_protected, by_sex), _protected(sum(by_sex)))
    return Table("ages", title, columns, rows, total, _protection_note())


def by_citizenship_and_post(sources: Sources) -> Table:
    pairs = sources.folded(lambda citizenship, post, *_rest: (citizenship, post))
    by_country, posts = Counter[str](), Counter[str]()
    for (citizenship, post), count in pairs.items():
        by_country[citizenship] += count
        posts[post] += count
    named = [code for code, _count in by_country.most_common(LARGEST)]
    shown_posts = [code for code, _count in posts.most_common(LARGEST)]
    rows = [
        _crossed(
            reference.country_name(code), by_country[code], [pairs[code, p] for p in shown_posts]
        )
        for code in named
    ]
    if len(by_country) > LARGEST:
        rest = [
            sum(pairs[code, post] for code in by_country if code not in named)
            for post in shown_posts
        ]
        rows.append(
            _crossed(_("Other"), by_country.total() - sum(by_country[c] for c in named), rest)
        )
    columns = (_("Citizenship"), *map(post_name, shown_posts), _("Other posts"), _("All"))
    total = _crossed(_("All"), posts.total(), [posts[post] for post in shown_posts])
    note = _("The largest citizenships and posts; the rest is added up. Movements, not persons.")
    return Table("matrix", _("Citizenship by post"), columns, tuple(rows), total, note)


def one_way(sources: Sources) -> str:
    return _("Exits") if sources.traits_direction == EXIT else _("Entries")


def band_name(bands: Bands, number: int) -> str:
    low = bands[number]
    following = bands[number + 1] if number + 1 < len(bands) else None
    if low is None:
        return _("Not known")
    if following is None:
        return _("%(age)s and over") % {"age": low}
    return f"{low}–{following - 1}"


def _crossed(name: str, whole: int, counts: Sequence[int]) -> tuple[Value, ...]:
    return (name, *counts, whole - sum(counts), whole)


def _grid(sources: Sources, bands: Bands) -> list[list[int]]:
    known = [band for band in bands if band is not None]

    def stage(_citizenship: Any, _post: Any, sex: str, age: int | None) -> tuple[int | None, str]:
        band = None if age is None else max(low for low in known if low <= age)
        return band, sex if sex in SEXES else ""

    found = sources.folded(stage)
    return [[found[band, sex] for sex in SEXES] for band in bands]


def _sex_names() -> tuple[str, ...]:
    return _("Male"), _("Female"), _("Not specified")


def _protected(count: int) -> Value:
    rounded = disclosure.shown(count)
    return f"<{disclosure.BASE}" if rounded == disclosure.HIDDEN else rounded


def _protection_note() -> str:
    return _(
        "Numbers are rounded to 5 and counts under 5, none included, are shown as <5, so that "
        "nobody can work out a small number from the totals. Rounded rows need not add up. The "
        "age is the one reached in the year of the crossing."
    )
