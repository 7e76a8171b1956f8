"""Is a state's list of revoked signers believed only from that state?"""

import contextlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.lib.chip import (
    ChipError,
    Revoked,
    TrustedStates,
    read_certificate,
    read_revocations,
    verify,
)
from tests.lib.chip.making import TODAY, State, revocation_list
from tests.lib.chip.making_keys import ec_key, tlv

KYRGYZ = State()
ROOT = read_certificate(KYRGYZ.root())
OTHER = read_certificate(State("UZ", key=ec_key(21)).root())
NAME = KYRGYZ.names[0]


def of(serial: str) -> Revoked:
    return Revoked("KG", ROOT.subject_name, serial)


def test_a_revoked_signer_is_refused_and_others_are_not() -> None:
    found = read_revocations(revocation_list(KYRGYZ.key, NAME, [7, 2**80]), [OTHER, ROOT])
    assert (found.issuer, found.issued, found.next) == (ROOT, TODAY, date(2027, 1, 1))
    assert found.revoked == {of("7"), of(f"{2**80:x}")}
    verdict = verify(KYRGYZ.chip(), TrustedStates([ROOT], found.revoked), on=TODAY)
    assert [each.code for each in verdict.findings] == ["chip.signer.revoked"]
    spared = read_revocations(revocation_list(KYRGYZ.key, NAME, [8]), [ROOT])
    assert verify(KYRGYZ.chip(), TrustedStates([ROOT], spared.revoked), on=TODAY).authentic


def test_a_revoked_state_certificate_vouches_for_nobody() -> None:
    found = read_revocations(revocation_list(KYRGYZ.key, NAME, [1]), [ROOT])
    verdict = verify(KYRGYZ.chip(), TrustedStates([ROOT], found.revoked), on=TODAY)
    assert [each.code for each in verdict.findings] == ["chip.csca.revoked"]
    assert verdict.outcome == "refused"


def test_a_serial_number_that_another_issuer_of_the_state_revoked_is_a_doubt() -> None:
    """Two issuers of a state may give the same number: an honest traveller is not refused for it."""
    renamed = read_certificate(State(called="Old authority").root())
    found = Revoked("KG", renamed.subject_name, "7")
    assert renamed.subject_name != ROOT.subject_name
    verdict = verify(KYRGYZ.chip(), TrustedStates([ROOT], [found]), on=TODAY)
    assert [each.code for each in verdict.findings] == ["chip.signer.revoked_elsewhere"]
    assert verdict.outcome == "doubtful"
    elsewhere = Revoked("UZ", renamed.subject_name, "7")
    assert verify(KYRGYZ.chip(), TrustedStates([ROOT], [elsewhere]), on=TODAY).authentic


def test_the_state_certificates_number_under_another_name_revokes_it_not() -> None:
    found = Revoked("KG", OTHER.subject_name, ROOT.serial)
    assert verify(KYRGYZ.chip(), TrustedStates([ROOT], [found]), on=TODAY).authentic


def extension(critical: bytes) -> bytes:
    """One that says whose certificate an entry is (2.5.29.29), or since which list (2.5.29.27)."""
    return tlv(0x30, b"\x06\x03\x55\x1d\x1d", critical, tlv(0x04, b"\x02\x01\x03"))


@pytest.mark.parametrize("in_entry", [True, False])
def test_a_list_that_is_only_a_part_is_refused_and_a_harmless_extension_is_not(in_entry) -> None:
    def made(critical: bytes) -> bytes:
        said = tlv(0x30, extension(critical))
        rest, entry = (b"", said) if in_entry else (tlv(0xA0, said), b"")
        return revocation_list(KYRGYZ.key, NAME, [7], rest=rest, entry=entry)

    with pytest.raises(ChipError) as refused:
        read_revocations(made(b"\x01\x01\xff"), [ROOT])
    assert refused.value.code == "chip.crl.part"
    for harmless in (b"", b"\x01\x01\x00"):
        assert read_revocations(made(harmless), [ROOT]).revoked == {of("7")}


def test_a_list_without_entries_revokes_nobody() -> None:
    assert read_revocations(revocation_list(KYRGYZ.key, NAME, []), [ROOT]).revoked == frozenset()


def test_a_list_of_another_key_or_a_changed_one_is_refused() -> None:
    forged = revocation_list(ec_key(66), NAME, [7])
    with pytest.raises(ChipError, match="none of the states"):
        read_revocations(forged, [ROOT])
    good = revocation_list(KYRGYZ.key, NAME, [7])
    changed = good.replace(b"\x02\x01\x07", b"\x02\x01\x09")
    assert changed != good
    with pytest.raises(ChipError, match="none of the states"):
        read_revocations(changed, [ROOT])
    with pytest.raises(ChipError, match="none of the states"):
        read_revocations(good, [OTHER])


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 300), st.binary(max_size=3))
def test_broken_lists_are_refused(at: int, put: bytes) -> None:
    good = revocation_list(KYRGYZ.key, NAME, [7])
    for data in (good[:at], good[:at] + put + good[at + len(put) :], put * 50):
        with contextlib.suppress(ChipError):
            assert read_revocations(data, [ROOT]).revoked == {of("7")}
