"""Chips are signed by a key that never leaves its device (SoftHSM: Debian's softhsm2)."""

import os
import subprocess
from datetime import timedelta

import pkcs11
import pytest
from django.test import override_settings
from django.utils import timezone

from safar.control.documents.queries import HeldStates
from safar.control.passports.actions import making
from safar.control.passports.chips import keys, signing
from safar.control.passports.chips.key_state import chip_key_state
from safar.core.errors import Unavailable
from safar.lib import chip
from safar.lib.seal.issuing import issue_signer
from safar.lib.seal.pkcs11_key import make_key, pin_from
from tests.makers import passports as make
from tests.makers import passports_made as papers

MODULE, TOKEN, PIN = "/usr/lib/softhsm/libsofthsm2.so", "passports", "271828"

pytestmark = [pytest.mark.devices, pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def device(tmp_path, monkeypatch):
    """A fresh token, and the settings that name it; the state's certificate is trusted by two."""
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
    papers.fresh_keys()
    (papers.folder() / signing.KEY_FILE).unlink()  # nothing but the device can sign
    with override_settings(
        SAFAR_PASSPORT_KEY_IN_FILE=False,
        SAFAR_PASSPORT_PKCS11_MODULE=MODULE,
        SAFAR_PASSPORT_PKCS11_TOKEN=TOKEN,
        SAFAR_PASSPORT_PKCS11_KEY="chips",
        SAFAR_PASSPORT_PKCS11_PIN_FILE=str(pin),
    ):
        signing.forget()
        yield pin
    papers.forget_keys()
    pkcs11.unload(MODULE)


def certified(pin) -> None:
    """A key in the device, certified by the state of the test; its certificate lies in the folder."""
    today = timezone.localdate()
    public = make_key(module=MODULE, token=TOKEN, key="chips", pin=pin_from(pin))
    made = issue_signer(
        keys._authority(papers.folder(), today), name="HS", serial=77, public_key=public,
        valid_from=today, valid_until=today + timedelta(days=keys.SIGNER_DAYS),
        document_types=keys.SIGNS, key_until=today + timedelta(days=keys.KEY_DAYS),
    )  # fmt: skip
    (papers.folder() / signing.CERTIFICATE_FILE).write_bytes(made.der)
    signing.forget()


def test_a_chip_is_signed_in_the_device_and_a_booth_proves_it(device):
    certified(device)
    papers.stocked()
    document = making.take_job(papers.operator(), make.approved()).passport
    today = timezone.localdate()
    read = chip.verify(
        document.chip.files, HeldStates(), on=today, printed=document.lines, issued=today
    )
    assert (read.outcome, read.findings) == ("authentic", ())
    assert "HS" in document.chip.signer
    state = chip_key_state(today)
    assert state.ok, state.text
    assert "the device answers" in state.text
    forged = dict(document.chip.files)  # negative control: one sign of the zone changed
    forged["EF.DG1"] = forged["EF.DG1"].replace(b"AIGUL", b"AIGUK")
    assert chip.verify(forged, HeldStates(), on=today, issued=today).outcome != "authentic"


def test_without_its_key_certificate_or_pin_nothing_is_signed(device):
    with pytest.raises(Unavailable, match="no key"):
        signing.signer(timezone.localdate())
    make_key(module=MODULE, token=TOKEN, key="chips", pin=pin_from(device))
    signing.forget()
    with pytest.raises(Unavailable, match="No certificate"):  # that of another key lies there
        signing.signer(timezone.localdate())
    device.write_text("000000")
    signing.forget()
    with pytest.raises(Unavailable, match="PIN"):
        signing.signer(timezone.localdate())
    state = chip_key_state(timezone.localdate())
    assert not state.ok
    assert "000000" not in state.text
