"""A booth without a reader: the seal is taken from a photo, whatever the photo holds."""

import io
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from safar.control.border.models import Inspection
from safar.control.visas.paper import sticker
from safar.control.visas.seals import photos as photo_reading
from safar.control.visas.seals.photos import codes_in
from safar.core.errors import RuleBroken
from tests import cast
from tests.makers import border
from tests.makers import visas as applications
from tests.makers import visas_issued as make

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _keys():
    make.fresh_keys()
    yield
    make.forget_keys()


@pytest.fixture
def booth():
    return border.sign_on(cast.aida())


def photo_page(client: Client, visa, photo: bytes):
    make.scan(client, "\n".join(border.zone_of(make.passport_of(visa))))
    before = Inspection.objects.latest("inspected_at")
    file = SimpleUploadedFile("visa.png", photo, "image/png")
    return client.post(reverse("border:visa_photo", args=[before.pk]), {"photo": file})


def test_a_photo_of_the_printed_sticker_does_as_well(booth):
    visa = make.issued()
    client = make.signed_on(booth)
    page = photo_page(client, visa, sticker.printed(visa, form="png"))
    assert page.status_code == 200
    assert "visa.sound" in make.codes(Inspection.objects.latest("inspected_at"))


@pytest.mark.parametrize(
    ("photo", "said"),
    [
        (b"no picture at all", "PNG, JPEG or WebP"),
        (applications.picture(), "no code in this photo"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x7f" * 400, "picture"),
    ],
)
def test_a_photo_without_a_code_is_told_in_words(booth, photo, said):
    visa = make.issued()
    page = photo_page(make.signed_on(booth), visa, photo)
    assert page.status_code == 422
    assert said in page.content.decode()


def hostile(kind: str) -> bytes:
    out = io.BytesIO()
    if kind == "bomb":  # 196 million points in some kilobytes
        Image.new("1", (14_000, 14_000)).save(out, "PNG")
    elif kind == "noise":
        Image.effect_noise((3900, 3900), 90).save(out, "JPEG", quality=30)
    else:
        Image.effect_noise((3900, 3900), 90).save(out, "PNG")
    return out.getvalue()


SMALL_PARENT = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "safar.control.visas.seals.photo_child"],
                      stdin=open(sys.argv[1], "rb"), capture_output=True)
print(done.stdout.decode()[:60], resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.parametrize("kind", ["bomb", "noise", "large noise"])
def test_a_hostile_picture_ends_in_words_within_256_megabytes(kind, tmp_path):
    photo = hostile(kind)
    with pytest.raises(RuleBroken, match=r"points|no code|larger than"):
        codes_in(photo)
    (tmp_path / "photo").write_bytes(photo)
    done = subprocess.run(  # a small parent: a child begins with its parent's peak
        [sys.executable, "-c", SMALL_PARENT, str(tmp_path / "photo")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert int(done.stdout.split()[-1]) < 256_000, done.stdout  # kilobytes


def test_a_child_that_dies_is_a_sentence(monkeypatch):
    monkeypatch.setattr(photo_reading, "CHILD", (sys.executable, "-c", "import os; os._exit(9)"))
    with pytest.raises(RuleBroken, match="could not be read"):
        codes_in(b"x")
