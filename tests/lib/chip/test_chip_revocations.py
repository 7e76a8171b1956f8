"""Is a state's list of revoked signers believed only from that state?"""

import contextlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.lib.chip import (
    ChipError,
    TrustedStates,
    read_certificate,
    read_revocations,
    verify,
)
from tests.lib.chip.making import TODAY, State, revocation_list
from tests.lib.chip.making_keys import ec_key

KYRGYZ = State()
ROOT = read_certificate(KYRGYZ.root())
OTHER = read_certificate(State("UZ", key=ec_key(21)).root())
NAME = KYRGYZ.names[0]


def test_a_revoked_signer_is_refused_and_others_are_not() -> None:
    found = read_revocations(revocation_list(KYRGYZ.key, NAME, [7, 2**80]), [OTHER, ROOT])
    assert (found.issuer, found.issued, found.next) == (ROOT, TODAY, date(2027, 1, 1))
    assert found.revoked == {("KG", "7"), ("KG", f"{2**80:x}")}
    verdict = verify(KYRGYZ.chip(), TrustedStates([ROOT], found.revoked), on=TODAY)
    assert [each.code for each in verdict.findings] == ["chip.signer.revoked"]
    spared = read_revocations(revocation_list(KYRGYZ.key, NAME, [8]), [ROOT])
    assert verify(KYRGYZ.chip(), TrustedStates([ROOT], spared.revoked), on=TODAY).authentic


def test_a_revoked_state_certificate_vouches_for_nobody() -> None:
    found = read_revocations(revocation_list(KYRGYZ.key, NAME, [1]), [ROOT])
    verdict = verify(KYRGYZ.chip(), TrustedStates([ROOT], found.revoked), on=TODAY)
    assert [each.code for each in verdict.findings] == ["chip.csca.revoked"]
    assert verdict.outcome == "refused"


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
            assert read_revocations(data, [ROOT]).revoked == {("KG", "7")}
