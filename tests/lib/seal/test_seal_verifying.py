"""Does every way in which a seal can be wrong have its own word, and no good seal one?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from safar.lib.seal import (
    VERDICTS,
    SealError,
    Signers,
    Verdict,
    c40,
    decode,
    issuing,
    rebuild,
    sign,
    verify,
)
from safar.lib.seal.profiles import PASSPORT
from tests.lib.seal.making import SEALED, SINCE, TODAY, UNTIL, csca, known, signer, visa

NAME = ("KGVS", 0x1A)


def judged(data: bytes, signers: Signers | None = None, on: date = TODAY) -> Verdict:
    return verify(data, known() if signers is None else signers, on=on)


@pytest.mark.parametrize(
    ("curve", "size"),
    [("P-256", 64), ("brainpoolP256r1", 64), ("P-384", 96), ("brainpoolP384r1", 96)],
)
def test_a_good_seal_is_sound_on_every_curve(curve: str, size: int) -> None:
    mine, certificate = signer(curve, serial=0x1B)
    signers = Signers.of([certificate.der], [csca().certificate.der])
    verdict = judged(sign(visa(), mine), signers)
    assert (verdict.code, verdict.sound, verdict.weight) == ("seal.sound", True, 0)
    assert verdict.seal is not None
    assert len(verdict.seal.signature) == size


def test_every_single_changed_bit_is_noticed() -> None:
    good = sign(visa(), signer()[0])
    assert judged(good).sound
    for at in range(len(good)):
        for bit in (0, 3, 7):
            bad = bytearray(good)
            bad[at] ^= 1 << bit
            assert not judged(bytes(bad)).sound, (at, bit)


def test_a_changed_passport_number_is_altered() -> None:
    seal = decode(sign(visa(), signer()[0]))
    verdict = judged(rebuild(seal, features={PASSPORT: c40.encode("L898902C4")}))
    assert (verdict.code, verdict.signature) == ("seal.altered", False)
    assert verdict.seal is not None
    assert verdict.seal.text("passport_number") == "L898902C4"
    resigned = rebuild(seal, features={PASSPORT: c40.encode("L898902C4")}, signer=signer()[0])
    assert judged(resigned).sound


def test_the_signature_of_another_key_under_the_same_name_is_altered() -> None:
    stranger = issuing.file_signer(issuing.new_key(), signer()[1])
    assert judged(sign(visa(), stranger)).code == "seal.altered"


def test_the_signature_of_another_seal_is_altered() -> None:
    first = decode(sign(visa(), signer()[0]))
    second = decode(sign(visa("MRV-A"), signer()[0]))
    assert judged(rebuild(first, signature=second.signature)).code == "seal.altered"


def test_a_signer_that_is_not_there_is_unknown() -> None:
    seal = decode(sign(visa(), signer()[0]))
    verdict = judged(rebuild(seal, head={"reference": "1F"}, signer=signer()[0]))
    assert (verdict.code, verdict.signature) == ("seal.unknown_signer", None)
    assert "KGVS" in verdict.sentence


def test_leading_zeros_of_a_reference_do_not_count() -> None:
    seal = decode(sign(visa(), signer()[0]))
    assert judged(rebuild(seal, head={"reference": "0001A"}, signer=signer()[0])).sound


def test_a_certificate_without_a_trusted_authority_is_not_believed() -> None:
    other = issuing.issue_csca("KG", valid_from=date(2025, 1, 1), valid_until=date(2035, 1, 1))
    signers = Signers.of([signer()[1].der], [other.certificate.der])
    verdict = judged(sign(visa(), signer()[0]), signers)
    assert verdict.code == "seal.untrusted_signer"
    assert signers.refused[0].code == "certificate.chain"
    assert judged(sign(visa(), signer()[0]), Signers.of([signer()[1]], [])).code == (
        "seal.untrusted_signer"
    )


def test_a_signer_of_another_state_is_foreign() -> None:
    mine, certificate = signer(alpha2="UZ")
    signers = Signers.of([certificate.der], [csca("UZ").certificate.der])
    assert judged(sign(visa(), mine), signers).sound
    seal = decode(sign(visa(), mine))
    verdict = judged(rebuild(seal, head={"country": "KGZ"}, signer=mine), signers)
    assert (verdict.code, verdict.signature) == ("seal.foreign_signer", True)


def test_a_signer_of_other_documents_may_not_seal_visas() -> None:
    mine, certificate = signer(serial=0x1C, document_types=("AR",))
    signers = Signers.of([certificate.der], [csca().certificate.der])
    assert judged(sign(visa(), mine), signers).code == "seal.wrong_use"
    free, any_kind = signer(serial=0x1D, document_types=())
    signers = Signers.of([any_kind.der], [csca().certificate.der])
    assert judged(sign(visa(), free), signers).sound


def test_a_rolled_over_certificate_still_verifies_what_it_sealed() -> None:
    data = sign(visa(), signer()[0])
    assert judged(data, on=UNTIL).code == "seal.sound"
    verdict = judged(data, on=UNTIL + timedelta(days=1))
    assert (verdict.code, verdict.sound, verdict.weight) == ("seal.sound_ended", True, 10)


@pytest.mark.parametrize(
    ("signed_on", "on", "code"),
    [
        (UNTIL, UNTIL, "seal.sound"),
        (UNTIL + timedelta(days=1), UNTIL + timedelta(days=9), "seal.certificate_ended"),
        (SINCE, TODAY, "seal.sound"),
        (SINCE - timedelta(days=1), TODAY, "seal.certificate_early"),
        (TODAY, TODAY, "seal.sound"),
        (TODAY + timedelta(days=1), TODAY, "seal.future"),
    ],
)
def test_the_day_of_sealing_must_lie_in_the_certificates_time(
    signed_on: date, on: date, code: str
) -> None:
    verdict = judged(sign(visa(signed_on=signed_on), signer()[0]), on=on)
    assert (verdict.code, verdict.signature) == (code, True)


def test_what_a_revoked_signer_sealed_before_is_doubtful_and_later_is_not_believed() -> None:
    signers = known().revoke(NAME, SEALED + timedelta(days=5))
    before = judged(sign(visa(), signer()[0]), signers)
    assert (before.code, before.sound, before.weight) == ("seal.revoked_later", True, 60)
    assert "2026-11-06" in before.sentence
    after = judged(sign(visa(signed_on=SEALED + timedelta(days=5)), signer()[0]), signers)
    assert (after.code, after.sound) == ("seal.revoked", False)
    assert judged(sign(visa(), signer()[0])).code == "seal.sound"  # the others are not touched


def test_a_revocation_does_not_count_before_its_day() -> None:
    signers = known().revoke(NAME, TODAY + timedelta(days=1))
    assert judged(sign(visa(), signer()[0]), signers).code == "seal.sound"


def test_bytes_that_are_no_seal_get_a_verdict_and_no_traceback() -> None:
    verdict = judged(b"hello")
    assert (verdict.code, verdict.problem) == ("seal.unreadable", "seal.not_a_seal")
    assert verdict.sentence == SealError("seal.not_a_seal").sentence


def test_a_rightly_signed_field_that_means_nothing_is_unreadable() -> None:
    seal = decode(sign(visa(), signer()[0]))
    verdict = judged(rebuild(seal, features={4: b"12"}, signer=signer()[0]))
    assert (verdict.code, verdict.problem) == ("seal.unreadable", "seal.bad_value")
    assert judged(rebuild(seal, features={4: b"12"})).code == "seal.altered"


def test_two_certificates_of_the_same_name_are_not_both_believed() -> None:
    key = issuing.new_key()
    twin = issuing.issue_signer(
        csca(),
        name="VS",
        serial=0x1A,
        public_key=key.public_key(),
        valid_from=SINCE,
        valid_until=UNTIL,
    )
    signers = Signers.of([signer()[1].der, twin.der], [csca().certificate.der])
    assert len(signers) == 1
    assert signers.refused[0].code == "certificate.duplicate"


def test_every_verdict_has_a_sentence_that_can_be_filled() -> None:
    words = ("signer", "reference", "country", "signed", "since", "until", "revoked", "why")
    params = dict.fromkeys(words, "x")
    for code in VERDICTS:
        assert Verdict(code, params).sentence.endswith((".", "x"))


def test_a_seal_that_was_read_already_is_judged_like_its_bytes() -> None:
    data = sign(visa(), signer()[0])
    assert verify(decode(data), known(), on=TODAY).code == judged(data).code
    altered = replace(decode(data), signed=b"other")
    assert verify(altered, known(), on=TODAY).code == "seal.altered"
