"""The letters and forms of sharing, as they are printed."""

import io

import pypdf
import pytest
from django.urls import reverse

from safar.assistance.cases import paper, shared_fields
from safar.assistance.cases.actions.opening import WayToReach
from safar.assistance.cases.models import (
    Disclosure,
    PersonName,
    Referral,
)
from safar.assistance.cases.queries import sharing as queries
from safar.core.errors import NotAllowed
from safar.core.record import writing
from tests.makers import cases as make
from tests.makers import sharing as share
from tests.makers.accounts import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def worker(db):
    return make.caseworker()


@pytest.fixture
def clinic(db):
    return share.partner("Clinic 3", contact="Dr Osmonova")


@pytest.fixture
def pages(client, worker):
    sign_in(client, worker)
    return client


def at(name, *keys):
    return reverse(f"cases:{name}", args=keys)


def text_of(pdf: bytes) -> str:
    read = pypdf.PdfReader(io.BytesIO(pdf))
    return " ".join(" ".join(page.extract_text() for page in read.pages).split())


@pytest.fixture
def told(worker, clinic):
    """A referral of somebody of whom much is known, and little was agreed to leave."""
    person = make.new_person(
        "Рахматов Икром",
        citizenships=["TJK"],
        numbers=[("UNHCR", "731-26C04418")],
        contacts=[WayToReach("+996 555 123 456", may_contact=True)],
    )
    case = make.case(worker, people=[person])
    given = share.consent(worker, case, clinic, kinds=["identity"])
    shares = ["identity.name", "contact.phone", "papers.numbers"]
    return given, shares, case


def test_the_letter_holds_exactly_the_disclosed_fields(pages, worker, clinic, told):
    given, _shares, case = told
    referral = share.send(worker, share.draft(worker, given, clinic, shares=["identity.name"]))
    letter = text_of(pages.get(at("referral_pdf", referral.pk)).content)
    for there in ("Рахматов Икром", "A medical examination", "Clinic 3", referral.reference):
        assert there in letter
    for absent in ("731-26C04418", "555 123", case.number, case.purpose, "DRAFT", "Tajikistan"):
        assert absent not in letter
    left = Disclosure.objects.get()
    sent = dict(queries.sent_content(left) or [])
    assert sorted(sent) == left.fields
    data = paper._referral(referral, list(sent.items()))
    assert data["rows"] == [[shared_fields.label_of(code), words] for code, words in sent.items()]


def test_fields_that_were_not_agreed_to_are_refused_and_not_left_out_silently(worker, told, clinic):
    given, shares, _case = told
    with pytest.raises(NotAllowed, match="does not cover everything"):
        share.send(worker, share.draft(worker, given, clinic, shares=shares))


def test_the_letter_stays_as_it_was_sent_whatever_changes_afterwards(pages, worker, clinic, told):
    given, _shares, _case = told
    referral = share.send(worker, share.draft(worker, given, clinic))
    with writing("cases"):
        PersonName.objects.update(surname="Changed")
    letter = text_of(pages.get(at("referral_pdf", referral.pk)).content)
    assert "Рахматов" in letter
    assert "Changed" not in letter


def test_the_letter_of_a_withdrawn_consent_says_across_it_that_it_must_not_be_sent(
    pages, worker, clinic, told
):
    given, _shares, _case = told
    referral = share.send(worker, share.draft(worker, given, clinic))
    address, mark = at("referral_pdf", referral.pk), "CONSENT WITHDRAWN, do not send"
    assert mark not in text_of(pages.get(address).content)
    share.withdraw(worker, given)
    assert mark in text_of(pages.get(address).content)


@pytest.mark.parametrize("language", ["en", "ru", "ky"])
def test_letters_and_forms_are_printed_in_every_language(pages, worker, clinic, told, language):
    given, _shares, _case = told
    referral = share.draft(worker, given, clinic, language=language)
    draft = pages.get(at("referral_pdf", referral.pk))
    assert draft.content[:5] == b"%PDF-"
    share.send(worker, Referral.objects.get(pk=referral.pk))
    share.withdraw(worker, given)
    asked = f"?language={language}"
    empty = pages.get(at("consent_form_pdf") + asked)
    copy = pages.get(at("consent_pdf", given.pk) + asked)
    notice = pages.get(at("notice_pdf", given.notices.get().pk) + asked)
    for one in (empty, copy, notice):
        assert one["Content-Type"] == "application/pdf"
        assert one.content[:5] == b"%PDF-"
    assert "Рахматов Икром" in text_of(copy.content)
    assert "Рахматов" not in text_of(notice.content)  # nothing of the person
    assert referral.reference in text_of(notice.content)


def test_hostile_words_are_printed_as_they_are_and_run_no_markup(pages, worker, clinic):
    case = make.case(worker, people=[make.new_person("#panic() $x$ *bold*")])
    given = share.consent(worker, case, clinic)
    asks = '#read("/etc/passwd") \u202e' + "ю" * 200
    referral = share.draft(worker, given, clinic, asks=asks)
    letter = text_of(pages.get(at("referral_pdf", referral.pk)).content)
    assert "#panic() $x$" in letter
    assert '#read("/etc/passwd")' in letter
