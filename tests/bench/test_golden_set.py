"""The golden set is what its generator makes, large enough, and split for keeps."""

import csv
import random
from collections import Counter

import pytest

from bench import golden
from bench.breakage import slip
from bench.romanisations import mrz, tables, writings


@pytest.mark.slow
def test_the_committed_file_is_what_the_generator_makes() -> None:
    with (golden.DATA / "variants.csv").open(encoding="utf-8", newline="") as lines:
        committed = [tuple(row) for row in csv.reader(lines)]
    assert committed[0] == golden.COLUMNS
    assert committed[1:] == golden.made()


def test_there_are_enough_variants_and_a_part_is_held_out() -> None:
    rows = golden.golden()
    assert len(rows) >= 3_000
    kept = sum(golden.held_out(row["person_id"]) for row in rows) / len(rows)
    assert 0.12 < kept < 0.27
    kinds = Counter(row["kind"] for row in rows)
    assert min(kinds.values()) >= 10
    assert {"spelling", "script", "swapped", "slip", "truncated", "written"} <= kinds.keys()


def test_no_variant_is_the_listed_name_itself() -> None:
    for row in golden.golden():
        assert row["variant"] != mrz(row["name"])


def test_birth_dates_agree_and_one_in_ten_is_only_a_year() -> None:
    rows = golden.golden()
    for row in rows:
        assert row["birth_date"].startswith(row["listed_birth_date"])
    only_year = sum(len(row["listed_birth_date"]) == 4 for row in rows) / len(rows)
    assert 0.05 < only_year < 0.15


@pytest.mark.parametrize(
    ("system", "home", "written"),
    [
        ("icao", "Щукин Юрий", "Shchukin Iurii"),
        ("soviet-french", "Жумашев Руслан", "Joumachev Rouslan"),
        ("soviet-french", "Пушкин", "Pouchkine"),
        ("kyrgyz-decree", "Жээнбеков", "Jeenbekov"),
        ("kyrgyz-dzh", "Жумагулов", "Dzhumagulov"),
        ("kazakh-2021", "Шәкәрім", "Şäkärım"),
        ("uzbek-1995", "Ўткир Ғайрат", "Oʻtkir Gʻayrat"),
        ("tajik-passport", "Ҷамшед Қурбонов", "Jamshed Qurbonov"),
        ("turkmen-1995", "Җумаев Шохрат", "Jumaew Şohrat"),
        ("ukraine-55", "Згурський Юрій", "Zghurskyi Yurii"),
        ("uyghur-arabic", "Abliz", "ئابلىز"),
        ("uyghur-cyrillic", "Yasin", "Ясин"),
        ("turkish-icao-digraphs", "Öztürk", "Oeztuerk"),
        ("icao-arabic", "محمد", "mxhmd"),
    ],
)
def test_a_table_writes_what_its_source_says(system: str, home: str, written: str) -> None:
    assert tables()[system].write(home) == written


def test_every_way_of_writing_a_name_is_told_apart_by_script() -> None:
    ways = writings(random.Random(1), "KGZ", ("Жумабаев", "Бакыт", "Асанович"))
    assert not ways["home"].latin
    assert ways["icao"].latin
    assert ways["russian-form"].surname == "Джумабаев"
    assert mrz(" ".join(ways["bgn-kyrgyz"].parts)) == "JUMABAEV BAKYT ASANOVICH"


def test_a_slip_changes_a_word_by_one_step() -> None:
    rng = random.Random(3)
    slips = {slip(rng, "NURLAN") for _ in range(200)}
    assert all(abs(len(word) - 6) <= 1 for word in slips)
    assert len(slips) > 10
