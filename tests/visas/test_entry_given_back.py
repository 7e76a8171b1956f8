"""A crossing that two people annulled gives its entry on the visa back, once, and no more."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from safar.control.border.actions import amending
from safar.control.border.choices import AmendmentKind
from safar.control.visas.actions import issuing, using
from safar.control.visas.actions.status_list import must_not_pass
from safar.control.visas.models import UseGivenBack, VisaUse
from safar.core.errors import InvalidMove, NotAllowed
from safar.core.node import uuid7
from tests import cast
from tests.makers import border
from tests.makers import visas as applications
from tests.makers import visas_issued as make
from tests.makers.accounts import actor, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _keys():
    make.fresh_keys()
    yield
    make.forget_keys()


@pytest.fixture
def booth():
    return border.sign_on(cast.aida())


def entered(booth, visa, minutes=0):
    with border.clock(timezone.now() + timedelta(minutes=minutes)):
        return border.admit(make.shown(booth, make.passport_of(visa), visa))


def annulled(crossing):
    proposed = border.propose(cast.aida(), crossing)
    return amending.approve_amendment(actor(border.leader()), proposed)


def used(number, entries=1):
    return using.use_visa(
        make.HEADQUARTERS, None, number=number, entries=entries, crossing_id=uuid7(),
        post="KG-MAN", entered_on=timezone.localdate(),
    )  # fmt: skip


def given_back(use):
    return using.give_back_use(
        make.HEADQUARTERS, None, crossing_id=use.crossing_id, cause_id=uuid7()
    )


def refused_by_the_database(sql, *args):
    with pytest.raises(IntegrityError):
        _run(sql, args)


def _run(sql, args=()):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, args)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_after_an_annulled_crossing_the_booth_lets_her_in_again(booth):
    visa = make.issued()
    crossing = entered(booth, visa)
    with border.clock(timezone.now() + timedelta(minutes=20)):
        assert make.codes(make.shown(booth, make.passport_of(visa), visa)) == {"visa.used_up"}
    annulment = annulled(crossing)
    given = UseGivenBack.objects.get()
    assert (given.visa_number, given.nth, given.cause_id) == (visa.number, 1, annulment.pk)
    assert given.by == border.leader()
    with border.clock(timezone.now() + timedelta(minutes=30)):
        seen = make.shown(booth, make.passport_of(visa), visa)
        assert "visa.sound" in make.codes(seen)
        border.admit(seen)
    assert list(VisaUse.objects.order_by("used_at").values_list("nth", "after")) == [
        (1, None),
        (1, given.pk),
    ]
    with border.clock(timezone.now() + timedelta(minutes=60)):
        assert make.codes(make.shown(booth, make.passport_of(visa), visa)) == {"visa.used_up"}


def test_an_entry_that_was_an_exit_in_truth_has_used_nothing(booth):
    visa = make.issued()
    crossing = entered(booth, visa)
    for changes, given in (({"purpose": "tourism"}, 0), ({"direction": "exit"}, 1)):
        wrong = border.propose(cast.aida(), crossing, kind=AmendmentKind.CORRECT, changes=changes)
        border.approve(border.leader(), wrong)
        assert UseGivenBack.objects.count() == given
    with border.clock(timezone.now() + timedelta(minutes=20)):
        seen = make.shown(booth, make.passport_of(visa), visa)
    assert "visa.sound" in make.codes(seen)


def test_what_waits_or_was_declined_gives_nothing_back(booth):
    visa = make.issued()
    proposed = border.propose(cast.aida(), entered(booth, visa))
    assert not UseGivenBack.objects.exists()
    amending.decline_amendment(actor(border.leader()), proposed)
    assert not UseGivenBack.objects.exists()


def test_a_crossing_without_a_visa_gives_nothing_back(booth):
    crossing = border.crossed(cast.aida(), border.document(issuer="KGZ", nationality="KGZ"))
    annulled(crossing)
    assert not UseGivenBack.objects.exists()


def test_an_officer_of_the_booth_gives_nothing_back(booth):
    use = used("KG777777")
    with pytest.raises(NotAllowed):
        using.give_back_use(actor(cast.aida()), None, crossing_id=use.crossing_id, cause_id=uuid7())


def test_the_second_of_two_entries_is_given_back_and_used_again():
    visa = make.issued(entries="2")
    first, second = used(visa.number), used(visa.number)
    given_back(first)
    assert given_back(first) is None  # once
    assert used(visa.number).nth == 1
    with pytest.raises(InvalidMove):
        used(visa.number)
    given_back(second)
    assert used(visa.number).nth == 2
    with pytest.raises(InvalidMove):
        used(visa.number)


def test_an_entry_is_given_back_and_used_as_often_as_crossings_are_annulled():
    visa = make.issued()
    for _time in range(3):
        given_back(used(visa.number))
    assert used(visa.number).nth == 1
    assert VisaUse.objects.filter(given_back=None).count() == 1


def test_the_list_for_posts_follows():
    visa = make.issued()
    use = used(visa.number)
    today = timezone.localdate()
    assert [row.number for row in must_not_pass(today)] == [visa.number]
    given_back(use)
    assert must_not_pass(today) == []


def test_a_sticker_whose_only_entry_was_annulled_may_be_printed_again():
    visa = make.issued()
    use = used(visa.number)
    with pytest.raises(InvalidMove):
        issuing.reprint_visa(applications.clerk(), visa, reason="smeared")
    given_back(use)
    assert issuing.reprint_visa(applications.clerk(), visa, reason="smeared").number != visa.number


INSERT = """
INSERT INTO visas_visause
    (id, visa_id, visa_number, entries, nth, crossing_id, post, entered_on, used_at, after_id)
VALUES (gen_random_uuid(), %s, %s, %s, %s, gen_random_uuid(), 'KG-MAN', now(), now(), %s)
"""
GIVE = """
INSERT INTO visas_usegivenback (id, use_id, visa_number, nth, cause_id, at, by_name)
VALUES (gen_random_uuid(), %s, %s, %s, gen_random_uuid(), now(), 'raw')
"""


def test_raw_sql_cannot_use_more_entries_than_stand():
    visa, other = make.issued(), make.issued()
    use = used(visa.number)
    given = given_back(use)
    row: list[Any] = [visa.pk, visa.number, 1]
    refused_by_the_database(INSERT, *row, 1, None)  # the first use of it is on record
    refused_by_the_database(INSERT, *row, 2, None)  # there is no second entry
    refused_by_the_database(INSERT, *row, 2, given.pk)  # nor was one given back
    refused_by_the_database(INSERT, other.pk, other.number, 1, 1, given.pk)  # another visa's
    refused_by_the_database(INSERT, *row, 1, uuid7())  # a giving back that never was
    with connection.cursor() as cursor:  # the negative control: this one is right
        cursor.execute(INSERT, (*row, 1, given.pk))
    refused_by_the_database(INSERT, *row, 1, given.pk)  # twice for one giving back


def test_raw_sql_cannot_give_back_twice_or_what_was_not_used():
    visa = make.issued(entries="2")
    use = used(visa.number)
    refused_by_the_database(GIVE, use.pk, visa.number, 2)
    refused_by_the_database(GIVE, use.pk, "KG999999", 1)
    refused_by_the_database(GIVE, uuid7(), visa.number, 1)
    with connection.cursor() as cursor:
        cursor.execute(GIVE, [use.pk, visa.number, 1])
    refused_by_the_database(GIVE, use.pk, visa.number, 1)


@pytest.mark.parametrize(
    "what", ["UPDATE visas_usegivenback SET nth = 2", "DELETE FROM visas_usegivenback"]
)
def test_what_was_given_back_stays_on_record(what):
    given_back(used("KG777777"))
    with pytest.raises(DatabaseError, match="append-only"):
        _run(what)


def test_the_visas_page_shows_what_was_given_back(client, booth):
    visa = make.issued()
    annulled(entered(booth, visa))
    sign_in(client, applications.officer("Kanat", "visa_clerk"))
    page = client.get(reverse("visas:visa", args=[visa.pk])).content.decode()
    assert "given back" in page
    assert "Spoiled in printing" in page
