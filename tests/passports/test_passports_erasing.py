"""Applications and documents past their time are deleted whole; a day younger, nothing goes."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from safar.control.passports import actions, tasks
from safar.control.passports.models import (
    Application,
    ApplicationMove,
    Attachment,
    ChipContent,
    Delivery,
    Fee,
    Holder,
    IdentityCheck,
    ListScreening,
    Passport,
    QualityCheck,
)
from safar.control.passports.queries.over_time import over_time, years_before
from tests.makers import passports as make
from tests.makers import passports_made as docs
from tests.makers.accounts import audited

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _keys():
    docs.fresh_keys()
    yield
    docs.forget_keys()


def before(years: int) -> date:
    return timezone.localdate(years_before(timezone.now(), years))


def there(row) -> bool:
    found: bool = type(row).objects.filter(pk=row.pk).exists()
    return found


def ran_out(document: Passport, last_day: date) -> Passport:
    with make.years_ago():
        Passport.objects.filter(pk=document.pk).update(
            issued_on=last_day - 3650 * DAY, expires_on=last_day
        )
    return document


def another(**given) -> Passport:
    """Of another person."""
    who = make.who(surname="OSMONOVA", given_names="NURIA", name_written="",
                   personal_number="10105198800222", **given)  # fmt: skip
    return docs.delivered(person=who)


def everything() -> str:
    """Every word that the tables of passports hold."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^passports_'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        held = []
        for table in tables:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t")
            held += [text for (text,) in cursor.fetchall()]
    return " ".join(held)


def test_a_document_goes_with_all_that_was_said_of_its_holder():
    document = docs.delivered()
    for word in ("TOKTOGULOVA", "Айгүл", "12208199400111"):
        assert word in everything()  # the negative control: it was there
    ran_out(document, before(15) - DAY)
    tasks.erase(0)
    for word in ("TOKTOGULOVA", "Айгүл", "12208199400111"):
        assert word not in everything(), word
    for model in (Application, ApplicationMove, Attachment, ChipContent, Delivery, Fee, Holder,
                  IdentityCheck, ListScreening, Passport, QualityCheck):  # fmt: skip
        assert not model.objects.exists(), model


def test_a_document_one_day_too_young_stays_and_one_that_is_valid():
    young = ran_out(docs.delivered(), before(15))
    valid = another()
    tasks.erase(0)
    assert there(young)
    assert there(valid)
    assert Attachment.objects.filter(application=young.application_id).exists()


def test_an_old_one_goes_while_the_holders_new_one_stays():
    old = docs.delivered()
    ran_out(old, before(15) - DAY)
    with make.years_ago():
        Application.objects.filter(pk=old.application_id).update(status="delivered")
        Passport.objects.filter(pk=old.pk).update(status="spoiled", made_at=None)
    new = docs.delivered()
    tasks.erase(0)
    assert not there(old)
    assert there(new)
    assert there(new.holder)


def refused(on: date) -> Application:
    found = make.judged(make.checked())
    found = actions.refuse(
        make.approver(), found, grounds=["identity"], reason="It is not shown who she is"
    )
    with make.years_ago():
        Application.objects.filter(pk=found.pk).update(
            decided_at=years_before(timezone.now(), 5) - (before(5) - on)
        )
    return found


def test_a_refusal_goes_after_five_years():
    old, young = refused(before(5) - DAY), refused(before(5) + DAY)
    tasks.erase(0)
    assert not there(old)
    assert there(young)
    assert ApplicationMove.objects.filter(application=young).exists()


def test_an_approval_that_was_stopped_counts_from_its_stop():
    found = actions.revoke(make.head(), make.approved(), reason="She died")
    assert not over_time(timezone.now() + timedelta(days=5 * 365)).exists()
    assert list(over_time(timezone.now() + timedelta(days=5 * 366))) == [found]
    with pytest.raises(DatabaseError, match="not past its time"), transaction.atomic():
        raw("DELETE FROM passports_application")
    with make.years_ago():
        long_ago = timezone.now() - timedelta(days=5 * 366)
        ApplicationMove.objects.filter(application=found).update(at=long_ago)
        Application.objects.filter(pk=found.pk).update(decided_at=long_ago - DAY)
    tasks.erase(0)
    assert not there(found)


def test_a_withdrawn_one_counts_from_its_withdrawal():
    found = actions.withdraw(make.clerk(), make.sent(), reason="She telephoned")
    with make.years_ago():
        long_ago = timezone.now() - timedelta(days=9 * 366)
        Application.objects.filter(pk=found.pk).update(changed_at=long_ago, submitted_at=long_ago)
    assert not over_time().exists()
    assert list(over_time(timezone.now() + timedelta(days=5 * 366))) == [found]


def test_what_is_open_or_waits_to_be_made_is_kept_however_old():
    waiting, approved = make.checked(), make.approved()
    with make.years_ago():
        Application.objects.all().update(
            changed_at=timezone.now() - timedelta(days=9000),
            submitted_at=timezone.now() - timedelta(days=9000),
        )
    tasks.erase(0)
    assert there(waiting)
    assert there(approved)


def test_a_draft_goes_thirty_days_after_it_was_last_touched():
    old, young = make.filled(), make.filled()
    now = timezone.now()
    with make.years_ago():
        for one, days in ((old, 31), (young, 29)):
            Application.objects.filter(pk=one.pk).update(changed_at=now - timedelta(days=days))
    tasks.erase(0)
    assert not there(old)
    assert there(young)
    assert not Attachment.objects.filter(application=old.pk).exists()


def test_one_row_with_figures_and_no_name_is_on_record():
    ran_out(docs.delivered(), before(15) - DAY)
    refused(before(5) - DAY)
    tasks.erase(0)
    (row,) = audited("passports.erase")
    assert row.details == {"documents": 1, "delivered": 1, "refused": 1}


def raw(statement: str) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        changed: int = cursor.rowcount
        return changed


KEPT = (
    "passports_applicationmove", "passports_fee", "passports_identitycheck",
    "passports_listscreening", "passports_chipcontent", "passports_delivery",
    "passports_qualitycheck",
)  # fmt: skip


def test_raw_sql_deletes_nothing_before_its_time_and_changes_nothing_after():
    document = docs.delivered()
    for table in KEPT:
        with pytest.raises(DatabaseError, match="append-only"):
            raw(f"DELETE FROM {table}")
    for table in ("passports_passport", "passports_application"):
        with pytest.raises(DatabaseError, match="past its time"):
            raw(f"DELETE FROM {table}")
    ran_out(document, before(15) - 2 * DAY)
    for table in KEPT:
        with pytest.raises(DatabaseError, match="append-only"):
            raw(f"UPDATE {table} SET id = id")
        assert raw(f"DELETE FROM {table}") > 0, table  # the negative control: now they may go
