"""Does any text end in an answer?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.lib.screening import Entity, Index, Query
from safar.lib.screening.parts import parse

WILD = st.text(st.characters(), max_size=60) | st.text(
    st.sampled_from("abxАБёاإلمى<, -'ʻ̇̈\u200f\ud800😀0ئەXx"), max_size=60
)
INDEX = Index.of([Entity("one", ("Каримов Жасур",)), Entity("two", ("محمد الحربي",))])


@settings(max_examples=150, deadline=None)
@given(WILD)
def test_any_text_has_parts_that_can_be_compared(text: str) -> None:
    for part in parse(text):
        assert part.text
        part.text.encode()


@settings(max_examples=60, deadline=None)
@given(WILD, WILD)
def test_any_query_has_an_answer_and_any_entity_can_be_listed(listed: str, asked: str) -> None:
    index = INDEX.with_changes([Entity("wild", (listed, "Петров"))])
    for one in index.search(Query((asked,)), threshold=0.0):
        assert 0 <= one.score <= 1
        assert one.explanation is not None


@pytest.mark.parametrize("text", ["", " ", "<<<", "😀", "\ud800", "x" * 10_000, "a b " * 3000, "ـ"])
def test_what_is_no_name_is_answered_quickly(text: str) -> None:
    assert isinstance(INDEX.search(Query((text,) * 20)), list)


def test_an_entity_without_a_readable_name_hurts_nobody() -> None:
    index = Index.of([Entity("blank", ("😀", "")), Entity("one", ("Каримов Жасур",))])
    assert [one.id for one in index.search(Query(("KARIMOV JASUR",)), threshold=0.0)] == ["one"]
