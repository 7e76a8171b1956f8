"""Do entries and exits become visits, and are the gaps in the record named?"""

from datetime import date

import pytest

from safar.lib.stay import Visit, visits

MON, TUE, WED, THU = (date(2026, 11, day) for day in (16, 17, 18, 19))


def test_an_entry_and_the_next_exit_are_one_visit() -> None:
    paired = visits([(MON, "entry", "1"), (WED, "exit", "2")])
    assert paired.visits == (Visit(MON, WED),)
    assert paired.irregularities == ()


def test_movements_may_come_in_any_order_of_days() -> None:
    paired = visits([(WED, "exit", "2"), (MON, "entry", "1")])
    assert paired.visits == (Visit(MON, WED),)


def test_an_exit_and_an_entry_of_one_day_keep_their_order() -> None:
    paired = visits([(MON, "entry", "1"), (WED, "exit", "2"), (WED, "entry", "3")])
    assert paired.visits == (Visit(MON, WED), Visit(WED))


def test_a_day_trip_is_a_visit_of_one_day() -> None:
    assert visits([(MON, "entry", "1"), (MON, "exit", "2")]).visits == (Visit(MON, MON),)


def test_a_last_entry_without_exit_is_an_open_visit_of_someone_inside() -> None:
    paired = visits([(MON, "entry", "1")])
    assert paired.visits == (Visit(MON),)
    assert paired.irregularities == ()


def test_at_an_entry_lane_an_open_entry_is_a_gap_and_counts_one_day() -> None:
    paired = visits([(MON, "entry", "1")], arriving=True)
    assert paired.visits == (Visit(MON, MON, assumed=True),)
    (gap,) = paired.irregularities
    assert (gap.code, gap.ids) == ("open_entry", ("1",))
    assert gap.sentence == "Entry on 16 Nov 2026: no exit is on record"


def test_two_entries_in_a_row_are_named_and_the_first_counts_one_day() -> None:
    paired = visits([(MON, "entry", "1"), (TUE, "entry", "2"), (THU, "exit", "3")])
    assert paired.visits == (Visit(MON, MON, assumed=True), Visit(TUE, THU))
    (gap,) = paired.irregularities
    assert (gap.code, gap.ids) == ("two_entries", ("1", "2"))
    assert "16 Nov 2026 and 17 Nov 2026" in gap.sentence


def test_an_exit_without_entry_is_named_and_counts_one_day() -> None:
    paired = visits([(MON, "exit", "1")])
    assert paired.visits == (Visit(MON, MON, assumed=True),)
    assert [(gap.code, gap.ids) for gap in paired.irregularities] == [("exit_alone", ("1",))]


def test_no_movements_are_no_visits() -> None:
    assert visits([]).visits == ()


def test_a_visit_cannot_end_before_it_began() -> None:
    with pytest.raises(ValueError, match="before it began"):
        Visit(TUE, MON)
