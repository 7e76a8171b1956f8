"""Second line looks at a visa as the booth does, and an admission uses the visa it looked at."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.control.border.actions import second_line
from safar.control.border.actions.deciding import CrossingDetails
from safar.control.border.actions.visas import look_at_visa
from safar.control.border.models import Crossing, VisaLook
from safar.control.visas.models import VisaUse
from safar.control.visas.paper import sticker
from safar.core.errors import NotAllowed, RuleBroken
from safar.core.node import uuid7
from tests import cast
from tests.makers import border
from tests.makers import visas as applications
from tests.makers import visas_issued as make
from tests.makers.accounts import actor, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _keys():
    make.fresh_keys()
    yield
    make.forget_keys()


def referred(visa, **changes):
    """Sent to second line with the passport alone, and taken by Cholpon."""
    passport = make.passport_of(visa, **changes)
    seen = border.inspect(border.sign_on(cast.aida()), passport)
    return border.take(border.refer(seen), cast.cholpon())


def browser():
    client = Client()
    sign_in(client, cast.cholpon())
    return client


def address(referral):
    return reverse("border:referral_visa", args=[referral.pk])


def admitted(referral):
    return second_line.admit_referred(
        actor(cast.cholpon()), referral, key=uuid7(),
        details=CrossingDetails(), reason="looked at the visa",
    )  # fmt: skip


def codes(look):
    return {row["code"] for row in look.findings}


def test_a_scanned_seal_is_looked_at_and_its_entry_used_with_the_admission():
    visa = make.issued()
    referral = referred(visa)
    client = browser()
    assert (
        address(referral)
        in client.get(reverse("border:referral", args=[referral.pk])).content.decode()
    )
    page = client.post(address(referral), {"scan": bytes(visa.seal).hex()}, follow=True)
    assert "The visa is sound" in page.content.decode()
    look = VisaLook.objects.get()
    assert codes(look) == {"visa.sound"}
    admitted(referral)
    assert VisaUse.objects.get().visa == visa


def test_a_photo_of_the_sticker_does_as_well():
    visa = make.issued()
    referral = referred(visa)
    photo = SimpleUploadedFile("visa.png", sticker.printed(visa, form="png"), "image/png")
    browser().post(address(referral), {"photo": photo})
    assert "visa.sound" in codes(VisaLook.objects.get())


def test_her_days_go_into_the_form_of_the_admission():
    visa = make.issued()
    referral = referred(visa)
    client = browser()
    client.post(address(referral), {"scan": bytes(visa.seal).hex()})
    page = client.get(reverse("border:referral", args=[referral.pk])).content.decode()
    until = timezone.localdate() + timedelta(days=19)
    assert f'value="{until:%d.%m.%Y}"' in page


def test_another_persons_visa_is_caught_and_not_used():
    visa = make.issued()
    referral = referred(visa, number="U99999999", surname="SOKOLOVA", given_names="ANNA")
    page = browser().post(address(referral), {"scan": bytes(visa.seal).hex()}, follow=True)
    assert "The visa is not sound" in page.content.decode()
    assert codes(VisaLook.objects.get()) == {"visa.copied"}
    admitted(referral)
    assert not VisaUse.objects.exists()


def shown_at_the_booth(visa):
    """The booth has read passport and visa, and sent her to second line for another reason."""
    seen = make.shown(border.sign_on(cast.aida()), make.passport_of(visa), visa)
    return border.take(border.refer(seen), cast.cholpon())


def test_a_code_that_second_line_cannot_read_undoes_nothing_of_what_the_booth_has_read():
    visa = make.issued()
    referral = shown_at_the_booth(visa)
    look = look_at_visa(actor(cast.cholpon()), referral, seal=b"\xdc\x03 smudged")
    assert codes(look) == {"visa.unreadable"}
    admitted(referral)
    assert VisaUse.objects.get().visa == visa


def test_her_last_day_is_that_of_the_visa_that_is_used():
    longer, shorter = make.issued(days=20), make.issued(days=5)
    referral = shown_at_the_booth(longer)
    look_at_visa(actor(cast.cholpon()), referral, seal=bytes(shorter.seal), is_another=True)
    admitted(referral)
    assert VisaUse.objects.get().visa == shorter
    assert Crossing.objects.get().permitted_until == timezone.localdate() + timedelta(days=4)


def test_a_visa_that_second_line_has_found_revoked_gives_her_no_days():
    visa = make.issued()
    referral = shown_at_the_booth(visa)
    make.revoked(visa)
    look_at_visa(actor(cast.cholpon()), referral, seal=bytes(visa.seal))
    admitted(referral)
    assert not VisaUse.objects.exists()
    assert Crossing.objects.get().permitted_until is None


def test_a_visa_in_her_old_passport_is_used_once_all_the_same():
    visa = make.issued()
    referral = referred(visa, number="U99999999")
    look = look_at_visa(actor(cast.cholpon()), referral, seal=bytes(visa.seal))
    assert codes(look) == {"visa.wrong_holder"}
    admitted(referral)
    assert VisaUse.objects.get().visa == visa
    with border.clock(timezone.now() + timedelta(minutes=20)):
        again = referred(visa, number="U88888888")
        look = look_at_visa(actor(cast.cholpon()), again, seal=bytes(visa.seal))
    assert "visa.used_up" in codes(look)


def test_a_revoked_and_a_used_up_visa_are_caught():
    visa = make.issued()
    referral = referred(visa)
    make.revoked(visa)
    look = look_at_visa(actor(cast.cholpon()), referral, seal=bytes(visa.seal))
    assert "visa.revoked" in codes(look)


def test_the_lines_of_another_sticker_count_beside_the_seal_unless_it_is_another_visa():
    visa, other = make.issued(), make.issued()
    referral, who = referred(visa), actor(cast.cholpon())
    look_at_visa(who, referral, zone=tuple(other.zone.split("\n")))
    assert "visa.other_zone" in codes(look_at_visa(who, referral, seal=bytes(visa.seal)))
    alone = look_at_visa(who, referral, seal=bytes(visa.seal), is_another=True)
    assert codes(alone) == {"visa.sound"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Scan the code on the visa"),
        ({"scan": "hello"}, "neither the code nor the lines"),
        ({"scan": "DC03" + "FF" * 60}, ""),
        ({"scan": "x" * 5000}, "at most"),
    ],
)
def test_what_is_no_visa_is_told_in_words(data, said):
    referral = referred(make.issued())
    page = browser().post(address(referral), data, follow=True)
    assert said in page.content.decode()
    if said:
        assert page.status_code == 422
        assert not VisaLook.objects.exists()
    else:
        assert codes(VisaLook.objects.get()) & {"visa.unreadable", "visa.altered"}


def test_a_photo_without_a_code_is_told_in_words():
    referral = referred(make.issued())
    photo = SimpleUploadedFile("x.jpg", applications.picture(), "image/jpeg")
    page = browser().post(address(referral), {"photo": photo})
    assert page.status_code == 422
    assert "no code in this photo" in page.content.decode()


def test_an_officer_of_the_booth_and_another_posts_look_at_nothing():
    visa = make.issued()
    referral = referred(visa)
    with pytest.raises(NotAllowed):
        look_at_visa(actor(cast.aida()), referral, seal=bytes(visa.seal))
    with pytest.raises(NotAllowed):
        look_at_visa(actor(border.leader("KG-TOR")), referral, seal=bytes(visa.seal))
    with pytest.raises(RuleBroken):
        look_at_visa(actor(cast.cholpon()), referral)


@pytest.mark.parametrize(
    "sql", ["UPDATE border_visalook SET visa = '{}'", "DELETE FROM border_visalook"]
)
def test_a_look_stays_on_record(sql):
    visa = make.issued()
    look_at_visa(actor(cast.cholpon()), referred(visa), seal=bytes(visa.seal))
    with pytest.raises(DatabaseError, match="append-only"):
        _run(sql)


def _run(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
