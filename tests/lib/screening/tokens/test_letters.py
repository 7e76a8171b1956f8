"""Are letters read alike, however they are written?"""

import pytest

from safar.lib.screening.tokens.letters import ALPHABET, SCRIPTS, UNKNOWN, WIDTH, script_of, spell


@pytest.mark.parametrize(
    ("written", "alike"),
    [
        ("oʻtkir", "o'tkir"),  # U+02BB, as Uzbek is printed, and the typewriter's
        ("o‘tkir", "o'tkir"),
        ("ﻣﺤﻤﺪ", "محمد"),  # presentation forms
        ("علی", "علي"),  # Persian ya, Arabic ya
        ("کریم", "كريم"),
        ("al-harbi", "alharbi"),
        ("ẓahīr", "zahīr"),  # a rare mark falls away, a frequent one stays
        ("مُحَمَّد", "محمد"),
    ],
)
def test_two_ways_of_writing_a_letter_are_one(written: str, alike: str) -> None:
    rows = spell([written, alike])
    assert rows[0].tolist() == rows[1].tolist()


@pytest.mark.parametrize(("one", "other"), [("қ", "к"), ("ş", "s"), ("پ", "ب"), ("ё", "е")])
def test_letters_that_sound_different_stay_different(one: str, other: str) -> None:
    rows = spell([one, other])
    assert rows[0].tolist() != rows[1].tolist()


def test_every_letter_has_a_code_of_its_own() -> None:
    letters = "".join(SCRIPTS)
    assert len(set(letters)) == len(letters) == len(ALPHABET) - 2
    assert spell(list(letters))[:, 0].tolist() == list(range(2, len(ALPHABET)))


def test_what_is_no_letter_is_unknown_and_what_is_too_long_is_cut() -> None:
    rows = spell(["a😀b1", "x" * 100, ""])
    assert rows[0, :5].tolist() == [2, UNKNOWN, 3, UNKNOWN, 0]
    assert rows.shape == (3, WIDTH)
    assert bool((rows[1] == ALPHABET.index("x")).all())
    assert not rows[2].any()


def test_the_script_is_that_of_the_letters() -> None:
    assert script_of(spell(["karim", "карим", "كريم", "қ"])).tolist() == [0, 1, 2, 1]
