"""What is done from the page of a case, its list and the placements, through the real views."""

import pytest
from django.urls import reverse

from safar.assistance.cases.models import Case, CaseMove, Placement, Plan, Service, Task
from tests.cases.pages import at, signed_in, signed_in_with_app, text
from tests.makers import cases, work
from tests.makers.accounts import audited, user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def worker():
    return cases.caseworker("7001")


@pytest.fixture
def case(worker):
    return cases.case(worker)


@pytest.fixture
def pages(worker):
    return signed_in(worker)


def test_a_worker_opens_a_case_for_a_new_person(worker, pages):
    cases.office()
    form = {
        "programme": "trial", "office": cases.office().pk, "purpose": "Return",
        "applicant-surname": "Karimova", "applicant-given_names": "Zulfiya",
        "applicant-sex": "F", "applicant-birth": "1991",
    }  # fmt: skip
    answer = pages.post(at("open_case"), form)
    case = Case.objects.get()
    assert answer.url == at("case", case.pk)
    assert "Karimova Zulfiya" in text(pages.get(answer.url))


def test_who_may_be_known_already_is_asked_about_before_a_case_is_opened(worker, case, pages):
    form = {
        "programme": "trial", "office": cases.office().pk, "purpose": "Return",
        "applicant-surname": "Rahmatov", "applicant-given_names": "Ikrom",
    }  # fmt: skip
    answer = pages.post(at("open_case"), form)
    assert "Perhaps she is known already" in text(answer)
    assert Case.objects.count() == 1
    person = case.members.get().person
    pages.post(at("open_case"), form | {"who": str(person.pk)})
    assert Case.objects.count() == 2
    assert person.memberships.count() == 2


def test_a_case_is_opened_for_somebody_who_was_found(worker, case, pages):
    person = case.members.get().person
    address = f"{at('open_case')}?person={person.pk}"
    assert "Rahmatov Ikrom" in text(pages.get(address))
    form = {"programme": "trial", "office": cases.office().pk, "purpose": "Return"}
    pages.post(address, form)
    assert person.memberships.count() == 2
    stranger = signed_in(cases.caseworker("7002", at=cases.OSH))
    assert stranger.get(address).status_code == 404


def test_only_moves_that_the_programme_leaves_to_the_page_are_on_it(worker, case, pages):
    shown = text(pages.get(at("case", case.pk)))
    assert "Begin the work" in shown
    assert "Put aside" not in shown  # not from where the case stands
    assert pages.get(at("case_move", case.pk, "take_up")).status_code == 409
    assert pages.get(at("case_move", case.pk, "nonsense")).status_code == 409
    pages.post(at("case_move", case.pk, "begin"), {"reason": ""})
    case.refresh_from_db()
    assert case.status == "worked"


def test_a_case_is_closed_with_a_reason_and_with_how_it_ended(worker, case, pages):
    address = at("case_move", case.pk, "close")
    assert pages.post(address, {"reason": ""}).status_code == 422
    pages.post(address, {"reason": "She found work", "closure": "completed"})
    case.refresh_from_db()
    assert (case.phase, case.closure) == ("closed", "completed")
    assert CaseMove.objects.filter(reason="She found work").exists()
    assert "Begin the work" not in text(pages.get(at("case", case.pk)))


def test_a_case_is_handed_over_to_those_only_who_work_there(worker, case, pages):
    near, far = cases.caseworker("7002"), cases.caseworker("7003", at=cases.OSH)
    shown = text(pages.get(at("hand_over", case.pk)))
    assert "Worker 7002" in shown
    assert "Worker 7003" not in shown
    far_post = {"to": far.pk, "reason": "leave"}
    assert pages.post(at("hand_over", case.pk), far_post).status_code == 422
    pages.post(at("hand_over", case.pk), {"to": near.pk, "reason": "leave"})
    case.refresh_from_db()
    assert case.lead == near


def test_somebody_who_stands_in_sees_the_case_until_the_day(worker, case, pages):
    far = cases.caseworker("7003", at=cases.OSH)
    assert signed_in(far).get(at("case", case.pk)).status_code == 404
    until = work.today(5)
    form = {"by": far.pk, "reason": "leave", "until": f"{until:%d.%m.%Y}"}
    assert pages.post(at("cover", case.pk), form).status_code == 302
    assert signed_in(far).get(at("case", case.pk)).status_code == 200


def test_a_task_is_added_changed_begun_and_finished_on_its_pages(worker, case, pages):
    due = f"{work.today():%d.%m.%Y}"
    pages.post(at("task_add", case.pk), {"title": "Book a medical", "due_on": due})
    task = Task.objects.get()
    pages.post(at("task_begin", task.pk))
    assert "in progress" in text(pages.get(at("task", task.pk)))
    pages.post(at("task_finish", task.pk), {"outcome": "done", "remark": "Thursday 10:00"})
    task.refresh_from_db()
    assert (task.outcome, task.done_by) == ("done", worker)
    assert "Done today: 1" in text(pages.get(at("my_day")))


def test_a_time_needs_its_day(case, pages):
    answer = pages.post(at("task_add", case.pk), {"title": "Call", "due_at": "10:00"})
    assert answer.status_code == 422
    assert not Task.objects.exists()


def test_the_form_of_a_service_sent_twice_counts_once(case, pages):
    shown = text(pages.get(at("service_add", case.pk)))
    key = shown.partition('name="form_key" value="')[2].partition('"')[0]
    form = {"form_key": key, "kind": "legal", "delivered_on": f"{work.today():%d.%m.%Y}",
            "quantity": "1", "unit": "time"}  # fmt: skip
    for _ in range(2):
        assert pages.post(at("service_add", case.pk), form).status_code == 302
    assert Service.objects.count() == 1


def test_a_follow_up_is_tried_and_closed_on_its_page(worker, case, pages):
    made = work.follow_up(worker, case)
    form = {"attempt-way": "call", "attempt-result": "reached",
            "attempt-day": f"{work.today(-1):%d.%m.%Y}", "attempt-at": "10:00"}  # fmt: skip
    assert pages.post(at("follow_up_attempt", made.pk), form).status_code == 302
    closed = {"close-status": "done", "close-remark": "She is well."}
    assert pages.post(at("follow_up_close", made.pk), closed).status_code == 302
    assert "She is well." in text(pages.get(at("follow_up", made.pk)))


def test_a_plan_goes_from_draft_to_agreed_on_its_pages(worker, case, pages):
    pages.post(at("plan_add", case.pk), {"goal": "A shop of her own"})
    plan = Plan.objects.get()
    pages.post(at("plan_item_add", plan.pk), {"goal": "Sewing machine", "kind": "business"})
    pages.post(at("plan_submit", plan.pk))
    officer = signed_in(cases.caseworker("7009", role="programme_officer"))
    plan.refresh_from_db()
    officer.post(at("approval_sign", plan.approval_id), {"kind": "approve"})
    plan.refresh_from_db()
    assert plan.status == "approved"


# ---- lists and placements ----


def test_the_list_of_cases_is_narrowed_and_holds_nothing_out_of_sight(worker, case, pages):
    stranger = cases.caseworker("7002", at=cases.OSH)
    hidden = cases.case(stranger, at=cases.OSH)
    whole = text(pages.get(at("cases")))
    assert case.number in whole
    assert hidden.number not in whole
    assert "1 case<" in whole
    assert case.number not in text(pages.get(at("cases"), {"phase": "closed"}))
    colleague = cases.case(cases.caseworker("7003"), "Other Name")
    mine = text(pages.get(at("cases"), {"whose": "mine"}))
    assert case.number in mine
    assert colleague.number not in mine


def test_the_data_protection_officer_places_somebody_and_ends_it(worker, case):
    officer = user("8001", "data_protection_officer")
    newcomer = user("7010", "caseworker", name="Newcomer")
    client = signed_in_with_app(officer)
    answer = client.get(at("placements"))
    assert answer.status_code == 200, answer.get("Location")
    form = {"user": newcomer.pk, "programme": "trial", "office": cases.office().pk,
            "compartments": ["open", "programme"]}  # fmt: skip
    client.post(at("placements"), form)
    placed = Placement.objects.get(user=newcomer)
    assert signed_in(newcomer).get(at("case", case.pk)).status_code == 200
    client.post(at("placement_end", placed.pk))
    assert signed_in(newcomer).get(at("case", case.pk)).status_code == 404
    assert [row.outcome for row in audited("cases.end_placement")] == ["done"]


def test_a_caseworker_has_no_page_of_placements(pages):
    assert pages.get(at("placements")).status_code == 403


def test_an_administrator_adds_an_office(worker):
    from safar.accounts.models import Office
    from tests.makers.accounts import agency

    client = signed_in_with_app(user("9001", "administrator"))
    form = {"office-agency": agency("IOM").pk, "office-code": "NRN", "office-name": "Naryn"}
    client.post(reverse("accounts:office_add"), form | {"office-code": "lower"})
    assert not Office.objects.filter(name="Naryn").exists()
    client.post(reverse("accounts:office_add"), form)
    assert Office.objects.get(code="NRN").name == "Naryn"
    assert client.post(reverse("accounts:office_add"), form).status_code == 422
