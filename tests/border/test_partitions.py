"""A crossing whose month was not made is kept, and moves into its month when that is made."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from safar.control.border.models import Crossing
from safar.control.border.partitions import ensure_months, has_month, month_after, stray_months
from tests import cast
from tests.makers import border as make

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DEFAULT = "border_crossing_other"
SHAPES = {
    "constraints": "SELECT pg_get_constraintdef(oid), convalidated, conparentid FROM pg_constraint"
    " WHERE conrelid = %s::regclass ORDER BY 3, 1",
    "indexes": "SELECT pg_get_expr(x.indexprs, x.indrelid), x.indkey::text, x.indisvalid,"
    " pg_get_expr(x.indpred, x.indrelid), i.inhparent FROM pg_index x"
    " LEFT JOIN pg_inherits i ON i.inhrelid = x.indexrelid"
    " WHERE x.indrelid = %s::regclass ORDER BY i.inhparent",
    "triggers": "SELECT t.tgfoid, t.tgtype, t.tgenabled FROM pg_trigger t"
    " WHERE t.tgrelid = %s::regclass ORDER BY 1, 2",
}  # what a table has, and from which object of the whole table it has it


def ask(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def shape(table):
    return {name: ask(statement, table) for name, statement in SHAPES.items()}


def part_of(crossing):
    """The partition that holds the crossing; there is one only."""
    ((part,),) = ask("SELECT tableoid::regclass::text FROM border_crossing WHERE id = %s", crossing)
    return part


def part_name(moment):
    return f"border_crossing_{moment:%Y_%m}"


def refused(statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ask(statement)
    return True


@pytest.fixture
def far():
    return timezone.now() + timedelta(days=400)


@pytest.fixture
def crossing(far):
    """A crossing of a month that nobody made."""
    return make.crossed(cast.aida(), make.document(expires_on=far.date().replace(day=28)), when=far)


class TestACrossingWithoutAMonth:
    def test_it_lands_in_the_default_partition(self, crossing, far):
        assert part_of(crossing.pk) == DEFAULT
        assert stray_months() == [far.date().replace(day=1)]

    def test_it_moves_into_its_month_when_that_is_made(self, crossing, far):
        before = list(Crossing.objects.values().order_by("pk"))
        ensure_months(far.date(), far.date())
        assert part_of(crossing.pk) == part_name(far)
        assert list(Crossing.objects.values().order_by("pk")) == before
        assert ask(f"SELECT count(*) FROM {DEFAULT}") == [(0,)]

    def test_a_month_made_twice_is_made_once(self, crossing, far):
        for _ in range(2):
            ensure_months(far.date(), far.date())
        assert part_of(crossing.pk) == part_name(far)
        assert Crossing.objects.count() == 1

    def test_crossings_of_other_months_stay_where_they_are(self, crossing, far):
        later = make.crossed(cast.aida(), make.document(), when=far + timedelta(days=70))
        ensure_months(far.date(), far.date())
        assert part_of(crossing.pk) == part_name(far)
        assert part_of(later.pk) == DEFAULT

    def test_the_edges_of_the_month_are_those_of_utc(self, far):
        first = datetime.combine(far.date().replace(day=1), datetime.min.time(), UTC)
        following = datetime.combine(month_after(far.date()), datetime.min.time(), UTC)
        last = following - timedelta(microseconds=1)
        parts = {
            when: make.crossed(cast.aida(), make.document(), when=when).pk
            for when in (first - timedelta(microseconds=1), first, last, following)
        }
        ensure_months(far.date(), far.date())
        inside = {when for when, key in parts.items() if part_of(key) == part_name(far)}
        assert inside == {first, last}


class TestAfterTheMove:
    @pytest.fixture
    def moved(self, crossing, far):
        ensure_months(far.date(), far.date())
        return crossing

    def test_the_row_is_kept_in_its_month(self, moved, far):
        part = part_of(moved.pk)
        assert part == part_name(far) != DEFAULT
        assert refused(f"UPDATE {part} SET lane = 'x'")
        assert refused(f"DELETE FROM {part}")
        assert refused(f"TRUNCATE {part}")

    def test_the_default_is_still_append_only(self, moved, far):
        later = make.crossed(cast.aida(), make.document(), when=far + timedelta(days=70))
        assert part_of(later.pk) == DEFAULT
        assert refused(f"UPDATE {DEFAULT} SET lane = 'x'")
        assert refused(f"DELETE FROM {DEFAULT}")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert refused(f"TRUNCATE {DEFAULT}")

    def test_both_tables_have_all_that_a_month_has(self, crossing, far):
        plain = far + timedelta(days=100)
        ensure_months(plain.date(), plain.date())
        month, default = shape(part_name(plain)), shape(DEFAULT)
        assert all(default.values())
        ensure_months(far.date(), far.date())
        assert part_of(crossing.pk) == part_name(far)
        assert shape(part_name(far)) == month
        assert shape(DEFAULT) == default

    def test_a_crossing_is_still_kept_without_a_month(self, moved, far):
        month = month_after(month_after(far.date()))
        assert not has_month(month)
        later = make.crossed(cast.aida(), make.document(), when=make.at(month))
        assert part_of(later.pk) == DEFAULT
