"""Are days of stay counted as the law counts them, also over nights, leap days and windows?"""

from datetime import date

import pytest

from safar.lib.stay import Overstay, StayRule, Visit, overstay_on_exit, stay

SIXTY = StayRule(60, 120)
SCHENGEN = StayRule(90, 180)
TODAY = date(2026, 11, 22)


def sentences(visits: list[Visit], rule: StayRule, today: date = TODAY) -> list[str]:
    return [line.sentence for line in stay(visits, rule, today).explanation]


def test_the_day_of_entry_and_the_day_of_exit_both_count() -> None:
    """Regulation (EU) 2016/399 Art. 6(2)."""
    assert stay([Visit(date(2026, 8, 3), date(2026, 8, 14))], SIXTY, TODAY).used == 12


def test_a_night_across_the_border_is_two_days() -> None:
    assert stay([Visit(date(2026, 11, 20), date(2026, 11, 21))], SIXTY, TODAY).used == 2


def test_the_leap_day_is_a_day_of_stay() -> None:
    visit = Visit(date(2028, 2, 28), date(2028, 3, 1))
    assert stay([visit], SIXTY, date(2028, 3, 10)).used == 3
    assert stay([Visit(date(2027, 2, 28), date(2027, 3, 1))], SIXTY, date(2027, 3, 10)).used == 2


def test_leaving_and_coming_back_on_one_day_counts_it_once() -> None:
    visits = [Visit(date(2026, 11, 1), date(2026, 11, 5)), Visit(date(2026, 11, 5))]
    assert stay(visits, SIXTY, date(2026, 11, 6)).used == 6


def test_a_first_arrival_may_stay_sixty_days_with_today() -> None:
    answer = stay([], SIXTY, TODAY)
    assert (answer.used, answer.left, answer.until) == (0, 60, date(2027, 1, 20))


def test_ninety_days_used_just_now_leave_none_until_the_window_has_moved() -> None:
    visit = Visit(date(2026, 8, 24), date(2026, 11, 21))
    answer = stay([visit], SCHENGEN, TODAY)
    assert (answer.used, answer.left, answer.until) == (90, 0, None)
    assert answer.again == date(2027, 2, 20), "the 180 days that end then begin on 25 August"
    assert stay([visit], SCHENGEN, answer.again).left == 90, "a day drops out for each day stayed"


def test_days_that_drop_out_of_the_window_lengthen_the_stay() -> None:
    visit = Visit(date(2026, 7, 26), date(2026, 8, 14))
    answer = stay([visit], SIXTY, TODAY)
    assert answer.used == 20
    assert answer.left == 60, "all twenty old days drop out before the other forty are used"


def test_days_that_stay_in_the_window_shorten_the_stay() -> None:
    visit = Visit(date(2026, 11, 1), date(2026, 11, 20))
    answer = stay([visit], SIXTY, TODAY)
    assert (answer.left, answer.until) == (40, date(2026, 12, 31))


def test_someone_inside_is_told_the_last_lawful_day() -> None:
    answer = stay([Visit(date(2026, 11, 1))], SIXTY, TODAY)
    assert (answer.used, answer.left, answer.until) == (22, 38, date(2026, 12, 30))
    assert answer.overstay == 0


def test_an_overstay_says_how_many_days_and_since_when() -> None:
    answer = stay([Visit(date(2026, 9, 1))], SIXTY, TODAY)
    assert (answer.used, answer.overstay, answer.since) == (83, 23, date(2026, 10, 31))
    assert (answer.left, answer.until) == (0, date(2026, 10, 30))


def test_the_sixtieth_day_is_lawful_and_the_next_is_not() -> None:
    inside = [Visit(date(2026, 9, 1))]
    assert stay(inside, SIXTY, date(2026, 10, 30)).overstay == 0
    assert stay(inside, SIXTY, date(2026, 10, 31)).overstay == 1


def test_an_overstay_of_an_earlier_visit_is_said_apart() -> None:
    answer = stay([Visit(date(2026, 8, 1), date(2026, 10, 5))], SIXTY, TODAY)
    assert (answer.overstay, answer.earlier_overstay) == (0, 6)


def test_a_rule_per_visit_forgets_earlier_visits() -> None:
    visits = [Visit(date(2026, 1, 1), date(2026, 1, 30)), Visit(date(2026, 11, 1))]
    answer = stay(visits, StayRule(30), TODAY)
    assert (answer.used, answer.left, answer.until) == (22, 8, date(2026, 11, 30))
    assert stay(visits, StayRule(30), date(2026, 12, 2)).overstay == 2


def test_without_a_limit_nothing_runs_out() -> None:
    answer = stay([Visit(date(2020, 1, 1))], StayRule(None), TODAY)
    assert (answer.left, answer.until, answer.overstay) == (None, None, 0)
    assert answer.explanation[0].sentence == "No limit of days"


def test_no_days_at_all_means_no_day_is_lawful() -> None:
    answer = stay([], StayRule(0, 180), TODAY)
    assert (answer.left, answer.until, answer.again) == (0, None, None)
    assert stay([Visit(TODAY)], StayRule(0), TODAY).overstay == 1


def test_a_visit_that_begins_after_today_is_left_out() -> None:
    assert stay([Visit(date(2026, 12, 1))], SIXTY, TODAY).used == 0


def test_the_past_can_be_asked_for_as_it_was() -> None:
    """On 10 November they were inside, though today the exit of 20 November is on record."""
    visit = Visit(date(2026, 11, 1), date(2026, 11, 20))
    then = stay([visit], SIXTY, date(2026, 11, 10))
    assert (then.used, then.left) == (10, 50)
    assert then == stay([Visit(date(2026, 11, 1))], SIXTY, date(2026, 11, 10))


def test_on_the_day_of_exit_they_are_outside_again() -> None:
    answer = stay([Visit(date(2026, 9, 1), TODAY)], SIXTY, TODAY)
    assert (answer.overstay, answer.earlier_overstay) == (0, 23)


def test_the_explanation_goes_line_by_line() -> None:
    visits = [Visit(date(2026, 8, 3), date(2026, 8, 14)), Visit(date(2026, 11, 21))]
    assert sentences(visits, SIXTY) == [
        "60 days in any 120: the window began on 26 Jul 2026",
        "Visit 3 Aug 2026 – 14 Aug 2026: 12 days",
        "Visit since 21 Nov 2026: 2 days up to today",
        "Used: 14 of 60 days",
        "May stay until 19 Jan 2027: 58 days left",
    ]


def test_the_explanation_counts_only_the_part_inside_the_window() -> None:
    said = sentences([Visit(date(2026, 7, 1), date(2026, 7, 26))], SIXTY)
    assert "Visit 1 Jul 2026 – 26 Jul 2026: 1 day inside the window" in said
    assert "Used: 1 of 60 days" in said


def test_the_explanation_names_a_visit_with_a_lost_end() -> None:
    said = sentences([Visit(date(2026, 11, 1), date(2026, 11, 1), assumed=True)], SIXTY)
    assert "1 Nov 2026: entry or exit not on record, 1 day counted" in said


def test_the_calendar_shows_each_day_of_the_window() -> None:
    answer = stay([Visit(date(2026, 9, 1))], SIXTY, TODAY)
    assert len(answer.calendar) == 120
    assert sum(day.counted for day in answer.calendar) == answer.used
    assert next(day.on for day in answer.calendar if day.over) == answer.since
    assert sum(day.over for day in answer.calendar) == answer.overstay


def test_a_decision_may_set_the_last_day_instead_of_the_rule() -> None:
    entered, until = date(2026, 11, 1), date(2026, 11, 20)
    assert overstay_on_exit(entered, until, date(2026, 11, 20)) == Overstay(0, None)
    assert overstay_on_exit(entered, until, TODAY) == Overstay(2, date(2026, 11, 21))
    assert overstay_on_exit(entered, date(2026, 10, 1), TODAY) == Overstay(22, entered)


@pytest.mark.parametrize(("days", "window"), [(-1, None), (90, 90), (None, 180)])
def test_a_rule_that_makes_no_sense_is_refused(days: int | None, window: int | None) -> None:
    with pytest.raises(ValueError, match="days"):
        StayRule(days, window)
