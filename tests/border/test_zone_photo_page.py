"""A booth without a reader: a photo of the zone becomes lines that the officer confirms."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from safar.control.border.models import Inspection
from safar.control.border.views import zone_photo as page
from safar.control.documents.zone_photo import Reader, ZonePhoto
from safar.core.errors import RuleBroken
from safar.lib import mrz
from tests import cast
from tests.makers import border
from tests.makers.accounts import sign_in
from tests.makers.zone_photos import photo

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HERE = "border:zone_photo"
MODEL = Reader("/usr/bin/tesseract", Path("/nowhere"), "mrz")


@pytest.fixture
def lines():
    return border.zone_of(border.document())


@pytest.fixture
def booth(client, monkeypatch):
    """Aida's browser, signed on at Manas, where photos can be read."""
    monkeypatch.setattr(page, "reader", lambda: MODEL)
    border.sign_on(cast.aida())
    sign_in(client, cast.aida())
    return client


def reads(monkeypatch, *found):
    """The reader reads these lines in any photo."""
    reading = mrz.read(found, today=date.today())
    monkeypatch.setattr(page, "read_photo", lambda _photo, today: ZonePhoto(tuple(found), reading))


def uploaded(content=b"a photo"):
    return {"photo": SimpleUploadedFile("zone.jpg", content, "image/jpeg")}


def test_the_lines_are_shown_to_be_compared_and_nothing_is_inspected_yet(booth, lines, monkeypatch):
    reads(monkeypatch, *lines)
    answer = booth.post(reverse(HERE), uploaded())
    text = answer.content.decode()
    assert answer.status_code == 200
    assert all(line.replace("<", "&lt;") in text for line in lines)
    assert "The name has none: compare it" in text
    assert not Inspection.objects.exists()


def test_what_the_officer_confirms_is_inspected_as_she_left_it(booth, lines, monkeypatch):
    wrong = lines[1].replace(lines[1][1:9], "O" + lines[1][2:9], 1)
    reads(monkeypatch, lines[0], wrong)
    text = booth.post(reverse(HERE), uploaded()).content.decode()
    assert "Look here first" in text
    booth.post(reverse("border:scan"), {"scan": "\n".join(lines)})
    assert Inspection.objects.get().document["number"] == mrz.read(lines, today=date.today()).number


def test_what_cannot_be_read_is_said_at_the_field_and_the_form_is_there_again(booth, monkeypatch):
    def refuse(_photo, today):
        raise RuleBroken("There is no machine zone in this photo.", field="photo")

    monkeypatch.setattr(page, "read_photo", refuse)
    answer = booth.post(reverse(HERE), uploaded())
    assert answer.status_code == 422
    assert "no machine zone in this photo" in answer.content.decode()
    assert b'type="file"' in answer.content


def test_a_hostile_file_ends_in_the_same_sentence(booth):
    """Nothing stands for the reader here but its program: the child process meets the file."""
    answer = booth.post(reverse(HERE), uploaded(b"%!PS\n(/etc/passwd) run"))
    assert answer.status_code == 422
    assert "could not be read" in answer.content.decode()


def test_without_a_photo_nothing_is_read(booth, monkeypatch):
    monkeypatch.setattr(page, "read_photo", lambda *_a, **_k: pytest.fail("it was read"))
    assert booth.post(reverse(HERE)).status_code == 422


def test_a_plain_model_is_said_to_be_one(booth, lines, monkeypatch):
    assert "model for machine zones is not installed" not in _page(booth)
    monkeypatch.setattr(page, "reader", lambda: Reader("/usr/bin/tesseract", Path("/x"), "eng"))
    assert "model for machine zones is not installed" in _page(booth)


def test_where_no_reader_is_installed_there_is_no_page(booth, monkeypatch):
    monkeypatch.setattr(page, "reader", lambda: "Photos of zones cannot be read here")
    answer = booth.get(reverse(HERE))
    assert answer.status_code == 404
    assert "cannot be read here" in answer.content.decode()


def test_only_who_inspects_and_sits_at_a_booth_has_it(client, monkeypatch):
    monkeypatch.setattr(page, "reader", lambda: MODEL)
    sign_in(client, cast.aida())
    assert client.get(reverse(HERE)).status_code != 200  # she is signed on at no booth
    other = Client()
    sign_in(other, cast.gulnara())
    assert other.get(reverse(HERE)).status_code == 403


@pytest.mark.devices
def test_a_photo_is_read_inspected_and_not_kept(client, lines):
    """Through the real reader: what it reads wrongly, the officer puts right."""
    border.sign_on(cast.aida())
    sign_in(client, cast.aida())
    answer = client.post(reverse(HERE), uploaded(photo(lines, tilt=1.0, blur=0.3)))
    assert answer.status_code == 200
    assert lines[0][:9].replace("<", "&lt;") in answer.content.decode()


def _page(booth):
    return booth.get(reverse(HERE)).content.decode()
