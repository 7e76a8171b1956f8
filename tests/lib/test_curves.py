"""Curves whose parameters are written out: known ones are recognised, no other passes for one."""

import pytest
from asn1crypto import core, keys
from hypothesis import given
from hypothesis import strategies as st

from safar.lib.curves import CURVES, OtherField, UnknownCurve, described

NAMES = {curve.name: curve for curve in CURVES.values()}


def written(curve, *, compressed=False, **changes):
    """The parameters of a curve, as a signer writes them out (SEC 1 C.2)."""
    prime = int(curve.curve.p())
    size = (prime.bit_length() + 7) // 8
    x, y = int(curve.generator.x()), int(curve.generator.y())
    base = bytes([2 + y % 2]) + x.to_bytes(size, "big")
    if not compressed:
        base = b"\x04" + x.to_bytes(size, "big") + y.to_bytes(size, "big")
    said = {
        "p": prime, "a": int(curve.curve.a()) % prime, "b": int(curve.curve.b()), "base": base,
        "order": int(curve.order), "cofactor": 1, **changes,
    }  # fmt: skip
    domain = keys.SpecifiedECDomain({
        "version": 1,
        "field_id": {"field_type": "prime_field", "parameters": core.Integer(said["p"])},
        "curve": {"a": said["a"].to_bytes(size, "big"), "b": said["b"].to_bytes(size, "big")},
        "base": keys.ECPoint(said["base"]),
        "order": said["order"],
        "cofactor": said["cofactor"],
    })  # fmt: skip
    return keys.SpecifiedECDomain.load(domain.dump())


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_every_known_curve_is_recognised_by_its_parameters(name, compressed):
    assert described(written(NAMES[name], compressed=compressed)).name == name


@given(st.sampled_from(sorted(NAMES)), st.integers(1, 2**64), st.sampled_from(["a", "b", "order"]))
def test_a_curve_with_one_number_changed_is_unknown(name, change, field):
    curve = NAMES[name]
    prime = int(curve.curve.p())
    own = {"a": int(curve.curve.a()) % prime, "b": int(curve.curve.b()), "order": int(curve.order)}
    with pytest.raises(UnknownCurve) as error:
        described(written(curve, **{field: (own[field] + change) % prime}))
    assert error.value.prime_is_known


@pytest.mark.parametrize("name", NAMES)
def test_a_generator_of_ones_own_choosing_is_refused(name):
    """CVE-2020-0601: twice the generator is a point of the curve, and answers to another key."""
    curve = NAMES[name]
    twice = curve.generator * 2
    size = (int(curve.curve.p()).bit_length() + 7) // 8
    base = b"\x04" + int(twice.x()).to_bytes(size, "big") + int(twice.y()).to_bytes(size, "big")
    with pytest.raises(UnknownCurve):
        described(written(curve, base=base))


def test_a_cofactor_left_out_is_one_and_another_is_refused():
    curve = NAMES["NIST256p"]
    assert described(written(curve, cofactor=None)) is curve
    with pytest.raises(UnknownCurve):
        described(written(curve, cofactor=2))


def test_a_prime_of_nobody_is_said_to_be_unknown():
    curve = NAMES["NIST256p"]
    with pytest.raises(UnknownCurve) as error:
        described(written(curve, p=int(curve.curve.p()) - 2))
    assert not error.value.prime_is_known


def test_a_curve_over_another_field_is_named_as_such():
    domain = keys.SpecifiedECDomain({
        "version": 1,
        "field_id": {"field_type": "characteristic_two_field", "parameters": {
            "m": 163, "basis": "tp_basis", "parameters": core.Integer(7)}},
        "curve": {"a": b"\x01", "b": b"\x01"},
        "base": keys.ECPoint(b"\x04\x01\x01"),
        "order": 5,
    })  # fmt: skip
    with pytest.raises(OtherField):
        described(keys.SpecifiedECDomain.load(domain.dump()))


@given(st.binary(max_size=200), st.integers(0, 400))
def test_broken_parameters_end_in_an_error_that_callers_know(noise, at):
    whole = written(NAMES["BRAINPOOLP256r1"]).dump()
    broken = whole[: at % len(whole)] + noise + whole[at % len(whole) :][: len(whole) // 2]
    try:
        found = described(keys.SpecifiedECDomain.load(broken))
    except (OtherField, UnknownCurve, ValueError, TypeError, KeyError, OverflowError):
        return
    assert found.name == "BRAINPOOLP256r1"
