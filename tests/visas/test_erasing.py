"""An application past its time loses what says who she was; one that is not, loses nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from safar.control.visas import actions, tasks
from safar.control.visas.actions.erasing import erase_application
from safar.control.visas.models import (
    Application,
    ApplicationMove,
    Fee,
    Interview,
    Paper,
    Screening,
    StatusMail,
)
from safar.control.visas.models.applications import NOBODY
from safar.control.visas.queries.over_time import over_time, years_before
from safar.core.errors import InvalidMove
from safar.core.record import writing
from tests.makers import visas as make
from tests.makers.accounts import audited

pytestmark = pytest.mark.django_db
YEARS = 5 * 366
WHO = replace(make.WHO, email="irina@example.org", name_written="Ирина")


def refused(days_ago: int = 0) -> Application:
    """With a paper, a fee, an interview and a look at the lists; decided so long ago."""
    sent = make.paid(make.sent(who=WHO))
    actions.hold_interview(
        make.clerk(), sent, held_on=timezone.localdate(), language="en", text="She told of a lake"
    )
    actions.screen(make.clerk(), sent)
    prepared = actions.prepare(make.clerk(), make.again(sent), word="A word of the clerk")
    found = actions.refuse(make.consul(), prepared, grounds=["means"], reason="She has no money")
    return aged(found, days_ago)


def aged(found: Application, days: int) -> Application:
    at = timezone.now() - timedelta(days=days)
    with writing("visas"):
        Application.objects.filter(pk=found.pk).update(decided_at=at, submitted_at=at, begun_at=at)
    return make.again(found)


def everything() -> str:
    """Every word that the tables of applications hold."""
    tables = ("application", "applicationmove", "paper", "fee", "interview", "screening",
              "screeningmatch", "statusmail")  # fmt: skip
    with connection.cursor() as cursor:
        held = []
        for table in tables:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM visas_{table} t")
            held += [text for (text,) in cursor.fetchall()]
    return " ".join(held)


PERSONAL = (
    "PETROVA", "IRINA", "Ирина", "irina@example.org", "U44109826", "+1 555 0100", "1994-08-22",
    "To see the lake", "She told of a lake", "She has no money", "A word of the clerk",
)  # fmt: skip


def test_the_night_erases_what_is_past_its_time_and_nothing_else():
    old, young = refused(YEARS), refused(5 * 365 - 10)
    tasks.erase_applications(0)
    old.refresh_from_db()
    young.refresh_from_db()
    assert old.erased_at is not None
    assert young.erased_at is None
    assert young.surname == "PETROVA"
    assert Paper.objects.filter(application=young).exists()
    assert not Paper.objects.filter(application=old).exists()


def test_nothing_of_the_person_is_left_in_any_table():
    refused(YEARS)
    before = everything()
    for word in PERSONAL:
        assert word in before, word  # the negative control: it was there
    tasks.erase_applications(0)
    after = everything()
    for word in PERSONAL:
        assert word not in after, word
    for table in (Paper, Interview, Screening, StatusMail):
        assert not table.objects.exists()


def test_what_figures_need_stays():
    refused(YEARS)
    tasks.erase_applications(0)
    found = Application.objects.get()
    assert (found.kind_id, found.consulate_id, found.status) == ("T", "IST", "refused")
    assert (found.nationality, found.sex, str(found.birth)) == ("UTO", "F", "1994")
    assert found.grounds == ["means"]
    assert found.decided_at is not None
    assert Fee.objects.count() == 1
    assert set(ApplicationMove.objects.values_list("move", flat=True)) == {
        "submit", "prepare", "refuse",
    }  # fmt: skip


def test_each_is_on_record_without_a_name():
    old = refused(YEARS)
    tasks.erase_applications(0)
    tasks.erase_applications(0)
    (row,) = audited("visas.erase_application")
    assert row.target == f"Application:{old.pk}"
    assert old.kind is not None
    assert row.details["papers"] == 2 + len(old.kind.papers)
    assert "PETROVA" not in str(row.details)


def test_what_is_open_is_kept_however_old():
    waiting = make.prepared()
    with writing("visas"):
        Application.objects.filter(pk=waiting.pk).update(
            submitted_at=timezone.now() - timedelta(days=YEARS)
        )
    assert not over_time().exists()
    with pytest.raises(InvalidMove):
        erase_application(make.SAFAR, make.again(waiting))


def test_what_was_granted_for_longer_is_kept_until_its_last_day():
    found = aged(make.granted(), YEARS)
    assert not over_time().exists()
    with writing("visas"):
        Application.objects.filter(pk=found.pk).update(
            granted_from=date(2015, 1, 1), granted_until=timezone.localdate() - timedelta(days=2)
        )
    assert list(over_time()) == [found]


def test_a_withdrawn_one_counts_from_its_withdrawal():
    found = actions.withdraw(make.clerk(), make.prepared(), reason="She wrote")
    assert not over_time().exists()
    assert list(over_time(timezone.now() + timedelta(days=YEARS))) == [found]


def test_nobody_opens_what_was_erased():
    old = refused(YEARS)
    assert Application.objects.visible_to(make.consul()).filter(pk=old.pk).exists()
    tasks.erase_applications(0)
    assert not Application.objects.visible_to(make.consul()).exists()
    assert not Application.objects.visible_to(make.headquarters()).exists()


def run(sql, *args):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, args)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM visas_interview", "DELETE FROM visas_screening", "DELETE FROM visas_fee",
        "DELETE FROM visas_applicationmove", "UPDATE visas_applicationmove SET note = ''",
        "UPDATE visas_fee SET reason = '–'", "UPDATE visas_interview SET text = 'other'",
    ],
)  # fmt: skip
def test_raw_sql_touches_nothing_that_is_not_erased(sql):
    refused()
    with pytest.raises(DatabaseError, match="append-only"):
        run(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM visas_fee", "DELETE FROM visas_applicationmove",
        "UPDATE visas_applicationmove SET note = 'other'", "UPDATE visas_fee SET amount = 1",
        "UPDATE visas_applicationmove SET at = now()",
    ],
)  # fmt: skip
def test_nor_more_than_words_of_what_is(sql):
    refused(YEARS)
    tasks.erase_applications(0)
    with pytest.raises(DatabaseError, match="append-only"):
        run(sql)


ERASE = "UPDATE visas_application SET erased_at = now(){} WHERE id = %s"


def test_the_database_erases_nothing_before_its_time_nor_by_halves():
    blank = ", ".join(
        f"{name} = {'NULL' if value is None else repr(value)}" for name, value in NOBODY.items()
    )
    whole = ERASE.format(f", {blank}, birth = '1994'")
    young, old = refused(), refused(YEARS)
    with pytest.raises(DatabaseError, match="not past its time"):
        run(whole, young.pk)
    with pytest.raises(DatabaseError, match="application_erased_whole"):
        run(ERASE.format(""), old.pk)
    run(whole, old.pk)  # the negative control: this one may go
    with pytest.raises(DatabaseError, match="stays as it is"):
        run("UPDATE visas_application SET surname = 'X', erased_at = NULL WHERE id = %s", old.pk)


def test_a_leap_day_has_a_day_five_years_before():
    leap = timezone.now().replace(year=2028, month=2, day=29)
    assert years_before(leap, 5).day == 28
