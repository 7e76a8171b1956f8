"""What states issue: loaded from the shipped table, changed by two people, told at the booth."""

import json

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.control.documents import actions, queries
from safar.control.documents.commands import documents
from safar.control.documents.files import series as series_file
from safar.control.documents.models import DocumentSeries, SeriesChange, SeriesRevision
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken, Stale
from safar.core.permissions import system
from safar.core.record import writing
from safar.reference.files import BadFile
from tests import cast
from tests.makers import series as make
from tests.makers.accounts import actor, audited, sign_in
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HEAD = "code,issuer,kind,pattern,terms,personal_number,since,until,source,confidence,note\n"


@pytest.fixture(autouse=True)
def ground(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False
    load_reference()


def signed_in(who) -> Client:
    client = Client()
    sign_in(client, who)
    return client


class TestLoading:
    def test_the_shipped_table_loads_and_loading_again_changes_nothing(self):
        first = CliRunner().invoke(documents, ["load-kinds", "--json"])
        again = CliRunner().invoke(documents, ["load-kinds", "--json"])
        added = json.loads(first.output)["added"]
        assert added == DocumentSeries.objects.count() > 30
        assert json.loads(again.output) == {"added": 0, "changed": 0, "kept": 0}
        assert SeriesRevision.objects.count() == added

    def test_every_shipped_row_has_a_source_and_claims_no_more_than_is_known(self):
        rows = series_file.rows()
        assert all(row["source"] for row in rows)
        assert all(row["confidence"] == "low" for row in rows if "general knowledge" in row["source"] and ":" not in row["source"])  # fmt: skip
        assert {row["confidence"] for row in rows} <= {"low", "medium"}
        named = {row["issuer"] for row in rows}
        assert {"KGZ", "KAZ", "UZB", "TJK", "TKM", "RUS", "CHN", "TUR", "D", "AFG"} <= named
        assert {"PAK", "IRN", "IND"} <= named

    def test_what_people_agreed_to_is_left_alone(self):
        make.load_shipped()
        row = queries.series(actor(cast.kamila()), "kgz-p-ac")
        change = make.proposed(cast.kamila(), row, until="2021-03-31")
        actions.agree_series(actor(cast.leila()), change)
        assert make.load_shipped().kept == 1
        assert str(DocumentSeries.objects.get(code="kgz-p-ac").until) == "2021-03-31"

    @pytest.mark.parametrize(
        ("line", "column"),
        [
            ("a-b,QQQ,P,,,,,,x,low,", "issuer"), ("a-b,RUS,P,a#,,,,,x,low,", "pattern"),
            ("a-b,RUS,P,,16:5,,,,x,low,", "terms"), ("a-b,RUS,P,,,,,,,low,", "source"),
            ("a-b,RUS,P,,,,,,x,sure,", "confidence"), ("a-b,RUS,P,,,,2026,,x,low,", "since"),
            ("a-b,RUS,P,,,,2026-01-02,2026-01-01,x,low,", "until"),
        ],
    )  # fmt: skip
    def test_a_file_with_a_fault_changes_nothing(self, tmp_path, line, column):
        file = tmp_path / "series.csv"
        file.write_text(f"{HEAD}rus-p,RUS,P,,,,,,x,low,\n{line}\n")
        with pytest.raises(BadFile) as bad:
            series_file.rows(file)
        assert (bad.value.data["line"], bad.value.data["column"]) == (3, column)
        answer = CliRunner().invoke(documents, ["load-kinds", str(file)])
        assert answer.exit_code == 1
        assert "Nothing was changed." in answer.output
        assert not DocumentSeries.objects.exists()


class TestTwoPeople:
    def test_a_proposal_counts_once_another_agrees(self):
        make.series()
        row = queries.series(actor(cast.kamila()), "rus-p-u")
        change = make.proposed(cast.kamila(), row, terms="0:5|10")
        assert queries.series_of("RUS")[0].terms[0].years == (5,)
        agreed = actions.agree_series(actor(cast.leila()), change)
        assert (agreed.terms, agreed.revision, agreed.by_people) == ("0:5|10", 2, True)
        assert queries.series_of("RUS")[0].terms[0].years == (5, 10)

    def test_never_the_same_person_and_never_a_command(self):
        change = make.proposed(cast.kamila())
        with pytest.raises(NotAllowed, match="second person"):
            actions.agree_series(actor(cast.kamila()), change)
        with pytest.raises(NotAllowed):
            actions.agree_series(system("tests"), change)
        with pytest.raises(NotAllowed):
            actions.agree_series(actor(cast.elena()), change)
        assert not DocumentSeries.objects.exists()

    def test_the_database_refuses_it_too(self):
        change = make.proposed(cast.kamila())
        by_herself = {
            "status": "agreed", "decided_at": timezone.now(),
            "decided_by": cast.kamila(), "decided_by_name": "Karimova Kamila",
        }  # fmt: skip
        rows = SeriesChange.objects.filter(pk=change.pk)
        with (
            pytest.raises(IntegrityError, match="series_change_two_people"),
            transaction.atomic(),
            writing("documents"),
        ):
            rows.update(**by_herself)
        with writing("documents"):
            rows.update(**{**by_herself, "decided_by": cast.leila()})

    def test_a_new_row_is_proposed_and_agreed_to(self):
        row = actions.agree_series(actor(cast.leila()), make.proposed(cast.kamila(), since="2026-01-01"))  # fmt: skip
        (revision,) = queries.revisions_of(actor(cast.kamila()), row)
        assert (revision.proposed_by_name, revision.agreed_by_name) == (
            "Karimova Kamila", "Lomova Leila",
        )  # fmt: skip
        assert revision.values["since"] == "2026-01-01"
        assert audited("documents.agree_series", "done")

    def test_a_row_that_changed_meanwhile_is_proposed_anew(self):
        row = make.series()
        change = make.proposed(cast.kamila(), row, note="x")
        make.series(note="changed by a load")
        with pytest.raises(Stale):
            actions.agree_series(actor(cast.leila()), change)

    def test_one_proposal_at_a_time_and_declining_makes_room(self):
        row = make.series()
        change = make.proposed(cast.kamila(), row, note="x")
        with pytest.raises(RuleBroken, match="waits"):
            make.proposed(cast.leila(), row, note="y")
        actions.decline_series(actor(cast.leila()), change, reason="not so")
        assert make.proposed(cast.leila(), row, note="y").status == "proposed"
        with pytest.raises(InvalidMove):
            actions.agree_series(actor(cast.leila()), SeriesChange.objects.get(pk=change.pk))

    def test_what_cannot_be_or_changes_nothing_is_refused(self):
        row = make.series()
        with pytest.raises(RuleBroken):
            make.proposed(cast.kamila(), row)
        with pytest.raises(RuleBroken):
            make.proposed(cast.kamila(), row, issuer="QQQ")
        with pytest.raises(RuleBroken):
            make.proposed(cast.kamila(), row, terms="16:5")
        with pytest.raises(RuleBroken):
            make.proposed(cast.kamila(), code="rus-p-u", note="a second row of this code")


class TestHistory:
    @pytest.mark.parametrize("act", ["update", "delete"])
    def test_it_is_added_to_and_never_changed(self, act):
        row = make.series()
        rows = SeriesRevision.objects.filter(series=row)
        with pytest.raises(DatabaseError), transaction.atomic(), writing("documents"):
            rows.update(reason="x") if act == "update" else rows.delete()
        assert rows.count() == 1

    def test_each_change_adds_one(self):
        make.series()
        make.series(note="once more")
        revisions = list(SeriesRevision.objects.values_list("revision", flat=True))
        assert revisions == [2, 1]


class TestInMemory:
    def test_the_table_is_asked_once_and_then_kept(self, django_assert_num_queries):
        make.series()
        queries.series_of("RUS")
        with django_assert_num_queries(0):
            assert len(queries.series_of("RUS")) == 1
            assert queries.series_of("KGZ") == ()

    def test_a_change_of_another_process_is_seen_after_a_while(self, monkeypatch):
        make.series()
        assert queries.series_of("RUS")[0].confidence == "high"
        with monkeypatch.context() as patch:  # as if another process had written it
            patch.setattr(queries.TABLE, "forget", lambda: None)
            make.series(confidence="low")
        assert queries.series_of("RUS")[0].confidence == "high"
        monkeypatch.setattr("safar.control.documents.queries.issued.ASK_SECONDS", -1.0)
        assert queries.series_of("RUS")[0].confidence == "low"

    def test_a_row_out_of_use_counts_no_more(self):
        make.series()
        make.series(in_use=False)
        assert queries.series_of("RUS") == ()


class TestPages:
    def test_from_the_form_to_the_table(self):
        make.load_shipped()
        kamila, leila = signed_in(cast.kamila()), signed_in(cast.leila())
        table = kamila.get(reverse("documents:series_table"), {"issuer": "KGZ"}).content.decode()
        assert "AC#######" in table
        assert "U########" not in table
        address = reverse("documents:series_propose", args=["kgz-p-ac"])
        form = kamila.get(address).content.decode()
        assert 'value="AC#######"' in form
        typed = {
            "issuer": "KGZ", "kind": "P", "pattern": "AC#######", "terms": "0:5 16:10",
            "personal_number": "KGZ", "since": "01012006", "until": "31122020",
            "source": "circular 4", "confidence": "high", "in_use": "on", "reason": "circular 4",
        }  # fmt: skip
        shown = kamila.post(address, typed, follow=True).content.decode()
        assert "31 December 2020" in shown
        assert "Whoever proposed it cannot" in shown
        change = SeriesChange.objects.get()
        assert (
            "You are the second person"
            in leila.get(reverse("documents:series_change", args=[change.pk])).content.decode()
        )
        agreed = leila.post(reverse("documents:series_agree", args=[change.pk]), follow=True)
        assert "Lomova Leila" in agreed.content.decode()
        assert "5 years; from the age of 16: 10 years" in agreed.content.decode()

    def test_a_slip_is_told_at_its_field(self):
        wrong = {"code": "x-y", "issuer": "RUS", "kind": "P", "terms": "16:5", "source": "x",
                 "confidence": "low", "reason": "x", "since": "02012026", "until": "01012026"}  # fmt: skip
        answer = signed_in(cast.kamila()).post(reverse("documents:series_add"), wrong)
        assert answer.status_code == 422
        assert "The ages begin with 0 and rise" in answer.content.decode()
        assert "The last day comes before the first" in answer.content.decode()

    def test_the_second_line_reads_and_does_not_propose(self):
        make.load_shipped()
        bakyt = signed_in(cast.bakyt())
        assert "Propose a row" not in bakyt.get(reverse("documents:series_table")).content.decode()
        assert bakyt.get(reverse("documents:series", args=["kgz-p-ac"])).status_code == 200
        assert bakyt.get(reverse("documents:series_add")).status_code == 403
        assert bakyt.get(reverse("documents:series", args=["nothing"])).status_code == 404
        assert signed_in(cast.aida()).get(reverse("documents:series_table")).status_code == 403
