"""Which days does a period cover, and what is usual?"""

from datetime import date, timedelta

from safar.insight.statistics.rules.periods import Period, Usual, usual

MONDAY = date(2026, 3, 2)


def test_the_last_seven_days_end_yesterday():
    assert Period.last_days(7, MONDAY) == Period(date(2026, 2, 24), MONDAY)
    assert len(list(Period.last_days(84, MONDAY).days())) == 84


def test_weeks_begin_on_monday_and_are_cut_at_both_ends():
    period = Period(date(2026, 3, 4), date(2026, 3, 16))
    assert [(week.first.day, week.last.day) for week in period.weeks()] == [
        (4, 8),
        (9, 15),
        (16, 16),
    ]


def test_usual_is_the_range_of_the_same_weekday_a_tenth_wider():
    counts = {MONDAY - timedelta(weeks=week): 100 + 10 * week for week in range(1, 9)}
    counts[MONDAY - timedelta(days=1)] = 9999  # a Sunday says nothing of a Monday
    assert usual(counts, MONDAY) == Usual(99, 198)
    assert Usual(99, 198).holds(198)
    assert not Usual(99, 198).holds(199)


def test_nothing_is_usual_with_fewer_than_four_earlier_weeks():
    counts = {MONDAY - timedelta(weeks=week): 100 for week in range(1, 4)}
    assert usual(counts, MONDAY) is None
    assert usual({**counts, MONDAY - timedelta(weeks=4): 100}, MONDAY) == Usual(90, 110)
