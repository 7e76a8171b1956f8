"""A visa goes with its uses and its ending when its ten years are over, and nothing a day before."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from safar.control.visas import tasks
from safar.control.visas.actions import using
from safar.control.visas.actions.erasing import erase_visa
from safar.control.visas.models import UseGivenBack, Visa, VisaEnding, VisaUse
from safar.control.visas.queries.over_time import years_before
from safar.core.errors import InvalidMove
from safar.core.node import uuid7
from safar.core.record import writing
from tests.makers import visas_issued as make
from tests.makers.accounts import audited

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TABLES = ("visas_visa", "visas_visause", "visas_usegivenback", "visas_visaending")


@pytest.fixture(autouse=True)
def _keys():
    make.fresh_keys()
    yield
    make.forget_keys()


def ended(days_after_its_time: int) -> Visa:
    """A visa whose ten years were over so many days ago; negative: are over in so many days."""
    number = f"KG{90000 + days_after_its_time:05d}"
    found = make.revoked(make.issued())
    last = timezone.localdate(years_before(timezone.now(), 10)) - timedelta(
        days=days_after_its_time
    )
    found.pk, found.number, found.status = uuid7(), number, "valid"
    found._state.adding = True
    found.valid_from, found.valid_until = last - timedelta(days=30), last
    with writing("visas"):
        found.save(force_insert=True)
    return found


def used(number: str, entered_on=None) -> VisaUse:
    return using.use_visa(
        make.HEADQUARTERS, None, number=number, entries=1, crossing_id=uuid7(),
        post="KG-MAN", entered_on=entered_on or timezone.localdate(),
    )  # fmt: skip


def used_twice_and_revoked(visa: Visa) -> None:
    """Its one entry was used, given back, used again, given back; then it was revoked."""
    for _time in range(2):
        use = used(visa.number)
        using.give_back_use(make.HEADQUARTERS, None, crossing_id=use.crossing_id, cause_id=uuid7())
    make.revoked(visa)


def refused(sql: str, *args: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, args)


def test_the_night_deletes_a_visa_that_is_over_and_no_other():
    old, young = ended(2), ended(-2)
    for visa in (old, young):
        used_twice_and_revoked(visa)
    tasks.erase_visas(0)
    assert not Visa.objects.filter(pk=old.pk).exists()
    assert not VisaUse.objects.filter(visa_number=old.number).exists()
    assert not UseGivenBack.objects.filter(visa_number=old.number).exists()
    assert not VisaEnding.objects.filter(visa_id=old.pk).exists()
    assert VisaUse.objects.filter(visa=young).count() == 2
    assert UseGivenBack.objects.filter(visa_number=young.number).count() == 2
    assert VisaEnding.objects.filter(visa=young).exists()
    assert audited("visas.erase_visa")


def test_before_its_time_neither_an_action_nor_plain_sql_deletes_anything():
    young = ended(-2)
    used_twice_and_revoked(young)
    with pytest.raises(InvalidMove):
        erase_visa(tasks.WORKER, young)
    for table in TABLES:
        refused(f"DELETE FROM {table}")
        refused(f"UPDATE {table} SET id = %s", uuid7())


def test_what_is_over_is_deleted_and_still_not_changed():
    old = ended(2)
    used_twice_and_revoked(old)
    for table in TABLES[1:]:
        refused(f"UPDATE {table} SET id = %s", uuid7())
    refused("UPDATE visas_visa SET surname = 'ELSE' WHERE number = %s", old.number)
    with (
        connection.cursor() as cursor
    ):  # the control: the time of an ending is over with its visa's
        cursor.execute("DELETE FROM visas_visaending WHERE visa_id = %s", [old.pk])
        assert cursor.rowcount == 1


def test_what_a_post_knew_by_its_list_alone_is_kept_as_long_as_the_longest_visa():
    today = timezone.localdate()
    old = used("KG000777", today - timedelta(days=3650 + 3660))
    young = used("KG000778", today - timedelta(days=3650 + 3640))
    tasks.erase_visas(0)
    assert list(VisaUse.objects.filter(pk__in=[old.pk, young.pk])) == [young]
    refused("DELETE FROM visas_visause")
