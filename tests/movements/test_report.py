"""The report counts everybody who left once, behind the walls; its files hold its tables."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from safar.assistance.movements.models import Departure
from safar.assistance.movements.queries import report as queries
from safar.assistance.movements.queries.report import Asked
from safar.assistance.movements.rules.ages import BANDS, UNKNOWN, age_on, band_name, band_of
from safar.assistance.movements.rules.destinations import GROUPS, group_of
from safar.core.record import writing
from safar.lib.partial_dates import PartialDate
from safar.reference.queries import country_name
from safar.ui.xlsx_out import workbook
from tests.makers import cases as kernel
from tests.makers.accounts import actor, audited, sign_in
from tests.makers.movements import loans as make
from tests.makers.reference import load_reference

db = pytest.mark.django_db
slow = pytest.mark.slow
IN_2009 = date(2009, 6, 15)
EVER = Asked(2000, 2030)


@pytest.fixture
def worker(db):
    load_reference()
    return make.worker()


def browser_of(who):
    browser = Client()
    sign_in(browser, who)
    return browser


def gone(worker, *people, on=IN_2009, to="USA", departs_from="KAZ", **how):
    born = [kernel.new_person(f"Familiya{at} Ism", **one) for at, one in enumerate(people)]
    case = make.movement(worker, *(born or [kernel.new_person()]), to=to, **how)
    make.left(case, on, departs_from=departs_from)
    return case


def cells(worker, slug, asked=EVER):
    with kernel.as_in_pages(worker):
        found = queries.report(actor(worker), asked)
    return dict(next(one for one in found.tables if one.slug == slug).rows)


@given(st.integers(0, 120))
def test_every_age_is_of_one_band(age):
    low, high = BANDS[band_of(age)]
    assert low <= age
    assert high is None or age <= high
    assert band_name(band_of(age))
    assert band_of(None) == UNKNOWN


def test_every_country_is_of_one_group():
    known = {"USA": "united_states", "CAN": "canada", "SWE": "europe", "D": "europe",
             "GBR": "europe", "NZL": "oceania", "AUS": "oceania", "TUR": "other"}  # fmt: skip
    assert {code: group_of(code) for code in known} == known
    assert set(known.values()) == set(GROUPS)


@db
@slow
def test_everybody_is_counted_once_by_what_she_is(worker):
    gone(worker, {"sex": "F", "birth": PartialDate(1980, 1, 1)}, {"sex": "M", "birth": None})
    gone(worker, {"sex": "M", "birth": PartialDate(2008)}, to="SWE", on=date(2008, 3, 1))
    assert cells(worker, "groups")["United States"] == (2, 1)
    assert cells(worker, "groups")["Europe"] == (1, 1)
    assert list(cells(worker, "destinations").items()) == [
        (country_name("USA"), (2, 1)),
        (country_name("SWE"), (1, 1)),
    ]
    assert cells(worker, "years") == {"2008": (1, 1), "2009": (2, 1)}
    assert cells(worker, "ages") == {
        "0–4": (0, 1, 0), "5–11": (0, 0, 0), "12–17": (0, 0, 0), "18–59": (1, 0, 0),
        "60+": (0, 0, 0), "Not known": (0, 1, 0),
    }  # fmt: skip
    assert cells(worker, "years", Asked(2009, 2009)) == {"2009": (2, 1)}


@db
@slow
def test_a_family_that_left_in_two_years_is_one_case(worker):
    case = gone(worker, {"sex": "F"}, {"sex": "M"})
    later = case.departures.last()
    with writing():
        Departure.objects.filter(pk=later.pk).update(departed_on=IN_2009 + timedelta(days=400))
    assert cells(worker, "years") == {"2009": (1, 1), "2010": (1, 0)}
    assert cells(worker, "years", Asked(2010, 2010)) == {"2010": (1, 1)}


@db
@slow
def test_countries_of_departure_are_chosen(worker):
    gone(worker, departs_from="KAZ")
    gone(worker, departs_from="UZB")
    gone(worker, departs_from="KGZ")
    asked = Asked(2000, 2030, ("KAZ", "UZB"))
    assert cells(worker, "groups", asked)["United States"] == (2, 2)
    assert cells(worker, "groups")["United States"] == (3, 3)


@db
@slow
def test_who_is_out_of_sight_is_not_counted(worker):
    gone(worker)
    far = make.worker("7302", at=kernel.OSH)
    gone(far, at=kernel.OSH)
    gone(far, at=kernel.OSH, to="SWE")
    assert cells(worker, "years") == {"2009": (1, 1)}
    assert cells(far, "years") == {"2009": (2, 2)}


@db
@slow
@pytest.mark.parametrize("day", [date(2008, 2, 28), date(2008, 2, 29), date(2009, 3, 1)])
def test_the_database_counts_ages_as_the_rules_do(worker, day):
    births: list[PartialDate | None] = [
        PartialDate(1990, month, on)
        for month in (None, 1, 2, 3, 12)
        for on in ((None, 1, 28) if month else (None,))
    ]
    births += [PartialDate(1984, 2, 29), None]
    gone(worker, *({"sex": "F", "birth": one} for one in births), on=day)
    rows = Departure.objects.annotate(age=queries._age())
    found = {one.member.person.birth: one.age for one in rows.select_related("member__person")}
    assert found == {one: age_on(one, day) for one in births}


@db
@slow
def test_page_and_files_show_the_same_tables_and_the_files_are_on_record(worker):
    gone(worker, {"sex": "F", "birth": PartialDate(1980)})
    gone(worker, to="SWE", on=date(2008, 3, 1))
    browser = browser_of(worker)
    asked = {"first": 2008, "last": 2009}
    page = browser.get(reverse("movements:report"), asked).content.decode()
    assert "2 people left, of 2 cases." in page
    with kernel.as_in_pages(worker):
        tables = queries.report(actor(worker), Asked(2008, 2009)).tables
    wanted = {one.title: [one.header, *((n, *c) for n, c in one.lines)] for one in tables}
    book = browser.get(reverse("movements:report_xlsx"), asked)
    sheets = load_workbook(io.BytesIO(book.content))
    assert len(sheets.sheetnames) == len(tables)
    for (title, rows), name in zip(wanted.items(), sheets.sheetnames, strict=True):
        assert title.startswith(name.strip())
        assert [tuple(row) for row in sheets[name].values] == [tuple(row) for row in rows]
    text = browser.get(reverse("movements:report_csv"), asked).content.decode("utf-8-sig")
    lines = [row for row in csv.reader(io.StringIO(text)) if row]
    assert lines == [
        [str(cell) for cell in row] for title, rows in wanted.items() for row in ((title,), *rows)
    ]
    assert len(audited("movements.export_report")) == 2


@db
@slow
def test_filters_that_cannot_be_read_give_no_figures(worker):
    gone(worker)
    browser = browser_of(worker)
    wrong = {"first": 2009, "last": 2001}
    assert browser.get(reverse("movements:report"), wrong).status_code == 422
    assert browser.get(reverse("movements:report_csv"), wrong).status_code == 422


@db
@slow
def test_before_the_first_departure_the_page_says_so(worker):
    assert (
        "Nobody has left yet"
        in browser_of(worker).get(reverse("movements:report")).content.decode()
    )


def test_no_cell_of_a_workbook_runs():
    book = load_workbook(io.BytesIO(workbook([("A/b", [("=1+1", "@x", 3, "\x07bell")])])))
    (row,) = book["A b"].iter_rows()
    assert [cell.data_type for cell in row] == ["s", "s", "n", "s"]
    assert [cell.value for cell in row] == ["=1+1", "@x", 3, "bell"]
