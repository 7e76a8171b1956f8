"""Stolen blanks: a run of numbers is reported; each of them is held, and no other."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.control.documents import actions
from safar.control.documents.models import ReportedBatch
from safar.control.documents.queries import BATCH, report_or_none
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.record import writing
from tests import cast
from tests.makers import series as make
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


class TestLookingUp:
    @pytest.mark.parametrize("number", ["U00000100", "U00000150", "U00000199"])
    def test_each_number_of_the_run_is_found(self, number):
        make.batch(cast.kamila())
        assert report_or_none("RUS", number) == (BATCH, "letter 9")

    @pytest.mark.parametrize(
        ("issuer", "number"),
        [
            ("RUS", "U00000099"), ("RUS", "U00000200"), ("RUS", "V00000150"), ("RUS", "U0000150"),
            ("RUS", "150"), ("KGZ", "U00000150"), ("RUS", "UXX"), ("RUS", ""),
        ],
    )  # fmt: skip
    def test_a_number_beside_it_is_not(self, issuer, number):
        make.batch(cast.kamila())
        assert report_or_none(issuer, number) is None

    def test_numbers_without_letters_and_the_longest_are_counted(self):
        make.batch(cast.kamila(), first="701000000", last="701000010")
        make.batch(cast.kamila(), first="9" * 18, last="9" * 18)
        assert report_or_none("RUS", "701000010")
        assert report_or_none("RUS", "9" * 18)
        assert report_or_none("RUS", "9" * 30) is None

    def test_one_statement_looks_for_batches_too(self, django_assert_num_queries):
        make.batch(cast.kamila())
        report_or_none("RUS", "U1")
        with django_assert_num_queries(1):
            assert report_or_none("RUS", "U00000150")

    def test_an_index_answers_among_many(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO documents_reportedbatch (id, issuer, kind, first, last, prefix, width,"
                " serials, reference, reported_at, withdrawal_reason)"
                " SELECT gen_random_uuid(), 'RUS', 'P', '', '', 'U', 8, int8range(n*100, n*100+50),"
                " 'x', now(), '' FROM generate_series(1, 5000) n"
            )
            cursor.execute("ANALYZE documents_reportedbatch")
            cursor.execute(
                "EXPLAIN SELECT reference FROM documents_reportedbatch WHERE issuer = 'RUS'"
                " AND prefix = 'U' AND width = 8::smallint AND serials @> 4200::bigint"
                " AND withdrawn_at IS NULL"
            )
            plan = " ".join(row[0] for row in cursor.fetchall())
        assert "batch_by_number" in plan
        assert report_or_none("RUS", "U00004249")
        assert report_or_none("RUS", "U00004250") is None

    def test_a_search_for_its_number_finds_it(self):
        make.batch(cast.kamila())
        kamila, address = signed_in(cast.kamila()), reverse("documents:reports")
        found = kamila.post(address, {"number": "u 0000 0150"}).content.decode()
        assert "In a batch of stolen blanks" in found
        assert "Not reported" not in found
        assert "Not reported" in kamila.post(address, {"number": "U00000200"}).content.decode()


class TestReporting:
    def test_what_is_no_run_or_no_state_is_refused(self):
        for first, last in [("U9", "U1"), ("U1", "V2"), ("U1", "U10"), ("UA", "UB")]:
            with pytest.raises(RuleBroken):
                make.batch(cast.kamila(), first=first, last=last)
        with pytest.raises(RuleBroken):
            make.batch(cast.kamila(), issuer="QQQ")
        assert not ReportedBatch.objects.exists()

    def test_the_same_run_is_reported_once_and_runs_may_overlap(self):
        make.batch(cast.kamila())
        with pytest.raises(InvalidMove):
            make.batch(cast.leila())
        make.batch(cast.leila(), last="U00000300")
        assert report_or_none("RUS", "U00000250")

    def test_from_the_form_to_the_booth(self):
        typed = {"issuer": "RUS", "kind": "P", "first": "u 0000 0100", "last": "U-00000199",
                 "reference_text": "letter 9"}  # fmt: skip
        kamila = signed_in(cast.kamila())
        answer = kamila.post(reverse("documents:batch_report"), typed, follow=True)
        assert "U00000100" in answer.content.decode()
        assert report_or_none("RUS", "U00000150")
        (row,) = audited("documents.report_batch", "done")
        assert row.details["blanks"] == 100
        again = kamila.post(reverse("documents:batch_report"), typed)
        assert again.status_code == 422
        assert "reported already" in again.content.decode()
        wrong = kamila.post(reverse("documents:batch_report"), {**typed, "last": "V1"})
        assert "same letters and the same length" in wrong.content.decode()

    def test_a_single_document_of_a_batch_can_be_reported_beside_it(self):
        make.batch(cast.kamila())
        answer = signed_in(cast.bakyt()).post(
            reverse("documents:report"),
            {"issuer": "RUS", "number": "U00000150", "kind": "stolen", "reference_text": "12"},
        )
        assert answer.status_code == 302

    def test_the_first_and_second_line_report_no_batch(self):
        for who in (cast.aida(), cast.bakyt()):
            assert signed_in(who).get(reverse("documents:batch_report")).status_code == 403


class TestWithdrawing:
    def test_by_a_second_person_and_its_numbers_are_honoured_again(self):
        batch = make.batch(cast.kamila())
        address = reverse("documents:batch_withdraw", args=[batch.pk])
        assert signed_in(cast.kamila()).post(address, {"reason": "found"}).status_code == 403
        assert report_or_none("RUS", "U00000150")
        signed_in(cast.leila()).post(address, {"reason": "found"})
        assert report_or_none("RUS", "U00000150") is None
        make.batch(cast.kamila())

    def test_once_and_with_a_reason(self):
        batch = make.batch(cast.kamila())
        with pytest.raises(RuleBroken):
            actions.withdraw_batch(actor(cast.leila()), batch, reason=" ")
        with pytest.raises(NotAllowed):
            actions.withdraw_batch(actor(cast.kamila()), batch, reason="found")
        actions.withdraw_batch(actor(cast.leila()), batch, reason="found")
        with pytest.raises(InvalidMove):
            actions.withdraw_batch(actor(cast.leila()), batch, reason="found")

    def test_the_database_refuses_one_person_too(self):
        batch = make.batch(cast.kamila())
        one = {"withdrawn_at": timezone.now(), "withdrawn_by": cast.kamila()}
        rows = ReportedBatch.objects.filter(pk=batch.pk)
        with (
            pytest.raises(IntegrityError, match="batch_withdrawn_by_second"),
            transaction.atomic(),
            writing("documents"),
        ):
            rows.update(**one)
        with writing("documents"):
            rows.update(**{**one, "withdrawn_by": cast.leila()})
