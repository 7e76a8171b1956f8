"""Does hostile data end in a finding or a `ChipError`, quickly and in little memory?"""

import contextlib
import json
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.lib.chip import (
    ChipError,
    ChipVerdict,
    TrustedStates,
    der,
    read_certificate,
    read_master_list,
    verify,
)
from tests.lib.chip.making import (
    LIST_SIGNER,
    TODAY,
    State,
    dg1,
    dg2,
    dg11,
    dg12,
    master_list,
    security_object,
)
from tests.lib.chip.making_keys import ec_key, oid, tlv

KYRGYZ = State()
GERMAN = State("DE", key=ec_key(31), signer_key=ec_key(32))


@cache
def trusted() -> TrustedStates:
    return TrustedStates([read_certificate(KYRGYZ.root())])


@cache
def whole() -> dict[str, bytes]:
    return KYRGYZ.chip(groups={1: dg1(), 2: dg2(), 11: dg11(), 12: dg12()})


@cache
def listed() -> bytes:
    signer = GERMAN.signer(purposes=[LIST_SIGNER])
    return master_list([KYRGYZ.root(), GERMAN.root()], GERMAN.signer_key, [signer])


def judge(files: dict[str, bytes]) -> ChipVerdict:
    verdict = verify(files, trusted(), on=TODAY)
    assert all(found.sentence for found in verdict.findings)
    return verdict


def raises_nothing_else(data: bytes) -> None:
    for read in (read_certificate, read_master_list):
        with contextlib.suppress(ChipError):
            read(data)


def nested(depth: int, tag: int = 0x30) -> bytes:
    found = b""
    for _ in range(depth):
        found = tlv(tag, found)
    return found


changes = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(0, 255), st.sampled_from(["set", "cut", "put"])),
    min_size=1,
    max_size=4,
)


def changed(data: bytes, edits: list[tuple[int, int, str]]) -> bytes:
    for at, value, kind in edits:
        at %= len(data) or 1
        sign = bytes((value,))
        data = {
            "set": data[:at] + sign + data[at + 1 :],
            "cut": data[:at],
            "put": data[:at] + sign + data[at:],
        }[kind]
    return data


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["EF.SOD", "EF.COM", "EF.DG1", "EF.DG2", "EF.DG11", "EF.DG12"]), changes)
@pytest.mark.slow
def test_a_chip_with_changed_bytes_is_judged_and_never_raises(
    name: str, edits: list[tuple[int, int, str]]
) -> None:
    files = {**whole(), name: changed(whole()[name], edits)}
    verdict = judge(files)
    if name.startswith("EF.DG") and not files[name].startswith(whole()[name]):
        assert not verdict.authentic


@settings(max_examples=150, deadline=None)
@given(changes)
@pytest.mark.slow
def test_changed_certificates_and_lists_are_read_or_refused(
    edits: list[tuple[int, int, str]],
) -> None:
    raises_nothing_else(changed(KYRGYZ.root(), edits))
    raises_nothing_else(changed(listed(), edits))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([0x77, 0x61, 0x75, 0x6B, 0x30]))
def test_random_bytes_are_refused(data: bytes, tag: int) -> None:
    for content in (data, tlv(tag, data), tlv(tag, tlv(0x30, data))):
        assert not judge({"SOD": content, "DG1": dg1()}).authentic
        assert not judge(dict.fromkeys(("COM", "DG1", "DG2", "DG11", "DG12"), content)).authentic
        raises_nothing_else(content)


def test_every_byte_of_the_signed_list_of_hashes_counts() -> None:
    """Any byte of the content, the signed attributes or the signature, one after the other."""
    sod = whole()["EF.SOD"]
    hashes = sod.index(security_object({1: dg1()})[-32:])
    attributes = sod.rindex(oid("1.2.840.113549.1.9.3"))
    for at in [*range(hashes - 30, hashes + 150), *range(attributes, len(sod))]:
        broken = sod[:at] + bytes((sod[at] ^ 1,)) + sod[at + 1 :]
        assert not judge({**whole(), "EF.SOD": broken}).authentic, at


def test_deep_nesting_and_giant_lengths_are_refused_at_once() -> None:
    for data in (
        nested(20_000),
        nested(20_000, 0xA0),
        b"\x30\x80" * 30_000,
        b"\x30\x84\xff\xff\xff\xff",
        b"\x30\x89" + b"\xff" * 9,
        b"\x77\x84\x7f\xff\xff\xff" + b"\x30\x80" * 100,
        b"\x1f" + b"\xff" * 60_000,
        b"\x30\x00" * 30_000,
        tlv(0x77, b"\x30\x00" * 30_000),
        tlv(0x30, nested(23)),
    ):
        started = time.perf_counter()
        judge({"SOD": data[:65_536], "DG1": data[:1_000], "DG2": data, "DG11": data})
        raises_nothing_else(data)
        assert time.perf_counter() - started < 1


def test_depth_and_number_are_bounded_and_not_too_tightly() -> None:
    der.check(nested(der.DEPTH))
    with pytest.raises(ChipError, match="nested too deeply"):
        der.check(nested(der.DEPTH + 1))
    der.check(tlv(0x30, b"\x05\x00" * (der.PARTS - 1)))
    with pytest.raises(ChipError, match="too many parts"):
        der.check(tlv(0x30, b"\x05\x00" * der.PARTS))


def test_a_part_may_not_reach_out_of_its_parent() -> None:
    with pytest.raises(ChipError, match="ends before"):
        der.check(b"\x30\x02\x04\x05" + bytes(10))


def test_a_list_that_asks_for_endless_work_is_refused() -> None:
    """Certificates without key identifiers, each of which any other might have signed."""
    signer = GERMAN.signer(purposes=[LIST_SIGNER])
    key = ec_key(3, "BRAINPOOLP160r1")
    costly = [State("KG", key=key).root(serial=serial) for serial in range(110)]
    data = master_list([GERMAN.root(), *costly], GERMAN.signer_key, [signer])
    with pytest.raises(ChipError, match="more signatures"):
        read_master_list(data)
    few = master_list([GERMAN.root(), *costly[:20]], GERMAN.signer_key, [signer])
    assert len(read_master_list(few).certificates) == 21


_CHILD = """
import json, sys, time
from datetime import date
from safar.lib.chip import ChipError, TrustedStates, read_certificate, read_master_list, verify
from tests.lib.chip.making import LIST_SIGNER, State, master_list
from tests.lib.chip.making_keys import ec_key, tlv

state = State()
german = State("DE", key=ec_key(31), signer_key=ec_key(32))
signer = german.signer(purposes=[LIST_SIGNER])
trusted = TrustedStates([read_certificate(state.root())])
verify(state.chip(), trusted, on=date(2026, 11, 22))
large = 8 * 1024 * 1024 - 4_096
cases = [
    master_list([b"\\x30\\x00" * (large // 2)], german.signer_key, [signer]),
    master_list([tlv(0x30, bytes(65_000))] * 127, german.signer_key, [signer]),
    b"\\x30\\x00" * (large // 2),
    tlv(0x30, b"\\x30\\x80" * (large // 2)),
]
def peak():
    # Not ru_maxrss: that begins with what the process had that started this one.
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))
before, slowest = peak(), 0.0
for data in cases:
    started = time.perf_counter()
    try:
        read_master_list(data)
    except ChipError:
        pass
    slowest = max(slowest, time.perf_counter() - started)
megabyte = 1024 * 1024
for data in (b"\\x30\\x00" * (megabyte // 2), tlv(0x75, b"\\x7f\\x61\\x00" * 340_000)):
    started = time.perf_counter()
    verify({f"DG{number}": data for number in range(2, 9)}, trusted, on=date(2026, 11, 22))
    slowest = max(slowest, time.perf_counter() - started)
print(json.dumps({"before": before, "growth": peak() - before, "seconds": slowest}))
"""


@pytest.mark.slow
def test_hostile_files_of_full_size_stay_within_256_megabytes_and_5_seconds() -> None:
    """In a process of its own: peak memory in megabytes before and after."""
    done = subprocess.run(
        [sys.executable, "-c", _CHILD],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    found = json.loads(done.stdout)
    assert found["before"] + found["growth"] < 256, found
