"""Can clerk and officer do their work in the browser, and a stranger see none of it?"""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from safar.control.passports.models import Application, Attachment, IdentityMatch
from safar.control.passports.paper import letter
from safar.core.files import LARGEST
from safar.core.models import AuditEntry
from tests.makers import accounts, watchlist
from tests.makers import passports as make
from tests.makers.visas import picture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ANSWERS = {
    "office": make.HOME, "kind": "passport", "surname": "Toktogulova", "given_names": "Aigul",
    "name_written": "Токтогулова Айгүл", "former_names": "", "birth": "22.08.1994",
    "birth_place": "Osh", "sex": "F", "personal_number": "12208199400111", "phone": "",
    "reason": "first", "earlier_issuer": "", "earlier_number": "", "second_reason": "",
    "came_herself": "on", "representative_name": "", "representative_document": "",
}  # fmt: skip


def browser(name: str = "Burul", role: str = "passport_clerk", at: str = make.HOME) -> Client:
    client = Client()
    accounts.sign_in_with_app(client, make.officer(name, role, at))
    return client


def officer() -> Client:
    return browser("Sabyr", "passport_officer")


def url(name: str, *args: object) -> str:
    return reverse(f"passports:{name}", args=args)


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def send(client: Client, address: str, expect: int = 302, /, **data: object) -> str:
    response = client.post(address, data)
    assert response.status_code == expect, response.content.decode()[:3000]
    return response.content.decode()


def file(content: bytes, name: str = "a.jpg") -> io.BytesIO:
    found = io.BytesIO(content)
    found.name = name
    return found


def test_an_application_is_typed_sent_checked_and_approved_in_the_browser():
    clerk = browser()
    send(clerk, url("new"), 302, **ANSWERS)
    application = Application.objects.get()
    assert application.former_names == []
    page = read(clerk, url("papers", application.pk))
    assert "Photo of the face" in page
    assert "Send the application" not in page
    for kind in ("photo", "identity"):
        content = file(picture(seed=len(kind)))
        send(clerk, url("papers", application.pk), 302, kind=kind, file=content)
    send(clerk, url("send", application.pk), 302, **{"send-is_true": "on"})
    paid = {"kind": "paid", "amount": "1800", "receipt": "R-77"}
    send(clerk, url("fee", application.pk), 302, **paid)
    send(clerk, url("look", application.pk))
    send(clerk, url("ask_lists", application.pk))
    send(clerk, url("check", application.pk), 302, word="All there")
    sabyr = officer()
    assert "To decide" in read(sabyr, url("desk"))
    assert "Nobody like her" in read(sabyr, url("decide", application.pk))
    send(sabyr, url("decide", application.pk), 422, **{"approve": "1", "approve-reason": ""})
    send(sabyr, url("decide", application.pk), 302, **{"approve": "1", "approve-reason": "Fine"})
    application.refresh_from_db()
    assert application.status == "approved"
    assert "Sabyr" in read(clerk, url("application", application.pk))


def test_the_identity_page_shows_both_with_photos_and_reasons_and_takes_the_judgement():
    make.approved(seed=7)
    alike = make.who(given_names="AYGUL", personal_number="", name_written="")
    application = make.looked(person=alike, seed=900)
    match = IdentityMatch.objects.get(application=application)
    sabyr = officer()
    assert "To judge who she is" in read(sabyr, url("desk"))
    page = read(sabyr, url("judge", match.pk))
    for words in ("another spelling", "born on the same day", "No program compares faces here"):
        assert words in page
    photo = sabyr.get(url("candidate_photo", match.pk))
    assert photo["Content-Type"] == "image/jpeg"
    assert photo["Cache-Control"] == "no-store"
    send(sabyr, url("judge", match.pk), 422, outcome="another", reason="")
    send(sabyr, url("judge", match.pk), 302, outcome="another", reason="Another face")
    assert "Another face" in read(sabyr, url("application", application.pk))
    opened = AuditEntry.objects.filter(
        action="passports.open", target__contains=str(match.other_id)
    )
    assert opened.exists()


def test_the_typist_and_a_clerk_are_offered_no_judgement():
    make.approved(seed=7)
    make.looked(person=make.who(given_names="AYGUL", personal_number=""), seed=900)
    match = IdentityMatch.objects.get()
    clerk = browser()
    assert url("judge", match.pk) not in read(clerk, url("application", match.application_id))
    read(clerk, url("judge", match.pk), 403)


def test_another_offices_clerk_gets_404_everywhere():
    make.approved(seed=7)
    alike = make.looked(person=make.who(given_names="AYGUL", personal_number=""), seed=900)
    match = IdentityMatch.objects.get()
    paper = Attachment.objects.filter(application=alike, kind="photo").get()
    make.office("BAT-P")
    stranger = browser("Daria", "passport_officer", "BAT-P")
    for name in ("application", "fill", "papers", "fee", "check", "withdraw", "decide", "letter"):
        read(stranger, url(name, alike.pk), 404)
    for name in ("look", "ask_lists", "send", "discard", "answered", "consent_add"):
        send(stranger, url(name, alike.pk), 404)
    for address in (url("paper", paper.pk), url("portrait", paper.pk), url("set_aside", paper.pk)):
        read(stranger, address, 404)
    read(stranger, url("judge", match.pk), 404)
    read(stranger, url("candidate_photo", match.pk), 404)
    read(browser(), url("application", alike.pk))  # the control: her own office's


def test_another_role_gets_403():
    application = make.sent()
    client = Client()
    accounts.sign_in_with_app(client, accounts.user("booth", "officer", posts=["KG-MAN"]))
    read(client, url("desk"), 403)
    read(client, url("application", application.pk), 403)


def test_a_consulates_page_shows_nothing_of_a_refugee_who_is_like_an_applicant():
    refugee = make.sent(kind="refugee", person=make.REFUGEE)
    same = make.who(surname="RAHIMY", given_names="FAREED", name_written="", sex="M",
                    birth=make.REFUGEE.birth, personal_number="")  # fmt: skip
    application = make.looked(make.clerk("Selim", at=make.ABROAD), person=same)
    match = IdentityMatch.objects.get(application=application)
    consul = browser("Meerim", "passport_officer", make.ABROAD)
    for name in ("application", "decide"):
        page = read(consul, url(name, application.pk))
        assert "Nobody like her" in page
        assert not [word for word in ("rotection", refugee.number) if word in page]
    for name in ("judge", "candidate_photo"):
        assert "RAHIMI" not in read(consul, url(name, match.pk), 404)
    home = make.looked(make.clerk(), person=same, seed=44)
    own = IdentityMatch.objects.get(application=home, other=refugee)
    assert "RAHIMI" in read(officer(), url("judge", own.pk))  # the control: inside the country


def test_who_judges_a_refugee_on_a_list_is_told_to_ask_nobody():
    watchlist.entry("RAHIMI, Farid", births=("1988-03-01",))
    application = make.looked(kind="refugee", person=make.REFUGEE)
    page = read(officer(), url("application", application.pk))
    assert "Ask nobody outside this service" in page
    watchlist.entry("TOKTOGULOVA, Aigul", births=("1994-08-22",))
    citizen = make.looked()
    assert "Ask nobody outside this service" not in read(officer(), url("application", citizen.pk))


@pytest.mark.parametrize(
    "content",
    [b"", b"<script>alert(1)</script>", b"\x89PNG\r\n\x1a\n" + b"\0" * 500, b"%PDF-1.7 /JavaScript",
     b"\xff\xd8\xff" + b"\xff" * 5000, b"MZ" * 100, b"a" * (LARGEST + 1)],
    ids=["empty", "script", "torn png", "live pdf", "torn jpeg", "program", "too large"],
)  # fmt: skip
def test_a_hostile_file_ends_in_a_plain_sentence_and_nothing_is_kept(content):
    application = make.draft()
    clerk = browser()
    for kind in ("photo", "identity"):
        page = send(
            clerk, url("papers", application.pk), 422, kind=kind, file=file(content, "../x")
        )
        assert "Traceback" not in page
    assert not application.attachments.exists()
    good = file(picture(), "../../etc/passwd.jpg")
    send(clerk, url("papers", application.pk), 302, kind="photo", file=good)
    assert application.attachments.get().name == "passwd.jpg"


@pytest.mark.parametrize(
    "changes",
    [
        {"surname": "Токтогулова"}, {"birth": "31.02.1994"}, {"birth": "01.01.2999"},
        {"kind": "visa"}, {"office": "BAT-P"}, {"personal_number": "<b>"},
        {"former_names": "\n".join(f"NAME {n}" for n in range(9))}, {"reason": "second"},
        {"earlier_number": "'; DROP"}, {"birth_place": ""}, {"surname": "\0"},
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_is_said_at_its_box(changes: Any):
    make.office("BAT-P")
    clerk = browser()
    send(clerk, url("new"), 422, **ANSWERS | changes)
    assert not Application.objects.exists()


def test_a_childs_consents_are_written_down_on_the_page():
    clerk = browser()
    born = {"birth": f"01.01.{make.today().year - 9}", "personal_number": ""}
    came = {"representative_name": "Asanova Gulnara", "representative_document": "ID 1"}
    send(clerk, url("new"), 302, **ANSWERS | born | came)
    application = Application.objects.get()
    assert "No consent is written down yet" in read(clerk, url("papers", application.pk))
    given = {
        "consent-relation": "mother", "consent-name": "Asanova Gulnara", "consent-document": "ID 1",
        "consent-given_on": f"{make.today():%d.%m.%Y}",
    }  # fmt: skip
    send(clerk, url("consent_add", application.pk), 302, **given)
    assert "Asanova Gulnara" in read(clerk, url("papers", application.pk))
    send(clerk, url("consent_remove", application.consents.get().pk))
    assert not application.consents.exists()


def test_a_refusal_is_a_letter_with_grounds_and_words():
    application = make.checked()
    sabyr = officer()
    given = {
        "refuse": "1",
        "refuse-grounds": ["identity", "incomplete"],
        "refuse-reason": "#eval(1)",
    }
    send(sabyr, url("decide", application.pk), 302, **given)
    answer = sabyr.get(url("letter", application.pk))
    assert answer.content.startswith(b"%PDF-")
    read(sabyr, url("letter", make.sent(person=make.who(surname="SENT")).pk), 404)
    told = letter.printed_refusal(make.again(application), language="ky")
    assert told.startswith(b"%PDF-")


def test_a_search_is_on_record_and_finds_by_number():
    application = make.sent()
    clerk = browser()
    page = send(clerk, url("desk"), 200, words=application.number.replace("-", " ").lower())
    assert application.name in page
    assert AuditEntry.objects.filter(action="passports.read").exists()


def test_headquarters_reads_every_office_places_users_and_sets_terms():
    application = make.sent()
    client = Client()
    make.head()
    accounts.sign_in_with_app(client, accounts.user("Jyldyz", "passport_head"))
    assert application.number in read(client, url("desk"))
    read(client, reverse("offices:offices"))
    given = {"kind": "passport", "years": 10, "years_child": 5, "fee": "2000", "currency": "kgs"}
    send(client, url("terms"), 302, **given)
    assert "2,000.00 KGS" in read(client, url("terms"))
    send(client, url("terms"), 422, **given | {"years": 0})


def test_more_is_asked_for_a_paper_set_aside_and_it_is_sent_back():
    application = make.looked()
    clerk, sabyr = browser(), officer()
    photo = application.attachments.get(kind="photo")
    send(clerk, url("check", application.pk), 302, word="")
    send(sabyr, url("send_back", application.pk), 302, reason="The photo is old")
    send(clerk, url("set_aside", photo.pk), 302, reason="Old")
    assert "Photo of the face" in read(clerk, url("application", application.pk))
    send(clerk, url("ask_more", application.pk), 302, what="A new photo")
    new = file(picture(seed=5))
    send(clerk, url("papers", application.pk), 302, kind="photo", file=new)
    send(clerk, url("answered", application.pk))
    send(clerk, url("withdraw", application.pk), 302, reason="She called")
    application.refresh_from_db()
    assert application.status == "withdrawn"


def test_an_error_of_a_rule_is_said_and_nothing_is_done():
    application = make.sent()
    page = send(browser(), url("check", application.pk), 422, word="")
    assert "Still to be done" in page
