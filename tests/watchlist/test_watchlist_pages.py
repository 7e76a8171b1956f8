"""Can two list managers import, publish and lift in the browser, and an officer do none of it?"""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.control.watchlist import queries
from safar.control.watchlist.models import ListEntry, WatchList
from safar.control.watchlist.views import lists as views
from safar.core.models import AuditEntry
from tests.makers import accounts
from tests.makers.watchlist import (
    entry,
    loaded,
    person,
    prepared,
    watch_list,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False


def browser(name: str, role: str = "list_manager") -> Client:
    client = Client()
    accounts.sign_in(client, accounts.user(name, role))
    return client


def kadyrov() -> Client:
    return browser("R. Kadyrov")


def osmonalieva() -> Client:
    return browser("B. Osmonalieva")


def text(client: Client, url: str, **data: str) -> str:
    response = client.get(url, data)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def searched(client: Client, url: str, **data: str) -> str:
    response = client.post(url, data)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_a_search_finds_another_spelling():
    loaded()
    address = reverse("watchlist:list", args=["ofac-sdn"])
    assert "ORLOVA" in text(kadyrov(), address)
    found = searched(kadyrov(), address, words="Садыков")
    assert "SADYKOV" in found
    assert "ORLOVA" not in found
    assert "No entry found" in searched(kadyrov(), address, words="nobody")


def test_no_name_searched_for_stands_in_an_address_or_in_the_audit():
    loaded()
    address = reverse("watchlist:list", args=["ofac-sdn"])
    assert "ORLOVA" in text(kadyrov(), address, words="SADYKOV")  # an address searches nothing
    page = searched(kadyrov(), address, words="SADYKOV")
    assert 'method="post"' in page
    assert "words=" not in page
    row = AuditEntry.objects.filter(target="search").get()
    assert (row.action, row.details["found"]) == ("watchlist.read", 1)
    assert "SADYKOV" not in str(row.details).upper()


def test_whoever_turns_the_pages_of_a_list_without_searching_is_on_record_too():
    loaded()
    of = WatchList.objects.get(code="ofac-sdn")
    rows = AuditEntry.objects.filter(target=f"WatchList:{of.pk}", outcome="opened")
    address = reverse("watchlist:list", args=["ofac-sdn"])
    for times in (1, 2):
        text(kadyrov(), address, page=str(times))
        assert rows.count() == times
    searched(kadyrov(), address, words="SADYKOV")
    assert rows.count() == 2  # the control: a search has its own row
    row = rows.last()
    assert row is not None
    assert (row.actor_name, row.action) == ("R. Kadyrov", "watchlist.read")
    assert row.details == {"found": 2}


def test_the_pages_of_a_search_turn_by_form_and_those_of_a_list_by_link(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(views, "ON_A_PAGE", 1)
    for given in ("Marat", "Murat", "Temir"):
        entry(f"SEITOV, {given}")
    address = reverse("watchlist:list", args=["wanted"])
    assert 'href="?page=2"' in text(kadyrov(), address)
    first = searched(kadyrov(), address, words="seitov rat")
    assert 'name="page" value="2"' in first
    assert 'value="seitov rat"' in first
    assert "Page 2 of 2" in searched(kadyrov(), address, words="seitov rat", page="2")


def test_a_search_that_is_too_long_is_answered_and_not_forgotten():
    watch_list()
    address = reverse("watchlist:list", args=["wanted"])
    response = kadyrov().post(address, {"words": "x" * 201})
    assert response.status_code == 422
    assert "200" in response.content.decode()


FORM = {
    "names": "ХУДАЙБЕРДИЕВ, Шавкат\nKHUDAIBERDIEV, Shavkat",
    "births": "~1984",
    "sex": "M",
    "citizenships": "kgz, UZB",
    "documents": "KGZ AC 1234567",
    "instruction": "inform",
    "legal_ground": "Criminal procedure, art. 171",
    "in_force_from": "2026-01-01",
    "in_force_until": "2099-01-01",
}


def test_two_people_publish_an_entry_and_a_head_agrees_to_lift_it():
    watch_list()
    first, second = kadyrov(), osmonalieva()
    address = first.post(reverse("watchlist:entry_add", args=["wanted"]), FORM)["Location"]
    one = ListEntry.objects.get()
    assert first.post(reverse("watchlist:entry_publish", args=[one.pk])).status_code == 403
    assert second.post(reverse("watchlist:entry_publish", args=[one.pk])).status_code == 302
    (match,) = queries.screen(person("X", documents=(("KGZ", "AC1234567"),)))
    assert match.entry_id == one.pk
    lifting = reverse("watchlist:lifting_propose", args=[one.pk])
    assert second.post(lifting, {"reason": "Found."}).status_code == 302
    assert second.post(reverse("watchlist:entry_lift", args=[one.pk])).status_code == 403
    assert first.post(reverse("watchlist:entry_lift", args=[one.pk])).status_code == 403
    head = browser("N. Toktogulova", "list_head")
    assert head.post(reverse("watchlist:entry_lift", args=[one.pk])).status_code == 302
    assert "Lifted" in text(first, address)


@pytest.mark.parametrize(
    "wrong",
    [
        {"names": " "},
        {"births": "31.02.1991"},
        {"births": "1984-02-31"},
        {"documents": "AC1234567"},
        {"citizenships": "Kyrgyzstan"},
        {"in_force_until": "2025-01-01"},
        {"legal_ground": ""},
    ],
)
def test_a_wrong_field_keeps_the_form_and_says_what_is_wrong(wrong: dict[str, str]):
    watch_list()
    response = kadyrov().post(reverse("watchlist:entry_add", args=["wanted"]), FORM | wrong)
    assert response.status_code == 200
    assert "Propose the entry" in response.content.decode()
    assert not ListEntry.objects.exists()


def test_opening_an_entry_in_the_browser_is_on_record():
    one = entry("SEITOV, Marat")
    before = AuditEntry.objects.filter(outcome="opened").count()
    assert "SEITOV, Marat" in text(kadyrov(), reverse("watchlist:entry", args=[one.pk]))
    row = AuditEntry.objects.filter(outcome="opened").last()
    assert row is not None
    assert AuditEntry.objects.filter(outcome="opened").count() == before + 1
    assert row.target == f"ListEntry:{one.pk}"


def test_a_hostile_name_is_shown_as_text():
    one = entry("<script>alert(1)</script>, Marat")
    page = text(kadyrov(), reverse("watchlist:entry", args=[one.pk]))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_no_page_of_the_lists_opens_for_an_officer():
    one, run = entry("SEITOV, Marat"), prepared()
    officer = browser("Sgt Beishenova", "officer")
    for name, args in (
        ("lists", ()),
        ("hits", ()),
        ("list", ("wanted",)),
        ("entry", (one.pk,)),
        ("import", (run.pk,)),
        ("entry_add", ("wanted",)),
        ("import_add", ("ofac-sdn",)),
    ):
        response = officer.get(reverse(f"watchlist:{name}", args=args))
        assert response.status_code == 403, name
        assert "SEITOV" not in response.content.decode()


def test_a_list_that_is_not_there_is_not_found():
    assert kadyrov().get(reverse("watchlist:list", args=["nothing"])).status_code == 404


def test_age_of_the_lists_is_known_once_one_is_loaded():
    assert queries.age_of_lists() is None
    loaded()
    age = queries.age_of_lists()
    assert age is not None
    assert (timezone.now() - age).total_seconds() < 60
