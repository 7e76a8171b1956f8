"""The letter of a refusal and the receipt of a fee: who may have them, and what stands there."""

import io
import json
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from safar.control.visas import actions
from safar.control.visas.choices.issued import VisaForm
from safar.control.visas.models import Fee
from safar.control.visas.paper import letter_terms, letters
from safar.core.errors import InvalidMove, Unavailable
from tests.makers import visas as make
from tests.makers import visas_issued as issued
from tests.makers.accounts import audited
from tests.visas.test_visas_desk import browser, read, send, url

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WORDS = "The account was opened yesterday."
SAID = {
    "grounds": {"means": {"en": "Visa Act, Art. 12 (3)", "ru": "Закон о визах, ст. 12, ч. 3"}},
    "appeal": {
        "how": {"en": "Write to the court.", "ru": "Напишите в суд.", "ky": "Сотко жазыңыз."},
        "authority": {"en": "Administrative court of the capital"},
        "days": 30,
        "from": "receipt",
    },
}


def refused(**changes):
    grounds = changes.pop("grounds", ["means", "purpose"])
    return actions.refuse(make.consul(), make.prepared(**changes), grounds=grounds, reason=WORDS)


def text_of(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


@pytest.fixture
def named(tmp_path):
    """The administration has named its law."""
    path = tmp_path / "letter.json"
    path.write_text(json.dumps(SAID), "utf-8")
    with override_settings(SAFAR_VISA_LETTER_FILE=str(path)):
        yield path


def test_the_letter_names_grounds_law_and_appeal_and_no_officer(named):
    found = refused()
    said = text_of(letters.refusal_letter(found))
    for words in (
        "Refusal of a visa", letters.decision_number(found), "PETROVA IRINA", "U44109826", WORDS,
        "Means for the stay and for the way back are not shown", "Visa Act, Art. 12 (3)",
        "Write to the court.", "Administrative court of the capital", "within 30 days", "Istanbul",
    ):  # fmt: skip
        assert words in said, words
    assert "Meerim" not in said
    assert "Kanat" not in said


def test_no_law_is_invented_where_none_is_named():
    said = text_of(letters.refusal_letter(refused()))
    assert "You may appeal to the authority named below." in said
    assert "The time for an appeal is the one that the law sets." in said
    assert not any(sign.isdigit() for sign in said.partition("How you can appeal")[2][:200])


def test_days_from_the_decision_name_the_last_day(tmp_path):
    path = tmp_path / "letter.json"
    path.write_text(json.dumps({"appeal": {"days": 10, "from": "decision"}}), "utf-8")
    found = refused()
    last = letters._day(timezone.localdate(found.decided_at) + timedelta(days=10))
    with override_settings(SAFAR_VISA_LETTER_FILE=str(path)):
        assert f"by {last}" in text_of(letters.refusal_letter(found))


@pytest.mark.parametrize(("language", "words"), [("ru", "Напишите в суд"), ("ky", "Сотко жазыңыз")])
def test_it_is_in_her_language_or_in_one_that_is_asked_for(named, language, words):
    with translation.override(language):  # of the page on which she applied
        found = refused()
    assert words in text_of(letters.refusal_letter(found))
    assert "Write to the court" in text_of(letters.refusal_letter(found, language="en"))
    assert words in text_of(letters.refusal_letter(found, language="zz"))


def test_only_what_was_refused_has_one():
    with pytest.raises(InvalidMove):
        letters.refusal_letter(make.prepared())


def test_names_that_try_to_be_markup_stay_text():
    who = replace(make.WHO, surname='#PANIC("x")', given_names="A\u202eB *C*")
    said = text_of(letters.refusal_letter(refused(who=who)))
    assert '#PANIC("x")' in said
    assert "*C*" in said
    assert "\u202e" not in said


@pytest.mark.parametrize(
    "text",
    [
        "no json", "[]", '{"grounds": 1}', '{"grounds": {"other": {"en": "x"}}}',
        '{"grounds": {"means": "Art. 1"}}', '{"grounds": {"means": {"fr": "x"}}}',
        '{"appeal": {"days": -1}}', '{"appeal": {"days": true}}', '{"appeal": {"from": "now"}}',
        '{"more": {}}', "[" * 100_000, '{"grounds": {"means": {"en": "%s"}}}' % ("x" * 1001),
    ],
)  # fmt: skip
def test_a_broken_file_is_named_and_prints_nothing(tmp_path, text):
    path = tmp_path / "letter.json"
    path.write_text(text, "utf-8")
    with override_settings(SAFAR_VISA_LETTER_FILE=str(path)):
        with pytest.raises(letter_terms.LetterTermsBroken):
            letter_terms.letter_terms()
        with pytest.raises(Unavailable):
            letters.refusal_letter(refused())


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["grounds", "appeal", "means", "days", "from", "how", "en", "x"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_whatever_the_file_says_it_is_read_or_refused(tmp_path, said):
    path = tmp_path / "letter.json"
    path.write_text(json.dumps(said), "utf-8")
    there = override_settings(SAFAR_VISA_LETTER_FILE=str(path))
    with there, suppress(letter_terms.LetterTermsBroken):
        assert letter_terms.letter_terms().days >= 0


def test_the_desk_downloads_the_letter_and_that_is_on_record():
    found = refused()
    clerk = browser()
    assert url("refusal_letter", found.pk) in read(clerk, url("application", found.pk))
    answer = clerk.get(url("refusal_letter", found.pk), {"language": "ru"})
    assert answer["Content-Type"] == "application/pdf"
    assert found.number in answer["Content-Disposition"]
    assert "letter" in [row.details.get("purpose") for row in audited("visas.open", "opened")]
    make.consulate("DEL", "Delhi")
    stranger = browser("Other", at="DEL")
    assert stranger.get(url("refusal_letter", found.pk)).status_code == 404


def test_she_downloads_it_with_reference_and_birth_date():
    found = refused()
    stranger = Client()
    asked = {"reference": found.number, "birth": "22.08.1994"}
    page = send(stranger, url("status"), 200, **asked)
    assert "Download the letter" in page
    assert WORDS not in page
    answer = stranger.post(url("own_letter"), asked)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert WORDS in text_of(answer.content)


def test_who_does_not_know_the_birth_date_learns_nothing():
    found = refused()
    wrong = Client().post(url("own_letter"), {"reference": found.number, "birth": "23.08.1994"})
    unknown = Client().post(url("own_letter"), {"reference": "2222-2222", "birth": "22.08.1994"})
    assert wrong.status_code == unknown.status_code == 422
    assert b"We find no application" in wrong.content
    assert Client().post(url("own_letter")).status_code == 404
    assert Client().get(url("own_letter")).status_code == 405


def test_a_letter_is_not_asked_for_again_and_again():
    asked = {"reference": "2222-2222", "birth": "22.08.1994"}
    answers = [Client().post(url("own_letter"), asked).status_code for _time in range(9)]
    assert answers == [422] * 8 + [429]


def test_the_receipt_names_the_fee_and_no_officer():
    make.paid(make.sent())
    fee = Fee.objects.get()
    clerk = browser()
    assert url("receipt", fee.pk) in read(clerk, url("application", fee.application_id))
    said = text_of(clerk.get(url("receipt", fee.pk)).content)
    for words in ("Receipt", fee.receipt, f"{fee.amount} {fee.currency}", "PETROVA IRINA", "Paid"):
        assert words in said, words
    assert "Kanat" not in said
    make.consulate("DEL", "Delhi")
    assert browser("Other", at="DEL").get(url("receipt", fee.pk)).status_code == 404
    assert Client().get(url("receipt", fee.pk)).status_code == 302


def test_she_downloads_her_electronic_visa_and_nobody_a_sticker():
    issued.fresh_keys()
    try:
        visa, sticker = issued.issued(form=VisaForm.E_VISA), issued.issued()
    finally:
        issued.forget_keys()
    asked = {"reference": visa.application.number, "birth": "22.08.1994"}
    assert "Download the visa" in send(Client(), url("status"), 200, **asked)
    answer = Client().post(url("own_visa"), asked)
    assert answer["Content-Type"] == "application/pdf"
    assert visa.number in text_of(answer.content)
    wrong = Client().post(url("own_visa"), asked | {"birth": "23.08.1994"})
    assert wrong.status_code == 422
    other = {"reference": sticker.application.number, "birth": "22.08.1994"}
    assert "Download the visa" not in send(Client(), url("status"), 200, **other)
    assert Client().post(url("own_visa"), other).status_code == 404
    issued.revoked(visa)
    assert Client().post(url("own_visa"), asked).status_code == 404
