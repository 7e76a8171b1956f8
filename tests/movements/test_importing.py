"""A list brings movements that nobody has a seat for, or those that are over, and no other."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.assistance.cases.actions import importing
from safar.assistance.cases.actions.importing import NewList
from safar.assistance.cases.models import Case
from safar.assistance.movements.models import (
    Departure,
    MovementFile,
    MovementScheme,
    SchemeStep,
    Step,
)
from safar.assistance.movements.programme import MOVEMENTS
from safar.core.errors import RuleBroken
from safar.core.record import writing
from safar.simulation import movements_past as past
from tests.makers import cases as kernel
from tests.makers.accounts import actor, sign_in
from tests.makers.movements import loans as make
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LINE = {
    "Case": "A1", "Opened on": "01.02.2009", "State": "arrived", "Closed on": "20.09.2009",
    "How it ended": "departed", "Surname": "Rahmatov", "Given names": "Ikrom",
    "Date of birth": "17.05.1984", "Sex": "M", "Citizenship": "AFG", "Role": "applicant",
    "Destination": "Sweden", "Town there": "Umeå", "Leaves from": "Казахстан",
    "Scheme code": "QUOTA", "Referred by": "УВКБ", "Sponsor": "", "State reference": "SE-1",
    "Accepted on": "10.05.2009", "Left on": "11.09.2009", "Arrived on": "12.09.2009",
}  # fmt: skip
WIFE = {"Surname": "Rahmatova", "Given names": "Zarina", "Sex": "F", "Role": "wife"}
REFERRED = {"State": "referred", "Closed on": "", "How it ended": "", "Accepted on": "",
            "Left on": "", "Arrived on": ""}  # fmt: skip


@pytest.fixture
def officer():
    load_reference()
    make.scheme("QUOTA", "SWE", loan=False)
    make.scheme("FAMILY", loan=False)
    return make.worker("7300", role="programme_officer")


def a_list(*lines):
    table = [tuple(LINE), *(tuple({**LINE, **line}.values()) for line in lines)]
    return past.as_csv(table)


def bring_in(officer, *lines):
    with kernel.as_in_pages(officer):
        return past.bring_in(actor(officer), a_list(*lines), kernel.office(), "list.csv")


def refusals(officer, *lines):
    """Line, column and sentence of whatever is not taken."""
    new = NewList(MOVEMENTS.code, kernel.office(), "a list", "list.csv", a_list(*lines))
    with kernel.as_in_pages(officer):
        run = importing.hand_in_list(actor(officer), new, start=lambda _run: None)
        importing.read_list(actor(officer), run)
        return [(one.line, one.column, one.found) for one in run.rows.exclude(wrong="")]


def test_a_family_that_arrived_is_kept_with_whoever_left(officer):
    brother = {"Surname": "Rahmatov", "Given names": "Ali", "Role": "brother", "Left on": "",
               "Arrived on": ""}  # fmt: skip
    bring_in(officer, {}, WIFE, brother)
    case = Case.objects.get()
    file = MovementFile.objects.get(case=case)
    assert (case.status, case.phase, case.scheme, str(case.closed_on)) == (
        "arrived", "closed", "QUOTA", "2009-09-20",
    )  # fmt: skip
    assert (file.destination, file.destination_place, file.departs_from, file.referred_by) == (
        "SWE", "Umeå", "KAZ", "unhcr",
    )  # fmt: skip
    assert (file.state_reference, str(file.accepted_on)) == ("SE-1", "2009-05-10")
    left = Departure.objects.filter(case=case)
    assert {(str(one.departed_on), str(one.arrived_on), one.destination) for one in left} == {
        ("2009-09-11", "2009-09-12", "SWE")
    }
    assert {one.member.role for one in left} == {"applicant", "spouse"}
    assert not Step.objects.exists()


def test_what_is_over_without_a_journey_and_what_has_begun_is_taken_too(officer):
    nobody = {"Left on": "", "Arrived on": ""}
    bring_in(
        officer,
        {**REFERRED, "Case": "B1", "State reference": "SE-2"},
        {**nobody, "Case": "B2", "State": "not_accepted", "Accepted on": "",
         "How it ended": "not_eligible", "State reference": "SE-3"},
        {**nobody, "Case": "B3", "State": "ended", "How it ended": "withdrawn",
         "State reference": "", "Scheme code": "family", "Destination": "NLD", "Sponsor": "Son"},
    )  # fmt: skip
    found = dict(MovementFile.objects.values_list("case__status", "destination"))
    assert found == {"referred": "SWE", "not_accepted": "SWE", "ended": "NLD"}
    assert not Departure.objects.exists()


def test_who_is_accepted_has_steps_and_was_interviewed_before(officer):
    quota = MovementScheme.objects.get(code="QUOTA")
    with writing():
        for number, kind in enumerate(("interview", "security", "visa"), 1):
            SchemeStep.objects.create(
                scheme=quota, kind=kind, number=number, from_age=18 if kind == "security" else 0,
                days=30,
            )  # fmt: skip
    child = {"Surname": "Rahmatov", "Given names": "Ali", "Role": "son", "Date of birth": "2005"}
    under_way = {**REFERRED, "State": "preparing", "Accepted on": "10.05.2009"}
    bring_in(officer, {**under_way}, {**under_way, **child}, {**REFERRED, "Case": "B1",
             "State reference": "SE-2"})  # fmt: skip
    steps = Step.objects.order_by("case__movement__state_reference", "member__role", "number")
    assert [(one.kind, one.status, str(one.done_on), str(one.due_on)) for one in steps] == [
        ("interview", "done", "2009-05-10", "None"),
        ("security", "to_do", "None", "2009-06-09"),
        ("visa", "to_do", "None", "2009-06-09"),
        ("interview", "done", "2009-05-10", "None"),
        ("security", "not_needed", "None", "None"),
        ("visa", "to_do", "None", "2009-06-09"),
        ("interview", "to_do", "None", str(timezone.localdate() + timedelta(days=30))),
    ]


@pytest.mark.parametrize("status", ["booked", "departed", "aside"])
def test_nobody_is_booked_or_on_the_way_by_a_list(officer, status):
    still = {"Closed on": "", "How it ended": "", "State": status}
    (line, column, why), *others = refusals(officer, still)
    assert (line, column, others) == (2, "status", [])
    assert "page by page" in why
    with pytest.raises(RuleBroken):
        bring_in(officer, {**still, "Case": "C1"})
    assert not Case.objects.exists()


def ahead():
    return f"{timezone.localdate() + timedelta(days=2):%d.%m.%Y}"


@pytest.mark.parametrize(
    ("line", "column", "word"),
    [
        ({"Destination": "Atlantis"}, "destination", "no country"),
        ({"Destination": "Norway"}, "destination", "another state's"),
        ({"Destination": "", "Scheme code": "FAMILY"}, "destination", "to which country"),
        ({"Leaves from": ""}, "departs_from", "from which country"),
        ({"Leaves from": "SWE"}, "departs_from", "from where they go"),
        ({"Scheme code": "NONE"}, "scheme", "code of the scheme"),
        ({"Referred by": "Santa"}, "referred_by", "UNHCR, state, family or self"),
        ({"Referred by": ""}, "referred_by", "who referred"),
        ({"State reference": "!"}, "reference", "letters"),
        ({"Sponsor": "x" * 121}, "sponsor", "longer than 120"),
        ({"Left on": "31.02.2009"}, "departed_on", "no date"),
        ({"Left on": "AHEAD"}, "departed_on", "ahead"),
        ({"Left on": "", "Arrived on": ""}, "departed_on", "day of departure"),
        ({"Left on": "01.01.2009"}, "departed_on", "between"),
        ({"Left on": "21.09.2009", "Arrived on": ""}, "departed_on", "between"),
        ({"Left on": "09.05.2009"}, "departed_on", "before they were accepted"),
        ({"Arrived on": "10.09.2009"}, "arrived_on", "before they left"),
        ({**REFERRED, "Left on": "11.09.2009"}, "departed_on", "has arrived"),
        ({**REFERRED, "Accepted on": "11.09.2009"}, "accepted_on", "not accepted"),
        ({**REFERRED, "State": "preparing"}, "accepted_on", "when they were accepted"),
    ],
)
def test_what_does_not_fit_is_said_in_a_sentence(officer, line, column, word):
    line = {name: ahead() if text == "AHEAD" else text for name, text in line.items()}
    ((where, found, why),) = refusals(officer, line)
    assert (where, found) == (2, column)
    assert word in why


def test_lines_of_a_family_agree_but_for_the_days_of_each(officer):
    ((line, column, _why),) = refusals(officer, {}, {**WIFE, "Destination": "Norway"})
    assert (line, column) == (3, "destination")
    ((line, column, why),) = refusals(
        officer, {"Case": "A2"}, {**WIFE, "Case": "A2", "Left on": ""}
    )
    assert (line, column) == (3, "arrived_on")
    assert "has not arrived" in why
    assert refusals(officer, {"Case": "A3"}, {**WIFE, "Case": "A3", "Left on": "13.09.2009",
                                              "Arrived on": "14.09.2009"}) == []  # fmt: skip


def test_a_states_reference_belongs_to_one_case(officer):
    ((line, column, _why),) = refusals(officer, {}, {**WIFE, "Case": "A2", "Role": "applicant"})
    assert (line, column) == (3, "reference")
    bring_in(officer, {"Town there": "Lund"})
    ((line, column, why),) = refusals(officer, {"Case": "Z1"})
    assert (line, column) == (2, "reference")
    assert "belongs to a case already" in why


def test_the_page_names_the_columns_and_shows_what_is_wrong(officer):
    browser = Client()
    sign_in(browser, officer)
    page = browser.get(reverse("cases:imports")).content.decode()
    for heading in ("leaves from", "left on", "state reference"):
        assert heading in page


def test_a_workbook_says_the_same(officer):
    table = [tuple(LINE), tuple(LINE.values())]
    assert io.BytesIO(past.as_xlsx(table)).read(2) == b"PK"
    with kernel.as_in_pages(officer):
        past.bring_in(actor(officer), past.as_xlsx(table), kernel.office(), "list.xlsx")
    assert Departure.objects.count() == 1
