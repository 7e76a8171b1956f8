"""A cancelled document stops at the booth in the same second; a false report needs two people."""

import csv
from dataclasses import replace

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, transaction
from django.utils import timezone

from safar.control.documents.actions import report, withdraw
from safar.control.documents.choices import Report
from safar.control.documents.models import ReportedDocument
from safar.control.documents.queries import report_or_none
from safar.control.passports.actions import cancelling, exporting
from safar.control.passports.choices.making import CancelGround
from safar.control.passports.commands import passports
from safar.control.passports.models import Cancellation
from safar.control.passports.queries.at_booth import not_honoured
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.permissions import system
from safar.core.record import writing
from tests import cast
from tests.makers import border
from tests.makers import passports as make
from tests.makers import passports_made as papers

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def standing(number: str) -> str:
    """What the booths are told of a document of this country."""
    found = report_or_none("KGZ", number)
    return found.report if found else ""


@pytest.fixture(autouse=True)
def _keys():
    papers.fresh_keys()
    yield
    papers.forget_keys()


@pytest.mark.parametrize(
    ("ground", "told"),
    [
        (CancelGround.LOST, "lost"),
        (CancelGround.STOLEN, "stolen"),
        (CancelGround.WRONG, "void"),
        (CancelGround.DIED, "void"),
    ],
)
def test_the_booths_know_with_the_cancellation(ground, told):
    document = papers.delivered()
    assert report_or_none("KGZ", document.number) is None
    cancelling.cancel_passport(make.clerk(), document, ground=ground, reason="Said at the counter")
    assert standing(document.number) == told
    assert papers.again(document).status == "cancelled"


def test_a_cancellation_that_fails_tells_the_booths_nothing(monkeypatch):
    """One transaction: neither the report without the cancellation, nor the other way round."""
    document = papers.delivered()

    def broken(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(Cancellation, "save", broken)
    with pytest.raises(RuntimeError):
        cancelling.cancel_passport(
            make.clerk(), document, ground=CancelGround.LOST, reason="Lost on a bus"
        )
    assert report_or_none("KGZ", document.number) is None
    assert papers.again(document).status == "delivered"


def test_the_booth_stops_a_cancelled_passport_in_the_same_second():
    """The same document: nothing is said of it before, a hold after, nothing once withdrawn."""
    booth = border.sign_on(cast.aida())
    document = papers.delivered()

    def said() -> set[str]:
        seen = border.inspect(booth, document.lines)
        assert seen.document["number"] == document.number
        return {row["code"] for row in seen.findings}

    assert "document.reported" not in said()
    ended = cancelling.cancel_passport(
        make.clerk(), document, ground=CancelGround.LOST, reason="Lost on a bus"
    )
    assert "document.reported" in said()
    cancelling.withdraw_cancellation(make.approver(), ended, reason="Found in a coat")
    assert "document.reported" not in said()


def test_a_reason_is_needed_and_a_document_ends_once():
    document = papers.delivered()
    with pytest.raises(RuleBroken, match="why"):
        cancelling.cancel_passport(make.clerk(), document, ground=CancelGround.LOST, reason=" ")
    cancelling.cancel_passport(make.clerk(), document, ground=CancelGround.LOST, reason="Lost")
    with pytest.raises(InvalidMove):
        cancelling.cancel_passport(make.clerk(), document, ground=CancelGround.DIED, reason="Died")
    with pytest.raises(NotAllowed):
        cancelling.cancel_passport(
            make.clerk("Far", at=make.ABROAD), document, ground=CancelGround.LOST, reason="Lost"
        )


def test_a_false_report_is_withdrawn_by_another_person_and_the_booths_know():
    ended = papers.cancelled(by=make.approver("First"))
    with pytest.raises(NotAllowed, match="Another person"):
        cancelling.withdraw_cancellation(make.approver("First"), ended, reason="Found in a coat")
    with pytest.raises(NotAllowed):  # a clerk withdraws nothing
        cancelling.withdraw_cancellation(make.clerk("Other"), ended, reason="Found in a coat")
    with pytest.raises(RuleBroken, match="why"):
        cancelling.withdraw_cancellation(make.approver(), ended, reason="")
    cancelling.withdraw_cancellation(make.approver(), ended, reason="Found in a coat")
    document = papers.again(ended.passport)
    assert document.status == "delivered"
    assert report_or_none("KGZ", document.number) is None
    with pytest.raises(InvalidMove):
        cancelling.withdraw_cancellation(make.approver(), ended, reason="Found again")


def test_the_database_knows_no_cancellation_that_one_person_made_and_withdrew():
    ended = papers.cancelled()
    one = {"withdrawn_at": timezone.now(), "withdrawal_reason": "Found"}
    rows = Cancellation.objects.filter(pk=ended.pk)
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic(), writing():
        rows.update(**one, withdrawn_by=ended.cancelled_by_id, withdrawn_by_name="Burul")
    with writing():
        other = make.approver().user_id
        assert rows.update(**one, withdrawn_by=other, withdrawn_by_name="Sabyr") == 1


def test_what_ended_for_good_is_not_brought_back():
    ended = papers.cancelled(CancelGround.WRONG)
    with pytest.raises(RuleBroken, match="Only a report"):
        cancelling.withdraw_cancellation(make.approver(), ended, reason="A mistake")


def test_a_report_of_the_police_outlives_the_withdrawal():
    document = papers.delivered()
    report(
        system("police"), None, issuer="KGZ", number=document.number, kind=Report.STOLEN,
        reference_text="OVD 12",
    )  # fmt: skip
    ended = cancelling.cancel_passport(
        make.clerk(), document, ground=CancelGround.LOST, reason="Lost on a bus"
    )
    assert ended.report is None
    cancelling.withdraw_cancellation(make.approver(), ended, reason="Found in a coat")
    assert standing(document.number) == "stolen"


def test_lists_of_lost_documents_carry_numbers_alone(tmp_path):
    """Nobody learns from them who holds a refugee's paper, nor that anybody does."""
    refugee = replace(make.REFUGEE, birth_place="Herat")
    ended = papers.cancelled(kind="refugee", person=refugee)
    path = tmp_path / "lost.csv"
    nowhere = CliRunner().invoke(passports, ["lost-list", str(tmp_path / "no" / "lost.csv")])
    assert nowhere.exit_code == 1
    assert "cannot be written" in nowhere.output
    done = CliRunner().invoke(passports, ["lost-list", str(path)])
    assert done.exit_code == 0, done.output
    rows = list(csv.reader(path.open(encoding="utf-8")))
    document = ended.passport
    assert path.stat().st_mode & 0o077 == 0
    assert rows[0] == list(exporting.HEAD)
    assert rows[1][:3] == ["KGZ", document.number, "lost"]
    text = path.read_text("utf-8").upper()
    for word in (refugee.surname, refugee.given_names, "REFUGEE", "XXB", "HERAT", "1988"):
        assert word.upper() not in text
    row = ReportedDocument.objects.get(number=document.number)
    assert refugee.surname not in f"{row.reference}{row.withdrawal_reason}".upper()
    with pytest.raises(NotAllowed):
        exporting.export_lost(make.clerk(), None)


def test_a_cancelled_document_is_held_although_the_report_of_others_is_withdrawn():
    document = papers.delivered()
    told = report(
        system("police"), None, issuer="KGZ", number=document.number, kind=Report.STOLEN,
        reference_text="OVD 12",
    )  # fmt: skip
    assert not_honoured("KGZ", document.number) is None
    cancelling.cancel_passport(
        make.clerk(), document, ground=CancelGround.LOST, reason="Lost on a bus"
    )
    withdraw(papers.experts()[0], told, reason="Found, they say")
    assert standing(document.number) == ""
    assert not_honoured("KGZ", document.number) is not None
    assert not_honoured("KAZ", document.number) is None
