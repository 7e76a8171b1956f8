"""A photo of a machine zone: read by processes that a hostile picture cannot take anything from."""

import io
import resource
import shutil
import struct
import subprocess
import sys
import time
import zlib
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from safar.control.documents import zone_photo
from safar.control.documents.zone_photo import installed as readers
from safar.control.documents.zone_photo import reading
from safar.control.documents.zone_photo.alike import put_right
from safar.control.documents.zone_photo.band import _lightest_near, straight, zone_of
from safar.core.errors import RuleBroken, Unavailable
from tests.makers.zone_photos import photo, zones

TODAY = date(2026, 6, 1)
TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)


def png(width, height, rows=b""):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


HOSTILE = {
    "text renamed": b"surname,name\n" * 100,
    "nothing": b"",
    "cut short": photo(TD3)[:5000],
    "claims to be huge": png(60_000, 60_000, zlib.compress(b"\0" * 1000)),
    "bomb": png(30_000, 30_000, zlib.compress(b"\0" * 50_000_000)),
    "many scans": photo(TD3)[:-2] + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" * 5000,
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "postscript": b"%!PS\n(/etc/passwd) run",
}


@pytest.fixture
def any_reader(monkeypatch):
    """A reader that is there; what it would read never comes so far in these tests."""
    tool = readers.Reader("/bin/true", Path("/nowhere"), "mrz")
    monkeypatch.setattr(reading, "reader", lambda: tool)


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_ends_in_a_clear_error(any_reader, name):
    began = time.monotonic()
    with pytest.raises(RuleBroken, match="could not be read") as said:
        reading.read_photo(HOSTILE[name], today=TODAY)
    assert said.value.field == "photo"
    assert time.monotonic() - began < reading.PATIENCE + 1


def test_a_file_over_ten_megabytes_is_not_even_looked_at(any_reader, monkeypatch):
    monkeypatch.setattr(reading, "_run", lambda *_: pytest.fail("it was looked at"))
    with pytest.raises(RuleBroken, match="10 MB"):
        reading.read_photo(b"\0" * (zone_photo.LARGEST + 1), today=TODAY)


@pytest.mark.slow
def test_the_largest_picture_that_is_taken_stays_within_the_memory():
    out = io.BytesIO()
    Image.effect_noise((6000, 4300), 40).save(out, "JPEG", quality=60)
    code = (
        "import sys;sys.argv=['x','page'];"
        "from safar.control.documents.zone_photo.cutting_child import main;main();"
        # Its own highest, in kB: what `getrusage` says begins with the size of its parent.
        "status=open('/proc/self/status').read();"
        "sys.stderr.write(status.split('VmHWM:')[1].split()[0])"
    )
    done = subprocess.run(
        (sys.executable, "-c", code), input=out.getvalue(), capture_output=True, check=True, timeout=30
    )  # fmt: skip
    assert done.stdout.startswith(b"\x89PNG")
    assert int(done.stderr) * 1024 < 256 * 1024 * 1024


def test_the_limits_hold_for_what_becomes_tesseract(tmp_path):
    program = tmp_path / "tesseract"
    program.write_text(
        f"#!{sys.executable}\nimport resource\nprint(resource.getrlimit(resource.RLIMIT_AS)[0])\n"
    )
    program.chmod(0o755)
    words = (str(program), str(tmp_path), "mrz")
    said = reading._run("reading_child", words, b"", time.monotonic() + 5)
    assert said is not None
    assert int(said) == 256 * 1024 * 1024
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != 256 * 1024 * 1024  # the control: not ours


def test_without_the_program_or_a_model_it_is_said_why(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert "not installed" in str(readers.reader())
    with pytest.raises(Unavailable, match="not installed"):
        reading.read_photo(photo(TD3), today=TODAY)
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/tesseract")
    monkeypatch.setattr(readers, "_brought", lambda: None)
    monkeypatch.setattr(readers, "_debian", lambda _: None)
    assert "no model" in str(readers.reader())
    monkeypatch.setattr(readers, "_debian", lambda model: Path("/x") if model == "eng" else None)
    plain = readers.reader()
    assert isinstance(plain, readers.Reader)
    assert not plain.is_made_for_zones
    monkeypatch.setattr(readers, "_brought", lambda: Path("/y"))
    assert readers.reader() == readers.Reader("/usr/bin/tesseract", Path("/y"), "mrz")


def test_signs_are_put_right_only_where_their_kind_is_certain():
    read = (
        "P<UTOERIK55ON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L8989O2C36UTO74O8I22F12O4159ZE184226B<<<<<10",
    )
    assert put_right(read) == (
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
        "L8989O2C36UTO7408122F1204159ZE184226B<<<<<10",  # the number holds both kinds: left alone
    )


def test_names_of_russian_internal_passports_and_french_cards_stay_as_they_were_read():
    russian = (
        "PNRUSWERBA32VA<<7LI8<8KOVLEVNA".ljust(44, "<"),
        "4512345671RUS8506154F<<<<<<<9120117500002<38",
    )
    assert put_right(russian)[0] == russian[0]
    french = ("IDFRABERTHIER".ljust(36, "<"), "9409923102854CORINNE<<<<<<<6512068F4")
    assert put_right(french) == french
    other = ("P<UT0ERIK55ON<<ANNA".ljust(44, "<"), russian[1])  # control: these are put right
    assert put_right(other)[0].startswith("P<UTOERIKSSON<<ANNA")


def test_the_lines_come_with_what_does_not_fit():
    text = "REPUBLIC OF UTOPIA\n" + TD3[0] + "\n" + TD3[1].replace("7408122", "7408132") + "\n"
    found = reading._zone_in(text, TODAY)
    assert found is not None
    assert "mrz.check.birth" in [each.code for each in found.reading.findings]
    sound = reading._zone_in("\n".join(TD3), TODAY)
    assert sound is not None
    assert sound.lines == TD3
    assert "mrz.check.birth" not in [each.code for each in sound.reading.findings]


def test_text_without_a_zone_is_none():
    assert reading._zone_in("A LETTER TO THE OFFICE\nOF SOME LENGTH INDEED IT IS", TODAY) is None


@pytest.mark.parametrize("tilt", [-3.0, 0.0, 3.0])
def test_the_band_is_straightened_and_cut_to_the_foot(tilt):
    page = straight(photo(TD3, tilt=tilt))
    band = zone_of(page)
    assert band.height < page.height / 2


def test_the_shadow_at_the_edge_of_the_page_is_not_taken_for_a_line():
    page = straight(photo(TD3, tilt=-1.4, blur=0.02, noise=39, seed=3))
    band = zone_of(page)
    assert band.width / band.height < 9


def test_without_the_threshold_of_print_the_shadow_would_be_the_line(monkeypatch):
    monkeypatch.setattr("safar.control.documents.zone_photo.band.FAINT", 0.0)
    page = straight(photo(TD3, tilt=-1.4, blur=0.02, noise=39, seed=3))
    band = zone_of(page)
    assert band.width / band.height > 9


def test_paper_is_the_lightest_neighbour_as_a_filter_of_the_library_finds_it():
    noise = Image.effect_noise((90, 70), 60)
    assert (
        _lightest_near(np.asarray(noise)) == np.asarray(noise.filter(ImageFilter.MaxFilter(9)))
    ).all()


@pytest.mark.devices
def test_photos_of_invented_pages_are_read():
    """The letters are not OCR-B, for which the model was made: most signs are right, not all."""
    if not shutil.which("tesseract"):
        pytest.fail("This needs tesseract: see make devices.")
    made, day = zones(4)
    found = [
        reading.read_photo(photo(lines, tilt=2.0, blur=0.6, noise=10), today=day) for lines in made
    ]
    alike = [
        sum(
            a == b
            for one, other in zip(zone.lines, lines, strict=True)
            for a, b in zip(one, other, strict=True)
        )
        / sum(map(len, lines))
        for zone, lines in zip(found, made, strict=True)
    ]
    assert sum(alike) / len(alike) > 0.8, alike


@pytest.mark.devices
@pytest.mark.slow
def test_a_white_page_has_no_zone():
    out = io.BytesIO()
    Image.new("L", (1200, 800), 255).save(out, "PNG")
    with pytest.raises(RuleBroken):
        reading.read_photo(out.getvalue(), today=TODAY)
