"""The walk along a chain of hashes: every tampering is named by its first row, without a database."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from safar.lib import chain
from safar.lib.chain import GENESIS, Anchor, Link

TEXTS = st.lists(st.text(max_size=5), min_size=1, max_size=12)


def linked(texts):
    links, previous = [], GENESIS
    for number, text in enumerate(texts, start=1):
        digest = hashlib.sha256(previous + text.encode("utf-8", "replace")).digest()
        links.append(Link(number, previous, digest, text))
        previous = digest
    return links


def head(links):
    return Anchor(links[-1].number, links[-1].hash) if links else Anchor(0, GENESIS)


@given(TEXTS.filter(lambda texts: all(t.isprintable() for t in texts)))
def test_an_untouched_chain_is_sound(texts):
    links = linked(texts)
    verdict = chain.verify(links, head(links), [head(links[:1])])
    assert verdict == chain.Verdict(len(texts))


@given(st.integers(1, 10))
def test_a_changed_text_is_named(number):
    links = linked("abcdefghij")
    links[number - 1] = links[number - 1]._replace(text="x")
    assert chain.verify(links, head(links)).first_bad == number


@given(st.integers(1, 9))
def test_a_missing_row_is_named(number):
    links = linked("abcdefghij")
    assert chain.verify(links[: number - 1] + links[number:], head(links)).first_bad == number


def test_a_chain_that_was_written_anew_agrees_with_itself_and_not_with_an_anchor():
    anchor, anew = head(linked("abc")), linked("xyz")
    assert chain.verify(anew, head(anew)).sound
    verdict = chain.verify(anew, head(anew), [anchor])
    assert (verdict.first_bad, verdict.reason) == (3, "the chain up to row 3 was written anew")


def test_a_cut_tail_is_told_by_the_head():
    links = linked("abcdef")
    assert chain.verify(links[:4], head(links)).first_bad == 5


def test_rows_past_the_head_are_told():
    links = linked("abcdef")
    assert chain.verify(links, head(links[:4])).first_bad == 5
