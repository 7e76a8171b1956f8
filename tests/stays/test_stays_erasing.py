"""What of stays is past its time goes; what is a day too young, or goes on, stays."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from safar.control.stays import tasks
from safar.control.stays.actions import registering
from safar.control.stays.models import ExtensionApplication, Overstay, Rebuttal, Registration
from safar.control.stays.queries import over_time
from safar.core.record import writing
from tests.makers import stays as make
from tests.makers.accounts import actor, audited
from tests.makers.stays import unguarded
from tests.stays.test_registrations import lives

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = timedelta(days=1)


def before(years: int) -> date:
    return over_time.years_before(timezone.localdate(), years)


def start(day: date):
    return over_time._start(day)


def registered() -> tuple[Any, Any]:
    """An address of a stay of twenty days until now, and the document that was shown."""
    shown = make.document()
    entry = make.entered(20, 60, shown=shown)
    return registering.register(actor(make.zarina()), entry, lives=lives()), shown


def aged(made: Registration, until: date, entered: date | None = None) -> Registration:
    """An old one, by hand: the database lets no registration be changed."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE stays_registration DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE stays_registration SET from_day = %s, until = %s, entered_at = %s WHERE id = %s",
            [until - 9 * DAY, until, start((entered or until) - 10 * DAY), made.pk],
        )
        cursor.execute("ALTER TABLE stays_registration ENABLE TRIGGER USER")
    return made


def there(row) -> bool:
    found: bool = type(row).objects.filter(pk=row.pk).exists()
    return found


def put_back(crossing, day: date) -> None:
    """A crossing of long ago, by hand, as above."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE border_crossing DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE border_crossing SET crossed_at = %s WHERE id = %s", [start(day), crossing.pk]
        )
        cursor.execute("ALTER TABLE border_crossing ENABLE TRIGGER USER")


def decided(until: date, on: date) -> ExtensionApplication:
    found = make.extended(make.entered(20, 30), make.day(-20))
    with unguarded("stays_extensionapplication"):
        ExtensionApplication.objects.filter(pk=found.pk).update(
            decided_at=start(on), prepared_at=start(on), permitted_before=until - 9 * DAY,
            until_asked=until, granted_until=until,
        )  # fmt: skip
    return found


def test_extensions_go_five_years_after_the_decision():
    old = decided(before(5), before(5) - DAY)
    young = decided(before(5), before(5))
    living = decided(make.day(0), before(5) - DAY)
    asked = make.asked(make.entered(20, 30), make.day(-20))
    with unguarded("stays_extensionapplication"):
        ExtensionApplication.objects.filter(pk=asked.pk).update(prepared_at=start(before(9)))
    tasks.erase(0)
    assert [there(one) for one in (old, young, living, asked)] == [False, True, True, True]


def closed(left: date | None, since: date) -> Overstay:
    row = make.overstay(make.entered(40, 30))
    with writing("stays"):
        Overstay.objects.filter(pk=row.pk).update(
            until=since - DAY, since=since, closed_at=timezone.now(),
            closed_because="exit" if left else "entered_again", left_on=left,
            days_over=1 if left else None,
        )  # fmt: skip
    return row


def test_overstays_go_three_years_after_the_exit_and_five_where_it_is_missing():
    gone = [closed(before(3) - DAY, before(4)), closed(None, before(5) - DAY)]
    kept = [closed(before(3), before(4)), closed(None, before(5))]
    still = make.overstay(make.entered(40, 30))
    with writing("stays"):
        Overstay.objects.filter(pk=still.pk).update(until=before(7), since=before(6))
    tasks.erase(0)
    assert [there(one) for one in gone] == [False, False]
    assert [there(one) for one in (*kept, still)] == [True, True, True]


def test_what_a_traveller_said_goes_with_it_unless_it_waits():
    old, waits = closed(None, before(5) - DAY), closed(None, before(5) - DAY)
    with writing("stays"):
        answered = make.said(old)
        Rebuttal.objects.filter(pk=answered.pk).update(
            status="declined", decided_at=timezone.now(), decided_by=make.nurgul(),
            decided_by_name="Nurgul", decision_reason="no stamp",
        )  # fmt: skip
    said = make.said(waits)
    tasks.erase(0)
    assert not there(old)
    assert not there(answered)
    assert there(waits)
    assert there(said)


def test_registrations_go_three_years_after_she_left():
    rows = []
    for left in (before(3) - DAY, before(3)):
        made, shown = registered()
        put_back(make.left(shown), left)
        rows.append(aged(made, before(3) - 20 * DAY))
    tasks.erase(0)
    assert [there(one) for one in rows] == [False, True]


def test_registrations_of_who_was_never_seen_again_go_after_five_years():
    old = aged(registered()[0], before(5) - DAY)
    young = aged(registered()[0], before(5))
    tasks.erase(0)
    assert [there(one) for one in (old, young)] == [False, True]


def test_a_mistake_goes_with_its_registration_and_not_before():
    rows, mistakes = [], []
    for until in (before(5) - DAY, before(5)):
        made, _shown = registered()
        mistakes.append(
            registering.strike_registration(actor(make.nurgul()), made, reason="Another traveller")
        )
        rows.append(aged(made, until))
    tasks.erase(0)
    assert [there(one) for one in rows] == [False, True]
    assert [there(one) for one in mistakes] == [False, True]


def test_an_old_address_of_a_stay_that_goes_on_is_kept():
    made, _shown = registered()
    aged(made, before(5) - DAY)
    entry = type(made).objects.get(pk=made.pk).crossing
    newer = registering.register(actor(make.zarina()), entry, lives=lives())
    tasks.erase(0)
    assert there(made)
    assert there(newer)


def test_one_row_with_figures_and_no_name_is_on_record():
    closed(before(3) - DAY, before(4))
    tasks.erase(0)
    (row,) = audited("stays.erase")
    assert row.details == {"rebuttals": 0, "overstays": 1, "extensions": 0, "registrations": 0}


def raw(statement: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        changed: int = cursor.rowcount
        return changed


def test_the_database_lets_no_registration_go_before_its_time():
    made, _shown = registered()
    with pytest.raises(DatabaseError, match="append-only"):
        raw("DELETE FROM stays_registration")
    aged(made, before(3) - 20 * DAY)  # old enough, but nobody saw her leave
    with pytest.raises(DatabaseError, match="append-only"):
        raw("DELETE FROM stays_registration")
    aged(made, before(5) - 20 * DAY)
    with pytest.raises(DatabaseError, match="append-only"):
        raw("UPDATE stays_registration SET days_late = 0")
    assert raw("DELETE FROM stays_registration") == 1  # the negative control
