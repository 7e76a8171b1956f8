"""`safar doctor` says whether chips can be signed here, until when, and for which kinds."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import override_settings
from django.utils import timezone

from safar.config.examination import examine
from safar.control.documents.actions import distrust_certificate
from safar.control.documents.models import StateCertificate
from safar.control.passports import actions
from safar.control.passports.actions import Terms
from safar.control.passports.chips import keys, signing
from safar.control.passports.chips.key_state import WARN_DAYS, chip_key_state
from tests.makers import passports as make
from tests.makers import passports_made as papers

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _forget():
    papers.forget_keys()
    yield
    papers.forget_keys()


def today():
    return timezone.localdate()


def test_a_key_with_its_certificate_answers_and_says_until_when():
    make.office()
    papers.fresh_keys()
    state = chip_key_state(today())
    assert state.ok
    assert f"{keys.KEY_DAYS} days" in state.text
    assert str(signing.signer(today()).proves_until) in state.text


def test_it_warns_before_the_key_may_sign_no_more():
    make.office()
    papers.fresh_keys()
    last = today() + timedelta(days=keys.KEY_DAYS)
    assert chip_key_state(last - timedelta(days=WARN_DAYS)).ok
    late = chip_key_state(last - timedelta(days=WARN_DAYS - 1))
    assert not late.ok
    assert "13 days" in late.text
    over = chip_key_state(last + timedelta(days=1))
    assert not over.ok
    assert "may sign" in over.text


def test_a_kind_that_outlives_the_certificates_is_named():
    papers.fresh_keys()
    terms = Terms(years=15, years_child=5, fee=Decimal(1800), currency="KGS")
    actions.set_terms(make.head(), None, kind="card", terms=terms)
    state = chip_key_state(today())
    assert not state.ok
    assert state.text.endswith("of the kinds: card")
    terms = Terms(years=10, years_child=5, fee=Decimal(1800), currency="KGS")
    actions.set_terms(make.head(), None, kind="card", terms=terms)
    assert chip_key_state(today()).ok


def test_a_state_certificate_that_is_trusted_no_more_is_told():
    papers.fresh_keys()
    distrust_certificate(papers.experts()[0], StateCertificate.objects.get(), reason="copied")
    state = chip_key_state(today())
    assert not state.ok
    assert "No state certificate" in state.text


@pytest.mark.parametrize("content", [b"", b"no key at all", b"\xff" * 100])
def test_a_broken_key_is_told_without_a_word_of_it(content):
    papers.fresh_keys()
    (papers.folder() / signing.KEY_FILE).write_bytes(content)
    signing.forget()
    state = chip_key_state(today())
    assert not state.ok
    assert "no key at all" not in state.text


def test_a_device_that_is_not_there_is_told():
    with override_settings(SAFAR_PASSPORT_PKCS11_MODULE="/nowhere/module.so"):
        state = chip_key_state(today())
    assert not state.ok
    assert "device" in state.text


def test_a_post_without_a_key_needs_none_but_who_has_signed_does():
    assert chip_key_state(today()).ok
    papers.fresh_keys()
    papers.taken()
    papers.forget_keys()
    assert not chip_key_state(today()).ok


def test_the_doctor_has_a_line_on_the_chips_of_passports():
    make.office()
    papers.fresh_keys()
    names = {finding.name: finding for finding in examine()}
    assert names["chips of passports"].ok
    (papers.folder() / signing.CERTIFICATE_FILE).unlink()
    signing.forget()
    names = {finding.name: finding for finding in examine()}
    assert not names["chips of passports"].ok
