"""Look-ups: right in each language, right for the day, and without a query for each page."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import translation

from safar.core.errors import NotFound
from safar.core.permissions import Actor, system
from safar.reference import queries
from safar.reference.choices import Topic
from safar.reference.models import VisaFreeRule
from tests.makers.reference import edit, load_folder, reference_folder

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _loaded() -> Iterator[None]:
    load_folder()
    yield
    queries.forget()


def test_a_country_is_named_in_the_language_of_the_page() -> None:
    names = {}
    for language in ("en", "ru", "ky", "fa", "en-gb", "de"):
        with translation.override(language):
            names[language] = queries.country_name("KGZ")
    assert names == {
        "en": "Kyrgyzstan",
        "ru": "Кыргызстан",
        "ky": "Кыргызстан",
        "fa": "قرقیزستان",
        "en-gb": "Kyrgyzstan",
        "de": "Kyrgyzstan",
    }


def test_germany_is_found_by_both_of_its_codes_and_an_unknown_code_is_shown_as_it_is() -> None:
    assert queries.country("D") == queries.country("DEU")
    assert queries.country_name("D") == "Germany"
    assert queries.country_name("QQQ") == "QQQ"
    assert queries.country("QQQ") is None


def test_countries_come_in_the_order_of_their_names() -> None:
    names = [row.name for row in queries.countries()]
    assert len(names) == 289
    assert names == sorted(names)


def page() -> None:
    assert all(
        (
            queries.countries(),
            queries.country_name("KGZ"),
            queries.posts_visible(system("tests")),
            queries.lanes("KG-DOS"),
            queries.purposes(),
            queries.refusal_grounds(),
            queries.visa_free_rules("KGZ", "D"),
            queries.contacts("KGZ", Topic.ASYLUM),
            queries.document_types(),
            queries.traveller_categories(),
        )
    )


def test_a_page_costs_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(9):
        page()
    with django_assert_num_queries(0):
        page()


def test_a_load_is_seen_at_once(tmp_path: Any) -> None:
    assert queries.country_name("KGZ") == "Kyrgyzstan"
    folder = reference_folder(tmp_path, "countries.csv")
    edit(folder / "countries.csv", lambda text: text.replace(",Kyrgyzstan,", ",Kyrgyz Republic,"))
    load_folder(folder)
    assert queries.country_name("KGZ") == "Kyrgyz Republic"


def test_what_another_process_loaded_is_seen_when_the_time_is_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queries.country("KGZ")
    before = queries.COUNTRIES.rows
    queries.country("KGZ")
    assert queries.COUNTRIES.rows is before
    monkeypatch.setattr(queries, "KEEP_SECONDS", -1)
    queries.country("KGZ")
    assert queries.COUNTRIES.rows is not before


def of_day(host: str, citizenship: str, on: date) -> list[VisaFreeRule]:
    return [one for one in queries.visa_free_rules(host, citizenship) if one.is_in_force(on)]


@pytest.mark.parametrize(
    ("host", "citizenship", "on", "days", "window"),
    [
        ("KGZ", "D", date(2025, 12, 30), 60, 120),
        ("KGZ", "D", date(2025, 12, 31), 30, 60),
        ("KGZ", "RUS", date(2026, 11, 22), 90, 180),
        ("KGZ", "UZB", date(2026, 11, 22), 60, 120),
        ("KAZ", "KGZ", date(2026, 11, 22), 90, 180),
        ("UZB", "KGZ", date(2026, 11, 22), 60, None),
        ("UZB", "RUS", date(2026, 11, 22), None, None),
    ],
)
def test_the_rule_of_the_day_is_found(
    host: str, citizenship: str, on: date, days: int | None, window: int | None
) -> None:
    [rule] = of_day(host, citizenship, on)
    assert (rule.days, rule.window_days) == (days, window)
    assert rule.basis


@pytest.mark.parametrize(
    ("host", "citizenship", "on"),
    [
        ("KGZ", "AFG", date(2026, 11, 22)),
        ("KGZ", "D", date(2023, 10, 16)),
        ("TKM", "KGZ", date(2026, 11, 22)),
        ("KGZ", "XXA", date(2026, 11, 22)),
    ],
)
def test_no_rule_means_that_a_visa_is_needed(host: str, citizenship: str, on: date) -> None:
    assert of_day(host, citizenship, on) == []


def test_an_officer_sees_her_posts_and_headquarters_all_of_the_country() -> None:
    officer = Actor(None, "officer", post_codes=frozenset({"KG-DOS", "KZ-KOR"}))
    nationwide = queries.posts_visible(system("tests"))
    assert [row.code for row in queries.posts_visible(officer)] == ["KG-DOS"]
    assert {row.country_id for row in nationwide} == {"KGZ"}
    assert len(nationwide) == 31
    assert queries.posts_visible(Actor(None, "nobody")) == ()


def test_days_are_counted_in_the_zone_of_the_post() -> None:
    evening = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
    assert evening.astimezone(queries.time_zone("KG-DOS")).date() == date(2026, 11, 23)
    assert evening.astimezone(queries.time_zone("TM-ASB")).date() == date(2026, 11, 22)
    with pytest.raises(NotFound):
        queries.time_zone("KG-NIX")


def test_lanes_come_by_number_with_their_direction() -> None:
    lanes = queries.lanes("KG-DOS")
    assert [lane.number for lane in lanes] == list(range(1, 13))
    assert {lane.direction for lane in lanes} == {"entry", "exit"}
    assert queries.lane("KG-DOS-07") == lanes[6]
    assert queries.lane("KG-DOS-99") is None


def test_an_approximate_position_says_so_and_a_published_one_does_not() -> None:
    dostuk, manas = queries.post("KG-DOS"), queries.post("KG-MAN")
    assert dostuk is not None
    assert manas is not None
    assert dostuk.is_position_approximate is True
    assert manas.is_position_approximate is False


def test_whom_to_call_is_answered_in_order_and_without_an_unchecked_number() -> None:
    first, second = queries.contacts("KGZ", Topic.TRAFFICKING)
    assert (first.code, second.code) == ("KGZ-TRAFFICKING", "KGZ-IOM")
    assert first.phone == ""
    with translation.override("ru"):
        assert first.name.startswith("Национальная горячая линия")
