"""Are the counts of crossings right, in the post's own calendar, and free of persons?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from safar.control.border import counts
from safar.control.border.counts import Selection, crossings
from safar.core.permissions import Actor, system
from tests import cast
from tests.makers.accounts import actor
from tests.makers.statistics import amendment, crossing, day, moment, post, traveller

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EVERYBODY = system("test")
MONDAY, TUESDAY = day("2026-03-02"), day("2026-03-03")
BOTH_DAYS = Selection(MONDAY, TUESDAY)


@pytest.fixture(autouse=True)
def _posts() -> None:
    post("KG-MAN")
    post("KG-TOR")


def by_day(who: Actor = EVERYBODY, asked: Selection = BOTH_DAYS) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for (on, _hour, way), count in counts.by_hour(who, asked).items():
        found[str(on), way] = found.get((str(on), way), 0) + count
    return found


def test_a_small_hand_made_set_is_counted_as_by_hand():
    crossing("2026-03-02 06:00")
    crossing("2026-03-02 06:10", "exit", "KG-TOR", citizenship="KGZ", sex="F", birth_year=1961)
    crossing("2026-03-02 07:00", sex="", birth_year=None)
    crossing("2026-03-03 03:00", citizenship="KAZ", birth_year=2025)
    crossing("2026-03-05 06:00")  # after the days that are asked for
    assert counts.by_hour(EVERYBODY, BOTH_DAYS) == {
        (MONDAY, 12, "entry"): 1,
        (MONDAY, 12, "exit"): 1,
        (MONDAY, 13, "entry"): 1,
        (TUESDAY, 9, "entry"): 1,
    }
    assert counts.by_post(EVERYBODY, BOTH_DAYS) == {
        ("KG-MAN", "entry"): 3,
        ("KG-TOR", "exit"): 1,
    }
    assert counts.by_group(EVERYBODY, BOTH_DAYS) == {
        ("UZB", "KG-MAN", "M", 35): 1,
        ("KGZ", "KG-TOR", "F", 65): 1,
        ("UZB", "KG-MAN", "", None): 1,
        ("KAZ", "KG-MAN", "M", 0): 1,
    }


def test_the_filters_leave_out_the_rest():
    crossing("2026-03-02 06:00")
    crossing("2026-03-02 06:00", "exit")
    crossing("2026-03-02 06:00", code="KG-TOR")
    crossing("2026-03-02 06:00", citizenship="KAZ")
    for asked in (
        replace(BOTH_DAYS, post="KG-TOR"),
        replace(BOTH_DAYS, citizenship="KAZ"),
        replace(BOTH_DAYS, direction="exit"),
    ):
        assert sum(counts.by_post(EVERYBODY, asked).values()) == 1, asked
    assert sum(counts.by_post(EVERYBODY, BOTH_DAYS).values()) == 4


def test_a_day_ends_at_midnight_of_the_post_and_not_of_utc():
    crossing("2026-03-01 17:59")  # Sunday 23:59 in Bishkek
    crossing("2026-03-01 18:00")  # Monday 00:00
    crossing("2026-03-02 17:59")  # Monday 23:59
    crossing("2026-03-02 18:00")  # Tuesday 00:00, still Monday in UTC
    assert by_day() == {("2026-03-02", "entry"): 2, ("2026-03-03", "entry"): 1}


def test_posts_in_different_zones_each_keep_their_own_midnight():
    post("KG-WES", zone="Asia/Tashkent")
    crossing("2026-03-02 18:30", code="KG-MAN")  # Tuesday 00:30 in Bishkek
    crossing("2026-03-02 18:30", code="KG-WES")  # Monday 23:30 in Tashkent
    assert by_day() == {("2026-03-02", "entry"): 1, ("2026-03-03", "entry"): 1}
    one = replace(BOTH_DAYS, post="KG-WES", last=MONDAY)
    assert by_day(asked=one) == {("2026-03-02", "entry"): 1}


def test_annulled_crossings_are_not_counted_and_proposed_annulments_change_nothing():
    amendment(crossing("2026-03-02 06:00"))
    amendment(crossing("2026-03-02 06:00", "exit"), status="proposed")
    amendment(crossing("2026-03-02 06:00", "exit"), status="declined")
    assert by_day() == {("2026-03-02", "exit"): 2}
    assert counts.by_post(EVERYBODY, BOTH_DAYS) == {("KG-MAN", "exit"): 2}


def test_approved_corrections_move_a_crossing_to_where_it_belongs():
    wrong = crossing("2026-03-02 06:00", citizenship="KAZ")
    amendment(wrong, direction="exit", post="KG-TOR", citizenship="RUS")
    amendment(wrong, sex="F", birth_year=2000, direction="entry")  # the last word counts
    assert counts.by_group(EVERYBODY, BOTH_DAYS) == {("RUS", "KG-TOR", "F", 25): 1}
    assert counts.by_post(EVERYBODY, BOTH_DAYS) == {("KG-TOR", "entry"): 1}
    kept_out = replace(BOTH_DAYS, citizenship="KAZ")
    assert counts.by_post(EVERYBODY, kept_out) == {}


def test_an_age_is_the_one_reached_in_the_year_of_the_crossing():
    crossing("2025-12-31 17:59", birth_year=2000)  # still 2025 in Bishkek: 25
    crossing("2025-12-31 18:00", birth_year=2001)  # 2026: 25
    crossing("2025-12-31 17:59", birth_year=2001)  # 2025: 24
    asked = Selection(day("2025-12-01"), day("2026-01-31"))
    assert counts.by_group(EVERYBODY, asked) == {
        ("UZB", "KG-MAN", "M", 25): 2,
        ("UZB", "KG-MAN", "M", 20): 1,
    }


def test_somebody_who_serves_at_one_post_sees_the_counts_of_that_post_only():
    crossing("2026-03-02 06:00", code="KG-MAN")
    crossing("2026-03-02 06:00", code="KG-TOR")
    assert counts.by_post(actor(cast.aida()), BOTH_DAYS) == {("KG-MAN", "entry"): 1}
    assert len(counts.by_post(actor(cast.gulnara()), BOTH_DAYS)) == 2


def test_a_stay_is_open_until_the_traveller_is_seen_again():
    until, now = day("2026-03-20"), moment("2026-03-15 06:00")
    gone, back, here, annulled = traveller(), traveller(), traveller(), traveller()
    for who in (gone, back, here, annulled):
        crossing("2026-03-01 06:00", who=who, permitted_until=until)
    crossing("2026-03-02 06:00", "exit", who=gone)
    crossing("2026-03-02 06:00", "exit", who=back)
    crossing("2026-03-03 06:00", who=back, permitted_until=until + timedelta(days=1))
    amendment(crossing("2026-03-02 06:00", "exit", who=annulled))
    found = counts.open_stays(EVERYBODY, until, until + timedelta(days=6), now=now)
    assert found == {(until, "UZB"): 2, (until + timedelta(days=1), "UZB"): 1}


def test_corrections_and_annulments_of_entries_change_the_open_stays():
    until, now = day("2026-03-20"), moment("2026-03-15 06:00")
    amendment(crossing("2026-03-01 06:00", permitted_until=until))
    shorter = crossing("2026-03-01 06:00", permitted_until=day("2026-05-01"))
    amendment(shorter, permitted_until="2026-03-21")
    crossing("2026-03-01 06:00", permitted_until=until, citizenship="KGZ")  # no foreigner
    assert counts.open_stays(EVERYBODY, until, day("2026-03-26"), now=now) == {
        (day("2026-03-21"), "UZB"): 1
    }


def test_a_post_is_silent_only_where_it_usually_is_heard_at_this_hour():
    post("KG-QUI")
    for week in range(5):
        at = moment("2026-03-30 06:00") - timedelta(weeks=week)
        crossing(at, code="KG-MAN")
        if week:
            crossing(at, code="KG-TOR")
    heard = counts.heard_from(EVERYBODY, hours=6, now=moment("2026-03-30 08:00"))
    assert {row.post: (row.is_heard, row.is_silent) for row in heard} == {
        "KG-MAN": (True, False),
        "KG-TOR": (False, True),
        "KG-QUI": (False, False),
    }


def test_amendments_wait_until_a_second_person_signs():
    amendment(crossing("2026-03-02 06:00"), status="proposed")
    amendment(crossing("2026-03-02 06:00"))
    waiting = counts.waiting(actor(cast.gulnara()))
    assert [(row.post, row.kind, row.count) for row in waiting] == [("KG-MAN", "annul", 1)]


@contextmanager
def answers() -> Iterator[list[tuple[Any, ...]]]:
    """Every row that any query gives back meanwhile."""
    seen: list[tuple[Any, ...]] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        cursor = context["cursor"]
        if cursor.description and "SAVEPOINT" not in sql:
            read = cursor.fetchall()
            seen.extend(read)
            if read:
                cursor.cursor.scroll(0, mode="absolute")
        return answer

    with connection.execute_wrapper(listen):
        yield seen


def ask_everything() -> None:
    analyst, now = actor(cast.gulnara()), moment("2026-03-15 06:00")
    for count in (counts.by_hour, counts.by_post, counts.by_group, counts.refusals):
        count(analyst, BOTH_DAYS)
    counts.open_stays(analyst, MONDAY, day("2026-03-30"), now=now)
    counts.heard_from(analyst, hours=6, now=now)
    counts.waiting(analyst)


def test_no_query_returns_a_persons_key():
    who = traveller()
    made = crossing("2026-03-02 06:00", who=who, permitted_until=day("2026-03-20"))
    amendment(made, status="proposed")
    people = {made.pk, who.pk, made.document_id}
    cast.gulnara()
    with answers() as seen:
        ask_everything()
    cells = [cell for row in seen for cell in row]
    assert len(seen) > 6
    assert not people & {cell for cell in cells if isinstance(cell, UUID)}
    assert not {str(key) for key in people} & {str(cell) for cell in cells}
    with answers() as seen:  # the ear hears a key where there is one
        list(type(who).objects.all())
    assert people & {cell for row in seen for cell in row}


def test_a_count_is_planned_for_what_it_asks_and_never_from_a_general_plan():
    """A connection that asks the same often enough would fall into one (PostgreSQL `PREPARE`)."""
    mode = "SELECT current_setting('plan_cache_mode')"
    with connection.cursor() as cursor:  # the control: a connection chooses by itself
        cursor.execute(mode)
        assert cursor.fetchone() == ("auto",)
    assert crossings.rows(mode, {}) == [("force_custom_plan",)]
