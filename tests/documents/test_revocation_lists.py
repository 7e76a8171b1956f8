"""Revocation lists that states publish: handed in, the newest counts, a chip is judged by it."""

from datetime import date, timedelta

import pytest
from asn1crypto import crl, pem
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.control.documents import actions
from safar.control.documents.files.revocations import LARGEST, read_revocation_file
from safar.control.documents.models import RevocationList, StateCertificate
from safar.control.documents.queries import HeldStates, overdue_list, revoked_signers
from safar.core.errors import InvalidMove, RuleBroken
from safar.lib import chip
from tests import cast
from tests.lib.chip.making import TODAY, State, revocation_list
from tests.lib.chip.making_keys import ec_key
from tests.makers.accounts import actor, audited, sign_in
from tests.makers.reference import load_reference

STATE = State()
NAME = STATE.names[0]
SIGNER = 7  # the serial number of the signer of every chip that `State` makes
ROOT = chip.read_certificate(STATE.root())
slow = pytest.mark.slow
database = pytest.mark.django_db


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def listed(*serials: int, days: int = 9, due: int = -90, **changes) -> bytes:
    """A list that was issued so many days ago; the next one is `due` days ago."""
    key = changes.pop("key", STATE.key)
    return revocation_list(key, NAME, serials, first=days_ago(days), due=days_ago(due), **changes)


def part() -> bytes:
    """The extension of a list that names only what was revoked since another (RFC 5280 §5.2.4)."""
    delta = crl.TBSCertListExtension(
        {"extn_id": "delta_crl_indicator", "critical": True, "extn_value": 3}
    )
    inner = crl.TBSCertListExtensions([delta]).dump()
    return bytes(b"\xa0" + bytes([len(inner)]) + inner)


class TestFile:
    @pytest.mark.parametrize("armoured", [False, True])
    def test_a_list_is_read(self, armoured):
        data = listed(7, 2**80)
        content = pem.armor("X509 CRL", data) if armoured else data
        read = read_revocation_file(content, [ROOT])
        assert set(read.serials) == {"7", f"{2**80:x}"}
        assert read.issued_at.date() == days_ago(9)
        assert read.due_at is not None
        assert read.due_at.date() == days_ago(-90)

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"", "ends before"),
            (b"<html>", ""),
            (b"-----BEGIN X509 CRL-----\n!!\n", "no certificate revocation list"),
            (b"-----BEGIN", "no certificate revocation list"),
            (listed(7)[:-9], ""),
            (listed(7, key=ec_key(66)), "none of the states"),
            (listed(7, days=-3), "in the future"),
            (listed(7, rest=part()), "only a part"),
            (b"\x30\x84\xff\xff\xff\xff" + b"x" * 900, ""),
            (b"\x30\x80" * 20_000, ""),
            (b"x" * (LARGEST + 1), "larger than 3 MB"),
            (listed(*range(1, 20_100)), "too many"),
        ],
        ids=["empty", "page", "armour", "cut armour", "cut", "forged", "future", "part", "length",
             "deep", "large", "many"],
    )  # fmt: skip
    def test_anything_else_ends_in_a_sentence(self, content, says):
        with pytest.raises(RuleBroken) as refused:
            read_revocation_file(content, [ROOT])
        assert says in str(refused.value)

    @given(st.binary(max_size=40), st.integers(0, 400))
    @settings(max_examples=80, deadline=None)
    def test_a_spoilt_list_is_read_as_it_was_or_refused(self, noise, at):
        good = listed(7)
        try:
            read = read_revocation_file(good[:at] + noise + good[at + len(noise) :], [ROOT])
        except RuleBroken:
            return
        assert read.serials == ("7",)


@pytest.fixture
def ground(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False
    load_reference()


def trust(state: State = STATE) -> StateCertificate:
    run = actions.import_certificates(
        actor(cast.kamila()), None, file_name="kg.cer", content=state.root(), source="by hand"
    )
    actions.trust_certificates(actor(cast.leila()), run, compared=True)
    return StateCertificate.objects.get(source=run)


def hand_in(content: bytes) -> RevocationList:
    return actions.import_revocations(
        actor(cast.kamila()), None, file_name="kg.crl", content=content, source="the directory"
    )


def codes() -> set[str]:
    return {row.code for row in chip.verify(STATE.chip(), HeldStates(), on=TODAY).findings}


@database
@slow
@pytest.mark.usefixtures("ground")
class TestKept:
    def test_a_revoked_signer_is_found_and_another_is_not(self):
        trust()
        hand_in(listed(8, days=9))
        assert "chip.signer.revoked" not in codes()
        hand_in(listed(8, SIGNER, days=8))
        assert "chip.signer.revoked" in codes()
        assert not chip.verify(STATE.chip(), HeldStates(), on=TODAY).authentic

    def test_an_older_list_than_the_one_held_is_refused(self):
        trust()
        hand_in(listed(SIGNER, days=8))
        with pytest.raises(InvalidMove) as refused:
            hand_in(listed(days=9))
        assert "newer list" in str(refused.value)
        with pytest.raises(InvalidMove) as refused:
            hand_in(listed(SIGNER, days=8))
        assert "held already" in str(refused.value)
        assert "chip.signer.revoked" in codes()

    def test_only_under_a_certificate_that_is_trusted_now(self):
        with pytest.raises(RuleBroken):
            hand_in(listed(SIGNER))
        actions.import_certificates(
            actor(cast.kamila()), None, file_name="kg.cer", content=STATE.root(), source="by hand"
        )
        with pytest.raises(RuleBroken) as refused:
            hand_in(listed(SIGNER))
        assert "none of the states" in str(refused.value)
        assert not RevocationList.objects.exists()

    def test_who_is_distrusted_revokes_nobody(self):
        row = trust()
        hand_in(listed(SIGNER))
        assert revoked_signers() == {chip.Revoked("KG", ROOT.subject_name, "7")}
        actions.distrust_certificate(actor(cast.leila()), row, reason="the key was stolen")
        assert revoked_signers() == frozenset()

    def test_an_overdue_list_is_known_until_a_newer_one_comes(self):
        trust()
        hand_in(listed(8, days=9, due=2))
        found = overdue_list("KG", timezone.now())
        assert found is not None
        assert overdue_list("DE", timezone.now()) is None
        hand_in(listed(8, days=1))
        assert overdue_list("KG", timezone.now()) is None

    def test_what_came_is_never_changed(self):
        trust()
        hand_in(listed(SIGNER))
        for sql in ("UPDATE documents_revocationlist SET serials = '[]'",
                    "DELETE FROM documents_revocationlist"):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)


def post(client: Client, content: bytes):
    file = SimpleUploadedFile("kg.crl", content)
    return client.post(reverse("documents:revoked_add"), {"file": file, "source": "x"}, follow=True)


@database
@slow
@pytest.mark.usefixtures("ground")
class TestPages:
    def test_a_document_expert_hands_in_and_an_overdue_one_is_said(self, client):
        trust()
        sign_in(client, cast.kamila())
        page = post(client, listed(SIGNER, days=9, due=2)).content.decode()
        assert "1 signer is revoked" in page
        assert "Overdue: hand in a newer one" in page
        assert audited("documents.import_revocations")
        page = post(client, listed(SIGNER, 8, days=3)).content.decode()
        assert "Overdue" not in page

    @pytest.mark.parametrize("content", [b"x", listed(7, key=ec_key(66)), b"\x30\x80" * 900])
    def test_a_hostile_file_ends_in_a_sentence(self, client, content):
        trust()
        sign_in(client, cast.kamila())
        answer = post(client, content)
        assert answer.status_code == 422
        assert "error" in answer.content.decode()
        assert not RevocationList.objects.exists()

    def test_the_second_line_reads_and_hands_in_nothing(self, client):
        trust()
        sign_in(client, cast.bakyt())
        assert client.get(reverse("documents:revoked")).status_code == 200
        assert post(client, listed(SIGNER)).status_code == 403
        assert not RevocationList.objects.exists()
