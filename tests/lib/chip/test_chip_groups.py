"""Are the files of a chip known by their names, and what they hold taken out whole?"""

import re
from datetime import date
from pathlib import Path

import pytest

from safar.lib.chip import CODES, UNJUDGED, WEIGHTS, catalogue
from safar.lib.chip.details import read_holder, read_issue
from safar.lib.chip.errors import ChipError
from safar.lib.chip.face import read_face
from safar.lib.chip.groups import TAGS, cut, group_of, read_com, read_zone
from safar.lib.mrz import Document, write
from safar.lib.partial_dates import PartialDate
from tests.lib.chip.making import PICTURE, ZONE, com, dg1, dg2, dg11, dg12, face_record
from tests.lib.chip.making_keys import tlv

JP2 = b"\x00\x00\x00\x0cjP  \r\n\x87\n" + bytes(40)


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("EF.SOD", "SOD"),
        ("SOD.bin", "SOD"),
        ("ef_sod.bin", "SOD"),
        ("EF.COM", "COM"),
        ("DG1", "DG1"),
        ("dg01.bin", "DG1"),
        ("EF.DG16.dat", "DG16"),
        ("EF_DG11.BIN", "DG11"),
        ("DG17", None),
        ("DG0", None),
        ("DG001.bin", None),
        ("DG1.txt", None),
        ("../DG1", None),
        ("EF.CardAccess", None),
    ],
)
def test_files_are_known_by_the_names_that_readers_give(name: str, group: str | None) -> None:
    assert group_of(name) == group


def test_the_tags_are_those_of_the_standard() -> None:
    """Doc 9303-10, table 38."""
    assert [TAGS[f"DG{number}"] for number in range(1, 17)] == [
        *(0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68),
        *(0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70),
    ]


@pytest.mark.parametrize("size", ["TD1", "TD2", "TD3"])
def test_the_zone_comes_in_its_own_lines(size: str) -> None:
    lines = write(
        Document(
            document_code="ID" if size != "TD3" else "P",
            issuer="KGZ",
            number="ID0000001",
            surname="Specimen",
            given_names="Aizada",
            birth=PartialDate(1990, 5, 17),
            expiry=date(2035, 1, 1),
        ),
        size,
    )
    assert read_zone(dg1(lines)) == lines


@pytest.mark.parametrize("lines", [[ZONE[0]], [ZONE[0], ZONE[1] + "<"], ["É" * 44], []])
def test_a_zone_of_another_length_is_refused(lines: list[str]) -> None:
    with pytest.raises(ChipError):
        read_zone(dg1(lines))


def test_com_lists_its_groups() -> None:
    assert read_com(com({1: dg1(), 2: dg2(), 11: dg11()})) == ["DG1", "DG2", "DG11"]
    with pytest.raises(ChipError):
        read_com(tlv(0x60, b""))


def test_a_file_is_cut_to_its_own_bytes() -> None:
    assert cut("DG1", dg1() + b"\x00\x00") == (dg1(), True)
    assert cut("DG1", dg1()) == (dg1(), False)
    with pytest.raises(ChipError, match="Tag 61 was expected, and 75 came"):
        cut("DG1", dg2())
    with pytest.raises(ChipError, match="ends before"):
        cut("DG1", dg1()[:-1])


@pytest.mark.parametrize("points", [0, 2, 40])
@pytest.mark.parametrize("tag", [0x5F2E, 0x7F2E])
def test_the_picture_comes_out_byte_for_byte(points: int, tag: int) -> None:
    face = read_face(dg2(face_record(points=points), tag))
    assert (face.image, face.media_type) == (PICTURE, "image/jpeg")
    assert (face.width, face.height) == (480, 640)


def test_jpeg_2000_is_told_from_jpeg() -> None:
    assert read_face(dg2(face_record(JP2))).media_type == "image/jp2"
    assert read_face(dg2(face_record(b"\xff\x4f\xff\x51" + bytes(9)))).media_type == "image/jp2"


def test_the_newer_record_gives_its_picture_too() -> None:
    """ISO/IEC 39794-5 nests its tags; sizes are not read."""
    record = tlv(0x65, tlv(0xA0, b"\x80\x01\x03"), tlv(0xA1, tlv(0xA0, tlv(0x81, PICTURE))))
    face = read_face(dg2(record, 0x7F2E))
    assert (face.image, face.width) == (PICTURE, 0)


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (b"", "chip.face.newer"),
        (b"FAC\x00010\x00", "chip.der.cut"),
        (face_record()[:-1], "chip.der.length"),
        (face_record(b"GIF89a" + bytes(60)), "chip.face.picture"),
        (face_record(b""), "chip.face.picture"),
        (face_record()[:18] + b"\xff\xff" + face_record()[20:], "chip.der.length"),
        (face_record()[:14] + b"\xff\xff\xff\xff" + face_record()[18:], "chip.der.length"),
        (face_record()[:14] + bytes(4) + face_record()[18:], "chip.der.length"),
    ],
)
def test_a_broken_face_record_is_refused(record: bytes, code: str) -> None:
    with pytest.raises(ChipError) as caught:
        read_face(dg2(record))
    assert caught.value.code == code


def test_the_holders_details_are_read() -> None:
    holder = read_holder(dg11())
    assert holder.full_name == "СПЕЦИМЕН АЙЗАДА"
    assert holder.other_names == ("OTHER NAME",)
    assert (holder.personal_number, holder.birth_place) == ("11705199000001", "BISHKEK")
    assert holder.birth == PartialDate(1990, 5, 17)
    assert holder.address == ""


@pytest.mark.parametrize(
    ("given", "birth"),
    [
        (b"\x19\x90\x05\x17", PartialDate(1990, 5, 17)),
        (b"19900500", PartialDate(1990, 5)),
        (b"19900000", PartialDate(1990)),
        (b"1990", None),
        (b"19900231", None),
        (b"nineteen", None),
        (b"", None),
    ],
)
def test_dates_are_digits_or_packed_and_may_lack_parts(
    given: bytes, birth: PartialDate | None
) -> None:
    assert read_holder(dg11(given)).birth == birth


def test_names_are_shown_without_signs_that_cannot_be_seen() -> None:
    long = "A\x00\u202e" * 400
    assert set(read_holder(dg11(full_name=long)).full_name) == {"A"}
    assert len(read_holder(dg11(full_name="B" * 3000)).full_name) == 500


def test_the_issue_is_read() -> None:
    issue = read_issue(dg12())
    assert (issue.authority, issue.issued) == ("SRS", date(2025, 11, 1))
    assert read_issue(dg12(b"20250000")).issued is None


def test_every_code_of_the_catalogue_is_used_and_every_code_used_has_a_sentence() -> None:
    folder = Path(catalogue.__file__).parent
    sources = [each.read_text() for each in folder.glob("*.py") if each.name != "catalogue.py"]
    used = set(re.findall(r'"(chip\.[a-z0-9_]+\.?[a-z0-9_]*)"', "\n".join(sources)))
    assert used == set(CODES) == set(WEIGHTS)
    assert used >= UNJUDGED


@pytest.mark.parametrize(("depth", "is_read"), [(4, True), (5, False), (400, False)])
def test_templates_are_opened_only_so_deep(depth: int, is_read: bool) -> None:
    inner = tlv(0x5F2E, face_record())
    for _ in range(depth + 1):
        inner = tlv(0x7F60, inner)
    data = tlv(0x75, inner)
    if is_read:
        assert read_face(data).image == PICTURE
        return
    with pytest.raises(ChipError) as refused:
        read_face(data)
    assert refused.value.code == "chip.der.deep"


@pytest.mark.parametrize(("depth", "is_read"), [(10, True), (12, False), (400, False)])
def test_a_newer_record_is_opened_only_so_deep(depth: int, is_read: bool) -> None:
    inner = tlv(0x80, PICTURE)
    for _ in range(depth):
        inner = tlv(0xA1, inner)
    data = dg2(inner, 0x7F2E)
    if is_read:
        assert read_face(data).image == PICTURE
        return
    with pytest.raises(ChipError) as refused:
        read_face(data)
    assert refused.value.code == "chip.der.deep"
