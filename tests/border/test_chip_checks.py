"""The chip in second line: what a reader handed over is judged, told and kept without its picture."""

import io
import os
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from safar.control.border.actions import second_line
from safar.control.border.actions.deciding import CrossingDetails
from safar.control.border.models import ChipCheck
from safar.control.documents import actions as documents
from safar.control.documents.files.chips import LARGEST, MOST_FILES
from safar.control.documents.files.faces import picture_of
from safar.control.documents.models import StateCertificate
from safar.control.documents.wording.chips import lines
from safar.core.errors import RuleBroken
from safar.core.node import uuid7
from safar.lib.chip import Face
from tests import cast
from tests.lib.chip.making import State, dg1, dg2, dg11, dg12, face_record, revocation_list, zone
from tests.lib.seal.test_seal_barcode import progressive
from tests.makers import border
from tests.makers.accounts import actor, audited, sign_in, user
from tests.makers.reference import load_reference

STATE = State()
slow = pytest.mark.slow
database = pytest.mark.django_db


def drawn(kind: str = "JPEG", side: int = 300) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), (90, 120, 200)).save(out, kind)
    return out.getvalue()


GROUPS = {1: dg1(), 2: dg2(face_record(drawn()))}
CHIP = STATE.chip(groups=GROUPS)


@slow
class TestPicture:
    @pytest.mark.parametrize("kind", ["JPEG", "JPEG2000"])
    def test_a_picture_is_drawn_anew(self, kind):
        made = picture_of(Face(drawn(kind), "image/jp2", 0, 0))
        assert made is not None
        with Image.open(io.BytesIO(made)) as image:
            assert (image.format, image.size) == ("JPEG", (300, 300))

    @pytest.mark.parametrize(
        "hostile", [b"\xff\xd8\xff", drawn()[:200], b"\xff\x4f\xff\x51" * 500, drawn("PNG"), os.urandom(3000)]
    )  # fmt: skip
    def test_what_cannot_be_drawn_is_none(self, hostile):
        assert picture_of(Face(hostile, "image/jpeg", 1, 1)) is None

    def test_one_whose_scans_are_repeated_without_end_is_none(self):
        assert picture_of(Face(progressive(repeated=500), "image/jpeg", 1, 1)) is None
        assert picture_of(Face(progressive(repeated=0), "image/jpeg", 1, 1)) is not None

    def test_one_that_is_too_large_is_none(self):
        assert picture_of(Face(drawn(side=4100), "image/jpeg", 1, 1)) is None


@pytest.fixture
def bakyt(settings) -> Client:
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False
    load_reference()
    client = Client()
    sign_in(client, cast.bakyt())
    return client


def referred(lines: list[str] | None = None):
    return border.refer(border.inspect(border.sign_on(cast.aida()), lines or zone()))


def trust() -> None:
    run = documents.import_certificates(
        actor(cast.kamila()), None, file_name="kg.cer", content=STATE.root(), source="by hand"
    )
    documents.trust_certificates(actor(cast.leila()), run, compared=True)


def hand_over(client: Client, referral, files: dict[str, bytes]):
    given = [SimpleUploadedFile(name, data) for name, data in files.items()]
    return client.post(reverse("border:referral_chip", args=[referral.pk]), {"chip": given})


@database
@slow
class TestSecondLine:
    def test_a_genuine_chip_is_authentic_with_its_picture_beside(self, bakyt):
        trust()
        referral = referred()
        answer = hand_over(bakyt, referral, CHIP)
        page = answer.content.decode()
        assert answer.status_code == 200
        check = ChipCheck.objects.get()
        assert (check.outcome, check.findings) == ("authentic", [])
        assert "Signature, certificates, hashes and dates fit" in page
        assert 'src="data:image/jpeg;base64,' in page
        assert "data:" in answer["Content-Security-Policy"]
        assert answer["Cache-Control"] == "no-store"
        assert audited("border.check_chip")
        later = bakyt.get(reverse("border:referral_chip", args=[referral.pk])).content.decode()
        assert "base64" not in later, "the picture is shown once"
        assert "Authentic" in later

    def test_no_byte_of_the_picture_is_kept(self, bakyt):
        trust()
        hand_over(bakyt, referred(), CHIP)
        with connection.cursor() as cursor:
            cursor.execute("SELECT length(c::text), c::text FROM border_chipcheck c")
            size, text = cursor.fetchone()
        assert size < 3000
        assert drawn()[:40].hex() not in text

    def test_without_a_certificate_that_is_said(self, bakyt):
        page = hand_over(bakyt, referred(), CHIP).content.decode()
        check = ChipCheck.objects.get()
        assert check.outcome == "unjudged"
        assert set(check.groups.values()) == {"unproved"}, "a forger signs too"
        assert "No certificate of this state is held" in page
        assert "Not proved: anybody may have put it there" in page

    def test_a_distrusted_certificate_is_a_finding_with_its_reason(self, bakyt):
        trust()
        row = StateCertificate.objects.get()
        documents.distrust_certificate(actor(cast.leila()), row, reason="the key was stolen")
        page = hand_over(bakyt, referred(), CHIP).content.decode()
        assert ChipCheck.objects.get().outcome == "refused"
        assert "the key was stolen" in page

    def test_against_a_refused_chip_nobody_is_admitted_without_a_reason(self, bakyt):
        trust()
        documents.distrust_certificate(
            actor(cast.leila()), StateCertificate.objects.get(), reason="the key was stolen"
        )
        referral = border.take(referred(), cast.bakyt())
        hand_over(bakyt, referral, CHIP)
        how: dict[str, Any] = {"key": uuid7(), "details": CrossingDetails()}
        with pytest.raises(RuleBroken, match="chip"):
            second_line.admit_referred(actor(cast.bakyt()), referral, reason="  ", **how)
        second_line.admit_referred(
            actor(cast.bakyt()), referral, reason="The embassy confirms her", **how
        )

    def test_a_changed_group_and_another_page_are_told(self, bakyt):
        trust()
        changed = {**CHIP, "EF.DG1": dg1(zone(surname="Another"))}
        page = hand_over(bakyt, referred(), changed).content.decode()
        check = ChipCheck.objects.get()
        codes = {row["code"] for row in check.findings}
        assert {"chip.group.hash", "chip.mrz.differs"} <= codes
        assert check.outcome == "refused"
        assert "DG1 is not what was signed: its hash differs." in page

    def test_the_chip_beside_a_typed_document(self, bakyt):
        trust()
        booth = border.sign_on(cast.aida())
        typed = border.document(issuer="KGZ", number="PE0000001", surname="OTHER", given_names="NAME",
                                birth="1990-05-17", sex="F")  # fmt: skip
        referral = border.refer(border.type_in(booth, typed))
        page = hand_over(bakyt, referral, CHIP).content.decode()
        check = ChipCheck.objects.get()
        assert {row["params"]["field"] for row in check.differs} >= {"name"}
        assert "the chip says" in page

    @pytest.mark.parametrize(
        ("details", "found"),
        [
            ({}, set()),
            ({11: dg11(full_name="СПЕЦИМЕН<<АЙЗАДА")}, set()),
            ({11: dg11(full_name="ПЕТРОВА<<АЙЗАДА")}, {"document.name_spelling"}),
            ({11: dg11(personal=b"11805199000001")}, {"document.personal_birth"}),
            ({11: dg11(personal=b"21705199000001")}, {"document.personal_sex"}),
            ({12: dg12(b"19800101")}, {"document.issued_before_birth"}),
        ],
        ids=["none", "her own", "another name", "another birth", "another sex", "before her birth"],
    )
    def test_what_only_the_details_of_the_chip_tell_is_looked_at(self, bakyt, details, found):
        trust()
        hand_over(bakyt, referred(), STATE.chip(groups={**GROUPS, **details}))
        assert {row["code"] for row in ChipCheck.objects.get().differs} == found

    @pytest.mark.parametrize(
        "files",
        [
            {},
            {"EF.SOD": b""},
            {"EF.SOD": CHIP["EF.SOD"][:90]},
            {"passport.pdf": b"%PDF-1.7"},
            {"EF.SOD": b"\x77\x84\xff\xff\xff\xff", "DG1": b"\x61" * 900, "DG2": b"\x75\x80" * 9000},
            {"DG1.bin": dg1(), "EF.DG1": dg1()},
            {"EF.SOD": b"x" * (70 * 1024)},
            {"DG2": b"x" * (LARGEST + 1)},
            {f"DG{number}-{number}": b"x" for number in range(MOST_FILES + 1)},
        ],
        ids=["none", "empty", "cut", "another", "noise", "twice", "large", "huge", "many"],
    )  # fmt: skip
    def test_hostile_files_end_in_a_sentence(self, bakyt, files):
        answer = hand_over(bakyt, referred(), files)
        page = answer.content.decode()
        assert answer.status_code in (200, 422)
        if answer.status_code == 422:
            assert not ChipCheck.objects.exists()
            assert "error" in page
        else:
            assert ChipCheck.objects.get().outcome != "authentic"
        assert "Traceback" not in page

    def test_only_the_second_line_of_the_post(self, bakyt, client):
        referral = referred()
        sign_in(client, cast.aida())
        assert hand_over(client, referral, CHIP).status_code == 403
        elsewhere = Client()
        sign_in(elsewhere, user("1099", "second_line", name="Far Away", posts=["KG-TOR"]))
        assert hand_over(elsewhere, referral, CHIP).status_code == 404
        assert not ChipCheck.objects.exists()
        assert (
            reverse("border:referral_chip", args=[referral.pk])
            in bakyt.get(reverse("border:referral", args=[referral.pk])).content.decode()
        )

    def test_what_was_found_is_never_changed(self, bakyt):
        hand_over(bakyt, referred(), CHIP)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE border_chipcheck SET outcome = 'authentic'")


@database
@slow
class TestRevoked:
    """By the lists that states publish; see tests/documents/test_revocation_lists.py."""

    def handed_in(self, serial: int, *, due: int) -> None:
        today = timezone.localdate()
        content = revocation_list(
            STATE.key, STATE.names[0], [serial],
            first=today - timedelta(days=30), due=today + timedelta(days=due),
        )  # fmt: skip
        documents.import_revocations(
            actor(cast.kamila()), None, file_name="kg.crl", content=content, source="by hand"
        )

    def test_a_revoked_signer_is_said_in_the_verdict(self, bakyt):
        trust()
        self.handed_in(7, due=9)
        page = hand_over(bakyt, referred(), CHIP).content.decode()
        check = ChipCheck.objects.get()
        assert [row["code"] for row in check.findings] == ["chip.signer.revoked"]
        assert check.outcome == "refused"
        assert "certificate 7 of KG was revoked" in page

    def test_control_another_signer_on_the_list_is_nothing_to_this_chip(self, bakyt):
        trust()
        self.handed_in(8, due=9)
        hand_over(bakyt, referred(), CHIP)
        check = ChipCheck.objects.get()
        assert (check.outcome, check.findings) == ("authentic", [])

    def test_an_overdue_list_is_a_note_and_no_doubt(self, bakyt):
        trust()
        self.handed_in(8, due=-2)
        page = hand_over(bakyt, referred(), CHIP).content.decode()
        check = ChipCheck.objects.get()
        assert [row["code"] for row in check.findings] == ["chip.crl.overdue"]
        assert check.outcome == "authentic"
        assert "who was revoked since is not known here" in page
        assert [line.tone for line in lines(check.findings)] == ["info"]


@database
@slow
def test_any_bytes_are_judged_or_refused(bakyt):
    referral = referred()
    address = reverse("border:referral_chip", args=[referral.pk])

    @given(st.binary(max_size=300), st.integers(0, 900))
    @settings(max_examples=8, deadline=None)
    def spoilt(noise, at):
        sod = CHIP["EF.SOD"]
        file = SimpleUploadedFile("EF.SOD", sod[:at] + noise + sod[at + len(noise) :] or b"x")
        assert bakyt.post(address, {"chip": [file]}).status_code in (200, 422)

    spoilt()
