"""What a shift leader sees and does: the shift, who is on, the log under nine headings, the report."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from safar.control.border.actions import shifts as actions
from safar.control.border.choices import LogHeading
from safar.control.border.models import Shift, ShiftLogEntry, SignOn
from safar.control.border.queries import shifts as queries
from safar.control.border.shift_report import headings, shift_report
from safar.core.errors import InvalidMove, NotAllowed
from tests import cast
from tests.makers import border as make
from tests.makers.accounts import actor, audited, sign_in, user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def leader(client):
    make.post()
    sign_in(client, cast.cholpon())
    return client


def page(client: Client, post: str = make.MANAS):
    return client.get(reverse("border:shift"), {"post": post})


def text(pdf: bytes) -> str:
    return "\n".join(sheet.extract_text() for sheet in PdfReader(BytesIO(pdf)).pages)


class TestRunningAShift:
    def test_a_leader_opens_a_shift_and_officers_can_sign_on(self, leader):
        answer = leader.post(reverse("border:shift_open", args=[make.MANAS]), follow=True)
        assert "The shift is open" in answer.content.decode()
        assert Shift.objects.get().opened_by == cast.cholpon()
        assert make.sign_on(cast.aida()).shift == Shift.objects.get()

    def test_a_post_has_one_open_shift(self, leader):
        make.open_shift()
        answer = leader.post(reverse("border:shift_open", args=[make.MANAS]))
        assert answer.status_code == 409
        assert Shift.objects.count() == 1

    def test_an_officer_reads_the_page_and_may_not_open_a_shift(self, client):
        make.post()
        sign_in(client, cast.aida())
        assert reverse("border:shift_open", args=[make.MANAS]) not in page(client).content.decode()
        assert client.post(reverse("border:shift_open", args=[make.MANAS])).status_code == 403
        assert not Shift.objects.exists()

    def test_an_analyst_does_not_read_it(self, client):
        make.post()
        sign_in(client, cast.gulnara())
        assert page(client).status_code == 403

    def test_a_leader_of_another_post_finds_nothing(self, leader):
        there = make.open_shift(make.TORUGART)
        assert page(leader, make.TORUGART).status_code == 404
        assert leader.get(reverse("border:shift_report", args=[there.pk])).status_code == 404
        closing = leader.post(reverse("border:shift_close", args=[there.pk]))
        assert closing.status_code == 404
        there.refresh_from_db()
        assert there.status == "open"

    def test_who_serves_at_several_posts_chooses_one(self, client):
        make.post()
        sign_in(client, user("1777", "shift_leader", posts=[make.MANAS, make.TORUGART]))
        answer = client.get(reverse("border:shift")).content.decode()
        assert "?post=KG-MAN" in answer
        assert "?post=KG-TOR" in answer

    def test_hand_over_and_take_over_leave_no_gap(self, leader):
        booth = make.sign_on(cast.aida())
        first = Shift.objects.get()
        leader.post(
            reverse("border:shift_hand_over", args=[first.pk]),
            {"hand_over_note": "Reader 2 in lane 9 fails."},
        )
        booth.refresh_from_db()
        assert booth.ended_at is not None
        waiting = page(leader).content.decode()
        assert "Reader 2 in lane 9 fails." in waiting
        leader.post(reverse("border:shift_take_over", args=[first.pk]))
        second = Shift.objects.get(status="open")
        assert second.previous == first
        assert second.opened_by == cast.cholpon()

    def test_a_hand_over_without_a_note_is_asked_for_one_and_nothing_ends(self, leader):
        shift = make.open_shift()
        answer = leader.post(reverse("border:shift_hand_over", args=[shift.pk]), {})
        assert answer.status_code == 422
        shift.refresh_from_db()
        assert shift.status == "open"

    def test_a_shift_is_taken_over_once(self, leader):
        shift = make.open_shift()
        actions.hand_over_shift(actor(cast.cholpon()), shift, hand_over_note="All quiet.")
        shift.refresh_from_db()
        actions.take_over_shift(actor(cast.cholpon()), shift)
        with pytest.raises(InvalidMove):
            actions.take_over_shift(actor(cast.cholpon()), shift)

    def test_the_leader_signs_an_officer_off_who_forgot(self, leader):
        booth = make.sign_on(cast.aida())
        leader.post(reverse("border:sign_on_end", args=[booth.pk]))
        assert SignOn.objects.get(pk=booth.pk).ended_at is not None
        again = leader.post(reverse("border:sign_on_end", args=[booth.pk]))
        assert again.status_code == 409

    def test_an_officer_signs_nobody_else_off(self):
        booth = make.sign_on(cast.aida())
        with pytest.raises(NotAllowed):
            actions.end_sign_on(actor(cast.bakyt()), booth)


class TestFigures:
    def test_travellers_are_counted_by_lane_and_hour_of_the_post(self):
        start = timezone.now().replace(minute=5, second=0) - timedelta(hours=3)
        with make.clock(start):
            shift = make.open_shift()
        for minutes, lane in ((10, "1"), (70, "1"), (75, "2"), (80, "2")):
            officer = cast.aida() if lane == "1" else cast.bakyt()
            when = start + timedelta(minutes=minutes)
            make.crossed(officer, make.document(), when=when, lane=lane)
        now = start + timedelta(minutes=90)
        crossings = queries.passed(shift, now)
        hours = queries.by_lane_and_hour(shift, crossings, now)
        assert [row[0] for row in hours.rows] == ["1", "2"]
        assert hours.rows[0][1] == (1, 1)
        assert hours.rows[1][1] == (0, 2)
        assert hours.sums == (1, 3)
        assert hours.hours[0].utcoffset() == timedelta(hours=6)

    def test_a_shift_that_nobody_ended_still_fits_the_page(self):
        with make.clock(make.days_ago(30)):
            shift = make.open_shift()
        make.crossed(cast.aida(), make.document(), when=make.days_ago(20))
        make.crossed(cast.bakyt(), make.document(), lane="2")
        now = timezone.now()
        hours = queries.by_lane_and_hour(shift, queries.passed(shift, now), now)
        assert len(hours.hours) == 24
        assert [row[0] for row in hours.rows] == ["2"]
        assert hours.total == 1

    def test_the_median_is_between_two_travellers_of_one_officer(self):
        start = timezone.now() - timedelta(hours=2)
        with make.clock(start):
            shift = make.open_shift()
        for seconds in (0, 20, 50, 90):
            make.crossed(
                cast.aida(), make.document(), when=start + timedelta(minutes=70, seconds=seconds)
            )
        now = start + timedelta(minutes=80)
        (on,) = queries.on_duty(shift, queries.passed(shift, now), now)
        assert (on.last_hour, on.since, on.seconds) == (4, 4, 30)

    def test_an_annulled_crossing_is_not_counted(self):
        make.open_shift()
        crossing = make.crossed(cast.aida(), make.document())
        shift, now = Shift.objects.get(), timezone.now()
        assert queries.figures(shift, queries.passed(shift, now), now).entries == 1
        make.approve(cast.cholpon(), make.propose(cast.bakyt(), crossing))
        assert queries.figures(shift, queries.passed(shift, now), now).entries == 0

    def test_the_page_shows_lanes_referrals_and_what_waits_for_a_signature(self, leader):
        booth = make.sign_on(cast.aida(), lane="3")
        make.propose(cast.bakyt(), make.admit(make.inspect(booth, make.document())))
        make.refer(make.inspect(booth, make.document()))
        answer = page(leader).content.decode()
        assert "Lt Asanova Aida" in answer
        assert "Look and decide" in answer
        assert "wrong direction" in answer
        assert "Nobody waits for second line." not in answer

    def test_a_page_without_a_shift_says_so(self, leader):
        assert "No shift is open here" in page(leader).content.decode()


class TestLog:
    def test_the_log_has_the_nine_headings_of_the_law(self, leader):
        shift = make.open_shift()
        answer = leader.get(reverse("border:shift_log", args=[shift.pk])).content.decode()
        for heading in LogHeading:
            assert f"({heading.value}) " in answer

    def test_an_officer_writes_a_line_and_it_stays(self, client):
        shift = make.open_shift()
        sign_in(client, cast.aida())
        line = {"heading": "g", "text": "Waited 40 minutes."}
        answer = client.post(reverse("border:shift_log_add", args=[shift.pk]), line, follow=True)
        assert "Waited 40 minutes." in answer.content.decode()
        assert ShiftLogEntry.objects.get().written_by == cast.aida()

    def test_an_empty_line_is_not_written(self, leader):
        shift = make.open_shift()
        answer = leader.post(reverse("border:shift_log_add", args=[shift.pk]), {"heading": "g"})
        assert answer.status_code == 422
        assert not ShiftLogEntry.objects.exists()

    def test_nothing_is_written_into_the_log_of_an_ended_shift(self, leader):
        shift = make.open_shift()
        actions.close_shift(actor(cast.cholpon()), shift)
        line = {"heading": "g", "text": "too late"}
        assert (
            leader.post(reverse("border:shift_log_add", args=[shift.pk]), line).status_code == 409
        )
        assert not ShiftLogEntry.objects.exists()

    def test_safar_fills_in_what_it_counted(self):
        booth = make.sign_on(cast.aida())
        make.refuse(make.inspect(booth, make.document(issuer="CHN", nationality="CHN")), "C", "E")
        make.refer(make.inspect(booth, make.document()))
        found = {row.code: row for row in headings(Shift.objects.get(), timezone.now())}
        assert any("lane 1" in line for line in found["a"].known)
        assert found["e"].known[0] == "1 refusal of entry."
        assert any(line.startswith("Ground C") for line in found["e"].known)
        assert any("China" in line for line in found["e"].known)
        assert found["h"].known == ("1 second-line check: Waiting 1.",)
        assert found["f"].is_empty

    def test_who_left_the_flow_is_not_told_from_who_was_set_aside(self):
        """The log of a small post would give a person in need of protection away."""
        make.sign_on(cast.aida())
        shift, now = Shift.objects.get(), timezone.now()
        aside = [row.known for row in headings(shift, now)]
        make.leave_flow(make.inspect(make.sign_on(cast.aida()), make.document()))
        assert [row.known for row in headings(shift, now)] == aside


class TestReport:
    def test_the_report_says_who_handed_over_to_whom(self):
        make.sign_on(cast.aida())
        first = Shift.objects.get()
        actions.log_event(
            actor(cast.aida()), first, heading=LogHeading.COMPLAINTS, text="Waited 40 minutes."
        )
        actions.hand_over_shift(
            actor(cast.cholpon()), first, hand_over_note="Reader 2 fails.\n#strike[no]"
        )
        first.refresh_from_db()
        other = user("1778", "shift_leader", name="Toktosunov Timur", posts=[make.MANAS])
        actions.take_over_shift(actor(other), first)
        first.refresh_from_db()
        printed = text(shift_report(first, timezone.now(), language="en"))
        assert "Reader 2 fails." in printed
        assert "#strike[no]" in printed  # what an officer wrote is text, never markup
        assert "Toktosunov Timur" in printed
        assert "Capt Chynybaeva Cholpon" in printed
        assert "Waited 40 minutes." in printed
        for heading in LogHeading:
            assert f"({heading.value})" in printed

    def test_russian_and_kyrgyz_letters_are_printed(self):
        shift = make.open_shift()
        note = "Ңү өтө жакшы. Всё спокойно."
        actions.log_event(actor(make.leader()), shift, heading=LogHeading.OCCURRENCES, text=note)
        assert note in text(shift_report(shift, timezone.now(), language="ky"))

    def test_the_report_opens_as_a_page_and_as_pdf(self, leader):
        shift = make.open_shift()
        shown = leader.get(reverse("border:shift_report", args=[shift.pk])).content.decode()
        assert "Signed off" not in shown
        assert "Nothing to report." in shown
        pdf = leader.get(reverse("border:shift_report_pdf", args=[shift.pk]))
        assert pdf["Content-Type"] == "application/pdf"
        assert "Nothing to report." in text(pdf.content)

    def test_every_step_of_a_shift_is_audited(self, leader):
        leader.post(reverse("border:shift_open", args=[make.MANAS]))
        assert [row.actor_name for row in audited("border.open_shift")] == [
            "Capt Chynybaeva Cholpon"
        ]
