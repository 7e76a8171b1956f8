"""`safar doctor` says whether visas can be sealed here, and for how long."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from safar.config.examination import examine
from safar.control.visas.models import SignerCertificate
from safar.control.visas.seals import signing
from safar.control.visas.seals.key_state import WARN_DAYS, sealing_state
from safar.core.record import writing
from tests.makers import visas_issued as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget():
    make.forget_keys()
    yield
    make.forget_keys()


def today():
    return timezone.now().date()


def test_a_key_with_its_certificate_answers_and_says_until_when():
    held = make.fresh_keys()
    state = sealing_state(today())
    assert state.ok
    assert str(held.valid_until) in state.text
    assert f"{(held.valid_until - today()).days} days" in state.text


def test_it_warns_sixty_days_before():
    held = make.fresh_keys()
    assert sealing_state(held.valid_until - timedelta(days=WARN_DAYS)).ok
    late = sealing_state(held.valid_until - timedelta(days=WARN_DAYS - 1))
    assert not late.ok
    assert "59 days" in late.text
    over = sealing_state(held.valid_until + timedelta(days=1))
    assert not over.ok
    assert "No certificate in force" in over.text


def test_a_revoked_certificate_does_not_do():
    make.fresh_keys()
    with writing("visas"):
        SignerCertificate.objects.filter(kind="signer").update(
            status="revoked", revoked_on=today(), reason="stolen"
        )
    assert not sealing_state(today()).ok


def test_an_authority_that_is_trusted_no_more_is_told():
    make.fresh_keys()
    with writing("visas"):
        SignerCertificate.objects.filter(kind="authority").update(
            status="revoked", revoked_on=today(), reason="a test"
        )
    signing.forget()
    state = sealing_state(today())
    assert not state.ok
    assert "trusted authority" in state.text


@pytest.mark.parametrize("content", [b"", b"no key at all", b"\xff" * 100])
def test_a_broken_key_is_told_without_a_word_of_it(content):
    make.fresh_keys()
    (make.seal_folder() / signing.KEY_FILE).write_bytes(content)
    signing.forget()
    state = sealing_state(today())
    assert not state.ok
    assert "no key at all" not in state.text


def test_a_device_that_is_not_there_is_told():
    with override_settings(SAFAR_SEAL_PKCS11_MODULE="/nowhere/module.so"):
        state = sealing_state(today())
    assert not state.ok
    assert "device" in state.text


def test_a_post_without_a_key_needs_none_but_who_has_issued_does():
    assert sealing_state(today()).ok
    make.issued()
    make.forget_keys()
    assert not sealing_state(today()).ok
    with override_settings(SAFAR_VISA_REGISTER="list"):
        assert sealing_state(today()).ok


def test_the_doctor_has_a_line_on_seals_mail_and_letters(tmp_path):
    make.fresh_keys()
    names = {finding.name: finding for finding in examine()}
    assert names["seals of visas"].ok
    assert names["mail to applicants"].ok
    assert names["letters of refusal"].ok
    broken = tmp_path / "letter.json"
    broken.write_text("{")
    with override_settings(SAFAR_VISA_LETTER_FILE=str(broken)):
        names = {finding.name: finding for finding in examine()}
    assert not names["letters of refusal"].ok
