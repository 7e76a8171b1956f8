"""The signed receipt is scanned on the day of the delivery, checked, and read by who may read."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.control.passports import actions
from safar.control.passports.actions import delivering
from safar.control.passports.models import SignedReceipt
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.record import writing
from tests.makers import accounts
from tests.makers import passports as make
from tests.makers import passports_made as papers
from tests.makers.visas import picture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _keys():
    papers.fresh_keys()
    yield
    papers.forget_keys()


def browser(name: str, at: str = make.HOME) -> Client:
    client = Client()
    accounts.sign_in_with_app(client, make.officer(name, "passport_clerk", at))
    return client


def file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("scan.jpg", content)


TYPED = {"receiver": "holder", "receiver_name": "AIGUL", "document_shown": "ID 1", "signed": "on"}


def test_a_scan_goes_in_with_the_delivery_or_later_and_is_shown():
    document, clerk = papers.made(), browser("Burul")
    url = reverse("passports:deliver", args=[document.pk])
    bad = clerk.post(url, {**TYPED, "scan": file(b"MZ" * 100)})
    assert bad.status_code == 422
    assert papers.again(document).status == "made"  # nothing was given out
    assert clerk.post(url, {**TYPED, "scan": file(picture(seed=1))}).status_code == 302
    later = reverse("passports:receipt_attach", args=[document.pk])
    assert clerk.post(later, {"scan": file(b"")}).status_code == 422
    assert clerk.post(later, {"scan": file(picture(seed=2))}).status_code == 302
    rows = list(SignedReceipt.objects.all())
    assert len(rows) == 2
    address = reverse("passports:receipt_scan", args=[rows[0].pk])
    page = clerk.get(reverse("passports:passport", args=[document.pk])).content.decode()
    assert address in page
    assert clerk.get(address).content == picture(seed=2)
    assert browser("Far", make.ABROAD).get(address).status_code == 404


def test_not_before_the_delivery_nor_on_another_day_and_never_changed(monkeypatch):
    document = papers.made()
    with pytest.raises(InvalidMove, match="not given out"):
        delivering.attach_receipt(make.clerk(), document, content=picture())
    delivering.deliver(make.clerk(), document, handing=papers.HANDING)
    document = papers.again(document)
    kept = delivering.attach_receipt(make.clerk(), document, content=picture())
    with pytest.raises(RuleBroken, match="there already"):
        delivering.attach_receipt(make.clerk(), document, content=picture())
    with pytest.raises(DatabaseError), transaction.atomic(), writing():
        SignedReceipt.objects.filter(pk=kept.pk).update(size=1)
    tomorrow = timezone.now() + timedelta(days=1)
    localdate = timezone.localdate
    monkeypatch.setattr(timezone, "localdate", lambda at=None: localdate(at or tomorrow))
    with pytest.raises(RuleBroken, match="day of the delivery"):
        delivering.attach_receipt(make.clerk(), document, content=picture(seed=3))


def test_nothing_is_set_aside_or_added_where_it_is_checked_and_what_was_made_is_shown():
    looked = make.looked()
    page = reverse("passports:application", args=[looked.pk])
    clerk = browser("Burul")
    assert "set-aside" in clerk.get(page).content.decode()  # negative control
    actions.check(make.clerk(), looked)
    text = clerk.get(page).content.decode()
    assert "set-aside" not in text
    assert "Add a paper" not in text
    assert "What was made" not in text
    document = papers.taken(person=make.who(surname="BEKOVA", personal_number="")).passport
    made = reverse("passports:application", args=[document.application_id])
    assert document.number in clerk.get(made).content.decode()
