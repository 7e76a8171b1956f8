"""Returns come in by a list of cases: before their declaration or when they are over, never between."""

import csv
import io

import pytest
from django.db import IntegrityError, connection, transaction

from safar.assistance.cases import case_list, import_wording
from safar.assistance.cases.actions import importing
from safar.assistance.cases.actions.importing import NewList
from safar.assistance.cases.models import Case
from safar.assistance.returns.actions import before
from safar.assistance.returns.case_list import COLUMNS
from safar.assistance.returns.choices import Order
from safar.assistance.returns.models import ReturnFile
from safar.assistance.returns.queries import report
from safar.assistance.returns.workflow import BEYOND_DECLARATION
from safar.core.errors import RuleBroken
from tests.makers import cases as kernel
from tests.makers import returns as make
from tests.makers.accounts import actor
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HEAD = (
    "Case", "Surname", "Given names", "Birth", "Citizenship", "Opened on", "State", "Closed on",
    "How it ended", "Sending state", "Mission's reference", "Scheme code", "Returns to",
    "Deportation order", "Arrived on", "UNHCR number",
)  # fmt: skip
REFERRED = {
    "Case": "A1", "Surname": "Toktogulov", "Given names": "Askar", "Birth": "17.05.1987",
    "Citizenship": "KGZ", "Opened on": "03.03.2026", "State": "referred", "Sending state": "TUR",
    "Mission's reference": "TR-1", "Scheme code": "TUR-AVRR", "Returns to": "Kyrgyzstan",
    "Deportation order": "no",
}  # fmt: skip
COMPLETED = REFERRED | {
    "State": "completed", "Opened on": "03.03.2024", "Closed on": "01.06.2025",
    "How it ended": "completed", "Arrived on": "10.04.2024",
}  # fmt: skip


@pytest.fixture
def officer():
    load_reference()
    make.schemes()
    return kernel.caseworker("7201", role="programme_officer", programme="returns")


def a_list(*lines):
    out = io.StringIO()
    writer = csv.DictWriter(out, HEAD)
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode()


def read(by, *lines):
    new = NewList("returns", kernel.office(), "made for a test", "list.csv", a_list(*lines))
    run = importing.hand_in_list(actor(by), new, start=lambda run: None)
    return importing.read_list(actor(by), run)


def load(by, run, *, leaves_out=False):
    run = importing.confirm_list(
        actor(by), run, start=lambda run: None, leaves_out=leaves_out
    )  # fmt: skip
    return importing.load_list(actor(by), run)


def refusals(run):
    rows = run.rows.exclude(wrong="").order_by("line")
    return [(row.line, import_wording.column(row), import_wording.why(row)) for row in rows]


def test_a_referred_return_has_its_file_and_may_be_worked(officer):
    load(officer, read(officer, REFERRED))
    file = ReturnFile.objects.select_related("case", "scheme").get()
    assert (file.sending, file.mission_reference, file.scheme.code) == ("TUR", "TR-1", "TUR-AVRR")
    assert (file.homeland, file.order, file.arrived_on) == ("KGZ", Order.NONE, None)
    assert (file.case.status, file.case.scheme) == ("referred", "TUR-AVRR")
    assert before.counsel(actor(officer), file.case).status == "counselling"


def test_what_is_over_comes_with_its_arrival_and_counts_in_that_year(officer):
    load(officer, read(officer, COMPLETED))
    file = ReturnFile.objects.select_related("case").get()
    assert (file.case.status, file.case.closure) == ("completed", "completed")
    assert (str(file.arrived_on), str(file.claim_by)) == ("2024-04-10", "2024-10-10")
    assert report.arrivals(actor(officer), 2024).by_sending == [("TUR", 1)]


@pytest.mark.parametrize("state", sorted(BEYOND_DECLARATION))
def test_no_list_gets_round_the_declaration(officer, state):
    run = read(
        officer,
        REFERRED | {"State": state},
        REFERRED | {"Case": "B", "Mission's reference": "TR-2"},
    )
    assert [(line, column) for line, column, _why in refusals(run)] == [(2, "State")]
    assert "written declaration" in refusals(run)[0][2]
    load(officer, run, leaves_out=True)
    assert [one.status for one in Case.objects.all()] == ["referred"]


@pytest.mark.parametrize("state", sorted(BEYOND_DECLARATION))
def test_a_line_that_is_changed_after_it_was_checked_is_stopped_by_the_database(officer, state):
    run = read(officer, REFERRED)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_caseimportrow SET status = %s", [state])
    with pytest.raises(IntegrityError, match="returns_"), transaction.atomic():
        load(officer, run)
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("changed", "column", "why"),
    [
        ({"Scheme code": ""}, "Scheme code", "code of the mission's scheme"),
        ({"Scheme code": "XXX"}, "Scheme code", "code of the mission's scheme"),
        ({"Scheme code": "BEL-REINT"}, "Sending state", "another state's"),
        ({"Sending state": "FRA"}, "Sending state", "No mission of this state"),
        ({"Sending state": "=1+1"}, "Sending state", "No mission of this state"),
        ({"Mission's reference": "=HYPERLINK(1)"}, "Mission's reference", "up to 40 letters"),
        ({"Mission's reference": "T" * 41}, "Mission's reference", "up to 40 letters"),
        ({"Returns to": ""}, "Returns to", "to which country"),
        ({"Returns to": "Atlantis"}, "Returns to", "no country"),
        ({"Returns to": "UZB"}, "Returns to", "own country"),
        ({"Citizenship": ""}, "citizenships", "is a citizen"),
        ({"Deportation order": "perhaps"}, "Deportation order", "yes, no, or nothing"),
        ({"Arrived on": "31.02.2026"}, "Arrived on", "no date"),
        ({"Arrived on": "01.01.2990"}, "Arrived on", "lies ahead"),
        ({"Arrived on": "04.04.2026"}, "Arrived on", "has not arrived yet"),
    ],
)
def test_a_line_that_does_not_fit_says_why(officer, changed, column, why):
    run = read(officer, REFERRED | changed)
    [(line, named, sentence)] = refusals(run)
    assert (line, why in sentence) == (2, True), sentence
    assert named in (column, "Citizenship")
    assert run.cases == 0


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"Arrived on": ""}, "day of its arrival"),
        ({"Arrived on": "10.04.2023"}, "between the day"),
        ({"Arrived on": "02.06.2025"}, "between the day"),
        ({"Deportation order": "yes"}, "no voluntary return"),
    ],
)
def test_a_completed_return_has_what_makes_it_one(officer, changed, why):
    [(_line, _column, sentence)] = refusals(read(officer, COMPLETED | changed))
    assert why in sentence
    assert refusals(read(officer, COMPLETED | {"Mission's reference": ""})) == []


def test_one_reference_is_one_return_within_a_list_and_with_what_is_on_record(officer):
    make.referred(make.worker(), reference="TR-9")
    again = REFERRED | {"Case": "B"}
    known = REFERRED | {"Case": "C", "Mission's reference": "TR-9"}
    run = read(officer, REFERRED, again, known)
    assert [(line, column) for line, column, _why in refusals(run)] == [
        (3, "Mission's reference"), (4, "Mission's reference"),
    ]  # fmt: skip


def test_a_reference_that_was_taken_meanwhile_leaves_nothing_written(officer):
    run = read(officer, REFERRED)
    make.referred(make.worker(), reference="TR-1")
    before = Case.objects.count()
    with pytest.raises(RuleBroken, match="referred this person before"):
        load(officer, run)
    assert Case.objects.count() == before


def test_a_family_says_it_once_and_nothing_else_on_another_line(officer):
    own = dict.fromkeys(HEAD[9:], "")
    wife = REFERRED | own | {"Surname": "Toktogulova", "Given names": "Aida", "State": ""}
    load(officer, read(officer, REFERRED, wife))
    assert ReturnFile.objects.get().case.members.count() == 2
    other = REFERRED | {"Case": "B", "Mission's reference": "TR-5"}
    run = read(officer, other, other | {"Given names": "Aida", "Scheme code": "BEL-REINT"})
    [(line, column, why)] = refusals(run)
    assert (line, column, "something else" in why) == (3, "Scheme code", True)


def test_who_is_known_here_as_no_citizen_of_the_homeland_is_not_returned_there(officer):
    number = (("unhcr_person", "123-00045678"),)
    facts = {"birth": make.ADULT, "citizenships": ["UZB"], "numbers": number}
    known = kernel.new_person("Toktogulov Askar", **facts)
    make.referred(make.worker(), known, homeland="UZB")
    run = read(officer, REFERRED | {"Citizenship": "", "UNHCR number": "123-00045678"})
    assert (run.people_known, refusals(run)) == (1, [])
    with pytest.raises(RuleBroken, match="not the own country"):
        load(officer, run)
    assert not ReturnFile.objects.filter(mission_reference="TR-1").exists()
    load(officer, read(officer, REFERRED | {"Returns to": "UZB", "Citizenship": "UZB"}))


def test_a_list_of_another_programme_does_not_ask_for_any_of_it(officer):
    kernel.place(officer)
    line = {name: REFERRED[name] for name in ("Case", "Surname", "Given names")}
    new = NewList(
        kernel.TRIAL.code, kernel.office(), "made for a test", "l.csv", a_list(line)
    )  # fmt: skip
    run = importing.hand_in_list(actor(officer), new, start=lambda run: None)
    assert refusals(importing.read_list(actor(officer), run)) == []


def test_its_headings_are_listed_and_are_no_other_columns():
    named = [heading for names in COLUMNS.values() for heading in names]
    assert not set(named) & {one for names in case_list.COLUMNS.values() for one in names}
    shown = dict(import_wording.headings(case_list.COLUMNS))
    assert shown["Voluntary return: sending state"] == COLUMNS["sending"]


def test_sixty_returns_need_few_statements(officer, django_assert_max_num_queries):
    lines = [REFERRED | {"Case": f"C{n}", "Mission's reference": f"M-{n}"} for n in range(60)]
    run = read(officer, *lines)
    run = importing.confirm_list(actor(officer), run, start=lambda run: None)
    with django_assert_max_num_queries(60):
        importing.load_list(actor(officer), run)
    assert ReturnFile.objects.count() == 60
