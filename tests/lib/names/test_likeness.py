"""Is the likeness of two names fair, symmetric and explained in words?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.lib.names import Likeness, likeness

FLOOR = 0.78  # at most 10 ordinary names of the region in 1,000 are likelier than that

PARTS = [
    "Karimov", "Каримов", "Karimova", "Jasur", "Жасур", "Karimovich", "Asan uulu", "Asanuulu",
    "Muhammad", "Abd al-Rahman", "Abdurrahman", "A", "K.", "Bakyt", "Bek", "Bakytbek", "Al-Harbi",
    "Alharbi", "Mullah", "Иванов", "Сергей", "Petrovich", "Xudoyberdiyev", "Ali", "Ким",
]  # fmt: skip
NAMES = st.builds(
    lambda parts, comma: (f"{parts[0]}, " if comma else f"{parts[0]} ") + " ".join(parts[1:]),
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=5),
    st.booleans(),
)


def codes(found: Likeness) -> list[str]:
    return [reason.code for reason in found.reasons]


def sentences(a: str, b: str) -> list[str]:
    return [reason.sentence for reason in likeness(a, b).reasons]


def test_the_same_letters_are_fully_alike() -> None:
    found = likeness("KARIMOV, Jasur", "Karimov, JASUR")
    assert found.score == 1
    assert codes(found) == ["same", "same"]


def test_another_script_is_another_spelling() -> None:
    said = sentences("Khudoyberdiev, Jasur", "Худайбердиев, Жасур")
    assert said == [
        "Khudoyberdiev ~ Худайбердиев: another spelling",
        "Jasur ~ Жасур: another spelling",
    ]
    assert likeness("Khudoyberdiev, Jasur", "Худайбердиев, Жасур").score > 0.9


def test_the_order_is_free_and_said() -> None:
    found = likeness("Karimov Jasur", "Jasur Karimov")
    assert found.score == 1
    assert codes(found) == ["same", "same", "swapped"]


def test_a_surname_in_the_place_of_the_given_name_is_said_to_be_swapped() -> None:
    assert "swapped" in codes(likeness("KARIM, Jasur", "JASUR, Karim"))
    assert "swapped" not in codes(likeness("KARIM, Jasur", "KARIM, Jasur"))


def test_a_missing_patronymic_costs_little() -> None:
    found = likeness("Karimov, Jasur", "Karimov, Jasur Rustamovich")
    assert found.score > 0.95
    assert found.reasons[-1].sentence == "patronymic only on one side: Rustamovich"


def test_another_patronymic_costs_much_more_than_a_missing_one() -> None:
    found = likeness("Karimov, Jasur Aliyevich", "Karimov, Jasur Rustamovich")
    assert found.score < 0.85
    assert found.reasons[-1].code == "patronymic_differs"


def test_a_missing_surname_costs_much() -> None:
    found = likeness("KARIMOV, Jasur Rustamovich", "JASUR, Rustamovich")
    assert found.score < FLOOR
    assert "surname_missing" in codes(found)
    given_name = likeness("KARIMOV, Jasur Rustamovich", "KARIMOV, Rustamovich")
    assert given_name.score > found.score


def test_another_surname_keeps_two_people_apart() -> None:
    found = likeness("Karimov, Jasur", "Usmonov, Jasur")
    assert found.score < FLOOR
    assert found.reasons[-1].sentence == "do not agree: Karimov, Usmonov"


def test_an_initial_may_stand_for_a_name() -> None:
    found = likeness("Karimov, J.", "Karimov, Jasur")
    assert FLOOR <= found.score < 1
    assert codes(found) == ["same", "initial"]


def test_a_wrong_initial_does_not() -> None:
    assert likeness("Karimov, B.", "Karimov, Jasur").score < FLOOR


def test_a_woman_s_ending_of_a_surname_is_named() -> None:
    found = likeness("Каримов, А", "Каримова, А")
    assert found.reasons[0].code == "feminine"
    assert likeness("Belinskiy", "Belinskaya").reasons[0].code == "feminine"


def test_names_written_together_or_apart_are_one() -> None:
    assert codes(likeness("Асан уулу Бакыт", "ASANUULU Bakyt"))[0] == "joined"
    found = likeness("Bakyt Bek Asanov", "Bakytbek Asanov")
    assert found.score > 0.95
    assert "joined" in codes(found)


def test_the_arabic_article_may_have_grown_together_with_the_name() -> None:
    assert likeness("AL-HARBI, Adel", "ALHARBI, Adel").score > 0.9


def test_one_common_given_name_alone_is_not_enough() -> None:
    assert likeness("Muhammad", "HAMIDI, Muhammad").score < FLOOR


def test_a_letter_typed_wrongly_costs_a_little() -> None:
    found = likeness("Karimov Jasur", "Karimow Jasut")
    assert 0.85 < found.score < 1
    assert "close" in codes(found)


@pytest.mark.parametrize(("a", "b"), [("", ""), ("", "Karimov"), ("---", "'"), ("7", "8")])
def test_nothing_is_like_nothing(a: str, b: str) -> None:
    assert likeness(a, b).score == 0


def test_garbage_of_any_length_is_answered() -> None:
    assert likeness("a b " * 500, "Karimov Jasur").score < FLOOR
    assert likeness("абв, " * 500, "гд-е " * 500).score < FLOOR


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(NAMES, NAMES)
def test_the_score_does_not_depend_on_which_name_comes_first(a: str, b: str) -> None:
    there, back = likeness(a, b), likeness(b, a)
    assert there.score == back.score
    assert sorted(codes(there)) == sorted(codes(back))


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_have_a_score_between_0_and_1(a: str, b: str) -> None:
    assert 0 <= likeness(a, b).score <= 1
    assert likeness(a, b).score == likeness(b, a).score


@given(NAMES)
def test_nothing_is_more_like_a_name_than_itself(name: str) -> None:
    assert likeness(name, name).score == 1


@given(NAMES, st.sampled_from(["Zhylkybaev", "Quvondiq", "Vsevolod"]))
def test_a_part_more_on_one_side_never_makes_names_more_alike(name: str, more: str) -> None:
    assert likeness(name, f"{name} {more}").score < likeness(name, name).score


@given(NAMES, NAMES, st.sampled_from(["Zhylkybaev", "Vsevolod"]))
def test_a_part_on_each_side_that_disagrees_never_raises_the_score(
    a: str, b: str, strange: str
) -> None:
    assert likeness(f"{a} {strange}", f"{b} Pffrrw").score <= likeness(a, b).score + 1e-9
