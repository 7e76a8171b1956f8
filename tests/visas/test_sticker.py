"""The sticker as it comes out of the printer: its code is read back, its measures are right."""

import re

import pytest
from django.test import override_settings
from django.utils import timezone
from PIL import Image

from safar.control.visas.actions import issuing
from safar.control.visas.choices.issued import VisaForm, ZoneFormat
from safar.control.visas.paper import sticker
from safar.control.visas.seals.signing import known_signers
from safar.lib import seal
from safar.lib.seal import barcode, vds_nc
from tests.makers import visas as applications
from tests.makers import visas_issued as make

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _keys():
    make.fresh_keys()
    yield
    make.forget_keys()


def picture(png: bytes) -> Image.Image:
    from io import BytesIO

    return Image.open(BytesIO(png)).convert("L")


@pytest.mark.parametrize("size", list(ZoneFormat))
def test_the_code_is_read_back_from_the_printed_sticker(size):
    make.stocked()
    visa = issuing.issue_visa(applications.clerk(), make.granted(), zone_format=size)
    photo = applications.picture()
    png = sticker.printed(visa, photo=photo, form="png")
    assert barcode.read(png) == [bytes(visa.seal)]
    verdict = seal.verify(barcode.read(png)[0], known_signers(), on=timezone.localdate())
    assert verdict.code == "seal.sound"
    wide, high = sticker.SIZES[size]
    assert picture(png).size == pytest.approx((wide / 25.4 * 300, high / 25.4 * 300), abs=1)
    assert sticker.printed(visa, photo=photo).startswith(b"%PDF")


def test_a_smudged_code_is_not_read_as_another():
    visa = make.issued()
    image = picture(sticker.printed(visa, form="png"))
    width, height = image.size
    image.paste(255, (int(width * 0.72), 0, width, int(height * 0.5)))
    from io import BytesIO

    out = BytesIO()
    image.save(out, "PNG")
    assert barcode.read(out.getvalue()) == []


def test_the_lines_stand_at_ten_signs_an_inch_and_move_with_the_printer():
    visa = make.issued()
    left, top = first_ink(sticker.printed(visa, form="png"))
    assert left == pytest.approx((105 - 36 * 2.54) / 2, abs=1.0)
    with override_settings(SAFAR_STICKER_OFFSET_MM=(2.0, -1.0)):
        moved = first_ink(sticker.printed(visa, form="png"))
    assert moved == pytest.approx((left + 2.0, top - 1.0), abs=0.15)


def first_ink(png: bytes) -> tuple[float, float]:
    """Where the zone's ink begins, in mm from the upper left corner."""
    image = picture(png)
    foot = int((74 - 23.2) / 25.4 * 300)
    zone = image.crop((0, foot, *image.size)).point(lambda grey: 255 if grey < 128 else 0)
    box = zone.getbbox()
    assert box is not None
    return box[0] / 300 * 25.4, (box[1] + foot) / 300 * 25.4


def test_an_e_visa_carries_a_qr_code_that_is_read_back():
    visa = make.issued(form=VisaForm.E_VISA)
    png = sticker.printed(visa, form="png")
    codes = barcode.read(png)
    assert codes == [bytes(visa.seal)]
    verdict = vds_nc.verify(codes[0], known_signers(), on=timezone.localdate())
    assert verdict.code == "seal.sound"


def test_a_font_folder_without_ocr_b_falls_back(tmp_path):
    with override_settings(SAFAR_FONT_FOLDER=str(tmp_path)):
        assert sticker.zone_font() == sticker.FALLBACK


def test_no_text_of_an_applicant_is_read_as_markup():
    visa = make.issued()
    visa.surname = '#panic("x") *bold*'
    assert re.match(rb"%PDF", sticker.printed(visa))
