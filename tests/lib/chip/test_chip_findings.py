"""Is every way in which a chip may be wrong found, and nothing else said?"""

from datetime import date
from typing import Any

import pytest

from safar.lib.chip import (
    ChipVerdict,
    Revoked,
    Trusted,
    TrustedStates,
    read_certificate,
    verify,
)
from tests.lib.chip.making import TODAY, ZONE, State, dg1, dg2, dg11, zone
from tests.lib.chip.making_keys import ec_key, tlv

KYRGYZ = State()
ROOT = read_certificate(KYRGYZ.root())
TRUSTED = TrustedStates([ROOT])
ISSUED = date(2025, 11, 1)


def judge(files: dict[str, bytes], trusted: TrustedStates = TRUSTED, **rest: Any) -> ChipVerdict:
    return verify(files, trusted, **{"on": TODAY} | rest)


def codes(verdict: ChipVerdict) -> set[str]:
    return {found.code for found in verdict.findings}


def signed_by(**rest: Any) -> dict[str, bytes]:
    return KYRGYZ.chip(certificates=[KYRGYZ.signer(**rest)])


def test_a_genuine_chip_is_authentic_and_nothing_is_said_of_it() -> None:
    verdict = judge(KYRGYZ.chip(), printed=ZONE, issued=ISSUED)
    assert (verdict.outcome, verdict.findings) == ("authentic", ())
    assert verdict.groups == {"DG1": "signed", "DG2": "signed"}
    assert verdict.root == ROOT
    assert verdict.signer is not None
    assert verdict.signer.country == "KG"


def test_a_changed_data_group_is_named() -> None:
    verdict = judge({**KYRGYZ.chip(), "EF.DG2": dg2(b"FAC\x00010\x00other")})
    assert verdict.findings[0].code == "chip.group.hash"
    assert verdict.findings[0].sentence == "DG2 is not what was signed: its hash differs."
    assert verdict.groups == {"DG1": "signed", "DG2": "differs"}
    assert verdict.outcome == "refused"


def test_a_group_that_nobody_signed_is_named() -> None:
    files = {**KYRGYZ.chip(), "EF.DG11": dg11()}
    assert codes(judge(files)) == {"chip.group.unlisted"}
    assert judge(files).outcome == "refused"
    listed = KYRGYZ.chip(groups={1: dg1(), 2: dg2(), 11: dg11()})
    assert codes(judge(listed)) == set()


def test_a_group_that_was_not_read_is_only_noted() -> None:
    files = KYRGYZ.chip(groups={1: dg1(), 2: dg2(), 3: tlv(0x63, b"fingers")})
    del files["EF.DG3"]
    verdict = judge(files)
    assert codes(verdict) == {"chip.group.not_read"}
    assert verdict.outcome == "authentic"


@pytest.mark.parametrize("listed", [True, False])
def test_a_chip_without_its_picture_proves_nothing_of_a_face(listed: bool) -> None:
    files = KYRGYZ.chip() if listed else KYRGYZ.chip(groups={1: dg1()})
    files.pop("EF.DG2", None)
    verdict = judge(files)
    assert "chip.dg2.missing" in codes(verdict)
    assert verdict.outcome not in ("authentic", "refused")


def test_com_may_not_announce_what_nobody_signed() -> None:
    files = KYRGYZ.chip()
    files["EF.COM"] = files["EF.COM"][:-2] + b"\x61\x75"
    assert codes(judge(files)) == set()
    files["EF.COM"] = tlv(0x60, tlv(0x5C, b"\x61\x75\x6f"))
    assert codes(judge(files)) == {"chip.com.missing"}


def test_a_state_without_a_certificate_is_said_to_be_so_and_not_called_false() -> None:
    for trusted in (TrustedStates(), TrustedStates([read_certificate(State("UZ").root())])):
        verdict = judge(KYRGYZ.chip(), trusted)
        (found,) = verdict.findings
        assert found.code == "chip.state.unknown"
        assert "No certificate of this state is held, so the chip cannot be judged" in (
            found.sentence
        )
        assert verdict.outcome == "unjudged"


def test_a_state_of_which_another_certificate_is_held() -> None:
    other = State(key=ec_key(8))
    verdict = judge(KYRGYZ.chip(), TrustedStates([read_certificate(other.root())]))
    assert codes(verdict) == {"chip.csca.missing"}
    assert verdict.outcome == "unjudged"


def test_a_signer_that_only_names_the_states_key_is_refused() -> None:
    forger = State(key=ec_key(66))
    verdict = judge(
        forger.chip(certificates=[forger.signer(named_key=KYRGYZ.key.key_id)]),
    )
    assert codes(verdict) == {"chip.chain.wrong"}
    assert verdict.outcome == "refused"


def test_a_state_certificate_that_came_with_the_document_is_not_trusted() -> None:
    forger = State(key=ec_key(66))
    files = forger.chip(certificates=[forger.signer(), forger.root()])
    assert judge(files).outcome == "unjudged"
    assert judge(files, TrustedStates([read_certificate(forger.root())])).authentic


def test_a_distrusted_state_certificate_is_named_with_its_reason() -> None:
    verdict = judge(KYRGYZ.chip(), TrustedStates([Trusted(ROOT, "Its key was stolen.")]))
    assert codes(verdict) == {"chip.csca.distrusted"}
    assert "Its key was stolen." in verdict.findings[0].sentence
    assert verdict.outcome == "refused"
    also = TrustedStates([Trusted(ROOT, "Its key was stolen."), read_certificate(KYRGYZ.root())])
    assert judge(KYRGYZ.chip(), also).outcome == "refused"


def test_a_revoked_signer_is_refused() -> None:
    def of(country: str, serial: str) -> set[str]:
        revoked = Revoked(country, ROOT.subject_name, serial)
        return codes(judge(KYRGYZ.chip(), TrustedStates([ROOT], [revoked])))

    assert of("KG", "7") == {"chip.signer.revoked"}
    assert of("UZ", "7") == of("KG", "8") == set()


def test_only_an_authority_may_stand_behind_a_signer() -> None:
    plain = read_certificate(KYRGYZ.root(authority=False))
    assert codes(judge(KYRGYZ.chip(), TrustedStates([plain]))) == {"chip.chain.wrong"}


def test_another_states_signer_cannot_sign_a_kyrgyz_document() -> None:
    uzbek = State("UZ", key=ec_key(21), signer_key=ec_key(22))
    trusted = TrustedStates([ROOT, read_certificate(uzbek.root())])
    verdict = judge(uzbek.chip(), trusted)
    assert codes(verdict) == {"chip.country.differs"}
    assert verdict.findings[0].params == {"issuer": "KGZ", "country": "UZ"}
    assert verdict.outcome == "refused"
    assert judge(KYRGYZ.chip(), trusted).authentic


@pytest.mark.parametrize(
    ("issuer", "country", "found"),
    [
        ("D", "DE", set()),
        ("GBN", "GB", set()),
        ("CHN", "HK", set()),
        ("D", "FR", {"chip.country.differs"}),
        ("XPO", "ZZ", {"chip.country.unlisted"}),
    ],
)
def test_issuers_with_codes_of_their_own(issuer: str, country: str, found: set[str]) -> None:
    state = State(country)
    files = state.chip(groups={1: dg1(zone(issuer=issuer)), 2: dg2()})
    verdict = judge(files, TrustedStates([read_certificate(state.root())]))
    assert codes(verdict) == found


def test_small_letters_in_a_country_are_understood() -> None:
    small = State("kg", key=KYRGYZ.key)
    assert judge(small.chip()).authentic
