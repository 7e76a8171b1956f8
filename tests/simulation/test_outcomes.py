"""Do the eight travellers of the demonstration carry what their verdicts need?"""

from datetime import date, timedelta

import pytest

from safar.lib import mrz
from safar.lib.mrz.personal_numbers import holder
from safar.lib.names import likeness
from safar.simulation.outcomes import OFAC_UID, Outcome, eight, extras
from safar.simulation.stays import stay_rule
from safar.simulation.world import UTC_OFFSET

TODAY = date(2026, 11, 22)


def _leading(code: str) -> Outcome:
    return next(one for one in eight(TODAY) + extras(TODAY) if one.leading == code)


def test_there_is_one_traveller_for_each_outcome() -> None:
    verdicts = [(one.verdict, one.leading) for one in eight(TODAY)]
    assert verdicts == [
        ("clear", "list.none"),
        ("clear", "list.none"),
        ("hold", "list.name"),
        ("hold", "document.reported"),
        ("check", "stay.overstay"),
        ("check", "entry.days_used"),
        ("check", "document.expired"),
        ("check", "minor"),
    ]


@pytest.mark.parametrize("day", [TODAY, date(2027, 2, 28), date(2028, 2, 29)])
def test_all_zones_are_sound_on_any_day_but_the_one_with_the_wrong_digit(day: date) -> None:
    for one in eight(day) + extras(day):
        read = mrz.read(one.lines(), today=day)
        assert read.sound is (one.leading != "mrz.check.number"), one.label
        assert not {found.code for found in read.findings} - {"mrz.expired", one.leading, COMPOSITE}


COMPOSITE = "mrz.check.composite"


def test_the_listed_traveller_is_the_list_entry_in_another_spelling() -> None:
    listed = _leading("list.name")
    written = f"{listed.document.surname} {listed.document.given_names}"
    assert listed.list_uid == OFAC_UID
    assert listed.document.birth == "1975-05-14"
    assert written != "KHALIMOV GULMUROD"
    assert likeness(written, "KHALIMOV, Gulmurod").score >= 0.9
    others = [one.document for one in eight(TODAY) if not one.list_uid]
    for paper in others:
        name = f"{paper.surname} {paper.given_names}"
        assert likeness(name, "KHALIMOV, Gulmurod").score < 0.8


def test_the_overstayer_is_over_the_limit_and_still_here() -> None:
    (entry,) = _leading("stay.overstay").history
    assert entry.direction == "entry"
    assert entry.permitted_until is not None
    assert (TODAY - entry.permitted_until).days == 23


def test_the_visa_free_days_are_used_up_to_the_last_one() -> None:
    rule = stay_rule("D", TODAY)
    history = _leading("entry.days_used").history
    days = [(one.at + UTC_OFFSET).date() for one in history]
    used = sum((out - came).days + 1 for came, out in zip(days[::2], days[1::2], strict=True))
    assert [one.direction for one in history] == ["entry", "exit", "entry", "exit"]
    assert used == rule.days
    assert (TODAY - days[0]).days < rule.window_days
    for entry, out in zip(history[::2], days[1::2], strict=True):
        assert entry.permitted_until is not None
        assert out <= entry.permitted_until


def test_only_the_stolen_passport_is_reported() -> None:
    reported = [one.leading for one in eight(TODAY) if one.document.status]
    assert reported == ["document.reported"]


def test_only_the_expired_passport_is_past_its_day() -> None:
    past = [one.leading for one in eight(TODAY) if one.document.expires < TODAY]
    assert past == ["document.expired"]


@pytest.mark.parametrize("day", [TODAY, date(2028, 2, 29), date(2027, 1, 1)])
def test_only_the_minor_is_a_minor(day: date) -> None:
    born = {one.leading: date.fromisoformat(one.document.birth) for one in eight(day)}
    young = [code for code, birth in born.items() if day - birth < timedelta(days=18 * 365)]
    assert young == ["minor"]


def test_personal_numbers_of_the_eight_agree_with_their_holders() -> None:
    for one in eight(TODAY):
        if one.document.personal_number:
            said = holder(one.document.issuer, one.document.personal_number)
            assert said is not None
            assert (str(said.birth), said.sex) == (one.document.birth, one.document.sex)


def test_histories_lie_in_the_past_in_the_order_of_time() -> None:
    for one in eight(TODAY):
        days = [(crossing.at + UTC_OFFSET).date() for crossing in one.history]
        assert days == sorted(days)
        assert all(day < TODAY for day in days)


def test_another_country_is_refused() -> None:
    with pytest.raises(ValueError, match="KAZ"):
        eight(TODAY, "KAZ")
