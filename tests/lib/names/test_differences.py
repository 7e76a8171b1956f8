"""Are the letters marked that differ, and no others?"""

from hypothesis import given
from hypothesis import strategies as st

from safar.lib.names import differences


def test_the_letters_that_differ_are_marked_on_each_side() -> None:
    assert differences("Khudoyberdiev", "Khudayberdiyev") == (
        [("Khud", False), ("o", True), ("yberdi", False), ("ev", False)],
        [("Khud", False), ("a", True), ("yberdi", False), ("y", True), ("ev", False)],
    )


def test_equal_names_have_no_marks_and_capitals_do_not_count() -> None:
    assert differences("KARIMOV", "Karimov") == (
        [("KARIMOV", False)],
        [("Karimov", False)],
    )


def test_a_name_against_nothing_is_marked_whole() -> None:
    assert differences("Karimov", "") == ([("Karimov", True)], [])


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_spans_joined_give_each_side_back(a: str, b: str) -> None:
    left, right = differences(a, b)
    assert "".join(text for text, _ in left) == a
    assert "".join(text for text, _ in right) == b
    same_left = "".join(text for text, differs in left if not differs)
    same_right = "".join(text for text, differs in right if not differs)
    assert len(same_left) == len(same_right)
