"""Certificates of states: handed in by one person, trusted by another, distrusted at once."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, IntegrityError, connection, transaction

from safar.control.documents import actions
from safar.control.documents.commands import documents as command
from safar.control.documents.models import (
    CertificateEvent,
    CertificateImport,
    StateCertificate,
)
from safar.control.documents.queries import HeldStates
from safar.control.documents.wording.chip_sentences import ERRORS, FINDINGS
from safar.control.documents.wording.chips import lines, sentence
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.permissions import system
from safar.core.record import writing
from safar.lib import chip
from tests import cast
from tests.lib.chip.making import (
    LIST_SIGNER,
    TODAY,
    State,
    certificate,
    master_list,
    name,
    revocation_list,
)
from tests.lib.chip.making_keys import ec_key
from tests.makers.accounts import actor, audited

STATE = State()
OTHER = State("UT", key=ec_key(5, "NIST384p", "sha384"), signer_key=ec_key(6))
LIST_KEY = ec_key(7)
database = pytest.mark.django_db
slow = pytest.mark.slow


def a_list(*roots: bytes, purposes=(LIST_SIGNER,), key=LIST_KEY) -> bytes:
    """A master list, signed under the state certificate of the first state."""
    own, signer = STATE.names
    beside = certificate(LIST_KEY, STATE.key, subject=signer, issuer=own, serial=9, purposes=purposes)  # fmt: skip
    return master_list(roots or (STATE.root(), OTHER.root()), key, [beside])


def handed_in(content: bytes, by=None) -> CertificateImport:
    return actions.import_certificates(
        actor(by or cast.kamila()), None, file_name="list.ml", content=content, source="by hand"
    )


def trusted(content: bytes | None = None) -> CertificateImport:
    run = handed_in(content or a_list())
    actions.trust_certificates(actor(cast.leila()), run, compared=True)
    return run


def verdict(state: State = STATE) -> chip.ChipVerdict:
    return chip.verify(state.chip(), HeldStates(), on=TODAY)


def codes(found: chip.ChipVerdict) -> set[str]:
    return {each.code for each in found.findings}


class TestWording:
    def test_every_sentence_of_the_library_is_there_and_says_the_same(self):
        said = {code: str(text).replace("’", "'") for code, text in (FINDINGS | ERRORS).items()}
        assert said == chip.CODES

    def test_days_fields_and_reasons_are_in_words(self):
        row = {"group": "SOD", "why": "x", "why_code": "chip.signature.wrong"}
        told = lines([{"code": "chip.sod.signature", "group": "SOD", "params": row}])[0]
        assert (
            told.sentence
            == "The signature of the security object is wrong: The signature does not fit."
        )
        assert told.tone == "hold"
        assert sentence("chip.signer.ended", {"day": "2026-01-31"}).endswith("31 January 2026.")
        assert "date of birth, number" in sentence("chip.mrz.differs", {"fields": "birth, number"})


@database
@slow
class TestTwoPeople:
    def test_nothing_counts_until_a_second_person_trusts_it(self):
        run = handed_in(a_list())
        assert (run.read, run.proposed, run.known) == (2, 2, 0)
        assert codes(verdict()) == {"chip.state.unknown"}
        assert actions.trust_certificates(actor(cast.leila()), run, compared=True) == 2
        assert verdict().authentic
        assert audited("documents.trust_certificates")

    def test_who_put_it_forward_does_not_trust_it(self):
        run = handed_in(a_list())
        row = StateCertificate.objects.all()[0]
        with pytest.raises(NotAllowed):
            actions.trust_certificates(actor(cast.kamila()), run, compared=True)
        with pytest.raises(NotAllowed):
            actions.trust_certificate(actor(cast.kamila()), row, compared=True)
        assert not verdict().authentic

    def test_no_command_trusts_anything(self):
        run = handed_in(a_list())
        with pytest.raises(NotAllowed):
            actions.trust_certificates(system("tests"), run, compared=True)

    @pytest.mark.parametrize(
        "change",
        [
            "status = 'trusted'",
            "status = 'trusted', trusted_at = now(), trusted_by_id = proposed_by_id, trusted_by_name = 'x'",
            "proposed_by_id = NULL",
            "status = 'distrusted'",
            "status = 'believed'",
        ],
    )
    def test_nor_does_raw_sql(self, change):
        handed_in(a_list())
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE documents_statecertificate SET {change}")

    def test_raw_sql_of_two_people_would_be_taken(self):
        handed_in(a_list())
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE documents_statecertificate SET status = 'trusted', trusted_at = now(), "
                "trusted_by_id = %s, trusted_by_name = 'Lomova'",
                [cast.leila().pk],
            )
            assert cursor.rowcount == 2

    def test_a_write_outside_an_action_is_no_way_round(self):
        handed_in(a_list())
        row = StateCertificate.objects.all()[0]
        row.status = "trusted"
        with writing(), pytest.raises(IntegrityError), transaction.atomic():
            row.save()

    def test_the_history_is_only_added_to(self):
        trusted()
        assert CertificateEvent.objects.count() == 4
        for table in ("documents_certificateevent", "documents_certificateimport"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table}")

    def test_the_fingerprint_is_compared_unless_the_root_is_trusted(self):
        run = handed_in(a_list(STATE.root()))
        with pytest.raises(RuleBroken):
            actions.trust_certificates(actor(cast.leila()), run)
        row = StateCertificate.objects.get()
        with pytest.raises(RuleBroken):
            actions.trust_certificate(actor(cast.leila()), row)
        actions.trust_certificate(actor(cast.leila()), row, compared=True)
        later = handed_in(a_list())
        assert (later.root_trusted, later.proposed, later.known) == (True, 1, 1)
        assert actions.trust_certificates(actor(cast.leila()), later) == 1

    @pytest.mark.parametrize(("serial", "refused"), [(9, True), (8, False)])
    def test_a_list_whose_signer_is_revoked_while_it_waits_is_not_trusted(self, serial, refused):
        alone = handed_in(STATE.root())
        actions.trust_certificate(actor(cast.leila()), alone.certificates.get(), compared=True)
        waiting = handed_in(a_list())
        actions.import_revocations(
            actor(cast.kamila()),
            None,
            file_name="kg.crl",
            content=revocation_list(STATE.key, STATE.names[0], [serial]),
            source="x",
        )
        row = waiting.certificates.get()
        leila = actor(cast.leila())
        if not refused:
            assert actions.trust_certificates(leila, waiting, compared=True) == 1
            return
        with pytest.raises(RuleBroken, match="revoked"):
            actions.trust_certificates(leila, waiting, compared=True)
        with pytest.raises(RuleBroken, match="revoked"):
            actions.trust_certificate(leila, row, compared=True)
        actions.decline_certificate(leila, row, reason="its signer is revoked")

    def test_an_unproved_one_is_left_to_be_decided_by_itself(self):
        stray = certificate(
            OTHER.key,
            ec_key(8),
            subject=name("UT", "New"),
            issuer=name("UT", "Old"),
            authority=True,
        )
        run = handed_in(a_list(STATE.root(), stray))
        assert actions.trust_certificates(actor(cast.leila()), run, compared=True) == 1
        assert StateCertificate.objects.get(status="proposed").proof == "unproved"


@database
@slow
class TestDistrust:
    def test_it_counts_at_once_and_says_why(self):
        trusted()
        row = StateCertificate.objects.get(country="KG")
        assert verdict().authentic
        actions.distrust_certificate(actor(cast.kamila()), row, reason="key was stolen")
        found = verdict()
        assert found.outcome == "refused"
        told = lines([each._asdict() for each in found.findings])
        assert any("key was stolen" in each.sentence for each in told)
        assert "chip.csca.distrusted" not in codes(verdict(OTHER)), "another state’s is as it was"

    def test_put_forward_again_it_stays_distrusted_until_another_trusts_it(self):
        trusted()
        row = StateCertificate.objects.get(country="KG")
        actions.distrust_certificate(actor(cast.kamila()), row, reason="key was stolen")
        actions.propose_certificate(actor(cast.kamila()), row, reason="it was a mistake")
        assert "chip.csca.distrusted" in codes(verdict())
        with pytest.raises(NotAllowed):
            actions.trust_certificate(actor(cast.kamila()), row, compared=True)
        assert actions.trust_certificates(actor(cast.leila()), row.source, compared=True) == 0
        actions.trust_certificate(actor(cast.leila()), row, compared=True)
        assert verdict().authentic

    def test_declining_it_again_leaves_it_distrusted(self):
        trusted()
        row = StateCertificate.objects.get(country="KG")
        actions.distrust_certificate(actor(cast.kamila()), row, reason="key was stolen")
        actions.propose_certificate(actor(cast.kamila()), row, reason="it was a mistake")
        actions.decline_certificate(actor(cast.leila()), row, reason="no mistake")
        row.refresh_from_db()
        assert (row.status, row.reason) == ("distrusted", "key was stolen")
        assert "chip.csca.distrusted" in codes(verdict())

    @pytest.mark.parametrize("reason", ["", "   "])
    def test_not_without_a_reason(self, reason):
        trusted()
        row = StateCertificate.objects.all()[0]
        with pytest.raises(RuleBroken):
            actions.distrust_certificate(actor(cast.kamila()), row, reason=reason)

    def test_what_was_declined_counts_for_nothing_and_is_declined_once(self):
        handed_in(a_list())
        row = StateCertificate.objects.get(country="KG")
        actions.decline_certificate(actor(cast.leila()), row, reason="too old")
        assert codes(verdict()) == {"chip.state.unknown"}
        with pytest.raises(InvalidMove):
            actions.decline_certificate(actor(cast.leila()), row, reason="too old")


@database
@slow
class TestFiles:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"nothing of the kind",
            a_list()[:400],
            a_list().replace(b"State", b"Stake"),
            a_list(purposes=()),
            a_list(key=ec_key(11)),
            master_list([STATE.root()], LIST_KEY, []),
            STATE.signer(),
            STATE.root()[:-3] + b"\x00\x00\x00",
            b"0\x84\xff\xff\xff\xff" * 1000,
            b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        ],
        ids=["nothing", "text", "cut", "changed", "purpose", "other key", "no signer",
             "no authority", "own signature", "lengths", "pem"],
    )  # fmt: skip
    def test_a_wrong_file_is_refused_in_a_sentence_and_nothing_is_kept(self, content):
        with pytest.raises(RuleBroken) as refused:
            handed_in(content)
        assert refused.value.field == "file"
        assert str(refused.value).endswith((".", ")"))
        assert not StateCertificate.objects.exists()
        assert not CertificateImport.objects.exists()

    @pytest.mark.parametrize(("revoked", "is_taken"), [(9, False), (8, True)])
    def test_a_list_of_a_signer_whom_its_state_revoked_is_refused(self, revoked, is_taken):
        trusted()
        actions.import_revocations(
            actor(cast.kamila()), None, file_name="kg.crl", source="by hand",
            content=revocation_list(STATE.key, STATE.names[0], [revoked]),
        )  # fmt: skip
        if is_taken:
            assert handed_in(a_list(STATE.root())).known == 1
            return
        with pytest.raises(RuleBroken, match="signer was revoked by its state"):
            handed_in(a_list(STATE.root()))

    def test_one_certificate_comes_by_itself(self):
        run = handed_in(STATE.root())
        row = StateCertificate.objects.get()
        assert (run.kind, row.country, row.proof) == ("certificate", "KG", "self-signed")
        assert (row.not_before, row.not_after) == (date(2025, 1, 1), date(2036, 6, 1))
        assert handed_in(STATE.root()).known == 1

    def test_the_trust_list_is_told_to_machines(self):
        trusted()
        row = StateCertificate.objects.get(country="UT")
        actions.distrust_certificate(actor(cast.kamila()), row, reason="key was stolen")
        told = json.loads(CliRunner().invoke(command, ["trust-list", "--json"]).output)
        assert [(r["country"], r["distrusted"]) for r in told["certificates"]] == [
            ("KG", ""), ("UT", "key was stolen"),
        ]  # fmt: skip
        assert "DISTRUSTED" in CliRunner().invoke(command, ["trust-list"]).output
