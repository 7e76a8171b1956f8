"""Can the pages of reviews, changes, figures and thresholds be worked with, and by whom not?"""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.accounts.models import Agency, User
from safar.control.watchlist import actions, queries
from safar.control.watchlist.models import (
    EntryChange,
    EntryPhoto,
    EntryReview,
    ListEntry,
    ThresholdChange,
    WatchList,
)
from safar.core.models import AuditEntry
from tests.makers import accounts
from tests.makers.watchlist import (
    actor,
    agency,
    ago,
    change,
    changed,
    draft,
    due,
    entry,
    hits,
    person,
    watch_list,
)
from tests.watchlist.test_watchlist_photos import jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MARAT = person("SEITOV<<MARAT", documents=(("KGZ", "AC1234567"),))
FORM = {
    "names": "SEITOV, Marat\n~Maro",
    "births": "1984..1986\n~1984",
    "sex": "M",
    "citizenships": "KGZ",
    "documents": "KGZ AC1234567\nKGZ id:20517198400123",
    "birth_place": "Osh",
    "instruction": "inform",
    "legal_ground": "Criminal procedure, art. 171",
    "contact": "desk 24 h",
    "in_force_from": "2026-01-01",
    "in_force_until": "2099-01-01",
}


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False


def browser(name: str = "R. Kadyrov", role: str = "list_manager") -> Client:
    client = Client()
    accounts.sign_in(client, accounts.user(name, role))
    return client


def osmonalieva() -> Client:
    return browser("B. Osmonalieva")


def text(client: Client, name: str, *args: object, **data: str) -> str:
    response = client.get(reverse(f"watchlist:{name}", args=args), data)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def post(client: Client, name: str, *args: object, **data: object) -> int:
    return client.post(reverse(f"watchlist:{name}", args=args), data).status_code


def test_an_entry_with_nicknames_spans_cards_and_a_photo_is_proposed_and_kept_as_typed():
    watch_list()
    photo = SimpleUploadedFile("face.jpg", jpeg(), content_type="image/jpeg")
    first = browser()
    assert post(first, "entry_add", "wanted", **FORM, photo=photo) == 302
    one = ListEntry.objects.get()
    assert [(n.text, n.is_weak) for n in one.names.all()] == [
        ("SEITOV, Marat", False), ("Maro", True),
    ]  # fmt: skip
    assert [(b.year, b.year_to, b.approximate) for b in one.births.all()] == [
        (1984, 1986, False), (1984, None, True),
    ]  # fmt: skip
    assert {(d.kind, d.number) for d in one.documents.all()} == {
        ("passport", "AC1234567"), ("identity", "20517198400123"),
    }  # fmt: skip
    assert EntryPhoto.objects.get().entry == one
    page = text(first, "entry", one.pk)
    assert reverse("watchlist:entry_photo", args=[one.pk]) in page
    image = first.get(reverse("watchlist:entry_photo", args=[one.pk]))
    assert (image["Content-Type"], image["Cache-Control"]) == ("image/jpeg", "private, no-store")


@pytest.mark.parametrize(
    "wrong", [{"births": "1986..1984"}, {"births": "1984-05..1986"}, {"names": "~"}]
)
def test_a_span_or_a_nickname_that_says_nothing_keeps_the_form(wrong: dict[str, str]):
    watch_list()
    client = browser()
    response = client.post(reverse("watchlist:entry_add", args=["wanted"]), FORM | wrong)
    assert response.status_code == 200
    assert not ListEntry.objects.exists()


def test_two_people_change_an_entry_in_the_browser():
    one = entry("SEITOV, Marat", "weak Maro", births=("1984",))
    first, second = browser(), browser("N. Toktogulova", "list_head")
    page = text(first, "change_add", one.pk)
    assert "~Maro" in page
    filled = FORM | {"names": "SEITOV, Marat\n~Maro", "births": "1984-05-17", "why": "A passport."}
    assert post(first, "change_add", one.pk, **filled) == 302
    waiting = EntryChange.objects.get()
    shown = text(second, "entry", one.pk)
    for said in (
        "1984-05-17",
        "A passport.",
        reverse("watchlist:change_publish", args=[waiting.pk]),
    ):
        assert said in shown, said
    assert reverse("watchlist:change_publish", args=[waiting.pk]) not in text(
        first, "entry", one.pk
    )
    assert post(first, "change_publish", waiting.pk) == 403
    assert post(second, "change_publish", waiting.pk) == 302
    assert queries.screen(MARAT)


def test_a_change_is_declined_with_a_reason():
    waiting = change(entry("SEITOV, Marat"), sex="M")
    assert post(browser(), "change_decline", waiting.pk, reason="") == 422
    assert post(browser(), "change_decline", waiting.pk, reason="No proof.") == 302
    assert EntryChange.objects.get().status == "declined"


def test_a_stale_proposal_says_so_and_offers_to_propose_it_anew_with_what_was_typed():
    old = actions.propose_entry(
        actor("R. Kadyrov"), watch_list(), draft=draft("SEITOV, Marat", births=("1984",))
    )
    ago(old, 20)
    page = text(osmonalieva(), "entry", old.pk)
    assert "too long ago" in page
    assert reverse("watchlist:entry_publish", args=[old.pk]) not in page
    again = text(browser(), "entry_add", "wanted", like=old.source_key)
    assert "SEITOV, Marat" in again
    assert "1984" in again


def test_the_queue_shows_what_is_overdue_in_red_and_a_review_takes_it_off():
    one = due(entry("SEITOV, Marat", documents=(("passport", "KGZ", "AC1234567"),)), -5)
    page = text(browser(), "reviews")
    assert "SEITOV, Marat" in page
    assert 'data-tone="hold"' in page
    until = (timezone.localdate() + timedelta(days=100)).isoformat()
    assert post(browser(), "entry_review", one.pk, keep_until=until, reason="Sought.") == 302
    assert EntryReview.objects.get().reason == "Sought."
    assert "SEITOV, Marat" not in text(browser(), "reviews")
    assert "Sought." in text(browser(), "entry", one.pk)


def test_a_review_without_a_day_or_a_reason_changes_nothing():
    one = due(entry("SEITOV, Marat"), -5)
    for given in (
        {"reason": "x"},
        {"keep_until": "2026-12-30"},
        {"keep_until": "?", "reason": "x"},
    ):
        assert post(browser(), "entry_review", one.pk, **given) == 302
    assert not EntryReview.objects.exists()
    assert post(browser(), "entry_review", one.pk, lift="1", reason="Found.") == 302
    assert ListEntry.objects.get().status == "lifting"


def test_an_entry_that_fell_out_says_so_on_its_page_and_in_its_list():
    one = due(entry("SEITOV, Marat"), -40)
    assert "stops nobody" in text(browser(), "entry", one.pk)
    assert "Stops nobody" in text(browser(), "list", "wanted")
    assert "Stops nobody" in text(browser(), "reviews")
    due(one, 40)
    assert "stops nobody" not in text(browser(), "entry", one.pk)


def test_the_queue_is_narrowed_to_an_owner():
    due(entry("SEITOV, Marat"), 5)
    assert "SEITOV" in text(browser(), "reviews", owner="MIA")
    watch_list("bans", owner_id=agency("SNB").pk)
    page = text(browser(), "reviews", owner="SNB")
    assert "SEITOV" not in page
    assert "Nothing waits" in page


def test_the_warning_of_a_relative_is_shown_and_has_to_be_confirmed():
    user = accounts.user("1001", "officer", name="Asanova Aida")
    accounts.staff_details(user, birth_place="Osh")
    new = actions.propose_entry(
        actor("R. Kadyrov"), watch_list(), draft=draft("ASANOV, Bakyt", birth_place="Ош")
    )
    page = text(osmonalieva(), "entry", new.pk)
    for said in ("A relative of Asanova Aida", "the same place of birth", 'name="ties_seen"'):
        assert said in page, said
    assert post(osmonalieva(), "entry_publish", new.pk) == 422
    assert post(osmonalieva(), "entry_publish", new.pk, ties_seen="on") == 302
    stranger = entry("SEITOV, Marat")
    assert "our own staff" not in text(osmonalieva(), "entry", stranger.pk)


def test_the_head_of_the_owner_sees_who_opened_an_entry_and_a_manager_does_not():
    one = entry("SEITOV, Marat")
    user = accounts.user("Head", "list_head")
    User.objects.filter(pk=user.pk).update(agency=Agency.objects.get(code="MIA"))
    text(browser(), "entry", one.pk)
    head = browser("Head", "list_head")
    page = text(head, "entry", one.pk)
    assert "Who opened it" in page
    assert "R. Kadyrov" in text(head, "looks", one.pk)
    assert "Who opened it" not in text(browser(), "entry", one.pk)
    assert browser().get(reverse("watchlist:looks", args=[one.pk])).status_code == 403


def test_an_auditor_finds_who_opened_an_entry_by_its_number_and_nothing_of_the_person():
    one = entry("SEITOV, Marat")
    text(browser(), "entry", one.pk)
    auditor = browser("Jamila", "auditor")
    response = auditor.post(reverse("watchlist:looks_of"), {"number": one.source_key})
    assert response["Location"] == reverse("watchlist:looks", args=[one.pk])
    page = text(auditor, "looks", one.pk)
    assert "R. Kadyrov" in page
    assert "SEITOV" not in page
    assert auditor.get(reverse("watchlist:entry", args=[one.pk])).status_code == 403
    assert AuditEntry.objects.filter(action="watchlist.read_looks").exists()
    assert post(auditor, "looks_of", number="NOTHING-1") == 404


def test_hits_are_shown_with_who_judged_them_why_and_what_decided():
    entry("SEITOV, Marat", documents=(("passport", "KGZ", "AC1234567"),))
    (hit,) = hits(MARAT)
    officer = actor("Lt Osmonova", "second_line")
    actions.judge_hit(
        officer, hit, outcome="different", reason="Another father.", what_decided=["father"]
    )
    assert "No hit waits" in text(browser(), "hits")
    page = text(browser(), "hits", status="different")
    for said in ("SEITOV, Marat", "Lt Osmonova", "Another father.", "Father’s name", "Document"):
        assert said in page or said.replace("’", "&#x27;") in page, said
    assert "No such hit" in text(browser(), "hits", status="same")
    assert "No such hit" in text(browser(), "hits", status="all", age="-7")


def test_the_figures_of_a_list_are_drawn_and_downloaded():
    entry("SEITOV, Marat")
    hits(MARAT)
    page = text(browser(), "figures", "wanted")
    assert page.count('<svg class="chart') >= 3
    assert "Entries in force" in page
    response = browser().get(reverse("watchlist:figures_csv", args=["wanted"]))
    body = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert "entries in force,all,1" in body
    assert "wanted-figures.csv" in response["Content-Disposition"]


def test_two_people_change_a_threshold_after_seeing_what_it_would_have_meant():
    on = watch_list()
    first, second = browser(), browser("N. Toktogulova", "list_head")
    response = first.post(reverse("watchlist:threshold", args=["wanted"]), {"after": "0.95"})
    assert "last month" in response.content.decode()
    assert not ThresholdChange.objects.exists()
    assert post(first, "threshold_propose", "wanted", after="0.95", reason="Too many.") == 302
    waiting = ThresholdChange.objects.get()
    approve = reverse("watchlist:threshold_approve", args=[waiting.pk])
    assert approve not in text(first, "threshold", "wanted")
    assert approve in text(second, "threshold", "wanted")
    assert first.post(approve).status_code == 403
    assert second.post(approve).status_code == 302
    assert WatchList.objects.get().threshold == 0.95 != on.threshold
    assert "Too many." in text(first, "threshold", "wanted")


def test_an_entry_that_changed_shows_that_those_inside_are_being_compared():
    one = changed(entry("SEITOV, Marat"), remarks="A scar.")
    assert "are being compared" in text(browser(), "entry", one.pk)
    assert "Nobody to know of" in text(browser(), "to_know")


def test_none_of_these_pages_opens_for_an_officer():
    one = entry("SEITOV, Marat")
    waiting = change(one, sex="M")
    officer = browser("Sgt Beishenova", "officer")
    for name, args in (
        ("reviews", ()),
        ("to_know", ()),
        ("looks_of", ()),
        ("looks", (one.pk,)),
        ("change_add", (one.pk,)),
        ("entry_photo", (one.pk,)),
        ("change_photo", (waiting.pk,)),
        ("figures", ("wanted",)),
        ("figures_csv", ("wanted",)),
        ("threshold", ("wanted",)),
    ):
        response = officer.get(reverse(f"watchlist:{name}", args=args))
        assert response.status_code == 403, name
        assert "SEITOV" not in response.content.decode()
    for name, args in (
        ("change_publish", (waiting.pk,)),
        ("entry_review", (one.pk,)),
        ("threshold_propose", ("wanted",)),
    ):
        assert post(officer, name, *args) == 403, name
