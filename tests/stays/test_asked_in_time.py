"""An application made in time suspends the overstay until it is decided; no later one does."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from safar.control.border.counts import stays as border_counts
from safar.control.border.wording.findings import tell
from safar.control.border.wording.traveller_file import day
from safar.control.stays import paper
from safar.control.stays.actions import extending, finding
from safar.control.stays.models import ExtensionApplication, Overstay
from safar.control.stays.queries.explaining import explain
from safar.control.stays.queries.finding import Selection, over
from safar.core.errors import NotFound, RuleBroken
from tests import cast
from tests.makers import border
from tests.makers import stays as make
from tests.makers.accounts import actor, sign_in_with_app

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LAST = 11  # the last permitted day, so many days ago
IN_TIME = 13
LATE = 9


def entered(shown=None):
    return make.entered(40, 30, shown=shown or make.document())


def asked(entry, ago, until=1) -> ExtensionApplication:
    """She asked so many days ago to stay until so many days ago."""
    longer = make.day(until)
    with border.clock(border.days_ago(ago)):
        return make.asked(entry, longer)


def refused(row):
    return extending.refuse_extension(actor(make.nurgul()), row, reason="no paper")


def withdrawn(row):
    return extending.withdraw_extension(actor(make.zarina()), row, reason="she called")


def at_the_exit(shown):
    booth = border.sign_on(cast.aida(), direction="exit")
    return {row["code"]: row["params"] for row in border.inspect(booth, shown).findings}


def listed(day=0):
    found = over(actor(make.zarina()), Selection(make.day(day)))
    return [one.crossing_id for one in found]


def officers_page(name, *args):
    client = Client()
    sign_in_with_app(client, make.nurgul())
    return client.get(reverse(f"stays:{name}", args=args)).content.decode()


@pytest.mark.parametrize(("ago", "suspends"), [(IN_TIME, True), (LAST, True), (LATE, False)])
def test_until_the_decision_it_is_no_overstay_where_it_was_asked_in_time(ago, suspends):
    entry = entered()
    row = asked(entry, ago)
    assert row.in_time is suspends
    assert listed() == ([] if suspends else [entry.pk])
    assert make.found() == ((0, 0) if suspends else (1, 0))
    assert listed() == ([] if suspends else [entry.pk])  # of what the night left, too


def test_it_is_put_on_the_list_by_nobody_meanwhile():
    entry, other = entered(), entered()
    asked(entry, IN_TIME)
    with pytest.raises(NotFound):
        finding.put_on_list(actor(make.zarina()), None, crossing_id=entry.pk)
    assert finding.put_on_list(actor(make.zarina()), None, crossing_id=other.pk).is_open


@pytest.mark.parametrize("end", [refused, withdrawn])
def test_once_it_is_not_granted_the_days_count_from_the_last_permitted_one(end):
    entry = entered()
    row = asked(entry, IN_TIME)
    make.found()
    end(row)
    assert listed() == [entry.pk]  # at once, and for the page that stands on the night
    assert make.found() == (1, 0)
    assert Overstay.objects.get().since == make.day(LAST - 1)


def test_the_notice_says_from_when_until_when_it_waited():
    entry = entered()
    row = asked(entry, IN_TIME)
    assert row.ended_at is None
    refused(row)
    told = str(paper._told(explain(make.overstay(entry))))
    assert "Asked to stay longer" in told
    assert f"It waited from {day(make.day(IN_TIME))} to {day(make.day(0))}" in told
    late = entered()
    asked(late, LATE)
    told = str(paper._told(explain(make.overstay(late))))
    assert "after the last day: the days counted while it waited" in told
    assert "It waited from" not in told


def test_one_that_stood_on_the_list_is_closed_while_it_waits():
    """Of a list that was written before applications counted."""
    entry = entered()
    row = make.overstay(entry)
    asked(entry, IN_TIME)
    assert make.found() == (0, 1)
    row.refresh_from_db()
    assert row.closed_because == "waits"


@pytest.mark.parametrize(("ago", "waits"), [(IN_TIME, True), (LATE, False)])
def test_the_booth_says_that_it_waits_and_counts_no_overstay(ago, waits):
    shown = make.document()
    asked(entered(shown), ago)
    found = at_the_exit(shown)
    assert ("stay.waits" in found, "stay.overstay" in found) == (waits, not waits)
    if waits:
        told = tell({"code": "stay.waits", "params": found["stay.waits"]})
        assert (told.tone, f"{make.day(1):%-d %B %Y}" in told.sentence) == ("info", True)
        assert "no overstay is counted" in told.sentence


def test_at_the_booth_it_is_an_overstay_again_once_it_is_refused():
    shown = make.document()
    refused(asked(entered(shown), IN_TIME))
    assert at_the_exit(shown)["stay.overstay"]["over"] == LAST


def test_within_the_stay_the_booth_says_nothing_of_it():
    shown = make.document()
    make.asked(make.entered(10, 30, shown=shown), make.day(-40))
    found = at_the_exit(shown)
    assert ("stay.waits" in found, "stay.within" in found) == (False, True)


def test_a_late_decision_grants_a_day_that_is_over_where_it_was_asked_in_time():
    entry = entered()
    done = extending.grant_extension(
        actor(make.nurgul()), asked(entry, IN_TIME, until=4), until=make.day(4)
    )
    assert done.granted_until == make.day(4)
    assert make.overstay(entry).since == make.day(3)


def test_a_day_that_is_over_is_not_granted_where_it_was_asked_too_late():
    row = asked(entered(), LATE, until=4)
    with pytest.raises(RuleBroken, match="over"):
        extending.grant_extension(actor(make.nurgul()), row, until=make.day(4))
    still = asked(entered(), LATE, until=-4)
    assert extending.grant_extension(actor(make.nurgul()), still, until=make.day(-4)).granted_until


def test_the_database_grants_no_day_that_is_over_to_who_asked_too_late():
    late, in_time = asked(entered(), LATE, until=4), asked(entered(), IN_TIME, until=4)
    grant = (
        "UPDATE stays_extensionapplication SET status = 'granted', granted_until = until_asked,"
        " decided_at = now(), ended_at = now(), decided_by_id = %s, decided_by_name = 'x'"
        " WHERE id = %s"
    )
    head = make.nurgul().pk
    with pytest.raises(DatabaseError, match="asked for in time"):
        raw(grant, head, late.pk)
    raw(grant, head, in_time.pk)


@pytest.mark.parametrize(
    "change",
    [
        "asked_on = asked_on - 5",
        "permitted_before = permitted_before + 1",
        "until_asked = '2099-1-1'",
    ],
)
def test_the_database_lets_nobody_say_later_that_it_was_asked_in_time(change):
    row = asked(entered(), LATE)
    with pytest.raises(DatabaseError, match="never changes"):
        raw(f"UPDATE stays_extensionapplication SET {change} WHERE id = %s", row.pk)
    refused(row)  # the negative control: a decision is written down
    with pytest.raises(DatabaseError, match="decided once"):
        raw("UPDATE stays_extensionapplication SET decision_reason = 'x' WHERE id = %s", row.pk)


def test_the_figures_of_the_border_leave_the_same_people_out():
    row = asked(entered(), IN_TIME)
    who = actor(make.zarina())

    def counted():
        return sum(
            border_counts.open_stays(
                who, make.day(100), make.day(1), now=border.days_ago(0, 17)
            ).values()
        )

    assert counted() == len(listed()) == 0
    refused(row)
    assert counted() == len(listed()) == 1


def test_the_pages_say_that_it_waits():
    entry, late = entered(), entered()
    row = asked(entry, IN_TIME)
    asked(late, LATE)
    page = officers_page("overstays")
    assert "1 person asked in time to stay longer" in page
    assert row.document.number not in page
    desk = officers_page("extensions")
    assert "Asked in time: the last day is over" in desk
    assert "asked after the last permitted day" in desk
    assert "no overstay is counted until it is decided" in officers_page("extension", row.pk)


def raw(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(("left", "status"), [(20, "withdrawn"), (14, "asked"), (None, "asked")])
def test_an_application_of_who_left_two_weeks_ago_waits_no_longer(left, status):
    shown = make.document()
    row = asked(make.entered(60, 50, shown=shown), 55, until=1)
    if left is not None:
        make.left(shown, left)
    assert extending.end_of_who_left(make.SAFAR, None) == (status == "withdrawn")
    row.refresh_from_db()
    assert row.status == status
    assert bool(row.decision_reason) is (status == "withdrawn")


def test_who_came_again_since_is_judged_by_the_exit_of_that_stay():
    shown = make.document()
    row = asked(make.entered(60, 50, shown=shown), 55, until=1)
    make.left(shown, 30)
    later = asked(make.entered(20, 10, shown=shown), 15, until=1)
    assert extending.end_of_who_left(make.SAFAR, None) == 1
    assert [one.status for one in (fresh(row), fresh(later))] == ["withdrawn", "asked"]


def fresh(row):
    row.refresh_from_db()
    return row
