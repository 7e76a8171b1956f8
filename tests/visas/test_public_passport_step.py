"""The step of the passport: a slip in its number is seen, and the passports before it count."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from safar.control.documents.queries.issued import TABLE
from safar.control.visas import actions, queries
from safar.control.visas.models import Application, VisaKind
from tests.makers import series, watchlist
from tests.makers import visas as make
from tests.visas.test_visas_desk import browser, passport_data, read, send, url
from tests.visas.test_visas_public import begun, filled, step

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _table():
    TABLE.forget()
    yield
    TABLE.forget()


def known(**changes):
    given = {"issuer": "UTO", "pattern": "@########", "terms": "", "confidence": "low"}
    series.series("uto-p", **{**given, **changes})


def typed(client, number, status=302, **more):
    return send(client, step("passport"), status, **{**passport_data(), "document_number": number, **more})  # fmt: skip


def test_a_number_of_another_shape_than_the_issuers_is_asked_for_once_more():
    known()
    client = Client()
    begun(client)
    page = typed(client, "U4410982", 422)
    assert "You typed 8 signs: U4410982. A passport of Utopia has A00000000." in page
    assert 'name="number_again" value="U4410982"' in page
    assert Application.objects.get().document_number == ""
    typed(client, "U4410982", number_again="U4410982")  # she looked: it stands so there
    assert Application.objects.get().document_number == "U4410982"


def test_another_slip_is_asked_for_again():
    known()
    client = Client()
    begun(client)
    assert "You typed 7 signs" in typed(client, "U441098", 422, number_again="U4410982")


@pytest.mark.parametrize(
    "told", [{}, {"issuer": "TUR"}, {"kind": "PD"}, {"pattern": ""}], ids=str
)  # fmt: skip
def test_a_usual_number_or_one_that_no_table_knows_is_taken_at_once(told):
    make.consulate()
    known(**told)
    client = Client()
    begun(client)
    typed(client, "U44109826" if not told else "U4410982")


def test_an_earlier_passport_on_a_list_is_found_and_so_is_an_earlier_application():
    watchlist.entry("SOMEBODY, Else", documents=(("passport", "UTO", "U11112222"),))
    before = make.sent(document={"document_number": "U11112222"})
    found = make.sent(document={"other_numbers": "T 333; u-1111 2222"})
    screening = actions.screen(make.clerk(), found)
    assert screening.matches.count() == 1
    assert [one.pk for one in queries.earlier(make.consul(), found)] == [before.pk]
    page = read(browser("Meerim", "consul"), url("application", found.pk))
    assert "T 333; u-1111 2222" in page
    control = actions.screen(make.clerk(), make.sent(document={"document_number": "U55556666"}))
    assert control.matches.count() == 0


def test_what_no_number_has_is_refused_at_its_field():
    client = Client()
    begun(client)
    page = typed(client, "U44109826", 422, other_numbers="утерян")
    assert "A number has letters A to Z and digits only." in page


def test_the_pages_say_how_long_it_takes_and_when_the_answer_comes():
    client = Client()
    filled(client)
    assert "about 12 minutes left" in client.get(step("passport")).content.decode()
    assert "within <strong>10 working days</strong>" in client.get(step("check")).content.decode()
    assert "Answer within 10 working days" in client.get(reverse("visas:apply")).content.decode()
    send(client, step("check"), is_true="on")
    assert "within <strong>10 working days</strong>" in read(client, reverse("visas:sent"))


def test_where_no_time_is_promised_none_is_said():
    client = Client()
    filled(client)
    make.kind("T", answer_days=None)
    page = client.get(step("check")).content.decode()
    assert "working day" not in page
    assert VisaKind.objects.get(pk="T").answer_days is None


@pytest.mark.parametrize("language", ["en", "ru", "ky"])
def test_help_names_the_consulates_in_the_readers_language(language):
    make.consulate()
    with override(language):
        client = Client(headers={"accept-language": language})
        page = read(client, reverse("visas:help"))
    assert "Istanbul" in page
    assert ("Help, free of charge" in page) is (language == "en")
