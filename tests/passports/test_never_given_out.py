"""A number of our own that was given to nobody, or to somebody else, is told at the booth."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from safar.control.blanks.actions import stock
from safar.control.passports.actions import delivering
from safar.control.passports.models import Passport
from safar.control.passports.queries.at_booth import differs, not_honoured
from safar.control.travellers.read_document import ReadDocument
from safar.lib import mrz
from safar.lib.partial_dates import PartialDate
from tests import cast
from tests.makers import accounts, border
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


def shown(document: Passport, **changed: Any) -> tuple[str, ...]:
    read = ReadDocument.from_reading(mrz.read(document.lines, today=timezone.localdate()))
    return differs(replace(read, **changed), cut=True)


def test_what_is_shown_under_a_number_of_ours_is_compared_with_what_was_issued():
    document = papers.delivered()
    assert shown(document) == ()
    assert shown(document, surname="BEKOVA") == ("name",)
    another = PartialDate(1990, 1, 1)
    assert shown(document, birth=another, expires_on=date(2039, 1, 1)) == ("birth", "expires_on")
    assert shown(document, issuer="KAZ", surname="BEKOVA") == ()
    assert shown(document, number="PE9999999", surname="BEKOVA") == ()


def test_the_booth_says_which_fields_and_not_who_she_is():
    document = papers.delivered()
    read = ReadDocument.from_reading(mrz.read(document.lines, today=timezone.localdate()))
    forged = replace(read, surname="BEKOVA", given_names="NURIA")
    booth = border.sign_on(cast.aida())
    told = {one["code"]: one["params"] for one in border.inspect(booth, forged).findings}
    assert told["document.not_as_issued"] == {"fields": ["name"]}
    assert document.surname not in str(told)
    genuine = border.inspect(booth, document.lines)
    assert "document.not_as_issued" not in str(genuine.findings)
