"""Are other scripts put into Latin letters as ICAO Doc 9303-3 §6 and the countries do?"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safar.lib.names import fold, latin, mrz_form

NAMES = st.text(max_size=60)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Жээнбеков Сооронбай", "Zheenbekov Sooronbai"),
        ("ЩЕРБАКОВ ЮЛИЯ", "SHCHERBAKOV IULIIA"),
        ("Щербаков Юлия", "Shcherbakov Iuliia"),
        ("Подъячев", "Podieiachev"),
        ("Игорь", "Igor"),
        ("Чыңгыз Өмүрбеков", "Chyngyz Omurbekov"),
        ("Ҷаҳонгир Ғафуров", "Jahongir Ghafurov"),
        ("Нұрсұлтан Әбішұлы", "Nursultan Abishuly"),
        ("Ўктам Қодиров", "Oktam Qodirov"),
        ("Nuryýew Çary", "Nuryýew Çary"),
        ("Ғани қызы", "Ghani qyzy"),
    ],
)
def test_cyrillic_is_transliterated(written: str, expected: str) -> None:
    assert latin(written) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("kk", "Gabit Kasym"),
        ("tg", "Ghabit Qasym"),
        ("uz", "Gabit Qasym"),
        ("", "Ghabit Qasym"),
    ],
)
def test_a_country_has_its_own_habit(language: str, expected: str) -> None:
    assert latin("Ғабит Қасым", language) == expected


def test_other_scripts_become_latin_too() -> None:
    assert latin("محمد").isascii()
    assert latin("გიორგი") == "giorgi"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Müller", "MUELLER"),
        ("Ñandú", "NANDU"),
        ("Åse Ødegård", "AASE OEDEGAARD"),
        ("Groß", "GROSS"),
        ("O'Brien", "OBRIEN"),
        ("Салтыков-Щедрин", "SALTYKOV SHCHEDRIN"),
        ("G‘ulomov Ulug‘bek", "GULOMOV ULUGBEK"),
        ("Şamyrat Nuryýew", "SAMYRAT NURYYEW"),
        ("Жүсүп, Ө.", "ZHUSUP O"),
        ("Işık İnönü", "ISIK INOENUE"),
        ("", ""),
    ],
)
def test_the_mrz_form_follows_the_table_of_icao(written: str, expected: str) -> None:
    assert mrz_form(written) == expected


@given(NAMES)
def test_the_mrz_form_of_anything_is_letters_and_single_spaces(name: str) -> None:
    assert re.fullmatch(r"([A-Z]+( [A-Z]+)*)?", mrz_form(name))


@given(NAMES)
def test_the_key_of_anything_is_small_letters_and_single_spaces(name: str) -> None:
    assert re.fullmatch(r"([a-z]+( [a-z]+)*)?", fold(name))


@given(st.text(alphabet="абвгдежзиклмнопрстуфхцчшыюя", min_size=2, max_size=12))
def test_a_cyrillic_word_and_its_transliteration_have_one_key(word: str) -> None:
    assert fold(word) == fold(latin(word))
