"""Can anybody apply without signing in, come back, ask how it stands, and learn of nobody else?"""

import html
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.control.visas import actions, numbers, throttle
from safar.control.visas.applicant import applicant
from safar.control.visas.models import Application, Paper, Tries
from safar.core.models import AuditEntry
from safar.lib.mrz import spelling
from safar.reference import queries as reference
from safar.ui import uploads
from tests.makers import visas as make
from tests.visas.test_visas_desk import WHO, file, journey_data, passport_data, send

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SAME = "We find no application"


def step(name: str) -> str:
    return reverse("visas:step", args=[name])


def at(name: str, *args: object) -> str:
    return reverse(f"visas:{name}", args=args)


def begun(client: Client, **changes: str) -> tuple[str, str]:
    """Begin on the page; return reference and code as they are shown."""
    make.consulate()
    page = send(client, step("who"), 200, **{**WHO, **changes})
    found = re.findall(r'<dd class="code"><strong>([^<]+)', page)
    return found[0], found[1]


def filled(client: Client) -> str:
    number, _code = begun(client)
    send(client, step("passport"), **passport_data())
    send(client, step("journey"), **journey_data())
    assert client.get(step("papers")).status_code == 200
    for kind in ("photo", "passport", "ticket", "lodging"):
        send(client, step("papers"), **file(kind))
    return number


def applied(client: Client) -> str:
    number = filled(client)
    send(client, step("check"), is_true="on")
    return number


def test_somebody_applies_in_five_steps_and_reads_how_it_stands():
    client = Client()
    number = applied(client)
    found = Application.objects.get(number=number)
    assert (found.status, found.surname, found.channel) == ("submitted", "PETROVA", "public")
    page = client.get(at("sent")).content.decode()
    assert number in page
    assert "USD 50.00" in html.unescape(re.sub("<[^>]+>", "", page))
    other = send(Client(), at("status"), 200, reference=number.lower(), birth="22.08.1994")
    assert "Received" in other
    assert "PETROVA" not in other
    assert "U44109826" not in other


def test_it_is_not_sent_without_her_word():
    client = Client()
    filled(client)
    assert "Tick this" in send(client, step("check"), 422)
    assert Application.objects.get().status == "draft"


def test_what_is_missing_is_named_and_nothing_is_sent():
    client = Client()
    begun(client)
    page = client.get(step("check")).content.decode()
    assert "Ticket" not in page  # no kind yet: only what everybody needs
    assert "Kind of visa" in page
    assert client.post(step("check"), {"is_true": "on"}).status_code == 422
    assert Application.objects.get().status == "draft"


def test_what_cannot_be_is_said_at_its_field():
    client = Client()
    begun(client)
    soon = {"document_expires_on": f"{make.day(60):%d.%m.%Y}"}
    send(client, step("passport"), **{**passport_data(), **soon})
    page = send(client, step("journey"), 422, **journey_data())
    assert "runs out on" in page
    assert 'value="To see the lake"' in page  # nothing that was typed is lost
    late = journey_data(leaves_on=f"{make.day(200):%d.%m.%Y}")
    assert "171 days" in send(client, step("journey"), 422, **late)


def test_a_name_in_other_letters_is_asked_for_in_latin_ones():
    make.consulate()
    page = send(Client(), step("who"), 422, **{**WHO, "surname": "Петрова"})
    assert "Latin letters" in page
    assert "Петрова" in page


@pytest.mark.parametrize("name", ["Ɓello", "A×B", "Ǝ", "..."])
def test_a_name_that_no_visa_could_bear_is_not_taken(name):
    make.consulate()
    page = send(Client(), step("who"), 422, **{**WHO, "surname": name})
    assert "Latin letters" in page


@pytest.mark.parametrize("name", ["Bello", "Ñandú", "O’Neil", "Đang", "Łoś", "Strauß-Æbeltoft"])
def test_every_name_that_is_taken_can_be_printed(name):
    make.consulate()
    send(Client(), step("who"), 200, **{**WHO, "surname": name})
    assert spelling.signs(Application.objects.get().surname)


def test_a_name_that_is_too_long_in_capitals_is_said_at_its_field():
    make.consulate()
    page = send(Client(), step("who"), 422, **{**WHO, "surname": "ß" * 31})
    assert "at most 60 characters" in page
    send(Client(), step("who"), 200, **{**WHO, "surname": "ß" * 30})  # the control


def test_a_journey_at_the_end_of_the_calendar_is_said_at_its_field():
    client = Client()
    begun(client)
    send(client, step("passport"), **passport_data())
    for last in ("31.12.9999", "01.01.9999"):
        page = send(client, step("journey"), 422, **journey_data(arrives_on=last, leaves_on=last))
        assert "365 days before you arrive" in page


def test_she_comes_back_with_reference_and_code_on_another_device():
    number, code = begun(Client())
    other = Client()
    send(other, at("back"), reference=number, code=code.lower().replace("-", " "))
    assert "PETROVA" in other.get(step("who")).content.decode()


def test_the_code_is_kept_as_a_hash_alone():
    _number, code = begun(Client())
    found = Application.objects.get()
    assert code not in str(vars(found))
    assert numbers.is_code(found.number, code, found.code_hash)


def test_a_new_code_makes_the_first_worthless():
    client = Client()
    number, first = begun(client)
    page = send(client, at("later"), 200)
    second = re.findall(r'<dd class="code"><strong>([^<]+)', page)[1]
    assert SAME in send(Client(), at("back"), 422, reference=number, code=first)
    send(Client(), at("back"), reference=number, code=second)


def body(client: Client, name: str, **data: str) -> str:
    """The answer without what differs between any two: the token, and what was typed."""
    response = client.post(at(name), data)
    text = response.content.decode()
    for typed in data.values():
        text = text.replace(f'value="{html.escape(typed)}"', "")
    return f"{response.status_code} {re.sub(r'[A-Za-z0-9]{64}', 'token', text)}"


def test_a_wrong_birth_date_and_an_unknown_reference_answer_the_same():
    number = applied(Client())
    draft, _code = begun(Client())
    wrong = body(Client(), "status", reference=number, birth="23.08.1994")
    unknown = body(Client(), "status", reference="2345-6789", birth="22.08.1994")
    unsent = body(Client(), "status", reference=draft, birth="22.08.1994")
    assert SAME in wrong
    assert wrong == unknown == unsent


def test_a_wrong_code_and_an_unknown_reference_answer_the_same():
    number, code = begun(Client())
    wrong = body(Client(), "back", reference=number, code="2222-2222-2222")
    unknown = body(Client(), "back", reference="2345-6789", code=code)
    assert SAME in wrong
    assert wrong == unknown


def test_a_birth_date_does_not_open_the_answers():
    number = applied(Client())
    client = Client()
    send(client, at("status"), 200, reference=number, birth="22.08.1994")
    assert client.get(at("sent"))["Location"] == at("back")
    assert client.post(at("withdraw_own")).status_code == 404
    assert client.post(at("delete_own")).status_code == 404


def test_another_browser_reaches_nothing_of_it():
    client = Client()
    filled(client)
    paper = Paper.objects.get(kind="ticket")
    stranger = Client()
    begun(stranger)
    assert stranger.post(at("own_paper_remove", paper.pk)).status_code == 404
    assert Paper.objects.filter(pk=paper.pk).exists()
    assert stranger.get(reverse("visas:paper", args=[paper.pk])).status_code == 302
    assert client.post(at("own_paper_remove", paper.pk)).status_code == 302
    assert not Paper.objects.filter(pk=paper.pk).exists()


def test_birth_dates_are_not_tried_through_on_one_reference():
    number = applied(Client())
    for day in range(1, throttle.ON_REFERENCE + 1):
        assert SAME in send(Client(), at("status"), 422, reference=number, birth=f"{day}.01.1990")
    page = send(Client(), at("status"), 429, reference=number, birth="22.08.1994")
    assert "Too many tries" in page
    # An unknown reference is held back in the same way: nothing is learnt from that either.
    for _try in range(throttle.ON_REFERENCE):
        send(Client(), at("status"), 422, reference="2345-6789", birth="22.08.1994")
    send(Client(), at("status"), 429, reference="2345-6789", birth="22.08.1994")


def test_another_quarter_of_an_hour_begins_anew(monkeypatch):
    number = applied(Client())
    for _try in range(throttle.ON_REFERENCE + 1):
        Client().post(at("status"), {"reference": number, "birth": "01.01.1990"})
    later = timezone.now() + timedelta(minutes=16)
    monkeypatch.setattr(timezone, "now", lambda: later)
    send(Client(), at("status"), 200, reference=number, birth="22.08.1994")


def test_one_address_does_not_try_reference_after_reference(monkeypatch):
    monkeypatch.setattr(throttle, "FROM_ADDRESS", 3)
    for last in "234":
        send(Client(), at("status"), 422, reference=f"2345-678{last}", birth="22.08.1994")
    send(Client(), at("status"), 429, reference="2345-6785", birth="22.08.1994")
    other = Client(REMOTE_ADDR="192.0.2.9")
    send(other, at("status"), 422, reference="2345-6785", birth="22.08.1994")


def test_what_is_counted_names_neither_address_nor_reference():
    number = applied(Client())
    send(Client(), at("status"), 200, reference=number, birth="22.08.1994")
    assert Tries.objects.exists()
    assert not [row for row in Tries.objects.all() if number in row.mark or "127" in row.mark[:4]]


def test_a_proxy_of_ones_own_tells_the_address_and_a_stranger_cannot(settings, rf):
    passed = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.7, 192.0.2.9"}
    assert throttle.address_of(rf.get("/", **passed)) == "10.0.0.1"
    settings.SAFAR_PROXIES = 1
    assert throttle.address_of(rf.get("/", **passed)) == "192.0.2.9"
    network = throttle.address_of(rf.get("/", REMOTE_ADDR="2001:db8:1:2:3::4"))
    assert network == throttle.address_of(rf.get("/", REMOTE_ADDR="2001:db8:1:2:ffff::9"))


@pytest.mark.parametrize(
    ("written", "counted"),
    [
        ("192.0.2.9:50123", "192.0.2.9"),
        ("::ffff:192.0.2.9", "192.0.2.9"),
        ("[::ffff:192.0.2.9]:50123", "192.0.2.9"),
        ("[2001:db8:1:2:3::4]:50123", "2001:0db8:0001:0002"),
        ("2001:db8:1:2:3::4", "2001:0db8:0001:0002"),
        ("unix:", "unix:"),
    ],
)
def test_an_address_is_counted_as_one_however_it_is_written(settings, rf, written, counted):
    """Neither a new port for each connection nor the form of IPv4 within IPv6 changes it."""
    settings.SAFAR_PROXIES = 1
    asked = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=written)
    assert throttle.address_of(asked) == counted


def test_old_counts_go_with_the_old_drafts():
    Tries.objects.create(mark="x", since=datetime(2020, 1, 1, tzinfo=UTC))
    actions.clear_drafts(make.SAFAR, None)
    assert not Tries.objects.exists()


def test_more_that_is_asked_is_handed_in_on_the_page():
    client = Client()
    number = applied(client)
    found = Application.objects.get(number=number)
    ticket = Paper.objects.get(application=found, kind="ticket")
    actions.set_aside_paper(make.clerk(), ticket, reason="Torn.")
    actions.ask_more(make.clerk(), make.again(found), what="A whole ticket, please.")
    assert "A whole ticket, please." in client.get(at("sent")).content.decode()
    assert client.post(at("sent")).status_code == 422
    send(client, step("papers"), **file("ticket", make.picture(seed=77)))
    send(client, at("sent"))
    assert make.again(found).status == "submitted"
    assert client.get(step("who")).status_code == 302  # the answers stand as they were sent


def test_she_withdraws_it_and_deletes_a_draft():
    client = Client()
    number = applied(client)
    send(client, at("withdraw_own"))
    assert Application.objects.get(number=number).status == "withdrawn"
    send(client, at("leave"))
    assert client.get(at("sent"))["Location"] == at("back")
    draft, _code = begun(client)
    send(client, at("delete_own"))
    assert not Application.objects.filter(number=draft).exists()


@pytest.mark.parametrize(("code", "word"), [("ru", "Русский"), ("ky", "Кыргызча")])
def test_the_page_speaks_the_language_that_is_chosen(code, word):
    make.consulate()
    client = Client()
    client.post(reverse("accounts:language"), {"language": code, "next": at("apply")})
    page = client.get(at("apply")).content.decode()
    assert f'<html lang="{code}"' in page
    assert make.kind("T").name_in(code) in page
    assert word in page


def test_the_page_works_without_a_script_and_says_what_is_wrong():
    page = Client().get(step("who")).content.decode()
    assert "<form" in page
    assert 'name="surname"' in page
    assert "hx-post" not in page
    empty = send(Client(), step("who"), 422)
    assert 'href="#id_surname"' in empty


def test_the_acts_of_applicants_are_in_the_audit_without_what_they_wrote():
    client = Client()
    applied(client)
    rows = AuditEntry.objects.filter(actor_name="safar:applicant", outcome="done")
    done = {row.action for row in rows}
    assert {"visas.begin", "visas.write_answers", "visas.add_paper", "visas.submit"} <= done
    assert not [row for row in rows if "PETROVA" in f"{row.target}{row.details}"]


def test_fifty_megabytes_end_in_a_sentence_and_are_not_kept_in_memory_or_on_disk():
    client = Client()
    begun(client)
    huge = io.BytesIO(b"%PDF-" + b"\0" * 50_000_000)
    huge.name = "big.pdf"
    page = send(client, step("papers"), 422, kind="ticket", file=huge)
    assert "larger than 10 MB" in page
    assert not Paper.objects.exists()


def test_a_tab_that_was_left_open_writes_into_no_other_application():
    """A mother's passport, typed in a tab of an hour ago, is not put into her child's."""
    client = Client()
    mother, _code = begun(client)
    stale = client.get(step("passport")).content.decode()
    assert f'name="of" value="{mother}"' in stale
    send(client, at("leave"))
    child, _code = begun(client, given_names="Mila")
    assert child != mother
    page = send(client, step("passport"), 409, **passport_data(), of=mother)
    assert "Another application is open in this browser" in page
    for name in ("delete_own", "withdraw_own", "later", "sent"):
        send(client, at(name), 409, of=mother)
    assert Application.objects.get(number=child).document_number == ""
    send(client, step("passport"), **passport_data(), of=child)  # the control
    assert Application.objects.get(number=child).document_number == "U44109826"


def test_what_is_announced_as_endless_is_not_read_at_all():
    client = Client()
    begun(client)
    answer = client.generic(
        "POST", step("papers"), b"", content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(uploads.ENDLESS + 1),
    )  # fmt: skip
    assert answer.status_code == 422
    assert "larger than 10 MB" in answer.content.decode()


def test_a_form_without_its_token_is_refused_where_files_are_taken():
    client = Client(enforce_csrf_checks=True)
    assert client.post(step("who"), WHO).status_code == 403
    assert not Application.objects.exists()


def test_an_applicant_may_do_nothing_of_the_desk():
    rights = applicant().permissions
    assert rights.isdisjoint({"visas.prepare", "visas.grant", "visas.refuse", "visas.read"})
    assert not applicant().nationwide


@pytest.mark.parametrize("page", ["sent", "later"])
def test_a_browser_that_holds_no_application_is_led_to_where_one_comes_back(page):
    answer = Client().get(at(page), follow=True)
    assert answer.redirect_chain == [(at("back"), 302)]
    assert "Type the reference and its code" in answer.content.decode()


def test_the_name_above_leads_an_applicant_to_her_pages_and_not_to_the_officers():
    page = Client().get(at("apply")).content.decode()
    assert f'class="brand" href="{at("apply")}"' in page
    assert 'href="/"' not in page


def test_nobody_is_a_citizen_of_an_organisation_or_of_a_state_that_is_gone():
    make.consulate()
    for code, kind in (("XPO", "organisation"), ("SUN", "withdrawn"), ("XXA", "special")):
        make.country(code, f"Place {code}", kind)
    reference.forget()
    client = Client()
    page = client.get(step("who")).content.decode()
    assert "Place XXA" in page, "who has no state is no citizen, and applies"
    assert "Place XPO" not in page
    assert "Place SUN" not in page
    begun(client)
    page = client.get(step("passport")).content.decode()
    assert "Place XPO" in page, "which issues papers all the same"
    assert "Place SUN" not in page
