"""Is every algorithm of travel documents verified, and does none let a forgery through?"""

from typing import Any

import ecdsa
import pytest

from safar.lib.chip import ChipVerdict, TrustedStates, read_certificate, verify
from tests.lib.chip.making import TODAY, State, dg1, dg2
from tests.lib.chip.making_keys import Key, ec_key, rsa_key

CURVES = [
    "NIST192p",
    "NIST224p",
    "NIST256p",
    "NIST384p",
    "NIST521p",
    "BRAINPOOLP160r1",
    "BRAINPOOLP192r1",
    "BRAINPOOLP224r1",
    "BRAINPOOLP256r1",
    "BRAINPOOLP320r1",
    "BRAINPOOLP384r1",
    "BRAINPOOLP512r1",
    "BRAINPOOLP256t1",
]
HASHES = ["sha1", "sha224", "sha256", "sha384", "sha512"]


def judge(state: State, files: dict[str, bytes] | None = None, root: bytes = b"") -> ChipVerdict:
    trusted = TrustedStates([read_certificate(root or state.root())])
    return verify(files or state.chip(), trusted, on=TODAY)


def codes(verdict: ChipVerdict) -> set[str]:
    return {found.code for found in verdict.findings}


def spoilt(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same chip with the last byte of the signature changed."""
    sod = bytearray(files["EF.SOD"])
    sod[-1] ^= 1
    return {**files, "EF.SOD": bytes(sod)}


def assert_judged(state: State) -> ChipVerdict:
    """The chip is authentic, and is refused once its signature or a data group is changed."""
    files = state.chip()
    verdict = judge(state, files)
    assert verdict.outcome == "authentic", [found.sentence for found in verdict.findings]
    forged = judge(state, spoilt(files))
    assert "chip.sod.signature" in codes(forged)
    assert forged.outcome == "refused"
    assert set(forged.groups.values()) == {"unproved"}
    return verdict


@pytest.mark.parametrize("explicit", [False, True])
@pytest.mark.parametrize("curve", CURVES)
@pytest.mark.slow
def test_every_curve_is_verified_by_name_and_with_its_parameters_written_out(
    curve: str, explicit: bool
) -> None:
    verdict = assert_judged(State(signer_key=ec_key(2, curve, explicit=explicit)))
    assert ("chip.explicit" in codes(verdict)) is explicit


@pytest.mark.parametrize("hashed", HASHES)
@pytest.mark.parametrize("scheme", ["rsa", "pss"])
@pytest.mark.slow
def test_rsa_in_both_ways_with_every_hash(scheme: str, hashed: str) -> None:
    verdict = assert_judged(State(signer_key=rsa_key(2, scheme, hashed)))
    assert ("chip.sha1" in codes(verdict)) is (hashed == "sha1")


@pytest.mark.parametrize("hashed", HASHES)
def test_ecdsa_with_every_hash(hashed: str) -> None:
    assert_judged(State(signer_key=ec_key(2, hash=hashed)))


@pytest.mark.parametrize("hashed", HASHES)
def test_the_data_groups_may_be_hashed_with_every_hash(hashed: str) -> None:
    state = State()
    assert judge(state, state.chip(hash=hashed)).outcome == "authentic"
    other = {**state.chip(hash=hashed), "EF.DG2": dg2(b"FAC\x00010\x00another")}
    assert "chip.group.hash" in codes(judge(state, other))


@pytest.mark.parametrize(
    "key",
    [rsa_key(1, "pss"), rsa_key(1), ec_key(1, "BRAINPOOLP320r1", explicit=True)],
    ids=["pss", "rsa", "brainpool"],
)
@pytest.mark.slow
def test_the_state_may_sign_with_another_algorithm_than_its_signer(key: Key) -> None:
    state = State(key=key)
    assert judge(state).outcome == "authentic"
    stranger = State(key=ec_key(9), signer_key=state.signer_key)
    assert judge(state, stranger.chip()).outcome == "unjudged"


def test_a_generator_of_the_forgers_own_is_refused() -> None:
    """CVE-2020-0601: with G = Q, the private key of any public key Q is 1."""
    genuine = ec_key(2)
    forged = ec_key(3, explicit=True, generator=genuine.private.verifying_key.pubkey.point)
    state = State(signer_key=forged)
    verdict = judge(state)
    found = next(each for each in verdict.findings if each.code == "chip.sod.signature")
    assert found.params["why_code"] == "chip.curve.unknown"
    assert verdict.outcome == "refused"
    assert judge(State(signer_key=ec_key(3, explicit=True))).outcome == "authentic"


def test_a_state_certificate_with_a_curve_of_its_own_vouches_for_nobody() -> None:
    point = ec_key(1).private.verifying_key.pubkey.point
    state = State(key=ec_key(1, explicit=True, generator=point))
    assert "chip.chain.wrong" in codes(judge(state))
    assert "chip.chain.wrong" not in codes(judge(State(key=ec_key(1, explicit=True))))


@pytest.mark.parametrize("number", range(6))
def test_written_out_parameters_must_agree_in_every_number(number: int) -> None:
    """p, a, b, G, n and h in turn are changed inside a certificate that is else right."""
    key = ec_key(2, "BRAINPOOLP256r1", explicit=True)
    curve = key.private.curve
    facts = [
        curve.curve.p(),
        curve.curve.a(),
        curve.curve.b(),
        curve.generator.x(),
        curve.order,
    ]
    if number == 5:
        state = State(signer_key=ec_key(2, "BRAINPOOLP256r1", explicit=True, cofactor=2))
    else:
        was = int(facts[number]).to_bytes(32, "big")
        other = was[:-1] + bytes((was[-1] ^ 2,))
        state = ChangedState(signer_key=key, change=(was, other))
    found = [each for each in judge(state).findings if each.code == "chip.sod.signature"]
    assert [each.params["why_code"] for each in found] == ["chip.curve.unknown"]


class ChangedKey(Key):
    """A key whose certificate has some bytes of its parameters replaced, before signing."""

    change: tuple[bytes, bytes]

    def _parameters(self) -> bytes:
        return super()._parameters().replace(*self.change, 1)


def ChangedState(signer_key: Key, change: tuple[bytes, bytes]) -> State:
    key = ChangedKey(signer_key.private, "ecdsa", explicit=True)
    object.__setattr__(key, "change", change)
    return State(signer_key=key)


@pytest.mark.parametrize("rest", [{"cofactor": None}, {"compressed": True}])
def test_the_cofactor_may_be_left_out_and_the_base_point_compressed(
    rest: dict[str, Any],
) -> None:
    key = ec_key(2, "BRAINPOOLP256r1", explicit=True, **rest)
    assert judge(State(signer_key=key)).outcome == "authentic"


def test_a_curve_that_is_not_known_proves_nothing_and_is_no_forgery() -> None:
    state = State(signer_key=ec_key(2, "SECP256k1"))
    verdict = judge(state)
    assert "chip.signature.unknown" in codes(verdict)
    assert verdict.outcome == "unjudged"


def test_a_weak_rsa_key_proves_nothing() -> None:
    weak = State(signer_key=State().signer_key)
    assert judge(weak).outcome == "authentic"
    info = rsa_key(5, bits=1024)
    assert judge(State(signer_key=info)).outcome == "authentic"
    short = WeakKey(info.private, "rsa")
    verdict = judge(State(signer_key=short))
    assert verdict.outcome == "unjudged"
    assert "RSA-512" in str(verdict.findings[0].params["why"])


class WeakKey(Key):
    """An RSA key whose certificate shows a modulus of 512 bits."""

    def info(self) -> bytes:
        numbers = self.private.public_key().public_numbers()
        whole = numbers.n.to_bytes(129, "big")
        return (
            super()
            .info()
            .replace(
                b"\x03\x81\x8d\x00\x30\x81\x89\x02\x81\x81" + whole,
                b"\x03\x81\x8d\x00\x30\x81\x89\x02\x81\x81" + bytes(65) + b"\xff" + whole[66:],
            )
        )


def test_a_point_that_is_not_on_its_curve_is_no_key() -> None:
    class Off(Key):
        def info(self) -> bytes:
            return super().info()[:-1] + b"\x00"

    for curve in ("NIST256p", "BRAINPOOLP224r1"):
        state = State(signer_key=Off(ec_key(2, curve).private, "ecdsa"))
        found = next(each for each in judge(state).findings if each.code == "chip.sod.signature")
        assert found.params["why_code"] == "chip.key.broken"


def test_a_signature_of_zeros_fits_nothing() -> None:
    """CVE-2022-21449: r = s = 0."""

    class Zeros(Key):
        def sign(self, message: bytes) -> bytes:
            return bytes.fromhex("3006020100020100")

    for curve in ("NIST256p", "BRAINPOOLP224r1"):
        key = Zeros(ec_key(2, curve).private, "ecdsa")
        assert "chip.sod.signature" in codes(judge(State(signer_key=key)))
        root = State(key=Zeros(ec_key(1, curve).private, "ecdsa"))
        assert "chip.chain.wrong" in codes(judge(root))


def test_the_library_of_curves_knows_the_standard_ones() -> None:
    known = {curve.name for curve in ecdsa.curves.curves}
    assert set(CURVES) <= known
    assert dg1()[:1] == b"\x61"
