"""The months of crossings are made before serving, and `safar doctor` says where they are not."""

from datetime import date, timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from safar.config import examination, installing, serving
from safar.control.border.partitions import has_month, month_after, stray_months
from tests import cast
from tests.makers import border as make

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def verdict():
    (found,) = [one for one in examination.examine() if one.name == "months of crossings"]
    return found.ok, found.text


def drop(month):
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE border_crossing_{month:%Y_%m}")


@pytest.fixture
def made():
    installing.make_months()


@pytest.fixture
def far():
    return timezone.now() + timedelta(days=400)


def test_the_doctor_is_content_where_the_coming_month_is_made(made):
    assert verdict() == (True, "the coming month is made")


def test_the_doctor_names_the_coming_month_where_it_is_not_made(made):
    coming = month_after(date.today())
    drop(coming)
    assert verdict() == (False, f"{coming:%Y-%m} is not made: run `safar migrate`")


def test_the_doctor_names_the_months_of_crossings_without_one(made, far):
    make.crossed(cast.aida(), make.document(), when=far)
    ok, text = verdict()
    assert not ok
    assert text == f"crossings of {far:%Y-%m} lie in no month of their own: run `safar migrate`"


def test_what_the_doctor_advises_helps(made, far):
    make.crossed(cast.aida(), make.document(), when=far)
    drop(month_after(date.today()))
    assert not verdict()[0]
    installing.bring_up_to_date()
    assert verdict()[0]
    assert not stray_months()
    assert has_month(far.date())


def test_missing_months_are_made_before_the_server_starts(made, monkeypatch):
    coming = month_after(date.today())
    drop(coming)
    order = []

    class Server:
        def serve(self):
            order.append(("serve", has_month(coming)))

    class Connections:
        def close_all(self):
            order.append(("close", has_month(coming)))

    monkeypatch.setattr(serving, "connections", Connections())
    monkeypatch.setattr(serving, "_server", lambda *_: Server())
    assert not has_month(coming)
    serving.run("127.0.0.1", 8000, 1)
    assert order == [("close", True), ("serve", True)]


def test_a_post_opens_where_the_months_cannot_be_made(monkeypatch, capsys):
    def busy(*_):
        raise OperationalError("canceling statement due to lock timeout")

    monkeypatch.setattr(installing, "ensure_months", busy)
    installing.make_months_before_serving()
    assert "lock timeout" in (said := capsys.readouterr().err)
    assert "safar migrate" in said
