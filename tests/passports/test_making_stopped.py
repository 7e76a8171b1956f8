"""What cannot be made is passed over and says why; no chip outlives its certificates."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.control.passports import actions
from safar.control.passports.actions import Terms, making
from safar.control.passports.chips import keys, signing
from safar.control.passports.models import Attachment, Passport
from safar.control.passports.queries import making as queries
from safar.control.passports.queries.hindrances import hindrances
from safar.core.errors import RuleBroken
from safar.lib.partial_dates import PartialDate
from tests.makers import accounts
from tests.makers import passports as make
from tests.makers import passports_made as papers

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BEKOVA = make.who(surname="BEKOVA", given_names="ASEL", personal_number="",
                  birth=PartialDate(1990, 5, 17))  # fmt: skip


@pytest.fixture(autouse=True)
def _keys():
    papers.fresh_keys()
    yield
    papers.forget_keys()


def browser(name: str, role: str) -> Client:
    client = Client()
    accounts.sign_in_with_app(client, make.officer(name, role))
    return client


def without_photo(application) -> None:
    operator = papers.operator().user_id
    with make.years_ago():
        Attachment.objects.filter(application=application, kind="photo").update(
            set_aside_at=timezone.now(), set_aside_by=operator, set_aside_reason="x"
        )


def reasons(*applications) -> list[str]:
    found = hindrances(list(applications))
    return [str(found.get(one.pk, "")) for one in applications]


def test_the_oldest_that_cannot_be_made_is_passed_over_and_shown_with_its_reason():
    papers.stocked()
    oldest = make.approved()
    without_photo(oldest)
    second = make.approved(person=BEKOVA)
    page = browser("Ulan", "passport_operator").get(reverse("passports:queue")).content.decode()
    assert "no photo of the face" in page
    assert page.count("Cannot be made now") == 1
    job = making.take_next(papers.operator(), None, office=make.HOME)
    assert job.application_id == second.pk
    with pytest.raises(RuleBroken, match="no photo of the face"):
        making.take_next(papers.operator(), None, office=make.HOME)
    with make.years_ago():
        Attachment.objects.filter(application=oldest).update(
            set_aside_at=None, set_aside_by=None, set_aside_reason=""
        )
    job = making.take_next(papers.operator(), None, office=make.HOME)
    assert job.application_id == oldest.pk


def test_every_reason_is_told_before_anything_is_taken():
    papers.stocked()
    fine, no_photo = make.approved(), make.approved(person=BEKOVA, kind="card")
    without_photo(no_photo)
    assert reasons(fine, no_photo) == ["", "This application has no photo of the face."]
    fine.personal_number = "1" * 20  # more than a zone has room for
    assert reasons(fine)[0].startswith("This cannot be printed")
    fine.personal_number = ""
    fine.office.in_use = False
    assert reasons(fine) == ["This office is closed."]
    fine.office.in_use = True
    assert reasons(fine) == [""]


def test_what_is_refused_at_the_very_taking_is_passed_over_too(monkeypatch):
    """A reason that nobody foresaw: its blank and all it wrote are given back."""
    papers.stocked()
    oldest, second = make.approved(), make.approved(person=BEKOVA)
    made = making._made

    def broken(application, number, now):
        document = made(application, number, now)
        if application.pk == oldest.pk:
            raise RuleBroken("The chip cannot be written")
        return document

    monkeypatch.setattr(making, "_made", broken)
    job = making.take_next(papers.operator(), None, office=make.HOME)
    assert job.application_id == second.pk
    assert [row.application_id for row in Passport.objects.all()] == [second.pk]
    with pytest.raises(RuleBroken, match="cannot be written"):
        making.take_next(papers.operator(), None, office=make.HOME)


def test_a_document_that_outlives_the_signers_certificate_is_not_signed():
    papers.stocked()
    application, card = make.approved(), make.approved(person=BEKOVA, kind="card")
    terms = Terms(years=15, years_child=5, fee=Decimal(1800), currency="KGS")
    actions.set_terms(make.head(), None, kind="passport", terms=terms)
    with pytest.raises(RuleBroken, match="no border could prove the chip") as refused:
        making.take_job(papers.operator(), application)
    last = signing.signer(timezone.localdate()).certificate.last
    assert str(last) in str(refused.value)
    assert "certified for longer" in reasons(application)[0]
    assert not Passport.objects.exists()
    job = making.take_next(papers.operator(), None, office=make.HOME)  # the card is signed
    assert job.application_id == card.pk


@pytest.mark.parametrize(("days", "holds"), [(400, False), (keys.AUTHORITY_DAYS, True)])
def test_a_document_that_outlives_the_states_certificate_is_not_signed(monkeypatch, days, holds):
    papers.stocked()
    application = make.approved()
    monkeypatch.setattr(keys, "AUTHORITY_DAYS", days)
    papers.fresh_keys()
    if holds:
        assert making.take_job(papers.operator(), application).status == "taken"
        return
    with pytest.raises(RuleBroken, match="state certificate behind the key"):
        making.take_job(papers.operator(), application)


def test_the_last_day_itself_is_covered():
    signer = signing.signer(timezone.localdate())
    signer.refuse_unless_proved_until(signer.proves_until)
    with pytest.raises(RuleBroken):
        signer.refuse_unless_proved_until(signer.proves_until + timedelta(days=1))


def test_page_and_chip_are_for_whoever_works_at_the_job_and_no_longer():
    job = papers.taken()
    ulan, other = browser("Ulan", "passport_operator"), browser("Second", "passport_operator")
    for name in ("job_pdf", "job_chip"):
        address = reverse(f"passports:{name}", args=[job.pk])
        assert ulan.get(address).status_code == 200
        assert other.get(address).status_code == 403
    link = reverse("passports:job_pdf", args=[job.pk])
    shown = reverse("passports:job", args=[job.pk])
    assert link in ulan.get(shown).content.decode()
    assert link not in other.get(shown).content.decode()
    making.report_printed(papers.operator(), job)
    for name in ("job_pdf", "job_chip"):
        address = reverse(f"passports:{name}", args=[job.pk])
        assert ulan.get(address).status_code == 403
    assert papers.read_back(queries.job(papers.operator(), job.pk)).passed
    assert ulan.get(link).status_code == 403
    assert ulan.get(shown).status_code == 200
