"""An overstay that was closed and holds again comes on the list anew, with what was before."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from safar.control.stays import wording
from safar.control.stays.actions import finding
from safar.control.stays.models import Overstay
from safar.control.stays.queries.explaining import explain
from safar.control.travellers.actions import judge_same_person
from safar.control.travellers.choices import Judgement
from tests import cast
from tests.makers import border
from tests.makers import stays as make
from tests.makers.accounts import actor, sign_in_with_app

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def closed_by_an_exit():
    """An overstay whose exit was seen, and that exit."""
    shown = make.document()
    row = make.overstay(make.entered(40, 30, shown=shown))
    gone = make.left(shown, 2)
    assert make.found() == (0, 1)
    return row, gone


def annulled(crossing):
    return border.approve(border.leader(), border.propose(cast.cholpon(), crossing))


def judged(one, other, judgement):
    return judge_same_person(
        actor(cast.bakyt()), one.traveller, other_id=other.traveller_id,
        judgement=judgement, reason="the same face",
    )  # fmt: skip


def page(client, row=None):
    name, args = ("stays:explanation", [row.pk]) if row else ("stays:overstays", [])
    return client.get(reverse(name, args=args)).content.decode()


@pytest.fixture
def officer():
    client = Client()
    sign_in_with_app(client, make.zarina())
    return client


def test_an_exit_that_is_annulled_brings_her_back():
    row, gone = closed_by_an_exit()
    assert make.found() == (0, 0)  # the negative control
    annulled(gone)
    assert make.found() == (1, 0)
    assert make.found() == (0, 0)
    again = Overstay.objects.get(closed_at=None)
    assert (again.crossing_id, again.since) == (row.crossing_id, row.since)
    row.refresh_from_db()
    assert (row.closed_because, row.left_on) == ("exit", make.day(2))


def test_a_judgement_that_is_taken_back_brings_her_back():
    other = make.document(surname="OTHER", birth="1970-01-01")
    entry = make.entered(40, 30)
    make.overstay(entry)
    second = make.left(other, 1)
    judged(entry, second, Judgement.SAME)
    assert make.found() == (0, 1)
    judged(entry, second, Judgement.DIFFERENT)
    assert make.found() == (1, 0)


def test_an_officer_need_not_wait_for_the_night(officer):
    row, gone = closed_by_an_exit()
    annulled(gone)
    listed = page(officer)
    assert reverse("stays:explanation", args=[row.pk]) not in listed
    assert reverse("stays:put_on_list", args=[row.crossing_id]) in listed
    again = finding.put_on_list(actor(make.zarina()), None, crossing_id=row.crossing_id)
    assert again.pk != row.pk
    assert reverse("stays:explanation", args=[again.pk]) in page(officer)


def test_a_past_day_leads_to_the_open_one_and_else_to_the_closed_one(officer):
    row, gone = closed_by_an_exit()
    address = reverse("stays:overstays") + f"?day={make.day(5):%d.%m.%Y}"
    assert reverse("stays:explanation", args=[row.pk]) in officer.get(address).content.decode()
    annulled(gone)
    make.found()
    again = Overstay.objects.get(closed_at=None)
    assert reverse("stays:explanation", args=[again.pk]) in officer.get(address).content.decode()


def test_the_new_one_tells_what_was_before(officer):
    row, gone = closed_by_an_exit()
    make.said(row)
    assert not explain(row).before
    annulled(gone)
    make.found()
    again = Overstay.objects.get(closed_at=None)
    told = dict(wording.lines(explain(again)))
    assert "Left. This holds no longer." in told["On the list before"]
    assert "Left on" not in told
    officer.post(reverse("stays:explanation", args=[again.pk]), {"purpose": "check"})
    assert "I left by the other road" in page(officer, again)


def test_the_database_has_one_open_row_and_changes_no_closed_one():
    row, gone = closed_by_an_exit()
    with pytest.raises(DatabaseError, match="never changed"):
        raw(
            "UPDATE stays_overstay SET closed_at = NULL, closed_because = '', left_on = NULL,"
            " days_over = NULL WHERE id = %s",
            row.pk,
        )
    annulled(gone)
    make.found()
    again = Overstay.objects.get(closed_at=None)
    with pytest.raises(IntegrityError, match="overstay_one_open"):
        raw(
            "INSERT INTO stays_overstay SELECT (jsonb_populate_record(o,"
            " jsonb_build_object('id', gen_random_uuid()))).* FROM stays_overstay o WHERE id = %s",
            again.pk,
        )
    raw("UPDATE stays_overstay SET closed_at = now(), closed_because = 'record' WHERE id = %s",
        again.pk)  # fmt: skip


def raw(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
