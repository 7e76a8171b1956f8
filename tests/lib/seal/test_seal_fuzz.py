"""Whatever the bytes are: a SealError or a verdict, quickly, and never a wrong “sound”."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from safar.lib.seal import SealError, barcode, c40, decode, sign, verify
from safar.lib.seal.tlv import LONGEST
from tests.lib.seal.making import TODAY, code_of, known, signer, vectors, visa

GOOD = sign(visa(), signer()[0])
SEALS = [GOOD, *vectors("vdstools.txt").values(), *vectors("li0ard.txt").values()]


def never_a_traceback(data: bytes) -> None:
    verdict = verify(data, known(), on=TODAY)
    assert verdict.sentence
    assert not verdict.sound or data == GOOD
    assert code_of(lambda: decode(data)) == verdict.problem or not verdict.problem


@pytest.mark.slow
@settings(max_examples=500, deadline=2000)
@given(st.binary(max_size=300))
@example(b"")
@example(b"\xdc\x03")
def test_random_bytes(data: bytes) -> None:
    never_a_traceback(data)
    never_a_traceback(b"\xdc\x03" + data)
    never_a_traceback(GOOD[:18] + data)


@pytest.mark.slow
@settings(max_examples=500, deadline=2000)
@given(st.sampled_from(SEALS), st.data())
def test_flipped_bits_cuts_and_repeats(seal: bytes, data: st.DataObject) -> None:
    changed = bytearray(seal)
    for _ in range(data.draw(st.integers(0, 6))):
        changed[data.draw(st.integers(0, len(changed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    start = data.draw(st.integers(0, len(changed)))
    end = data.draw(st.integers(start, len(changed)))
    never_a_traceback(bytes(changed[:start] + changed[end:]))
    never_a_traceback(bytes(changed[:end] + changed[start:]))


@pytest.mark.slow
@settings(max_examples=300, deadline=2000)
@given(st.text(c40.ALPHABET.replace(" ", "<"), max_size=100))
def test_every_text_comes_back_from_its_bytes(text: str) -> None:
    data = c40.encode(text)
    assert len(data) % 2 == 0
    assert c40.decode(data) == text.replace("<", " ")


@pytest.mark.slow
@settings(max_examples=300, deadline=2000)
@given(st.binary(max_size=60))
def test_bytes_are_text_or_refused(data: bytes) -> None:
    code = code_of(lambda: c40.decode(data))
    assert code == "seal.bad_text" or set(c40.decode(data)) <= set(c40.ALPHABET)


@pytest.mark.parametrize(
    "data",
    [
        GOOD[:18] + b"\x10\x82\xff\xff" + bytes(3000),
        GOOD[:18] + bytes(LONGEST - 18),
        GOOD[:18] + b"".join(bytes((tag, 0)) for tag in range(255)) * 7,
        b"\xdc\x03" + GOOD[2:6] + b"\xff" * 4000,
        b"\xdc" * 1_000_000,
    ],
)
def test_long_nonsense_is_refused(data: bytes) -> None:
    with pytest.raises(SealError):
        decode(data)
    assert not verify(data, known(), on=TODAY).sound


def noise() -> Image.Image:
    return Image.effect_noise((1000, 1000), 100).quantize(4)


def tiled(mode: str, tile: Image.Image) -> Image.Image:
    """Almost as many points as are read, of one tile again and again."""
    sheet = Image.new(mode, (3300, 3000), 255)
    for x in range(0, sheet.width, tile.width):
        for y in range(0, sheet.height, tile.height):
            sheet.paste(tile, (x, y))
    return sheet


def finder() -> Image.Image:
    """The corner of a QR code: what a reader follows, and here in vain."""
    tile = Image.new("1", (9, 9), 1)
    tile.paste(0, (1, 1, 8, 8))
    tile.paste(1, (2, 2, 7, 7))
    tile.paste(0, (3, 3, 6, 6))
    return tile.resize((27, 27), Image.Resampling.NEAREST)


# VmHWM is this process's own peak; getrusage would count the parent's, before the exec.
PROGRAM = textwrap.dedent(
    """
    import sys, time
    from safar.lib.seal import barcode
    before = time.process_time()
    print(len(barcode.read(open(sys.argv[1], "rb").read())))
    said = open("/proc/self/status").read().split("VmHWM:")[1]
    print(int(said.split()[0]) / 1024, time.process_time() - before)
    """
)


@pytest.mark.slow
@pytest.mark.parametrize("worst", ["noise.png", "noise.webp", "finders.png", "scans.jpeg"])
def test_the_worst_picture_stays_within_256_mb_and_5_s(tmp_path: Path, worst: str) -> None:
    """As many points as are let in, in a child whose memory and seconds are counted."""
    path = tmp_path / worst
    if worst == "finders.png":
        tiled("1", finder()).save(path)
    elif worst == "scans.jpeg":
        whole = noise().convert("RGB").resize((5990, 4000))
        whole.save(path, progressive=True, subsampling=0, quality=10)
    else:
        tiled("RGBA", noise().convert("RGBA")).save(path, compress_level=1, quality=10)
    assert path.stat().st_size < barcode.MAX_BYTES
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)], capture_output=True, text=True, check=True
    )
    peak, seconds = map(float, done.stdout.splitlines()[-1].split())
    assert 20 < peak < 256, done.stdout
    assert seconds < 5, done.stdout
