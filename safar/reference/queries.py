"""What do the code lists say? Answered from memory: a page costs no query for them."""

import time
from collections.abc import Iterable
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from safar.core import node
from safar.core.errors import NotFound
from safar.core.permissions import Actor
from safar.reference.choices import CountryKind, Topic
from safar.reference.listed import Listed, Ordered
from safar.reference.models import (
    Country,
    CrossingPoint,
    DocumentType,
    Lane,
    ProtectionContact,
    Purpose,
    RefusalGround,
    TravellerCategory,
    VisaFreeRule,
)

PERSONS = (CountryKind.STATE, CountryKind.TERRITORY, CountryKind.SPECIAL)
KEEP_SECONDS = 300  # a load in another process is seen after five minutes at the latest

L = TypeVar("L", bound=Listed)
R = TypeVar("R", bound=Ordered)


class Shelf(Generic[L]):
    """All rows of one small table, by code, kept in memory. An empty table is not kept."""

    def __init__(self, model: type[L]) -> None:
        self.model = model
        self.rows: dict[str, L] = {}
        self.read_at = 0.0

    def all(self) -> dict[str, L]:
        if not self.rows or time.monotonic() - self.read_at > KEEP_SECONDS:
            found: Any = self.model._default_manager.all()
            self.rows = {str(row.pk): row for row in found}
            self.read_at = time.monotonic()
        return self.rows

    def in_use(self) -> Iterable[L]:
        return (row for row in self.all().values() if row.in_use)

    def forget(self) -> None:
        self.rows = {}


COUNTRIES = Shelf(Country)
POSTS = Shelf(CrossingPoint)
LANES = Shelf(Lane)
PURPOSES = Shelf(Purpose)
GROUNDS = Shelf(RefusalGround)
CATEGORIES = Shelf(TravellerCategory)
DOCUMENT_TYPES = Shelf(DocumentType)
RULES = Shelf(VisaFreeRule)
CONTACTS = Shelf(ProtectionContact)
SHELVES: tuple[Shelf[Any], ...] = (
    COUNTRIES,
    POSTS,
    LANES,
    PURPOSES,
    GROUNDS,
    CATEGORIES,
    DOCUMENT_TYPES,
    RULES,
    CONTACTS,
)


def forget() -> None:
    """Read everything anew at the next question: after a load."""
    for shelf in SHELVES:
        shelf.forget()


def country(code: str) -> Country | None:
    """Return the country of an ICAO code, or of an ISO code where the two differ (`DEU`)."""
    return COUNTRIES.all().get("D" if code == "DEU" else code)


def country_name(code: str) -> str:
    """Return the country's name in the language of the page; an unknown code as it is."""
    found = country(code)
    return found.name if found else code


def countries() -> tuple[Country, ...]:
    """Return the countries and other codes in use, by their names in the page's language."""
    return tuple(sorted(COUNTRIES.in_use(), key=lambda row: row.name))


def citizenships() -> tuple[Country, ...]:
    """Return what a living person may be a citizen of, or be instead (stateless, refugee), by name."""
    return tuple(row for row in countries() if row.kind in PERSONS)


def passport_issuers() -> tuple[Country, ...]:
    """Return who issues travel documents today: states, their territories and organisations."""
    return tuple(row for row in countries() if row.kind in (*PERSONS, CountryKind.ORGANISATION))


def post(code: str) -> CrossingPoint | None:
    return POSTS.all().get(code)


def posts(country: str | None = None) -> tuple[CrossingPoint, ...]:
    """Return the posts in use of a country (without one, of this installation's), by code."""
    of = country or node.country()
    found = (row for row in POSTS.in_use() if row.country_id == of)
    return tuple(sorted(found, key=lambda row: row.code))


def posts_visible(actor: Actor) -> tuple[CrossingPoint, ...]:
    """Return the posts of this installation's country that the actor works for, by code."""
    return tuple(row for row in posts() if actor.sees_post(row.code))


def time_zone(post_code: str) -> ZoneInfo:
    """Return the zone in which a post's days are counted.

    Raises:
        NotFound: there is no such post.
    """
    found = post(post_code)
    if found is None:
        raise NotFound(_("There is no post %s.") % post_code)
    return found.zone


def lane(code: str) -> Lane | None:
    return LANES.all().get(code)


def lanes(post_code: str) -> tuple[Lane, ...]:
    """Return the lanes in use of a post, by number."""
    found = (row for row in LANES.in_use() if row.post_id == post_code)
    return tuple(sorted(found, key=lambda row: row.number))


def purposes() -> tuple[Purpose, ...]:
    return _in_order(PURPOSES.in_use())


def refusal_grounds() -> tuple[RefusalGround, ...]:
    return _in_order(GROUNDS.in_use())


def traveller_categories() -> tuple[TravellerCategory, ...]:
    return _in_order(CATEGORIES.in_use())


def document_types() -> tuple[DocumentType, ...]:
    return _in_order(DOCUMENT_TYPES.in_use())


def visa_free_rules(host: str, citizenship: str) -> tuple[VisaFreeRule, ...]:
    """Return the agreements in use on visa-free stays, also those of other times.

    They are what the visa manual begins with (`visas.queries.manual`), which is asked instead.
    """
    return tuple(
        rule
        for rule in RULES.in_use()
        if (rule.host_id, rule.citizenship_id) == (host, citizenship)
    )


def contacts(country: str, topic: Topic) -> tuple[ProtectionContact, ...]:
    """Return whom to call in a country for a traveller's protection, the first one first."""
    found = (row for row in CONTACTS.in_use() if row.country_id == country and row.topic == topic)
    return _in_order(found)


def _in_order(rows: Iterable[R]) -> tuple[R, ...]:
    return tuple(sorted(rows, key=lambda row: (row.order, row.code)))
