"""Is the model file the one that the text beside it tells of?"""

import re
from hashlib import sha256

import numpy as np

from safar.lib.screening.tokens import load
from safar.lib.screening.tokens.model import FILE

TEXT = FILE.with_name("model.txt").read_text(encoding="utf-8")
MOST_BYTES = 6_000_000


def test_the_text_names_the_checksum_of_the_file() -> None:
    found = re.search(r"[0-9a-f]{64}", TEXT)
    assert found
    assert found.group() == sha256(FILE.read_bytes()).hexdigest() == load().fingerprint


def test_the_text_says_how_it_was_made_and_under_what_licence() -> None:
    assert "tools/train_tokens.py" in TEXT
    assert "CC0" in TEXT
    assert "held-out" in TEXT


def test_the_file_is_small_and_holds_plain_numbers() -> None:
    assert FILE.stat().st_size <= MOST_BYTES
    with np.load(FILE, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype.kind in "fiu" for name in arrays.files)
        assert all(bool(np.isfinite(arrays[name]).all()) for name in arrays.files)
