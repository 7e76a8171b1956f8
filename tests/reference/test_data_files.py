"""The data files themselves: complete, honest about what is only approximate, and consistent."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from safar.lib.mrz import codes
from safar.reference.actions import DATA
from safar.reference.files import BadFile, read
from safar.reference.tables import TABLES, WORLD, Table

TEN = tuple(language for language in WORLD if language != "zh")


def rows(file: str) -> list[dict[str, Any]]:
    table = next(table for table in TABLES if table.file == file)
    return [line.values for line in read(DATA / file, table.columns)]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_every_file_reads(table: Table) -> None:
    assert read(DATA / table.file, table.columns)


def test_no_file_lies_unused_and_none_lacks_its_source() -> None:
    named = (DATA / "SOURCES.md").read_text(encoding="utf-8")
    files = {path.name for path in DATA.glob("*.csv")}
    assert files == {table.file for table in TABLES}
    assert all(file in named for file in files)


def test_icao_codes_agree_with_those_of_the_machine_readable_zone() -> None:
    countries = rows("countries.csv")
    of_kind = {
        kind: {row["code"] for row in countries if row["kind"] == kind}
        for kind in ("specimen", "withdrawn")
    }
    assert {row["code"] for row in countries} | {"DEU"} == codes.KNOWN
    assert {row["alpha3"] for row in countries} - {""} == codes.ISO_3166
    assert of_kind["withdrawn"] == set(codes.WITHDRAWN)
    assert of_kind["specimen"] == codes.SPECIMEN


def test_every_country_of_iso_3166_has_a_name_in_ten_languages() -> None:
    countries = [row for row in rows("countries.csv") if row["alpha3"]]
    assert len(countries) == 249
    assert [row["code"] for row in countries for lang in TEN if not row[f"name_{lang}"]] == []


def test_no_two_countries_have_the_same_name() -> None:
    for language in TEN:
        names = [row[f"name_{language}"] for row in rows("countries.csv")]
        names = [name for name in names if name]
        assert len(names) == len(set(names)), language


@pytest.mark.parametrize("file", ["purposes.csv", "refusal_grounds.csv", "contacts.csv"])
def test_what_is_printed_or_chosen_has_words_in_the_three_languages(file: str) -> None:
    stem = "text" if file == "refusal_grounds.csv" else "name"
    assert all(row[f"{stem}_{lang}"] for row in rows(file) for lang in ("en", "ru", "ky"))


def test_every_airport_has_its_codes_and_a_position() -> None:
    airports = [row for row in rows("crossing_points.csv") if row["mode"] == "air"]
    assert len(airports) > 30
    assert all(row["iata"] and row["icao"] and row["latitude"] for row in airports)


def test_every_position_that_nobody_surveyed_or_published_says_so() -> None:
    for post in rows("crossing_points.csv"):
        if post["mode"] == "air":
            assert post["position_basis"] == "published", post["code"]
        elif post["latitude"] is None:
            assert post["position_basis"] == "unknown", post["code"]
        else:
            assert post["position_basis"] == "approximate", post["code"]


def test_every_post_lies_in_the_country_of_its_code_and_near_it() -> None:
    prefix = {row["code"]: row["alpha2"] for row in rows("countries.csv")}
    for post in rows("crossing_points.csv"):
        assert post["code"][:2] == prefix[post["country"]]
        if post["latitude"] is not None:
            assert 34 < post["latitude"] < 56, post["code"]
            assert 45 < post["longitude"] < 88, post["code"]


def test_the_posts_that_everybody_knows_are_there() -> None:
    posts = {row["name_en"] for row in rows("crossing_points.csv")}
    assert {"Manas", "Torugart", "Irkeshtam", "Ak-Zhol", "Dostuk", "Kaindy", "Korday"} <= posts
    assert {row["country"] for row in rows("crossing_points.csv")} == {
        "KGZ", "KAZ", "UZB", "TJK", "TKM",
    }  # fmt: skip


def test_every_post_can_be_entered_and_left() -> None:
    ways: dict[str, set[str]] = {}
    for lane in rows("lanes.csv"):
        ways.setdefault(lane["post"], set()).add(lane["direction"])
        assert lane["code"] == f"{lane['post']}-{lane['number']:02}"
    assert set(ways) == {row["code"] for row in rows("crossing_points.csv")}
    assert all(way == {"entry", "exit"} or way == {"both"} for way in ways.values())


def test_the_seven_purposes_of_the_migration_card_are_all_there() -> None:
    purposes = {row["code"]: row["migration_card"] for row in rows("purposes.csv")}
    seven = {"official", "tourism", "business", "study", "work", "private", "transit"}
    assert {code for code, card in purposes.items() if code == card} == seven
    assert set(purposes.values()) == seven


def test_refusal_grounds_are_a_to_j_without_a_gap() -> None:
    assert "".join(row["code"] for row in rows("refusal_grounds.csv")) == "ABCDEFGHIJ"


def test_no_telephone_number_is_given_that_nobody_has_checked() -> None:
    assert {row["phone"] for row in rows("contacts.csv")} == {""}


def test_each_deploying_country_knows_whom_to_call_on_each_topic() -> None:
    have = {(row["country"], row["topic"]) for row in rows("contacts.csv")}
    five, topics = ("KGZ", "KAZ", "UZB", "TJK", "TKM"), ("asylum", "trafficking", "child")
    assert have == {(country, topic) for country in five for topic in topics}


def test_kyrgyz_rules_changed_from_60_in_120_to_30_in_60_at_the_end_of_2025() -> None:
    german = [row for row in rows("visa_free_rules.csv") if row["rule_id"].startswith("KGZ-D-")]
    terms = [(r["days"], r["window_days"], r["in_force_from"], r["in_force_to"]) for r in german]
    assert terms == [
        (60, 120, date(2023, 10, 17), date(2025, 12, 30)),
        (30, 60, date(2025, 12, 31), None),
    ]


def test_a_rule_is_for_a_state_or_an_organisation_that_issues_passports() -> None:
    kinds = {row["code"]: row["kind"] for row in rows("countries.csv")}
    used = {kinds[row["citizenship"]] for row in rows("visa_free_rules.csv")}
    assert used <= {"state", "territory", "organisation"}


def spoiled(tmp_path: Path, lines: list[list[str]], ending: str = "\n") -> Path:
    path = tmp_path / "purposes.csv"
    text = "\n".join(",".join(line) for line in lines) + ending
    path.write_text(text, encoding="utf-8")
    return path


def test_the_check_of_files_can_fail(tmp_path: Path) -> None:
    with (DATA / "purposes.csv").open(encoding="utf-8") as stream:
        lines = list(csv.reader(stream))
    table = next(table for table in TABLES if table.file == "purposes.csv")
    assert len(read(spoiled(tmp_path, lines), table.columns)) == 13
    with pytest.raises(BadFile, match=r"purposes.csv, line 14: The last line is cut off"):
        read(spoiled(tmp_path, lines, ending=""), table.columns)
