"""The document beside a specimen in second line: the picture this once, what was found for good."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from safar.control.border.models import Referral, SpecimenLook
from safar.control.documents import actions as documents
from safar.control.documents.choices import Light, Way
from safar.control.documents.models import Specimen
from tests import cast
from tests.makers import border
from tests.makers.accounts import actor, audited, sign_in, user
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def drawn(colour: tuple[int, int, int] = (90, 120, 200)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 400), colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def referral(settings) -> Referral:
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False
    load_reference()
    return border.refer(border.inspect(border.sign_on(cast.aida()), border.document()))


@pytest.fixture
def bakyt(referral) -> Client:
    client = Client()
    sign_in(client, cast.bakyt())
    return client


def specimen(title: str = "Passport with a chip") -> Specimen:
    kamila = actor(cast.kamila())
    new = documents.NewSpecimen(issuer="RUS", kind="P", title=title, source="letter 7")
    made = documents.add_specimen(kamila, None, new=new)
    documents.add_specimen_page(
        kamila, made, title="Data page", light=Light.WHITE, file=drawn((9, 9, 9))
    )
    for name, way in (("Watermark", Way.LIGHT), ("Raised print", Way.TOUCH)):
        documents.add_specimen_feature(
            kamila, made, title=name, way=way, where="every page", expected=f"a true {name}"
        )
    return made


def address(referral: Referral, beside: Specimen) -> str:
    return reverse("border:referral_specimen", args=[referral.pk, beside.pk])


def answers(beside: Specimen, **results: str) -> dict[str, str]:
    keys = {row.title.split()[0].lower(): row.pk.hex for row in beside.features.all()}
    return {keys[name]: result for name, result in results.items()}


def test_the_picture_stands_beside_the_specimen_once_and_is_kept_nowhere(bakyt, referral):
    beside = specimen()
    ticked = answers(beside, watermark="differs")
    file = SimpleUploadedFile("x.jpg", drawn(), "image/jpeg")
    answer = bakyt.post(address(referral, beside), {"picture": file, "show": "1", **ticked})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'src="data:image/jpeg;base64,' in page
    assert reverse("documents:specimen_picture", args=[beside.pages.get().pk]) in page
    assert "Shown this once, and not kept" in page
    assert answer["Cache-Control"] == "no-store"
    assert "data:" in answer["Content-Security-Policy"]
    assert page.count("checked") == 2, "what was ticked stays; the other is not looked at"
    assert not SpecimenLook.objects.exists()
    assert "base64" not in bakyt.get(address(referral, beside)).content.decode()


@pytest.mark.parametrize("content", [b"", b"<svg/>", drawn()[:90], b"\xff\xd8\xff" * 99])
def test_what_is_no_picture_ends_in_a_sentence(bakyt, referral, content):
    file = SimpleUploadedFile("x.jpg", content, "image/jpeg")
    answer = bakyt.post(address(referral, specimen()), {"picture": file, "show": "1"})
    assert answer.status_code == 422
    assert "base64" not in answer.content.decode()


def test_what_was_found_stays_with_the_traveller_whatever_becomes_of_the_specimen(bakyt, referral):
    beside = specimen()
    said = answers(beside, watermark="differs", raised="same")
    answer = bakyt.post(address(referral, beside), {**said, "remark": "flat to the finger"})
    assert answer.status_code == 302
    look = SpecimenLook.objects.get()
    assert look.differ == 1
    assert {row["title"]: row["result"] for row in look.features} == {
        "Watermark": "differs", "Raised print": "same",
    }  # fmt: skip
    assert audited("border.look_at_specimen")
    for feature in beside.features.all():
        documents.remove_specimen_feature(actor(cast.kamila()), feature)
    page = bakyt.get(reverse("border:referral", args=[referral.pk])).content.decode()
    for part in ("Beside the specimen", "Watermark", "Differs", "a true Watermark",
                 "As described", "flat to the finger", str(cast.bakyt())):  # fmt: skip
        assert part in page


def test_a_feature_that_was_not_looked_at_is_not_recorded(bakyt, referral):
    beside = specimen()
    bakyt.post(address(referral, beside), answers(beside, raised="same", watermark=""))
    assert [row["title"] for row in SpecimenLook.objects.get().features] == ["Raised print"]


def test_nothing_looked_at_or_an_invented_answer_records_nothing(bakyt, referral):
    beside = specimen()
    assert bakyt.post(address(referral, beside), {}).status_code == 422
    wrong = answers(beside, watermark="perhaps")
    assert bakyt.post(address(referral, beside), wrong).status_code == 422
    assert not SpecimenLook.objects.exists()


def test_another_look_is_added_and_none_is_changed(bakyt, referral):
    beside = specimen()
    for result in ("differs", "same"):
        bakyt.post(address(referral, beside), answers(beside, watermark=result))
    assert SpecimenLook.objects.count() == 2
    for sql in ("UPDATE border_specimenlook SET differ = 0", "DELETE FROM border_specimenlook"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_one_specimen_is_opened_at_once_several_are_a_choice(bakyt, referral):
    way = reverse("border:referral_specimens", args=[referral.pk])
    assert way in bakyt.get(reverse("border:referral", args=[referral.pk])).content.decode()
    assert "No specimen of this kind is here" in bakyt.get(way).content.decode()
    one = specimen()
    assert bakyt.get(way)["Location"] == address(referral, one)
    specimen("Passport of 1997")
    page = bakyt.get(way).content.decode()
    assert "Passport of 1997" in page
    assert "Passport with a chip" in page


def test_only_the_second_line_of_the_post_and_while_the_traveller_is_there(bakyt, referral, client):
    beside = specimen()
    said = answers(beside, watermark="same")
    sign_in(client, cast.aida())
    assert client.post(address(referral, beside), said).status_code == 403
    elsewhere = Client()
    sign_in(elsewhere, user("1099", "second_line", name="Far Away", posts=["KG-TOR"]))
    assert elsewhere.post(address(referral, beside), said).status_code == 404
    bakyt.post(reverse("border:referral_set_aside", args=[referral.pk]))
    assert bakyt.post(address(referral, beside), said).status_code == 409
    assert not SpecimenLook.objects.exists()
