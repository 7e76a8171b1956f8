"""Does a master list vouch for itself, and is every certificate in it judged on its own?"""

from typing import Any

import pytest

from safar.lib.chip import ChipError, MasterList, TrustedStates, read_master_list, verify
from safar.lib.chip.master_list import LIMIT
from tests.lib.chip.making import LDS, LIST_SIGNER, TODAY, State, certificate, master_list, name
from tests.lib.chip.making_keys import Key, ec_key, rsa_key

KYRGYZ = State()
UZBEK = State("UZ", key=ec_key(21, "BRAINPOOLP384r1", "sha384", explicit=True))
GERMAN = State("DE", key=ec_key(31), signer_key=ec_key(32))
SIGNER = GERMAN.signer(purposes=[LIST_SIGNER])


def listing(*certificates: bytes, **rest: Any) -> bytes:
    beside = rest.pop("beside", [SIGNER])
    return master_list(certificates, rest.pop("key", GERMAN.signer_key), beside, **rest)


def reading(*certificates: bytes, **rest: Any) -> MasterList:
    return read_master_list(listing(*certificates, **rest))


def refusal(data: bytes) -> str:
    with pytest.raises(ChipError) as caught:
        read_master_list(data)
    return caught.value.code


def link(old: Key, new: Key, country: str = "KG") -> bytes:
    own = name(country, "State")
    return certificate(new, old, subject=own, issuer=own, serial=3, authority=True)


def test_a_list_shows_who_signed_it_and_what_it_holds() -> None:
    found = reading(KYRGYZ.root(), UZBEK.root(), GERMAN.root())
    assert found.signed_by.signer.country == "DE"
    assert found.signed_by.root.subject_name == found.certificates[2].certificate.subject_name
    assert found.countries == {"DE": 1, "KG": 1, "UZ": 1}
    assert [each.proof for each in found.certificates] == ["self-signed"] * 3
    assert found.problems == ()
    assert found.certificates[0].certificate.key_id == KYRGYZ.key.key_id.hex()


def test_the_certificates_of_a_list_verify_a_chip() -> None:
    found = reading(KYRGYZ.root(), GERMAN.root())
    trusted = TrustedStates(each.certificate for each in found.certificates)
    assert trusted.countries == {"KG", "DE"}
    assert verify(KYRGYZ.chip(), trusted, on=TODAY).authentic


def test_the_signers_state_may_stand_beside_the_list() -> None:
    assert reading(KYRGYZ.root(), beside=[SIGNER, GERMAN.root()]).countries == {"KG": 1}


def test_a_list_without_its_signers_state_is_refused() -> None:
    assert refusal(listing(KYRGYZ.root())) == "chip.list.chain"
    stranger = State("DE", key=ec_key(77))
    assert refusal(listing(KYRGYZ.root(), stranger.root())) == "chip.list.chain"


def test_a_state_cannot_vouch_for_another_states_list() -> None:
    disguised = State("KG", key=GERMAN.key)
    assert refusal(listing(disguised.root())) == "chip.list.chain"


def test_a_wrong_signature_refuses_the_whole_list() -> None:
    good = listing(KYRGYZ.root(), GERMAN.root())
    assert refusal(good[:-1] + bytes((good[-1] ^ 1,))) == "chip.signature.wrong"
    assert refusal(listing(GERMAN.root(), attribute_digest=bytes(32))) == "chip.cms.digest"
    assert refusal(listing(GERMAN.root(), key=ec_key(99))) == "chip.signature.wrong"


def test_a_changed_certificate_refuses_the_whole_list() -> None:
    good = listing(KYRGYZ.root(), GERMAN.root())
    at = good.index(KYRGYZ.root()[-20:])
    assert refusal(good[:at] + b"\x00" + good[at + 1 :]) == "chip.cms.digest"


def test_a_signer_of_documents_may_not_sign_lists() -> None:
    assert refusal(listing(GERMAN.root(), beside=[GERMAN.signer()])) == "chip.list.purpose"


def test_a_security_object_is_no_list() -> None:
    assert refusal(listing(GERMAN.root(), kind=LDS)) == "chip.list.kind"
    assert refusal(listing(GERMAN.root(), beside=[])) == "chip.cms.certificate"


def test_a_link_certificate_is_told_from_one_that_nobody_signed() -> None:
    new = ec_key(41)
    found = reading(KYRGYZ.root(), link(KYRGYZ.key, new), GERMAN.root())
    assert [each.proof for each in found.certificates] == ["self-signed", "link", "self-signed"]
    alone = reading(link(KYRGYZ.key, new), GERMAN.root())
    assert [each.proof for each in alone.certificates] == ["unproved", "self-signed"]


def test_another_states_key_makes_no_link() -> None:
    found = reading(UZBEK.root(), link(UZBEK.key, ec_key(41)), GERMAN.root())
    assert found.certificates[1].proof == "unproved"


def test_one_that_only_says_it_signed_itself_is_left_out_with_its_reason() -> None:
    root = KYRGYZ.root()
    broken = root[:-1] + bytes((root[-1] ^ 1,))
    found = reading(UZBEK.root(), broken, GERMAN.root())
    assert found.countries == {"DE": 1, "UZ": 1}
    (problem,) = found.problems
    assert (problem.place, problem.code) == (2, "chip.certificate.own")
    assert "signed itself" in problem.sentence


@pytest.mark.parametrize(
    ("certificate", "code"),
    [
        (b"\x30\x03\x02\x01\x01", "chip.der.shape"),
        (KYRGYZ.signer(authority=False), "chip.certificate.authority"),
        (KYRGYZ.signer(), "chip.certificate.authority"),
        (State("K1").root(), "chip.certificate.country"),
        (GERMAN.root(), "chip.certificate.twice"),
        (State(key=ec_key(5, "SECP256k1")).root(), "chip.algorithm.unknown"),
        (
            State(
                key=ec_key(5, explicit=True, generator=2 * ec_key(5).private.curve.generator)
            ).root(),
            "chip.curve.unknown",
        ),
    ],
)
def test_broken_ones_are_left_out_one_by_one(certificate: bytes, code: str) -> None:
    found = reading(GERMAN.root(), certificate, KYRGYZ.root())
    assert found.countries == {"DE": 1, "KG": 1}
    assert [(each.place, each.code) for each in found.problems] == [(2, code)]


def test_a_list_of_broken_ones_alone_is_refused() -> None:
    beside = [SIGNER, GERMAN.root()]
    assert refusal(listing(b"\x30\x00", beside=beside)) == "chip.list.empty"
    assert refusal(listing(beside=beside)) == "chip.list.empty"


def test_a_list_larger_than_8_megabytes_is_refused() -> None:
    assert refusal(bytes(LIMIT + 1)) == "chip.large"
    assert refusal(bytes(LIMIT)) != "chip.large"


@pytest.mark.slow
def test_five_hundred_states_are_read() -> None:
    """The same keys under other names and numbers: 500 certificates of 500 states."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVW"
    countries = [first + second for first in letters for second in letters][:500]
    roots = [State(country, key=rsa_key(1)).root() for country in countries]
    found = reading(*roots, beside=[SIGNER, GERMAN.root()])
    assert len(found.certificates) == len(found.countries) == 500
    assert {each.proof for each in found.certificates} == {"self-signed"}
