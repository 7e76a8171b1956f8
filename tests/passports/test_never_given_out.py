"""A number of our own that was given to nobody is held at the booth: blanks, and what lies ready."""

import pytest

from safar.control.blanks.actions import stock
from safar.control.passports.actions import delivering
from safar.control.passports.queries.making import not_honoured
from tests.makers import accounts
from tests.makers import passports as make
from tests.makers import passports_made as papers

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
UNUSED = "PE0000030"


@pytest.fixture(autouse=True)
def _keys():
    papers.fresh_keys()
    yield
    papers.forget_keys()


def said(number: str, issuer: str = "KGZ") -> tuple[str, str] | None:
    found = not_honoured(issuer, number)
    return (found.report, found.reference) if found else None


def test_a_blank_that_lies_in_the_stock_is_no_document():
    assert said(UNUSED) is None  # nobody received such a blank yet
    papers.stocked()
    assert said(UNUSED) == ("stolen_blank", f"blanks {UNUSED}")
    assert said(UNUSED, "KAZ") is None


def test_a_blank_found_again_and_destroyed_is_held_after_its_report_ended():
    papers.stocked()
    office, keeper = make.office(), accounts.actor(accounts.user("keeper", "stock_keeper"))
    stock.lose_blanks(papers.operator(), office, numbers=[UNUSED], reason="burgled")
    stock.destroy_blanks(
        papers.controller(),
        stock.find_blanks(keeper, office, numbers=[UNUSED], reason="under the floor"),
    )
    assert said(UNUSED) == ("void", f"blanks {UNUSED}")


def test_a_document_is_held_until_it_is_given_out():
    document = papers.made()
    assert said(document.number) == ("void", f"passports {document.number}")
    delivering.deliver(make.clerk(), document, handing=papers.HANDING)
    assert said(document.number) is None
