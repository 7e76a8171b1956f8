"""Nobody is admitted on a document that was reported or cancelled after the booth had read it."""

import pytest

from safar.control.border.actions import second_line
from safar.control.border.actions.deciding import CrossingDetails
from safar.control.documents.actions import reports
from safar.control.documents.choices import Report
from safar.core.errors import InvalidMove
from safar.core.node import uuid7
from safar.core.permissions import system
from tests import cast
from tests.makers import border
from tests.makers.accounts import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def scanned():
    found = border.inspect(border.sign_on(cast.aida()), border.document())
    assert found.verdict == "clear"
    return found


def stolen(number: str, issuer: str):
    return reports.report(
        system("police"), None, issuer=issuer, number=number, kind=Report.STOLEN,
        reference_text="OVD 12",
    )  # fmt: skip


def reported(inspection):
    return stolen(inspection.document["number"], inspection.document["issuer"])


def admitted_in_second_line(referral):
    details = CrossingDetails(purpose="tourism")
    return second_line.admit_referred(
        actor(cast.cholpon()), referral, key=uuid7(), details=details, reason="All is in order"
    )


def test_at_the_booth(scanned):
    reported(scanned)
    with pytest.raises(InvalidMove, match="reported since"):
        border.admit(scanned)
    again = border.document(number=scanned.document["number"])
    assert border.inspect(scanned.sign_on, again).verdict == "hold"


def test_nor_in_second_line_however_long_ago_it_was_read(scanned):
    referral = border.take(border.refer(scanned), cast.cholpon())
    reported(scanned)
    with pytest.raises(InvalidMove, match="reported since"):
        admitted_in_second_line(referral)


def test_control_a_report_on_another_document_stops_nobody(scanned):
    stolen("X9999999", scanned.document["issuer"])
    assert border.admit(scanned).document.number == scanned.document["number"]


def test_a_report_that_the_officer_has_seen_is_hers_to_judge(scanned):
    reported(scanned)
    seen = border.inspect(scanned.sign_on, border.document(number=scanned.document["number"]))
    assert seen.verdict == "hold"
    referral = border.take(border.refer(seen), cast.cholpon())
    assert admitted_in_second_line(referral).status == "decided"
