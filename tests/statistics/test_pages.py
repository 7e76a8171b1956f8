"""Does the page say what was counted, does its CSV say the same, and who may read them?"""

import csv
import html
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from safar.accounts.models import User
from safar.insight.statistics import views
from safar.insight.statistics.queries.words import written
from tests import cast
from tests.makers.accounts import sign_in
from tests.makers.statistics import amendment, country, crossing, crossings, post

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PAGE = "/figures/"


@pytest.fixture(autouse=True)
def _posts() -> None:
    post("KG-MAN", name="Manas")
    post("KG-TOR", name="Torugart")
    country("UZB", "Uzbekistan")


@pytest.fixture
def analyst(client: Client) -> Client:
    sign_in(client, cast.gulnara())
    return client


def yesterday(hour: int = 6) -> datetime:
    """An hour of UTC on the day before, as the posts count days."""
    day = timezone.localdate() - timedelta(days=1)
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def text(response: object) -> str:
    return html.unescape(response.content.decode())  # type: ignore[attr-defined, no-any-return]


def table(page: str, title: str) -> list[list[str]]:
    """The rows of a table of the page, as a reader sees them."""
    found = re.search(rf"<caption>{title}.*?</table>", page, re.DOTALL)
    assert found, title
    rows = re.findall(r"<tr>(.*?)</tr>", found.group(), re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]


def download(client: Client, slug: str, **asked: str) -> list[list[str]]:
    response = client.get(reverse("statistics:crossings_csv", args=[slug]), asked)
    assert response.status_code == 200, slug
    content = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(content)))


def test_the_page_counts_what_is_on_record(analyst: Client):
    crossings(7, yesterday(), citizenship="UZB")
    crossings(3, yesterday(), "exit", code="KG-TOR")
    amendment(crossing(yesterday()))
    page = text(analyst.get(PAGE))
    assert table(page, "Crossings by post")[1:] == [
        ["Manas", "KG-MAN", "7", "0", "7", "70.0"],
        ["Torugart", "KG-TOR", "0", "3", "3", "30.0"],
        ["All", "", "7", "3", "10", "100.0"],
    ]
    assert "movements, not persons" in page
    assert '<span class="big">10</span>' in page  # crossings yesterday


@pytest.mark.parametrize("slug", [*views.TABLES, *views.DUE])
def test_the_csv_of_every_table_says_what_the_page_says(analyst: Client, slug: str):
    crossings(30, yesterday(), citizenship="UZB")
    crossings(20, yesterday(9), "exit", code="KG-TOR", sex="F", birth_year=1970)
    crossing(yesterday(), sex="F", birth_year=1931)
    address = reverse("statistics:stays") if slug.startswith("stays") else PAGE
    response = analyst.get(address, {"period": "7"})
    tables = response.context["due"] if "due" in response.context else response.context["tables"]
    beneath = [one for panel in response.context.get("panels", []) for one in panel.tables]
    shown = next(one for one in [*tables, *beneath] if one.table.slug == slug)
    rows = download(analyst, slug, period="7")
    assert rows[0] == [str(column) for column in shown.table.columns]
    lines = shown.table.lines()
    assert [[plain(cell) for cell in row] for row in lines] == rows[1:]
    on_page = [*shown.rows, *([shown.total] if shown.total else [])]
    assert [[cell.text for cell in row] for row in on_page] == [
        [written(cell) for cell in row] for row in lines
    ]
    for row in on_page[:3]:
        assert all(cell.text in text(response) for cell in row)


def plain(cell: object) -> str:
    return "" if cell is None else str(cell)


def test_names_that_start_like_a_formula_are_made_safe(analyst: Client):
    post("KG-BAD", name='=HYPERLINK("x")')
    country("BAD", "=1+1")
    crossing(yesterday(), code="KG-BAD", citizenship="BAD")
    assert download(analyst, "posts")[1][0] == '\'=HYPERLINK("x")'
    assert download(analyst, "citizenships")[1][0] == "'=1+1"


def test_an_officer_without_the_permission_gets_403(client: Client):
    sign_in(client, cast.aida())
    for address in (PAGE, reverse("statistics:stays"), "/figures/posts.csv"):
        assert client.get(address).status_code == 403, address


def test_nobody_who_is_not_signed_in_reads_figures(client: Client):
    assert client.get(PAGE).status_code == 302


def test_a_table_that_is_not_there_is_not_found(analyst: Client):
    assert analyst.get("/figures/persons.csv").status_code == 404


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"period": "own"}, "Write the first day."),
        ({"period": "own", "first": "02.03.2026", "last": "01.03.2026"}, "before the first"),
        ({"period": "own", "first": "01.01.2020"}, "a year at most"),
        ({"period": "own", "first": "nonsense"}, "Write the date as day, month and year"),
        ({"period": "own", "first": "01.01.2999"}, "has not come yet"),
        ({"period": "7", "post": "XX-NIL"}, "XX-NIL"),
    ],
)
def test_filters_that_cannot_be_read_get_a_sentence(
    analyst: Client, asked: dict[str, str], sentence: str
):
    response = analyst.get(PAGE, asked)
    assert response.status_code == 422
    assert sentence in text(response)
    assert analyst.get("/figures/posts.csv", asked).status_code == 422


def test_the_filters_narrow_every_table(analyst: Client):
    crossings(6, yesterday())
    crossings(5, yesterday(), "exit", code="KG-TOR", citizenship="UZB")
    asked = {"period": "7", "post": "KG-TOR", "direction": "exit"}
    assert download(analyst, "posts", **asked)[-1] == ["All", "", "0", "5", "5", "100.0"]
    assert download(analyst, "days", **asked)[-1][1:4] == ["0", "5", "5"]
    assert download(analyst, "citizenships", **asked)[-1][2] == "5"
    assert download(analyst, "hours", **asked)[-1][-1] == "5"


def test_own_dates_are_days_of_the_post(analyst: Client):
    crossing("2026-03-01 18:00")
    asked = {"period": "own", "first": "02.03.2026", "last": "02.03.2026"}
    rows = download(analyst, "days", **asked)
    assert rows[1][:2] == ["2026-03-02", "1"]


def test_a_page_without_a_single_crossing_is_a_page(analyst: Client):
    response = analyst.get(PAGE)
    assert response.status_code == 200
    assert table(text(response), "Crossings by post")[1:] == [["All", "", "0", "0", "0", "0.0"]]


def test_ages_of_a_few_are_withheld_and_nowhere_on_the_page(analyst: Client):
    crossings(3, yesterday(), sex="M", birth_year=1955)
    sentence = "Too few crossings to be shown by age and sex"
    assert sentence in text(analyst.get(PAGE))
    assert download(analyst, "ages") == [["Age", "Male", "Female", "Not specified", "Both"]]
    crossings(40, yesterday(), sex="M", birth_year=1990)
    crossings(40, yesterday(), sex="F", birth_year=1990)
    crossings(2, yesterday(), sex="F", birth_year=1955)
    page = text(analyst.get(PAGE))
    assert sentence not in page
    old = next(row for row in table(page, "By age and sex") if row[0].startswith("70"))
    assert old[1:] == ["<5", "<5", "<5", "5"]


@pytest.mark.parametrize("language", ["ru", "ky"])
def test_the_page_is_there_in_every_language(analyst: Client, language: str):
    crossings(6, yesterday())
    analyst.cookies["django_language"] = language
    with translation.override(language):
        response = analyst.get(PAGE)
    assert response.status_code == 200
    assert f'lang="{language}"' in text(response)


def test_the_page_takes_one_query_for_each_panel_at_most(
    analyst: Client, django_assert_max_num_queries: object
):
    crossings(6, yesterday())
    analyst.get(PAGE)
    with django_assert_max_num_queries(40) as made:  # type: ignore[operator]
        response = analyst.get(PAGE)
    counting = [each for each in made.captured_queries if "border_" in each["sql"]]
    assert len(counting) <= len(response.context["panels"])


def test_no_name_of_a_user_or_key_of_a_person_is_on_the_page(analyst: Client):
    made = crossing(yesterday())
    page = text(analyst.get(PAGE))
    officer: User = cast.aida()
    for secret in (str(made.pk), str(made.traveller_id), str(made.document_id), officer.full_name):
        assert secret not in page
