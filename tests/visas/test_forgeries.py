"""Every forgery that the generator knows is caught, each as what it is; no good visa is refused."""

from datetime import date
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.forgeries import FORGERIES
from bench.visa_world import World, as_shown, look
from safar.control.border.wording.findings import tell
from safar.control.border.wording.visas import VISA_WORDS
from safar.control.visas.rules import visa_check
from safar.control.visas.rules.seal_text import as_seal
from safar.control.visas.rules.visa_weights import WEIGHTS
from safar.control.visas.seals.sealing import read_seal
from safar.lib.seal import Signers

TODAY = date(2026, 11, 22)
TIMES = 5
GOOD = 300


@pytest.fixture(scope="module")
def world() -> World:
    return World(TODAY)


def test_there_are_twenty_kinds_at_least():
    assert len(FORGERIES) >= 20


@pytest.mark.slow
@pytest.mark.parametrize("kind", list(FORGERIES))
def test_the_forgery_is_caught(world, kind):
    forge, codes = FORGERIES[kind]
    for _time in range(TIMES):
        seen = look(world, forge(world, world.good()))
        found = {code for code, _params in seen.found}
        assert not seen.sound, kind
        assert found & codes, (kind, found)
        assert any(WEIGHTS[code][0] in ("hold", "check") for code in found)


@pytest.mark.slow
def test_no_good_visa_is_refused(world):
    refused = [
        seen.found for _n in range(GOOD) if not (seen := look(world, as_shown(world.good()))).sound
    ]
    assert refused == []


@pytest.mark.slow
def test_a_check_that_believes_everything_lets_forgeries_through(world):
    """The negative control: without the rules, what is sealed rightly would pass."""
    forge, _codes = FORGERIES["copied onto another passport"]
    case = forge(world, world.good())
    with mock.patch.object(visa_check, "_against", return_value=[]):
        assert look(world, case).sound
    assert not look(world, case).sound


def test_every_finding_has_its_own_weight_and_sentence():
    assert set(VISA_WORDS) == set(WEIGHTS)
    assert len({str(words[1]) for words in VISA_WORDS.values()}) == len(VISA_WORDS)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_bring_the_reading_down(data):
    read = read_seal(data, Signers(), today=TODAY)
    assert read.content is None


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_no_text_brings_the_reader_down(text):
    raw = as_seal(text)
    assert raw is None or isinstance(raw, bytes)


@pytest.mark.parametrize(
    "text",
    ["", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "DC03", "3AMA", "DEADBEEF" * 20, "{}",
     "AC1234567", "3A" + "Z" * 100],
)  # fmt: skip
def test_what_is_no_seal_is_left_to_the_zone(text):
    assert as_seal(text) is None


def test_hex_typed_through_a_cyrillic_layout_is_understood(world):
    raw = world.good().seal
    keys = str.maketrans("ABCDEF", "ФИСВУА")
    assert as_seal(raw.hex().upper().translate(keys)) == raw
    small = str.maketrans("abcdef", "фисвуа")
    assert as_seal(raw.hex().translate(small)) == raw


@pytest.mark.django_db
def test_second_line_is_not_told_to_send_to_second_line():
    for code in VISA_WORDS:
        params = dict.fromkeys(
            ("number", "on", "ground", "signer", "signed", "revoked", "sealed", "shown", "since",
             "until", "first", "last", "country"), "",
        ) | {"what": "name", "state": "lost", "entries": 1, "uses": 0, "stay": 1, "used": 1,
             "hours": 1}  # fmt: skip
        told = tell({"code": code, "params": params}, in_second_line=True)
        assert told.sentence
        assert "F4" not in told.to_do
