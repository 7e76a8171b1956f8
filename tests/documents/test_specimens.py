"""The library of specimens: what a true one looks like, kept by document experts."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from safar.control.documents import actions
from safar.control.documents.choices import Light, Way
from safar.control.documents.files.pictures import KEPT_SIDE, LARGEST, made_anew
from safar.control.documents.models import Specimen, SpecimenFeature, SpecimenPage
from safar.core.errors import InvalidMove, RuleBroken
from tests import cast
from tests.lib.seal.test_seal_barcode import progressive
from tests.makers import border
from tests.makers.accounts import actor, audited, sign_in
from tests.makers.reference import load_reference

database = pytest.mark.django_db
slow = pytest.mark.slow


def drawn(width: int = 400, height: int = 300, kind: str = "JPEG", **more) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(out, kind, **more)
    return out.getvalue()


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims a size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(header)) + chunk
    return start + struct.pack(">I", zlib.crc32(chunk)) + b"\x00\x00\x00\x00IDAT"


class TestPictures:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG"])
    def test_a_picture_is_drawn_anew_as_a_jpeg(self, kind):
        kept = made_anew(drawn(kind=kind))
        assert kept.content.startswith(b"\xff\xd8\xff")
        assert (kept.width, kept.height) == (400, 300)

    def test_what_its_file_said_besides_is_gone(self):
        told = Image.Exif()
        told[0x010E] = "taken at Manas by Aida"
        kept = made_anew(drawn(exif=told.tobytes(), comment=b"secret"))
        assert b"Manas" not in kept.content
        assert b"secret" not in kept.content
        assert b"Manas" in drawn(exif=told.tobytes()), "the file had said it"

    def test_a_large_one_is_made_smaller(self):
        kept = made_anew(drawn(3000, 1500))
        assert (kept.width, kept.height) == (KEPT_SIDE, KEPT_SIDE // 2)

    @pytest.mark.parametrize(
        "file",
        [
            b"", b"GIF89a", drawn()[:200], drawn(kind="GIF"), drawn(kind="BMP"), drawn(100, 300),
            claiming(60_000, 60_000), claiming(5000, 5000), claiming(0, 0), b"\xff\xd8\xff" * 100,
            b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"x" * (LARGEST + 1),
        ],
        ids=lambda file: f"{len(file)} bytes {file[:4]!r}",
    )  # fmt: skip
    def test_anything_else_is_refused_in_a_sentence(self, file):
        with pytest.raises(RuleBroken) as refused:
            made_anew(file)
        assert refused.value.field == "picture"

    def test_one_whose_scans_are_repeated_without_end_is_refused_before_it_is_unpacked(self):
        with pytest.raises(RuleBroken):
            made_anew(progressive(repeated=500))
        assert made_anew(progressive(repeated=0)).width == KEPT_SIDE

    @given(st.binary(max_size=400), st.integers(0, 600), st.sampled_from(["JPEG", "PNG"]))
    @settings(max_examples=60, deadline=None)
    def test_a_spoilt_file_is_drawn_or_refused(self, noise, at, kind):
        file = drawn(kind=kind)
        try:
            made_anew(file[:at] + noise + file[at + len(noise) :])
        except RuleBroken as refused:
            assert refused.field == "picture"  # noqa: PT017 - either way is right


@pytest.fixture
def ground(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False
    load_reference()


def signed_in(who) -> Client:
    client = Client()
    sign_in(client, who)
    return client


def added(**changes) -> Specimen:
    usual = {"issuer": "KGZ", "kind": "P", "title": "Passport with a chip", "source": "letter 7"}
    new = actions.NewSpecimen(**{**usual, **changes})
    return actions.add_specimen(actor(cast.kamila()), None, new=new)


@database
@slow
@pytest.mark.usefixtures("ground")
class TestLibrary:
    def test_from_the_form_to_the_picture(self):
        kamila = signed_in(cast.kamila())
        fields = {"issuer": "KGZ", "kind": "P", "title": "Passport with a chip", "source": "letter 7"}  # fmt: skip
        kamila.post(reverse("documents:specimen_add"), fields)
        specimen = Specimen.objects.get()
        file = SimpleUploadedFile("page.jpg", drawn(), "image/jpeg")
        answer = kamila.post(
            reverse("documents:specimen_page_add", args=[specimen.pk]),
            {"page-title": "Data page", "page-light": "uv", "page-picture": file},
            follow=True,
        )
        assert "Data page, Ultraviolet" in answer.content.decode()
        feature = {
            "feature-title": "Watermark", "feature-way": "light", "feature-where": "every page",
            "feature-expected": "an eagle, darker at its wings",
        }  # fmt: skip
        kamila.post(reverse("documents:specimen_feature_add", args=[specimen.pk]), feature)
        seen = signed_in(cast.bakyt()).get(reverse("documents:specimen", args=[specimen.pk]))
        assert "an eagle, darker at its wings" in seen.content.decode()
        assert "Hold against the light" in seen.content.decode()
        assert "Add a picture" not in seen.content.decode()
        page = SpecimenPage.objects.get()
        picture = kamila.get(reverse("documents:specimen_picture", args=[page.pk]))
        assert picture["Content-Type"] == "image/jpeg"
        assert picture.content == bytes(page.content)

    def test_a_file_that_is_no_picture_is_refused(self):
        specimen = added()
        file = SimpleUploadedFile("page.jpg", b"<script>alert(1)</script>", "image/jpeg")
        answer = signed_in(cast.kamila()).post(
            reverse("documents:specimen_page_add", args=[specimen.pk]),
            {"page-title": "Data page", "page-light": "white", "page-picture": file},
        )
        assert answer.status_code == 422
        assert "no JPEG or PNG picture" in answer.content.decode()
        assert not SpecimenPage.objects.exists()

    def test_the_same_picture_is_kept_once_and_can_be_removed(self):
        specimen, kamila = added(), actor(cast.kamila())
        page = actions.add_specimen_page(kamila, specimen, title="x", light=Light.WHITE, file=drawn())  # fmt: skip
        with pytest.raises(InvalidMove):
            actions.add_specimen_page(kamila, specimen, title="y", light=Light.UV, file=drawn())
        actions.remove_specimen_page(kamila, page)
        assert not SpecimenPage.objects.exists()
        assert audited("documents.remove_specimen_page")

    def test_it_is_looked_up_by_state_and_kind(self):
        added()
        added(title="Identity card", kind="ID")
        added(title="Russian passport", issuer="RUS")
        bakyt = signed_in(cast.bakyt())
        address = reverse("documents:specimens")
        cards = bakyt.get(address, {"issuer": "KGZ", "kind": "I"}).content.decode()
        assert "Identity card" in cards
        assert "Passport with a chip" not in cards
        assert "Russian passport" not in cards
        assert bakyt.get(address, {"issuer": "??", "kind": "<b>"}).status_code == 200

    def test_out_of_use_it_leaves_the_library_and_is_edited_no_more(self):
        specimen = added()
        kamila = signed_in(cast.kamila())
        kamila.post(reverse("documents:specimen_retire", args=[specimen.pk]))
        assert "Passport with a chip" not in kamila.get(reverse("documents:specimens")).content.decode()  # fmt: skip
        shown = kamila.get(reverse("documents:specimen", args=[specimen.pk])).content.decode()
        assert "Out of use" in shown
        assert "Add a picture" not in shown
        specimen.refresh_from_db()
        with pytest.raises(InvalidMove):
            actions.add_specimen_feature(
                actor(cast.kamila()), specimen, title="x", way=Way.LOOK, where="x", expected="x"
            )

    def test_the_second_line_reads_and_does_not_edit(self):
        specimen = added()
        bakyt = signed_in(cast.bakyt())
        assert bakyt.get(reverse("documents:specimen_add")).status_code == 403
        feature = {"feature-title": "x"}
        address = reverse("documents:specimen_feature_add", args=[specimen.pk])
        assert bakyt.post(address, feature).status_code == 403
        assert not SpecimenFeature.objects.exists()
        assert signed_in(cast.aida()).get(reverse("documents:specimens")).status_code == 403

    def test_a_referral_leads_to_the_specimens_of_its_document(self):
        found = border.inspect(border.sign_on(cast.aida()), border.document())
        referral = border.refer(found)
        page = signed_in(cast.bakyt()).get(reverse("border:referral", args=[referral.pk]))
        assert "issuer=RUS&amp;kind=P" in page.content.decode()
