"""The data page on paper: its zone is read back from the PDF, its size and ink are in their place."""

import io
from dataclasses import replace

import pypdf
import pytest
from django.utils import timezone
from PIL import Image

from safar.control.passports.paper import data_page
from safar.control.passports.rules.comparing import compare_zone
from safar.lib import mrz
from tests.makers import passports as make
from tests.makers import passports_made as papers

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
REFUGEE = replace(make.REFUGEE, birth_place="Herat")
STATELESS = make.who(nationality="XXA", personal_number="", surname="IVANOVA")


@pytest.fixture(autouse=True)
def _keys():
    papers.fresh_keys()
    yield
    papers.forget_keys()


def text_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def zone_in(pages: list[str]) -> str:
    """The lines of a zone among those of the pages."""
    lines = "\n".join(pages).splitlines()
    return "\n".join(line for line in lines if line.count("<") > 3 or len(line) in (30, 44))


@pytest.mark.parametrize(
    ("given", "code", "size"),
    [
        ({}, "PP", (125, 88)),
        ({"kind": "card"}, "ID", (85.6, 53.98)),
        ({"kind": "refugee", "person": REFUGEE}, "PR", (125, 88)),
        ({"kind": "stateless", "person": STATELESS}, "PS", (125, 88)),
    ],
)
def test_the_zone_is_read_back_from_the_printed_page(given, code, size):
    document = papers.taken(**given).passport
    pdf = data_page.printed(document)
    pages = text_of(pdf)
    today = timezone.localdate()
    assert compare_zone(document.lines, zone_in(pages), today=today) == []
    read = mrz.read(zone_in(pages), today=today)
    assert (read.sound, read.document_code, read.number) == (True, code, document.number)
    box = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    wide, high = (float(side) / 72 * 25.4 for side in (box.width, box.height))
    assert (wide, high) == pytest.approx(size, abs=0.1)
    front = pages[0]
    assert document.surname in front
    assert document.number in front
    if document.name_written:
        assert document.name_written.split()[0] in front


def test_the_zone_of_another_page_is_not_taken_for_this_one():
    one, other = papers.taken().passport, papers.taken(kind="card").passport
    read = zone_in(text_of(data_page.printed(other)))
    assert compare_zone(one.lines, read, today=timezone.localdate())


def test_the_longest_names_stay_above_the_zone_and_are_cut_in_it():
    """Twenty lines of fields shrink; the band above the zone stays white."""
    person = make.who(
        surname="VAN DER QUETZALCOATL MONTGOMERY FEATHERSTONEHAUGH THE ELDER",
        given_names="WOLFESCHLEGELSTEINHAUSENBERGERDORFF MARIA ANNA JOHANNA",
        name_written="Токтогулова Айгүл Абдырахмановна кызы " * 3,
        birth_place="Ысык-Көл облусу, Жети-Өгүз району, Кызыл-Суу айылы, Биринчи көчө",
        personal_number="",
    )
    document = papers.taken(person=person).passport
    assert len(document.lines[0]) == 44
    assert document.lines[0].startswith("PPKGZVAN<DER<QUETZALCOATL")
    assert document.lines[0].endswith("<<WOLF")
    assert mrz.read(document.lines, today=timezone.localdate()).sound
    drawn = Image.open(io.BytesIO(data_page.printed(document, form="png"))).convert("L")
    top = round((88 - data_page.ZONE_MM) / 25.4 * 300)
    band = drawn.crop((0, top, drawn.width, top + round(4.5 / 25.4 * 300)))
    assert darkest(band) > 200
    zone = drawn.crop((0, top + round(4.5 / 25.4 * 300), drawn.width, drawn.height))
    assert darkest(zone) < 60


def test_the_receipt_names_document_and_receiver():
    document = papers.delivered()
    text = "\n".join(text_of(data_page.receipt(document, document.delivery)))
    assert document.number in text
    assert "TOKTOGULOVA AIGUL" in text
    assert "Signature" in text
    empty = "\n".join(text_of(data_page.receipt(document, None)))
    assert "birth certificate" not in empty


def darkest(grey: Image.Image) -> int:
    return int(min(value for value, count in enumerate(grey.histogram()) if count))
