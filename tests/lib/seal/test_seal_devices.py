"""Does a key that never leaves its device seal visas, and is every refusal of the device clear?

SoftHSM (Debian: softhsm2) with a fresh token; its library reads its settings once in a process.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pkcs11
import pytest
from pkcs11 import Attribute, ObjectClass

from safar.lib.seal import Certificate, SealError, Signers, decode, issuing, sign, verify
from safar.lib.seal.pkcs11_key import Pkcs11Signer, make_key, pin_from, public_half
from tests.lib.seal.making import SINCE, TODAY, UNTIL, csca, visa

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
TOKEN, PIN = "visas", "271828"

pytestmark = [
    pytest.mark.devices,
    pytest.mark.slow,
]


@pytest.fixture(scope="module")
def pin_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A fresh token whose PIN stands in a file; the file."""
    folder = tmp_path_factory.mktemp("hsm")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(
        f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--pin", PIN,
         "--so-pin", "31415926"],
        check=True, capture_output=True,
    )  # fmt: skip
    path = folder / "pin"
    path.write_text(PIN + "\n")
    yield path
    pkcs11.unload(MODULE)
    if before is None:
        del os.environ["SOFTHSM2_CONF"]
    else:
        os.environ["SOFTHSM2_CONF"] = before


def certified(pin_file: Path, label: str, curve: str = "P-256") -> Certificate:
    public = make_key(module=MODULE, token=TOKEN, key=label, pin=pin_from(pin_file), curve=curve)
    return issuing.issue_signer(
        csca(), name="HS", serial=7, public_key=public, valid_from=SINCE, valid_until=UNTIL
    )


def device(pin_file: Path, certificate: Certificate, **other: object) -> Pkcs11Signer:
    usual: dict[str, object] = {
        "module": MODULE, "token": TOKEN, "key": "main", "pin": pin_from(pin_file),
    }  # fmt: skip
    return Pkcs11Signer(certificate=certificate, **(usual | other))  # type: ignore[arg-type]


@pytest.mark.parametrize("curve", ["P-256", "brainpoolP256r1", "brainpoolP384r1"])
def test_a_visa_sealed_in_the_device_is_sound(pin_file: Path, curve: str) -> None:
    certificate = certified(pin_file, curve, curve)
    signer = device(pin_file, certificate, key=curve)
    data = sign(visa(), signer)
    signers = Signers.of([certificate.der], [csca().certificate.der])
    assert verify(data, signers, on=TODAY).code == "seal.sound"
    assert decode(data).header.signer_id == "KGHS"
    bad = bytearray(data)
    bad[-1] ^= 1
    assert verify(bytes(bad), signers, on=TODAY).code == "seal.altered"
    signer.close()


def test_the_private_key_cannot_be_taken_out(pin_file: Path) -> None:
    certified(pin_file, "kept")
    token = pkcs11.lib(MODULE).get_token(token_label=TOKEN)
    with token.open(user_pin=PIN) as session:
        key = session.get_key(object_class=ObjectClass.PRIVATE_KEY, label="kept")
        assert (key[Attribute.EXTRACTABLE], key[Attribute.SENSITIVE]) == (False, True)
        with pytest.raises(pkcs11.AttributeSensitive):
            _ = key[Attribute.VALUE]
        half = session.get_key(object_class=ObjectClass.PUBLIC_KEY, label="kept")
        assert half[Attribute.EC_POINT]  # the control: what may be read is read


def test_the_public_half_of_a_key_is_the_one_that_was_made(pin_file: Path) -> None:
    made = make_key(module=MODULE, token=TOKEN, key="half", pin=pin_from(pin_file))
    assert public_half(module=MODULE, token=TOKEN, key="half", pin=pin_from(pin_file)) == made


def test_two_signers_of_one_process_do_not_hinder_each_other(pin_file: Path) -> None:
    first_certificate = certified(pin_file, "first")
    second_certificate = certified(pin_file, "second")
    first = device(pin_file, first_certificate, key="first")
    second = device(pin_file, second_certificate, key="second")
    for _ in range(2):
        for signer, certificate in ((first, first_certificate), (second, second_certificate)):
            assert certificate.key is not None
            assert certificate.key.is_right(signer.sign(b"data"), b"data")
        first.close()
    second.close()


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"token": "nobody"}, "key.token"),
        ({"key": "nobody"}, "key.absent"),
        ({"pin": lambda: "000000"}, "key.pin"),
        ({"module": "/nowhere.so"}, "key.module"),
        ({"pin": pin_from(Path("/nowhere"))}, "key.unreadable"),
    ],
)
def test_every_refusal_of_the_device_is_clear(
    pin_file: Path, other: dict[str, object], code: str
) -> None:
    certificate = certified(pin_file, f"for-{code}")
    with pytest.raises(SealError) as problem:
        device(pin_file, certificate, **({"key": f"for-{code}"} | other)).sign(b"data")
    assert problem.value.code == code
    assert PIN not in problem.value.sentence


class Stuck:
    """A device that answers every call with one error."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def get_token(self, **_: object) -> "Stuck":
        return self

    def open(self, **_: object) -> "Stuck":
        raise self.error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (pkcs11.PinLocked(), "key.locked"),
        (pkcs11.PinExpired(), "key.locked"),
        (pkcs11.DeviceRemoved(), "key.token"),
        (pkcs11.GeneralError("what now"), "key.device"),
    ],
)
def test_a_locked_or_vanished_device_is_said(
    pin_file: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, code: str
) -> None:
    signer = device(pin_file, certified(pin_file, f"{code}-{type(error).__name__}"))
    monkeypatch.setattr(pkcs11, "lib", lambda _module: Stuck(error))
    with pytest.raises(SealError) as problem:
        signer.sign(b"data")
    assert problem.value.code == code
