"""Is a photo told by its content, kept small, and rid of all that its file says besides?"""

import random
import struct
import zlib

import pytest

from safar.control.watchlist import actions, photos, queries
from safar.control.watchlist.actions.changes import Proposed
from safar.control.watchlist.drafts import of_entry
from safar.control.watchlist.models import EntryPhoto
from safar.core.errors import NotFound, RuleBroken
from safar.core.models import AuditEntry
from tests.makers.watchlist import actor, draft, entry, watch_list

PLACE = b"GPS 42.8746 N 74.5698 E"


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int = 60, height: int = 80, *more: bytes, rows: int | None = None) -> bytes:
    """A grey picture, with more chunks before its pixels; `rows` tells another number of them."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(width + 1) * (height if rows is None else rows))
    parts = (chunk(b"IHDR", header), *more, chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return photos.PNG_START + b"".join(parts)


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(width: int = 60, height: int = 80, *more: bytes) -> bytes:
    """The bones of a JPEG: its segments in order, its coded pixels made up."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    parts = (
        segment(0xE0, b"JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00"),
        *more,
        segment(0xDB, b"\x00" + bytes(64)),
        segment(0xC0, frame),
        segment(0xC4, b"\x00" + bytes(16)),
        segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56",
    )
    return b"\xff\xd8" + b"".join(parts) + b"\xff\xd9"


def test_a_jpeg_loses_its_places_comments_thumbnails_and_what_hangs_behind_it():
    file = jpeg(60, 80, segment(0xE1, b"Exif\x00\x00" + PLACE), segment(0xFE, PLACE))
    clean = photos.cleaned(file + b"<script>alert(1)</script>" + PLACE)
    assert (clean.kind, PLACE in clean.content) == ("jpeg", False)
    assert clean.content.endswith(b"\xff\xd9")
    assert clean.content == photos.cleaned(jpeg()).content  # what draws the picture is all there
    assert b"\x12\xff\x00\x34\xff\xd0\x56" in clean.content


def test_a_png_keeps_its_picture_and_loses_its_texts():
    clean = photos.cleaned(png(60, 80, chunk(b"tEXt", PLACE), chunk(b"eXIf", PLACE)) + PLACE)
    assert clean.content == png()
    assert clean.kind == "png"


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"GIF89a" + bytes(100),
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\xff\xd8\xff",
        jpeg()[:-10],
        png()[:-10],
        png()[:40] + b"x" + png()[41:],
        png(60, 80, rows=79),
        png(60, 80, rows=200_000),  # a bomb: many more pixels than the header says
        png(60, 80, chunk(b"ABCD", b"critical and unknown")),
        jpeg(10, 10),
        png(5000, 60),
        b"\xff\xd8" + segment(0xDA, b"x") + b"\x00\xff\xd9",  # pixels without a frame
    ],
)
def test_what_is_no_small_whole_picture_is_refused(file: bytes):
    with pytest.raises(RuleBroken):
        photos.cleaned(file)


def test_a_file_that_is_too_large_is_refused_and_one_just_below_is_not():
    noise = random.Random(1).randbytes(photos.LARGEST)
    with pytest.raises(RuleBroken, match="larger"):
        photos.cleaned(jpeg() + noise)
    assert photos.cleaned(jpeg() + noise[: photos.LARGEST - len(jpeg())]).kind == "jpeg"


def test_no_torn_or_scrambled_file_ends_in_anything_but_a_clear_answer():
    dice = random.Random(7)
    for whole in (jpeg(), png()):
        for _ in range(400):
            torn = bytearray(whole[: dice.randrange(1, len(whole))])
            torn[dice.randrange(len(torn))] = dice.randrange(256)
            try:
                photos.cleaned(bytes(torn))
            except RuleBroken:
                continue


@pytest.mark.django_db
def test_the_photo_of_an_entry_is_shown_to_its_readers_and_each_look_is_on_record():
    new = actions.propose_entry(
        actor("R. Kadyrov"), watch_list(), draft=draft("SEITOV, Marat"), photo=jpeg()
    )
    photo = queries.photo_of(actor("R. Kadyrov"), new.pk)
    assert (photo.kind, photo.content) == ("jpeg", photos.cleaned(jpeg()).content)
    row = AuditEntry.objects.filter(outcome="opened", target=f"ListEntry:{new.pk}").get()
    assert row.details["purpose"] == "photo"
    with pytest.raises(NotFound):
        queries.photo_of(actor("Sgt Beishenova", "officer"), new.pk)


@pytest.mark.django_db
def test_a_photo_is_put_in_place_and_taken_away_by_two_people():
    one = entry("SEITOV, Marat")
    for proposed, expected in (
        (Proposed(of_entry(one), "A photo.", photo=png()), 1),
        (Proposed(of_entry(one), "Not he.", removes_photo=True), 0),
    ):
        waiting = actions.propose_change(actor("R. Kadyrov"), one, proposed=proposed)
        assert EntryPhoto.objects.count() == 1 - expected
        actions.publish_change(actor("B. Osmonalieva"), waiting)
        assert EntryPhoto.objects.count() == expected


@pytest.mark.django_db
def test_a_file_that_is_no_photo_stops_the_proposal():
    with pytest.raises(RuleBroken):
        actions.propose_entry(
            actor("R. Kadyrov"), watch_list(), draft=draft("A, B"), photo=b"MZ" + bytes(500)
        )
