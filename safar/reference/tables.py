"""Which file fills which table, and what may stand in each of its columns?"""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import available_timezones

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from safar.reference import models
from safar.reference.choices import (
    CardPurpose,
    Confidence,
    CountryKind,
    Direction,
    DocumentKind,
    LaneKind,
    Mode,
    PositionBasis,
    Topic,
    Traffic,
)
from safar.reference.files import Column
from safar.reference.listed import Listed

WORLD = tuple("en ru ky kk uz tg tk fa ps tr zh".split())  # noqa: SIM905
OFFICES = ("en", "ru", "ky")


def code(pattern: str) -> Callable[[str], str]:
    form = re.compile(pattern)

    def parse(cell: str) -> str:
        if not form.fullmatch(cell):
            raise ValueError(_("“%s” does not have the form of such a code.") % cell)
        return cell

    return parse


def word(choices: type[TextChoices]) -> Callable[[str], str]:
    def parse(cell: str) -> str:
        if cell not in choices.values:
            known = ", ".join(choices.values)
            raise ValueError(
                _("“%(cell)s” is none of: %(known)s.") % {"cell": cell, "known": known}
            )
        return cell

    return parse


def number(cell: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", cell):
        raise ValueError(_("“%s” is not a whole number.") % cell)
    return int(cell)


def degrees(limit: int) -> Callable[[str], Decimal]:
    def parse(cell: str) -> Decimal:
        try:
            value = Decimal(cell)
        except InvalidOperation:
            value = Decimal("NaN")
        if not (value.is_finite() and abs(value) <= limit):
            text = _("“%(cell)s” is not a number of degrees up to %(limit)d.")
            raise ValueError(text % {"cell": cell, "limit": limit})
        return value.quantize(Decimal("0.0001"))

    return parse


def day(cell: str) -> date:
    try:
        return date.fromisoformat(cell) if len(cell) == 10 else _no_day(cell)
    except ValueError:
        return _no_day(cell)


def _no_day(cell: str) -> date:
    raise ValueError(_("“%s” is not a day, such as 2026-01-31.") % cell)


_zones = functools.cache(available_timezones)  # it walks through a folder


def zone(cell: str) -> str:
    if cell not in _zones():
        raise ValueError(_("“%s” is not a time zone, such as Asia/Bishkek.") % cell)
    return cell


def text(longest: int) -> Callable[[str], str]:
    def parse(cell: str) -> str:
        if len(cell) > longest:
            raise ValueError(_("The text is longer than %d characters.") % longest)
        return cell

    return parse


@dataclass(frozen=True, eq=False)
class Table:
    """A file and the model that it fills. `names` maps headings to keys of `names`.

    `fields` maps a heading to a field where the two differ.
    """

    file: str
    model: type[Listed]
    columns: tuple[Column, ...]
    names: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)

    def row(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return what a line says as the model's fields."""
        key = self.columns[0].heading
        row: dict[str, Any] = {"code": values[key]}
        for heading, value in values.items():
            if heading != key and heading not in self.names:
                row[self.fields.get(heading, heading)] = value
        if self.names:
            row["names"] = {
                language: values[heading]
                for heading, language in self.names.items()
                if values[heading]
            }
        return row


def _named(languages: tuple[str, ...], stem: str = "name") -> tuple[Column, ...]:
    return tuple(Column(f"{stem}_{lang}", text(150), required=lang == "en") for lang in languages)


def _names(languages: tuple[str, ...], stem: str = "name") -> dict[str, str]:
    return {f"{stem}_{language}": language for language in languages}


def _need(heading: str, parse: Callable[[str], Any], refers: str = "") -> Column:
    return Column(heading, parse, required=True, refers=refers)


COUNTRY = code(r"[A-Z]{3}|D")
SLUG = code(r"[a-z_]{2,40}")
POST_LANGUAGES = ("en", "ru", "ky", "national")

TABLES = (
    Table(
        "countries.csv",
        models.Country,
        (
            _need("code", COUNTRY),
            Column("alpha2", code(r"[A-Z]{2}")),
            Column("alpha3", code(r"[A-Z]{3}")),
            Column("numeric", code(r"[0-9]{3}")),
            _need("kind", word(CountryKind)),
            Column("groups", str.split, empty=[]),
            *_named(WORLD),
        ),
        names=_names(WORLD),
    ),
    Table(
        "crossing_points.csv",
        models.CrossingPoint,
        (
            _need("code", code(r"[A-Z]{2}-[A-Z]{3,4}")),
            _need("country", COUNTRY, "countries.csv"),
            Column("neighbour", COUNTRY, empty=None, refers="countries.csv"),
            _need("mode", word(Mode)),
            _need("traffic", word(Traffic)),
            *_named(POST_LANGUAGES),
            Column("opposite_name", text(60)),
            _need("time_zone", zone),
            Column("latitude", degrees(90), empty=None),
            Column("longitude", degrees(180), empty=None),
            _need("position_basis", word(PositionBasis)),
            Column("iata", code(r"[A-Z]{3}")),
            Column("icao", code(r"[A-Z0-9]{4}")),
            Column("season", text(120)),
            Column("note", text(250)),
        ),
        names=_names(POST_LANGUAGES),
        fields={"country": "country_id", "neighbour": "neighbour_id"},
    ),
    Table(
        "lanes.csv",
        models.Lane,
        (
            _need("code", code(r"[A-Z]{2}-[A-Z]{3,4}-[0-9]{2}")),
            _need("post", str, "crossing_points.csv"),
            _need("number", number),
            _need("direction", word(Direction)),
            _need("kind", word(LaneKind)),
            _need("booths", number),
        ),
        fields={"post": "post_id"},
    ),
    Table(
        "purposes.csv",
        models.Purpose,
        (
            _need("code", SLUG),
            _need("migration_card", word(CardPurpose)),
            _need("order", number),
            *_named(OFFICES),
        ),
        names=_names(OFFICES),
    ),
    Table(
        "refusal_grounds.csv",
        models.RefusalGround,
        (
            _need("code", code(r"[A-Z][0-9]?")),
            _need("order", number),
            *_named(OFFICES, "text"),
            Column("national_reference", text(200)),
        ),
        names=_names(OFFICES, "text"),
    ),
    Table(
        "traveller_categories.csv",
        models.TravellerCategory,
        (_need("code", SLUG), _need("order", number), *_named(OFFICES)),
        names=_names(OFFICES),
    ),
    Table(
        "document_types.csv",
        models.DocumentType,
        (
            _need("code", code(r"[A-Z]{1,2}")),
            _need("kind", word(DocumentKind)),
            _need("order", number),
            *_named(OFFICES),
        ),
        names=_names(OFFICES),
    ),
    Table(
        "visa_free_rules.csv",
        models.VisaFreeRule,
        (
            _need("rule_id", code(r"[A-Z0-9-]{5,40}")),
            _need("host", COUNTRY, "countries.csv"),
            _need("citizenship", COUNTRY, "countries.csv"),
            Column("days", number, empty=None),
            Column("window_days", number, empty=None),
            Column("visit_days", number, empty=None),
            _need("basis", text(250)),
            _need("in_force_from", day),
            Column("in_force_to", day, empty=None),
            _need("confidence", word(Confidence)),
            Column("note", text(250)),
        ),
        fields={"host": "host_id", "citizenship": "citizenship_id"},
    ),
    Table(
        "contacts.csv",
        models.ProtectionContact,
        (
            _need("code", code(r"[A-Z]{3}-[A-Z]{2,20}")),
            _need("country", COUNTRY, "countries.csv"),
            _need("topic", word(Topic)),
            _need("order", number),
            *_named(OFFICES),
            Column("phone", text(40)),
            Column("hours", text(60)),
            Column("note", text(250)),
        ),
        names=_names(OFFICES),
        fields={"country": "country_id"},
    ),
)
