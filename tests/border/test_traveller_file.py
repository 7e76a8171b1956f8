"""A traveller's file: found, opened for a purpose that is on record first, and what it shows."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from safar.control.border.actions import second_line
from safar.control.border.models import Crossing
from safar.control.border.views import travellers as views
from safar.control.travellers.models import SamePersonJudgement, TravelDocument
from safar.control.travellers.queries import same_person_as
from safar.core.models import AuditEntry
from tests import cast
from tests.makers import border as make
from tests.makers import watchlist
from tests.makers.accounts import actor, audited, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def signed_in(who) -> Client:
    client = Client()
    sign_in(client, who)
    return client


@pytest.fixture
def bakyt() -> Client:
    make.post()
    return signed_in(cast.bakyt())


def file_of(client: Client, crossing: Crossing, purpose: str = "second_line") -> str:
    address = reverse("border:traveller", args=[crossing.traveller_id])
    answer = client.post(address, {"purpose": purpose}, follow=True)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


class TestSearch:
    def test_by_document_number_as_typed(self, bakyt):
        make.crossed(cast.aida(), make.document(number="U70553862"))
        found = bakyt.post(reverse("border:search"), {"number": "u 7055-3862"}).content.decode()
        assert "SOKOLOV ANTON" in found
        assert "U70553862" in found

    def test_by_name_in_cyrillic_in_any_order_and_the_year_of_birth(self, bakyt):
        make.crossed(cast.aida(), make.document())
        terms = {"name": "Антон Соколов", "birth": "00001987"}
        assert "SOKOLOV ANTON" in bakyt.post(reverse("border:search"), terms).content.decode()
        other = {"name": "Антон Соколов", "birth": "09111986"}
        assert "Nobody found" in bakyt.post(reverse("border:search"), other).content.decode()

    def test_a_name_without_any_date_of_birth_is_not_searched(self, bakyt):
        answer = bakyt.post(reverse("border:search"), {"name": "Sokolov Anton"})
        assert answer.status_code == 422
        assert not audited("travellers.search", "opened")

    def test_the_search_is_logged_without_the_name(self, bakyt):
        make.crossed(cast.aida(), make.document())
        bakyt.post(reverse("border:search"), {"name": "Sokolov Anton", "birth": "09.11.1987"})
        (row,) = audited("travellers.search", "opened")
        assert row.details["found"] == 1
        assert re.fullmatch(r"[0-9a-f]{16}", row.details["terms"])
        everything = str(list(AuditEntry.objects.values())).casefold()
        assert "sokolov" not in everything
        assert "1987" not in everything

    def test_who_may_not_search_is_told_so(self):
        for user in (cast.aida(), cast.gulnara()):
            assert signed_in(user).get(reverse("border:search")).status_code == 403


class TestOpening:
    def test_before_a_purpose_is_stated_nothing_is_shown(self, bakyt):
        crossing = make.crossed(cast.aida(), make.document())
        shown = bakyt.get(reverse("border:traveller", args=[crossing.traveller_id]))
        assert "SOKOLOV" not in shown.content.decode()
        assert not audited("travellers.open", "opened")

    def test_the_opening_is_on_record_with_its_purpose(self, bakyt):
        crossing = make.crossed(cast.aida(), make.document())
        page = file_of(bakyt, crossing)
        assert "SOKOLOV ANTON" in page
        (row,) = audited("travellers.open", "opened")
        assert row.target == f"Traveller:{crossing.traveller_id}"
        assert row.details == {"purpose": "second_line"}
        assert row.actor_id == cast.bakyt().pk

    def test_every_further_look_is_on_record_too(self, bakyt):
        crossing = make.crossed(cast.aida(), make.document())
        file_of(bakyt, crossing)
        bakyt.get(reverse("border:traveller", args=[crossing.traveller_id]))
        assert len(audited("travellers.open", "opened")) == 2

    def test_the_purpose_holds_for_one_file_and_a_quarter_of_an_hour(self, bakyt):
        crossing = make.crossed(cast.aida(), make.document())
        other = make.crossed(cast.aida(), make.document(surname="KIM", given_names="OLGA"))
        file_of(bakyt, crossing)
        there = bakyt.get(reverse("border:traveller", args=[other.traveller_id]))
        assert "KIM" not in there.content.decode()
        with make.clock(timezone.now() + timedelta(minutes=16)):
            later = bakyt.get(reverse("border:traveller", args=[crossing.traveller_id]))
        assert "SOKOLOV" not in later.content.decode()

    def test_another_purpose_needs_words(self, bakyt):
        crossing = make.crossed(cast.aida(), make.document())
        address = reverse("border:traveller", args=[crossing.traveller_id])
        assert bakyt.post(address, {"purpose": "other"}).status_code == 422
        bakyt.post(address, {"purpose": "other", "words": "court order 12"}, follow=True)
        (row,) = audited("travellers.open", "opened")
        assert row.details["purpose"] == "other: court order 12"

    def test_the_access_row_is_written_even_where_the_page_then_fails(self, bakyt, monkeypatch):
        crossing = make.crossed(cast.aida(), make.document())
        address = reverse("border:traveller", args=[crossing.traveller_id])
        bakyt.post(address, {"purpose": "request"})
        assert not audited("travellers.open", "opened")

        def fails(*args, **kwargs):
            raise OSError("no template")

        monkeypatch.setattr(views, "render", fails)
        bakyt.raise_request_exception = False
        assert bakyt.get(address).status_code == 500
        assert len(audited("travellers.open", "opened")) == 1

    def test_the_access_row_stands_before_anything_of_the_person_is_read(self, bakyt):
        crossing = make.crossed(cast.aida(), make.document())
        address = reverse("border:traveller", args=[crossing.traveller_id])
        bakyt.post(address, {"purpose": "request"})
        with CaptureQueriesContext(
            connection,
        ) as seen:
            bakyt.get(address)
        said = [row["sql"] for row in seen.captured_queries]
        logged = next(n for n, sql in enumerate(said) if "INSERT INTO core_auditentry" in sql)
        read = next(n for n, sql in enumerate(said) if 'FROM "travellers_traveldocument"' in sql)
        assert logged < read

    def test_an_officer_of_the_first_line_opens_no_file(self):
        crossing = make.crossed(cast.aida(), make.document())
        address = reverse("border:traveller", args=[crossing.traveller_id])
        assert signed_in(cast.aida()).post(address, {"purpose": "crossing"}).status_code == 403

    def test_a_key_of_nobody_finds_nothing(self, bakyt):
        address = reverse("border:traveller", args=["01890000-0000-7000-8000-000000000000"])
        assert bakyt.post(address, {"purpose": "request"}, follow=True).status_code == 404
        assert not audited("travellers.open", "opened")


class TestTheFile:
    def test_crossings_with_post_lane_and_purpose(self, bakyt):
        crossing = make.crossed(cast.aida(), make.document(), lane="4", purpose="tourism")
        page = plain(file_of(bakyt, crossing))
        assert re.search(r"Entry Manas 4 U\d{8} Tourism", page)

    def test_the_days_of_stay_are_counted_line_by_line(self, bakyt):
        paper = make.document()  # 90 days in any 180
        make.crossed(cast.aida(), paper, "entry", when=make.days_ago(40))
        make.crossed(cast.aida(), paper, "exit", when=make.days_ago(31))
        crossing = make.crossed(cast.aida(), paper, "entry", when=make.days_ago(4))
        page = plain(file_of(bakyt, crossing))
        assert "90 days in any 180 days" in page
        assert re.search(r"Visit .* – .*: 10 days", page)
        assert "5 days up to today" in page
        assert "Used: 15 of 90 days" in page
        assert "Days in the country: 15 counted, 0 over the limit" in page

    def test_an_overstay_is_said_and_drawn(self, bakyt):
        paper = make.document()
        crossing = make.crossed(cast.aida(), paper, "entry", when=make.days_ago(94))
        page = file_of(bakyt, crossing)
        assert "5 days over" in plain(page)
        assert page.count('class="c-over-bg" x=') == 5

    def test_an_annulled_crossing_is_struck_through_and_not_counted(self, bakyt):
        paper = make.document()
        crossing = make.crossed(cast.aida(), paper, "entry", when=make.days_ago(4))
        assert "Used: 5 of 90 days" in plain(file_of(bakyt, crossing))
        proposed = make.propose(cast.aida(), crossing)
        assert "Used: 5 of 90 days" in plain(file_of(bakyt, crossing))
        make.approve(cast.cholpon(), proposed)
        page = file_of(bakyt, crossing)
        assert "Used: 0 of 90 days" in plain(page)
        assert "<del>Entry</del>" in page
        assert "wrong direction" in page

    def test_a_citizen_has_no_days_to_count(self, bakyt):
        crossing = make.crossed(cast.aida(), make.document(issuer="KGZ", number="PE1234567"))
        assert "A citizen: no limit of days." in plain(file_of(bakyt, crossing))

    def test_a_gap_in_the_record_is_told(self, bakyt):
        paper = make.document()
        crossing = make.crossed(cast.aida(), paper, "exit", when=make.days_ago(3))
        assert "no entry before it is on record" in plain(file_of(bakyt, crossing))

    def test_a_refusal_stands_in_the_file_of_somebody_who_was_new(self, bakyt):
        paper = make.document()
        make.refuse(make.inspect(make.sign_on(cast.aida()), paper), "C", reason="no visa shown")
        crossing = make.crossed(cast.aida(), paper)
        page = plain(file_of(bakyt, crossing))
        assert "Refused , First line; ground C: No valid visa" in page
        assert "no visa shown" in page

    def test_a_likeness_stands_with_its_status(self, bakyt):
        watchlist.watch_list("wanted")
        watchlist.entry("SOKOLOV, Anton", births=("1987-11-09",))
        booth = make.sign_on(cast.aida())
        referral = make.refer(make.inspect(booth, make.document()))
        (paper,) = TravelDocument.objects.all()
        address = reverse("border:traveller", args=[paper.traveller_id])
        page = plain(bakyt.post(address, {"purpose": "second_line"}, follow=True).content.decode())
        assert referral.status == "waiting"
        assert re.search(r"List wanted [^<]* New ", page)

    def test_who_opened_the_file_is_in_it(self, bakyt):
        crossing = make.crossed(cast.aida(), make.document())
        file_of(signed_in(cast.cholpon()), crossing, "request")
        assert "Capt Chynybaeva Cholpon request" in plain(file_of(bakyt, crossing))


class TestSamePerson:
    @pytest.fixture
    def pair(self):
        one = make.crossed(cast.aida(), make.document(), when=make.days_ago(20))
        other = make.crossed(cast.aida(), make.document(), when=make.days_ago(10))
        assert one.traveller_id != other.traveller_id
        return one, other

    def judge(self, client, one, other, judgement):
        return client.post(
            reverse("border:traveller_judge", args=[one.traveller_id]),
            {"other": other.traveller_id, "judgement": judgement, "reason": "compared the faces"},
        )

    def test_the_same_name_and_birth_are_put_forward(self, bakyt, pair):
        one, other = pair
        page = plain(file_of(bakyt, one))
        assert other.document.number in page
        assert "Not judged yet." in page

    def test_somebody_else_is_not_put_forward(self, bakyt, pair):
        stranger = make.crossed(cast.aida(), make.document(birth="1990-01-01"))
        assert stranger.document.number not in file_of(bakyt, pair[0])

    def test_judged_the_same_they_share_one_file_and_one_count(self, bakyt, pair):
        one, other = pair
        self.judge(bakyt, one, other, "same")
        assert same_person_as(one.traveller_id) == {one.traveller_id, other.traveller_id}
        page = plain(file_of(bakyt, one))
        assert "judged the same person" in page
        assert "Two entries in a row" in page
        opened = {row.target for row in audited("travellers.open", "opened")}
        assert f"Traveller:{other.traveller_id}" in opened  # her file was shown too

    def test_a_judgement_is_taken_back_by_judging_anew(self, bakyt, pair):
        one, other = pair
        self.judge(bakyt, one, other, "same")
        self.judge(bakyt, other, one, "different")
        assert same_person_as(one.traveller_id) == {one.traveller_id}
        assert SamePersonJudgement.objects.count() == 2
        page = file_of(bakyt, one)
        assert "<del>The same person</del>" in page
        assert "Different people" in page

    def test_a_judgement_needs_a_reason_and_two_people(self, bakyt, pair):
        one, other = pair
        address = reverse("border:traveller_judge", args=[one.traveller_id])
        bare = {"other": other.traveller_id, "judgement": "same"}
        assert bakyt.post(address, bare).status_code == 422
        alone = {"other": one.traveller_id, "judgement": "same", "reason": "herself"}
        assert bakyt.post(address, alone).status_code == 422
        assert not SamePersonJudgement.objects.exists()

    def test_the_first_line_does_not_judge(self, pair):
        assert self.judge(signed_in(cast.aida()), pair[0], pair[1], "same").status_code == 403


class TestLeavingTheFlow:
    """Border staff must not find out from a file that somebody asked for protection."""

    def shown(self, client: Client, crossing: Crossing) -> str:
        """The file without what differs between any two people: numbers, names of keys, times."""
        page = plain(file_of(client, crossing))
        page = page.replace(crossing.document.number, "NUMBER").replace(crossing.receipt, "RECEIPT")
        return re.sub(r"\d\d:\d\d", "TIME", page)

    def test_at_the_first_line(self, bakyt):
        files = []
        for leaves in (True, False):
            paper = make.document(surname="LEAVER" if leaves else "STAYER", birth="1990-05-05")
            crossing = make.crossed(cast.aida(), paper, "exit", when=make.days_ago(5))
            inspection = make.inspect(make.sign_on(cast.aida()), paper)
            if leaves:
                make.leave_flow(inspection)
            files.append(self.shown(bakyt, crossing).replace(paper.surname, "NAME"))
        assert files[0] == files[1]
        assert "Set aside" in files[0]

    def test_at_the_second_line(self, bakyt):
        files = []
        for leaves in (True, False):
            paper = make.document(surname="LEAVER" if leaves else "STAYER", birth="1990-05-05")
            crossing = make.crossed(cast.aida(), paper, "exit", when=make.days_ago(5))
            referral = make.refer(make.inspect(make.sign_on(cast.aida()), paper))
            make.take(referral, cast.bakyt())
            referral.refresh_from_db()
            if leaves:
                second_line.leave_flow_referred(actor(cast.bakyt()), referral)
            else:
                make.set_aside(referral, cast.bakyt())
            files.append(self.shown(bakyt, crossing).replace(paper.surname, "NAME"))
        assert files[0] == files[1]

    def test_the_comparison_can_fail(self, bakyt):
        """Negative control: a refusal is told from being set aside."""
        files = []
        for refused in (True, False):
            paper = make.document(surname="LEAVER" if refused else "STAYER", birth="1990-05-05")
            crossing = make.crossed(cast.aida(), paper, "exit", when=make.days_ago(5))
            inspection = make.inspect(make.sign_on(cast.aida()), paper)
            if refused:
                make.refuse(inspection, "C")
            files.append(self.shown(bakyt, crossing).replace(paper.surname, "NAME"))
        assert files[0] != files[1]
        assert files[0].count("Refused") == 1
        assert files[1].count("Refused") == 0
