"""Which documents that were shown at a border may be an applicant's, or somebody's like her?

Found by index: births that agree or have day and month exchanged, personal number, number of the
earlier document. Names are compared afterwards, in any spelling.
"""

from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, F, Func, IntegerField, Q, QuerySet, TextField, Value, When

from safar.control.passports.models import Application
from safar.control.passports.queries.people import names_of
from safar.control.passports.rules.identity import birth_keys, name_keys
from safar.control.travellers.models import TravelDocument
from safar.core import node
from safar.lib.names import fold

MOST: Final = 2_000
"""Documents that are compared: those found by a number first, then those that share a name."""


def shown_at_border(application: Application) -> QuerySet[TravelDocument, Any]:
    """Every document that has to be compared with her: those that share a number first."""
    by_number = _by_number(application)
    alike = Q(parts__overlap=name_keys(names_of(application)))
    rank = Case(When(by_number, then=2), When(alike, then=1), default=0, output_field=_INTEGER)
    rows = TravelDocument.objects.annotate(parts=_PARTS)
    found = rows.filter(by_number | _by_birth(application, alike)).annotate(rank=rank)
    return found.order_by("-rank", "-first_seen_at")[:MOST]


_INTEGER: "IntegerField[Any, Any]" = IntegerField()
_PARTS = Func(
    F("name_key"), Value(" "), function="string_to_array", output_field=ArrayField(TextField())
)


def _by_birth(application: Application, alike: Q) -> Q:
    birth = application.birth
    assert birth is not None  # noqa: S101 - the database says so
    same = Q(birth__in=birth_keys(birth))
    return same if birth.is_full else same & alike  # of a year alone there are too many


def _by_number(application: Application) -> Q:
    found = Q(pk__in=[])
    if application.personal_number:
        # Said aloud, because the index knows those alone that have one.
        own = Q(personal_number=application.personal_number)
        found |= own & ~Q(personal_number="")
    if application.earlier_number:
        found |= Q(number=application.earlier_number, issuer=application.earlier_issuer)
    return found


def is_own(application: Application, row: TravelDocument) -> bool:
    """Whether it is her own one and tells the same of her, under a name that she told.

    Of this state, or the one that she named as her earlier document.
    """
    if row.issuer == node.country():
        number = application.personal_number
        if is_protected(row) == application.is_national:  # nobody is a citizen and a refugee
            return False
        if number and row.personal_number not in ("", number):
            return False
    elif (row.issuer, row.number) != (application.earlier_issuer, application.earlier_number):
        return False
    told = {fold(name.replace(",", " ")) for name in names_of(application)}
    return row.birth == application.birth and fold(row.name) in told


def is_protected(row: TravelDocument) -> bool:
    """A refugee's or stateless person's paper: by nationality, or by its code (Doc 9303-4 §4.2.2)."""
    return row.nationality in ("XXA", "XXB", "XXC") or row.kind in ("PR", "PS")
