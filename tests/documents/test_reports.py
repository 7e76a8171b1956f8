"""Documents reported lost, stolen or void: found by number, withdrawn by a second person."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.control.documents import actions
from safar.control.documents.choices import Report
from safar.control.documents.models import ReportedDocument
from safar.control.documents.queries import report_or_none
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.models import AuditEntry
from safar.core.record import writing
from tests import cast
from tests.makers import documents as make
from tests.makers.accounts import actor, audited, sign_in
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def ground(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False
    load_reference()


def signed_in(who) -> Client:
    client = Client()
    sign_in(client, who)
    return client


def reported(by=None, number: str = "U70553862") -> ReportedDocument:
    return actions.report(
        actor(by or cast.elena()),
        None,
        issuer="RUS",
        number=number,
        kind=Report.STOLEN,
        reference_text="letter 12 of 3 May",
    )


class TestReporting:
    def test_from_the_form_to_the_booth(self):
        answer = signed_in(cast.bakyt()).post(
            reverse("documents:report"),
            {"issuer": "RUS", "number": "u 7055-3862", "kind": "lost", "reference_text": "12"},
            follow=True,
        )
        assert "U70553862" in answer.content.decode()
        assert report_or_none("RUS", "U70553862") == ("lost", "12")
        assert ReportedDocument.objects.get().reported_by == cast.bakyt()

    def test_a_document_is_reported_once(self):
        reported()
        with pytest.raises(InvalidMove):
            reported()
        answer = signed_in(cast.bakyt()).post(
            reverse("documents:report"),
            {"issuer": "RUS", "number": "U70553862", "kind": "lost", "reference_text": "12"},
        )
        assert answer.status_code == 422
        assert "reported already" in answer.content.decode()

    def test_an_unknown_issuer_is_refused(self):
        with pytest.raises(RuleBroken):
            actions.report(
                actor(cast.elena()), None, issuer="QQQ", number="A1234567",
                kind=Report.LOST, reference_text="12",
            )  # fmt: skip

    def test_the_first_line_neither_reads_nor_reports(self):
        aida = signed_in(cast.aida())
        assert aida.get(reverse("documents:reports")).status_code == 403
        assert aida.get(reverse("documents:report")).status_code == 403


class TestBesideAnotherOwnersList:
    """What stands on another's list may be reported here too: that list may drop it tomorrow."""

    TYPED = {"issuer": "RUS", "number": "U0000001", "kind": "stolen", "reference_text": "letter 9"}

    def test_an_own_report_is_made_from_the_form(self, tmp_path):
        make.loaded(tmp_path, make.numbers(3))
        assert report_or_none("RUS", "U0000001") == ("lost", "SLTD")
        answer = signed_in(cast.bakyt()).post(reverse("documents:report"), self.TYPED)
        assert answer.status_code == 302
        assert ReportedDocument.objects.get().number == "U0000001"

    def test_and_stands_when_the_list_no_longer_has_it(self, tmp_path):
        make.loaded(tmp_path, make.numbers(3))
        signed_in(cast.bakyt()).post(reverse("documents:report"), self.TYPED)
        make.loaded(tmp_path, make.numbers(1))
        assert report_or_none("RUS", "U0000001") == ("stolen", "letter 9")
        assert report_or_none("RUS", "U0000002") is None  # of which the list alone knew

    def test_a_second_own_report_is_refused_all_the_same(self, tmp_path):
        """Negative control: only another owner's list is no hindrance."""
        make.loaded(tmp_path, make.numbers(3))
        bakyt = signed_in(cast.bakyt())
        bakyt.post(reverse("documents:report"), self.TYPED)
        assert bakyt.post(reverse("documents:report"), self.TYPED).status_code == 422
        assert ReportedDocument.objects.count() == 1


class TestFinding:
    def test_by_number_and_the_search_is_logged_without_it(self):
        reported()
        found = signed_in(cast.elena()).post(
            reverse("documents:reports"), {"number": "u-7055 3862"}
        )
        assert "letter 12 of 3 May" in found.content.decode()
        (row,) = audited("documents.read", "opened")
        assert row.details["found"] == 1
        assert "70553862" not in str(list(AuditEntry.objects.values()))

    def test_another_number_finds_nothing(self):
        reported()
        shown = signed_in(cast.elena()).post(reverse("documents:reports"), {"number": "U1"})
        assert "Not reported" in shown.content.decode()
        assert "letter 12" not in shown.content.decode()

    def test_a_long_list_is_turned_page_by_page(self):
        for number in range(51):
            reported(number=f"A{number:07d}")
        elena = signed_in(cast.elena())
        first = elena.get(reverse("documents:reports")).content.decode()
        assert "A0000050" in first
        assert "A0000000" not in first
        last = ReportedDocument.objects.order_by("-id")[49].pk
        assert f"?before={last}" in first
        second = elena.get(reverse("documents:reports"), {"before": str(last)}).content.decode()
        assert "A0000000" in second
        assert "A0000050" not in second

    def test_a_torn_address_finds_nothing(self):
        answer = signed_in(cast.elena()).get(reverse("documents:reports"), {"before": "x"})
        assert answer.status_code == 404


class TestWithdrawing:
    def test_by_a_second_person(self):
        report = reported(cast.elena())
        address = reverse("documents:withdraw", args=[report.pk])
        signed_in(cast.farid()).post(address, {"reason": "found at home"})
        report.refresh_from_db()
        assert (report.withdrawn_by, report.withdrawal_reason) == (cast.farid(), "found at home")
        assert report_or_none("RUS", "U70553862") is None

    def test_never_by_who_reported_it(self):
        report = reported(cast.elena())
        with pytest.raises(NotAllowed, match="second person"):
            actions.withdraw(actor(cast.elena()), report, reason="found")
        elena = signed_in(cast.elena())
        address = reverse("documents:withdraw", args=[report.pk])
        assert "<textarea" not in elena.get(address).content.decode()
        assert elena.post(address, {"reason": "found"}).status_code == 403
        assert report_or_none("RUS", "U70553862") is not None

    def test_the_database_refuses_it_too(self):
        report = reported(cast.elena())
        one = {"withdrawn_at": timezone.now(), "withdrawn_by": cast.elena()}
        with (
            pytest.raises(IntegrityError, match="document_withdrawn_by_second"),
            transaction.atomic(),
            writing("documents"),
        ):
            ReportedDocument.objects.filter(pk=report.pk).update(**one)
        with writing("documents"):
            ReportedDocument.objects.filter(pk=report.pk).update(
                **{**one, "withdrawn_by": cast.farid()}
            )

    def test_once_and_with_a_reason(self):
        report = reported(cast.elena())
        with pytest.raises(RuleBroken):
            actions.withdraw(actor(cast.farid()), report, reason=" ")
        actions.withdraw(actor(cast.farid()), report, reason="found")
        with pytest.raises(InvalidMove):
            actions.withdraw(actor(cast.farid()), report, reason="found")

    def test_a_second_line_officer_reports_and_does_not_withdraw(self):
        report = reported(cast.elena())
        address = reverse("documents:withdraw", args=[report.pk])
        assert signed_in(cast.bakyt()).get(address).status_code == 403

    def test_a_withdrawn_document_can_be_reported_again(self):
        actions.withdraw(actor(cast.farid()), reported(cast.elena()), reason="found")
        assert reported(cast.elena()).withdrawn_at is None


def test_a_number_is_found_with_fillers_in_it_as_a_zone_may_have_them():
    reported(number="AB123456")
    for scanned in ("AB 123456", "AB<123456", "ab-123456"):
        assert report_or_none("RUS", scanned) is not None
    assert report_or_none("RUS", "AB1234567") is None


def test_a_number_is_reported_as_the_booth_looks_it_up_whoever_reports_it():
    load_reference()
    actions.report(
        actor(cast.elena()), None, issuer="DEU", number="c01x-00 t47", kind=Report.LOST,
        reference_text="letter 7",
    )  # fmt: skip
    found = report_or_none("D", "C01X00T47")
    assert found is not None
    assert found.report == "lost"


@pytest.mark.parametrize("number", ["", "A--", "=1+1", "U1,2", "Ж123456", "A" * 31])
def test_what_no_document_can_have_as_its_number_is_not_reported(number):
    load_reference()
    with pytest.raises(RuleBroken, match="letters A to Z"):
        actions.report(
            actor(cast.elena()), None, issuer="RUS", number=number, kind=Report.LOST,
            reference_text="letter 7",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("listed", "shown"),
    [("HKG", "CHN"), ("MAC", "CHN"), ("GBR", "GBD"), ("GBD", "GBR"), ("ROU", "ROM"), ("D", "D")],
)
def test_a_report_is_found_under_the_other_code_of_its_issuer(listed, shown):
    actions.report(
        actor(cast.elena()), None, issuer=listed, number="K12345678", kind=Report.STOLEN,
        reference_text="letter 12",
    )  # fmt: skip
    assert report_or_none(shown, "K12345678") == ("stolen", "letter 12")
    assert report_or_none("RUS", "K12345678") is None, "and not of a stranger's"
    assert report_or_none(shown, "K12345679") is None
