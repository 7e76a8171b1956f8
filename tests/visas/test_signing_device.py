"""Visas are sealed by a key that never leaves its device (SoftHSM: Debian's softhsm2)."""

import os
import subprocess

import pkcs11
import pytest
from django.test import override_settings
from django.utils import timezone

from safar.control.visas.actions.certificates import propose_certificate, trust_certificate
from safar.control.visas.seals import keys, signing
from safar.core.errors import Unavailable
from safar.lib import seal
from safar.lib.seal.issuing import Authority, issue_signer
from safar.lib.seal.pkcs11_key import Pkcs11Signer, make_key, pin_from
from tests.makers import visas_issued as make

MODULE, TOKEN, PIN = "/usr/lib/softhsm/libsofthsm2.so", "visas", "271828"

pytestmark = [pytest.mark.devices, pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def device(tmp_path, monkeypatch):
    """A fresh token, and the settings that name it."""
    (tmp_path / "tokens").mkdir()
    settings = tmp_path / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {tmp_path}/tokens\nobjectstore.backend = file\n")
    monkeypatch.setitem(os.environ, "SOFTHSM2_CONF", str(settings))
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--pin", PIN,
         "--so-pin", "31415926"],
        check=True, capture_output=True,
    )  # fmt: skip
    pin = tmp_path / "pin"
    pin.write_text(PIN)
    make.fresh_keys()
    with override_settings(
        SAFAR_SEAL_KEY_IN_FILE=False,
        SAFAR_SEAL_PKCS11_MODULE=MODULE,
        SAFAR_SEAL_PKCS11_TOKEN=TOKEN,
        SAFAR_SEAL_PKCS11_KEY="main",
        SAFAR_SEAL_PKCS11_PIN_FILE=str(pin),
    ):
        yield pin
    make.forget_keys()
    pkcs11.unload(MODULE)


def certified(pin) -> None:
    """A key in the device, certified by the authority of the test and trusted by two."""
    from safar.control.visas.seals.keys import _authority

    today = timezone.now().date()
    authority: Authority = _authority(make.seal_folder(), today)
    public = make_key(module=MODULE, token=TOKEN, key="main", pin=pin_from(pin))
    made = issue_signer(
        authority, name="HS", serial=77, public_key=public, valid_from=today,
        valid_until=authority.certificate.valid_until,
    )  # fmt: skip
    trust_certificate(keys.SECOND, propose_certificate(keys.MAKER, None, der=made.der))
    signing.forget()


def test_a_visa_is_sealed_in_the_device(device):
    certified(device)
    visa = make.issued()
    read = seal.decode(bytes(visa.seal))
    assert (read.header.signer_id, read.header.reference) == ("KGHS", "4D")
    verdict = seal.verify(read, signing.known_signers(), on=timezone.localdate())
    assert verdict.code == "seal.sound"


def test_what_is_forgotten_gives_its_session_back(device):
    certified(device)
    key, _held = signing.signer(timezone.now().date())
    assert isinstance(key, Pkcs11Signer)
    key.sign(b"once")
    assert key._session is not None  # the control
    signing.forget()
    assert key._session is None
    assert key.sign(b"whoever still holds it opens another")
    key.close()


def test_without_its_key_or_pin_nothing_is_sealed(device):
    with pytest.raises(Unavailable, match="no key"):
        signing.signer(timezone.now().date())
    certified(device)
    device.write_text("000000")
    signing.forget()
    with pytest.raises(Unavailable, match="PIN"):
        signing.signer(timezone.now().date())
