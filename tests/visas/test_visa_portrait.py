"""The photo in the register is shown beside the visa, for the very seal that was issued alone."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from safar.control.applications.queries import last_photo
from safar.control.border.actions.visas import look_at_visa
from safar.control.visas import queries
from safar.core.models import AuditEntry
from tests import cast
from tests.makers import border
from tests.makers import visas_issued as make
from tests.makers.accounts import actor, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WORDS = "Printed on her visa"


@pytest.fixture(autouse=True)
def _keys():
    make.fresh_keys()
    yield
    make.forget_keys()


def browser(user):
    client = Client()
    sign_in(client, user)
    return client


def photo_of(inspection):
    return reverse("border:visa_portrait", args=[inspection.pk])


def printed_on(visa):
    photo = last_photo(queries.papers(visa.application))
    assert photo
    return bytes(photo.content)


def test_the_booth_shows_the_photo_of_the_register_and_says_that_it_did():
    visa = make.issued()
    seen = make.shown(border.sign_on(cast.aida()), make.passport_of(visa), visa)
    aida = browser(cast.aida())
    assert WORDS in aida.get(reverse("border:inspection", args=[seen.pk])).content.decode()
    answer = aida.get(photo_of(seen))
    assert answer.content == printed_on(visa)
    assert answer["Cache-Control"] == "no-store"
    row = AuditEntry.objects.get(outcome="opened", target=f"Inspection:{seen.pk}")
    assert row.details == {"purpose": "photo of the visa"}


def test_it_is_shown_beside_another_persons_passport_too():
    """The copy on a look-alike's passport: whose face belongs to the seal is what the officer asks."""
    visa = make.issued()
    passport = make.passport_of(visa, number="U99999999", surname="SOKOLOVA", given_names="ANNA")
    seen = make.shown(border.sign_on(cast.aida()), passport, visa)
    assert seen.verdict == "hold"
    assert browser(cast.aida()).get(photo_of(seen)).content == printed_on(visa)


def test_control_nothing_is_shown_of_a_number_alone_or_of_another_seal():
    visa = make.issued()
    booth = border.sign_on(cast.aida())
    aida = browser(cast.aida())
    for seal in (b"", bytes(visa.seal)[:-1] + b"\x00"):
        seen = make.shown(booth, make.passport_of(visa), seal)
        assert WORDS not in aida.get(reverse("border:inspection", args=[seen.pk])).content.decode()
        assert aida.get(photo_of(seen)).status_code == 404


def test_nobody_else_opens_it_at_the_booth():
    visa = make.issued()
    seen = make.shown(border.sign_on(cast.aida()), make.passport_of(visa), visa)
    assert browser(cast.cholpon()).get(photo_of(seen)).status_code in (403, 404)
    assert Client().get(photo_of(seen)).status_code in (302, 403)


def test_a_post_that_is_cut_off_has_no_photo_and_works_on():
    visa = make.issued()
    with override_settings(SAFAR_VISA_REGISTER="list"):
        seen = make.shown(border.sign_on(cast.aida()), make.passport_of(visa), visa)
        page = browser(cast.aida()).get(reverse("border:inspection", args=[seen.pk]))
    assert page.status_code == 200
    assert WORDS not in page.content.decode()


def test_second_line_sees_it_beside_what_it_read():
    visa = make.issued()
    seen = border.inspect(border.sign_on(cast.aida()), make.passport_of(visa))
    referral = border.take(border.refer(seen), cast.cholpon())
    cholpon = browser(cast.cholpon())
    page = reverse("border:referral_visa", args=[referral.pk])
    photo = reverse("border:referral_visa_portrait", args=[referral.pk])
    assert WORDS not in cholpon.get(page).content.decode()
    assert cholpon.get(photo).status_code == 404
    look_at_visa(actor(cast.cholpon()), referral, seal=bytes(visa.seal))
    assert WORDS in cholpon.get(page).content.decode()
    assert cholpon.get(photo).content == printed_on(visa)
