"""May a Latin name in a zone stand for the name as its holder writes it?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safar.lib.names import is_spelling, spellings
from safar.lib.names.spellings import LONGEST, TABLES, covers
from safar.simulation import spellings as made_up


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("Юлия", {"IULIIA", "YULIYA", "IOULIIA"}),  # ICAO; the order of 1997; the French way
        ("Щербаков", {"SHCHERBAKOV", "CHTCHERBAKOV"}),
        ("Цой", {"TSOI", "TCOI", "TSOY"}),  # ICAO; GOST R 52535.1-2006; the order of 1997
        ("Жапаров", {"ZHAPAROV", "JAPAROV", "DJAPAROV"}),  # ICAO, Kyrgyz ways
        ("Ҳамидов", {"HAMIDOV", "KHAMIDOV"}),  # Uzbek ways
        ("Қасымов", {"KASYMOV", "QASYMOV"}),  # Kazakh, Uzbek
        ("Соловьёв-Седой", {"SOLOVEV SEDOI"}),
        ("MÜLLER", {"MUELLER"}),
    ],
)
def test_each_table_gives_its_spelling(written, spelt):
    assert spelt <= spellings(written)


def test_a_table_is_not_mixed_with_another_and_a_name_may_be():
    assert "YULIIA" not in spellings("Юлия")
    assert is_spelling("YULIIA", "Юлия")


@pytest.mark.parametrize(
    ("latin", "written"),
    [
        ("DMITRY", "Дмитрий"), ("ALEXEI", "Алексей"), ("JAMSHED", "Джамшед"),
        ("SOLOVIEV", "Соловьёв"), ("YELTSIN", "Ельцин"), ("MARIA", "Мария"),
        ("OEZTUERK", "Öztürk"), ("OZTURK", "Öztürk"), ("SAHIN", "ŞAHİN"), ("CHYNGYZ", "Чыңгыз"),
        ("TENGIZ", "Теңиз"), ("IVANOV PETROV", "Иванов-Петров"),
    ],
)  # fmt: skip
def test_habits_are_spellings_too(latin, written):
    assert is_spelling(latin, written)


@pytest.mark.parametrize(
    ("latin", "written"),
    [
        ("IVANOVA", "Иванов"), ("PETROV", "Иванов"), ("KAPAROV", "Жапаров"), ("IVAN", "Иванов"),
        ("", "Иванов"), ("MUELER", "Müller"), ("SERGEI", "Андрей"),
    ],
)  # fmt: skip
def test_another_name_is_none(latin, written):
    assert is_spelling(latin, written) is False


def test_a_cut_name_is_compared_as_far_as_it_goes():
    assert not is_spelling("ABDUVAKH", "Абдувахобов")
    assert is_spelling("ABDUVAKH", "Абдувахобов", cut=True)
    assert not is_spelling("ABDULLA", "Абдувахобов", cut=True)


@pytest.mark.parametrize("written", ["王伟", "محمد", "Σωκράτης Παπαδόπουλος", "", "…"])
def test_a_script_without_a_table_is_not_judged(written):
    assert is_spelling("WANG", written) is None


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщьыэюяңөүқғәҳҷӯӣў -", min_size=1, max_size=20))
def test_what_a_table_gives_is_always_a_spelling(written):
    for spelt in spellings(written):
        assert is_spelling(spelt, written), (spelt, written)


@given(st.text(max_size=60), st.text(max_size=300))
def test_wild_input_is_answered(latin, written):
    assert is_spelling(latin, written) in {True, False, None}
    assert len(spellings(written)) <= len(TABLES)


def test_an_endless_name_is_cut_to_size():
    long = "щ" * 100_000
    assert is_spelling("SHCH" * 100_000, long) is not None
    assert covers(long)
    assert max(map(len, spellings(long))) <= 5 * LONGEST


@pytest.mark.parametrize("nation", ["KGZ", "UZB", "KAZ", "TJK", "RUS"])
def test_every_spelling_of_the_made_up_passports_is_one(nation):
    names = ["Жээнбеков", "Ҳайдаров", "Ғуломов", "Қодиров", "Юсупова", "Ёқубов", "Щукин", "Цой"]
    for written in names:
        for spelt, _weight in made_up.spellings(written, nation):
            assert is_spelling(spelt, written), (spelt, written)
