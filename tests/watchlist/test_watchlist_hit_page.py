"""Do hits that stop nobody at the booth reach whoever tells the owner of the list?"""

from datetime import UTC, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from safar.accounts.models import User
from safar.control.watchlist import actions, queries
from safar.control.watchlist.models import Hit, RecentCrosser
from safar.control.watchlist.views import hits as hit_views
from safar.core.models import AuditEntry
from safar.core.record import writing
from tests.makers import accounts
from tests.makers.watchlist import actor, entry, hits, person

pytestmark = pytest.mark.django_db
MARAT = person("SEITOV<<MARAT", birth="1984-05-17")


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False


def browser(name: str = "R. Kadyrov", role: str = "list_manager") -> Client:
    client = Client()
    accounts.sign_in(client, accounts.user(name, role))
    return client


def shown(page: str = "") -> str:
    response = browser().get(reverse("watchlist:hits"), {"page": page} if page else {})
    assert response.status_code == 200
    return response.content.decode()


def judged(hit: Hit, outcome: str) -> Hit:
    officer = actor("Lt Osmonova", "second_line")
    return actions.judge_hit(officer, hit, outcome=outcome, reason="Father's name.")


@pytest.mark.slow
@pytest.mark.parametrize("instruction", ["inform", "discreet_check"])
def test_a_hit_that_no_booth_shows_is_shown_to_the_list_managers(instruction: str):
    listed = entry(
        "SEITOV, Marat",
        births=("1984-05-17",),
        discreet=True,
        instruction=instruction,
        contact="duty desk 312-55",
    )
    (match,) = queries.screen(MARAT)
    assert not queries.for_first_line(match).shown
    hits(MARAT, raiser=actor("Sgt Beishenova", "officer"))
    page = shown()
    for said in (
        listed.source_key,
        reverse("watchlist:entry", args=[listed.pk]),
        "List wanted",
        "Agency MIA",
        "duty desk 312-55",
        "Discreet",
        "Sgt Beishenova",
        "1.00",
        "Both were born on 1984-05-17.",
    ):
        assert said in page, said


@pytest.mark.slow
def test_hits_in_review_are_shown_and_judged_ones_are_not():
    for given in ("Marat", "Temir", "Azamat"):
        entry(f"SEITOV, {given}")
    for given, outcome in (("TEMIR", "unsure"), ("AZAMAT", "different")):
        judged(hits(person(f"SEITOV<<{given}"))[0], outcome)
    hits(person("SEITOV<<MARAT"))
    page = shown()
    assert "SEITOV, Marat" in page
    assert "SEITOV, Temir" in page
    assert "SEITOV, Azamat" not in page


@pytest.mark.slow
def test_the_newest_hit_comes_first_and_pages_hold_so_many(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(hit_views, "ON_A_PAGE", 2)
    keys = [raised_days_ago(given, days) for days, given in enumerate(("Adil", "Bek", "Chyngyz"))]
    first, second = shown(), shown("2")
    assert first.index(entry_address(keys[0])) < first.index(entry_address(keys[1]))
    assert entry_address(keys[2]) not in first
    assert entry_address(keys[2]) in second


def raised_days_ago(given: str, days: int) -> UUID:
    listed = entry(f"SEITOV, {given}")
    (hit,) = hits(person(f"SEITOV<<{given}"))
    with writing():
        Hit.objects.filter(pk=hit.pk).update(raised_at=hit.raised_at - timedelta(days=days))
    return listed.pk


def entry_address(key: UUID) -> str:
    return reverse("watchlist:entry", args=[key])


@pytest.mark.slow
def test_each_view_of_the_hits_writes_one_row_with_the_count():
    entry("SEITOV, Marat")
    hits(MARAT)
    hits(MARAT)
    rows = AuditEntry.objects.filter(action="watchlist.read", outcome="opened", target="hits")
    for views in (1, 2):
        shown()
        assert rows.count() == views
    row = rows.last()
    assert row is not None
    assert row.details == {"shown": 2, "found": 2}


@pytest.mark.slow
def test_the_overview_leads_there_with_the_number_of_new_hits():
    entry("SEITOV, Marat")
    judged(hits(MARAT)[0], "unsure")
    hits(MARAT)
    hits(MARAT)
    page = browser().get(reverse("watchlist:lists")).content.decode()
    assert reverse("watchlist:hits") in page
    assert "2 new" in page


@pytest.mark.slow
def test_the_time_of_a_hit_is_the_one_that_its_label_says():
    entry("SEITOV, Marat")
    (hit,) = hits(MARAT)
    assert f"{hit.raised_at.astimezone(UTC):%H:%M} UTC" in shown()


@pytest.mark.slow
def test_no_hit_is_shown_to_an_officer():
    entry("SEITOV, Marat")
    hits(MARAT)
    response = browser("Sgt Beishenova", "officer").get(reverse("watchlist:hits"))
    assert response.status_code == 403
    assert "SEITOV" not in response.content.decode()
    assert not queries.hits_to_read(actor("Sgt Beishenova", "officer"))


def test_nothing_waits_where_nothing_was_found():
    assert "No hit waits" in shown()


def test_many_hits_are_read_in_as_many_queries_as_one():
    entry("SEITOV, Marat")
    manager = actor("R. Kadyrov")

    def reads() -> int:
        with CaptureQueriesContext(connection) as seen:
            for hit in queries.hits_to_read(manager):
                assert hit.entry.list.owner.name
                assert hit.entry.names.all()[0].text
        return len(seen)

    hits(MARAT)
    one = reads()
    for _ in range(3):
        hits(MARAT)
    assert reads() == one


@pytest.mark.slow
def test_each_entry_that_a_page_of_hits_names_was_opened_by_its_reader():
    one, other = entry("SEITOV, Marat"), entry("ORLOVA, Nina")
    hits(MARAT)
    hits(MARAT)
    shown()
    (row,) = queries.looks(one).filter(outcome="opened")
    assert (row.actor_name, row.action) == ("R. Kadyrov", "watchlist.read")
    assert row.details == {"purpose": "hits"}
    assert not queries.looks(other).filter(outcome="opened").exists()


@pytest.mark.slow
def test_each_entry_that_the_page_to_know_names_was_opened_by_its_reader():
    one, other = entry("SEITOV, Marat"), entry("ORLOVA, Nina")
    of_owner = accounts.user("R. Kadyrov", "list_manager")
    with writing():
        User.objects.filter(pk=of_owner.pk).update(agency=one.list.owner)
        RecentCrosser(
            entry=one, entry_version=1, traveller_id=uuid4(), name="SEITOV MARAT", post="AYD",
            crossed_at=timezone.now(), kind="name", score=0.9, found_at=timezone.now(),
        ).save()  # fmt: skip
    assert "SEITOV MARAT" in browser().get(reverse("watchlist:to_know")).content.decode()
    (row,) = queries.looks(one).filter(outcome="opened")
    assert (row.actor_name, row.details) == ("R. Kadyrov", {"purpose": "to-know"})
    assert not queries.looks(other).filter(outcome="opened").exists()
