"""What `safar doctor` says of the walls and the keys."""

import pytest
from django.db import connection

from safar.config import examination

pytestmark = pytest.mark.django_db


def found(name):
    return next(one for one in examination.examine() if one.name == name)


def test_the_doctor_finds_each_wing_bound():
    assert found("wings' roles").ok


def test_a_role_that_walls_do_not_bind_is_named():
    with connection.cursor() as cursor:
        cursor.execute("ALTER ROLE safar_assistance BYPASSRLS")
    loose = found("wings' roles")
    assert not loose.ok
    assert "safar_assistance" in loose.text
    assert "safar_control" not in loose.text


def test_the_doctor_counts_the_keys_of_cases(settings, tmp_path):
    file = tmp_path / "keys"
    file.write_text("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\n")
    settings.SAFAR_CASE_KEY_FILE = str(file)
    assert found("keys of cases").text.startswith("1 in the file")


def test_no_key_is_wrong_only_where_there_are_cases(settings):
    from tests.makers import cases as make

    settings.SAFAR_CASE_KEY_FILE, settings.SAFAR_CASE_KEY_FROM_SECRET = "", False
    assert found("keys of cases").ok
    make.case(make.caseworker())
    assert not found("keys of cases").ok


def test_the_doctor_tells_of_the_stock_of_blanks():
    from safar.control.blanks.actions.counting import count_blanks
    from safar.core.permissions import system
    from tests.blanks.test_boxes import arrived

    assert found("stock of blanks").ok
    arrived("S-9999")  # another seal than the one on record
    assert "never: start `safar worker`" in found("stock of blanks").text
    count_blanks(system("night"), None)
    stock = found("stock of blanks")
    assert not stock.ok
    assert "does not add up at IST" in stock.text
    assert "locked boxes: B-1" in stock.text
