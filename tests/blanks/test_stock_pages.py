"""The stock in the browser and at the command line: from the printer to its destruction by two."""

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from safar.accounts.models import User
from safar.control.blanks.commands import blanks
from safar.control.blanks.models import Blank, BlankDestruction
from safar.core.record import writing
from tests.makers import visas as applications
from tests.makers import visas_issued as make
from tests.makers.accounts import sign_in_with_app

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _people():
    applications.clerk()
    applications.consul()


def browser(name: str) -> Client:
    client = Client()
    sign_in_with_app(client, User.objects.get(username=name))
    return client


def test_the_stock_from_the_printer_to_its_destruction_by_two():
    applications.consulate()
    make.keeper()
    head, clerk, consul = browser("Sanzhar"), browser("Kanat"), browser("Meerim")
    numbers = {"first": "KG000001", "last": "KG000010"}
    head.post(reverse("blanks:receive"), {**numbers, "kind": "sticker"})
    head.post(reverse("blanks:hand"), {**numbers, "office": "IST"})
    page = clerk.get(reverse("blanks:stock")).content.decode()
    assert "KG000001 – KG000010" in page
    clerk.post(reverse("blanks:acknowledge", args=["IST"]), numbers)
    said = {"holder": "IST", "first": "KG000009", "last": "KG000010", "reason": "torn"}
    clerk.post(reverse("blanks:drop"), {**said, "what": "spoil"})
    clerk.post(reverse("blanks:drop"), {**said, "what": "destroy"})
    proposed = BlankDestruction.objects.get()
    assert clerk.post(reverse("blanks:destroy", args=[proposed.pk])).status_code == 403
    consul.post(reverse("blanks:destroy", args=[proposed.pk]))
    assert Blank.objects.filter(state="destroyed").count() == 2
    page = head.get(reverse("blanks:stock"), {"number": "kg000009"}).content.decode()
    assert "Destroyed by two people" in page
    assert "Meerim, Kanat" in page


def test_a_difference_stands_on_the_page():
    make.stocked()
    with writing("blanks"):
        Blank.objects.create(number="KG009999", kind="sticker", holder_id="IST")
    assert CliRunner().invoke(blanks, ["balance"]).exit_code == 1
    page = browser("Kanat").get(reverse("blanks:stock")).content.decode()
    assert "does not add up" in page
    assert "KG009999" in page


def test_a_range_that_is_none_is_told_beside_the_field():
    make.keeper()
    page = browser("Sanzhar").post(
        reverse("blanks:receive"), {"first": "KG000009", "last": "KG000001", "kind": "sticker"}
    )
    assert page.status_code == 422
    assert not Blank.objects.exists()


def test_the_command_says_that_all_adds_up():
    make.stocked()
    answer = CliRunner().invoke(blanks, ["balance", "--json"])
    assert (answer.exit_code, '"difference": 0' in answer.output) == (0, True)
