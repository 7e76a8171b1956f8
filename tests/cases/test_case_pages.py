"""My day, the page of a case and what is done from there, through the real views."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from safar.assistance.cases import programmes
from safar.assistance.cases.actions import changing, moving, tasks
from safar.assistance.cases.choices import Compartment
from safar.assistance.cases.due import Banner, Due
from safar.assistance.cases.models import Case, CaseMove, Placement, Plan, Service, Task
from safar.core.models import AuditEntry
from tests.makers import cases, work
from tests.makers.accounts import actor, audited, authenticator_app, code_now, sign_in, user

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


def signed_in(who):
    client = Client()
    sign_in(client, who)
    return client


def signed_in_with_app(who):
    secret = authenticator_app(who)
    client = signed_in(who)
    client.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    return client


def at(name, *args):
    return reverse(f"cases:{name}", args=args)


def text(answer):
    return answer.content.decode()


# ---- my day ----


def test_my_day_counts_what_is_late_and_due_and_leads_there(worker, case, pages):
    late = work.task(worker, case, "Ask for the certificate", due_on=work.today(-3))
    now = work.task(worker, case, "Book a medical", due_on=work.today(), stops="the departure")
    work.task(worker, case, "Exit permission", waits_for="Migration service")
    day = text(pages.get(at("my_day")))
    assert "1 thing is late, 1 is due today" in day
    assert "3 days late" in day
    assert "Stops the departure" in day
    assert at("task", late.pk) in day
    assert at("task", now.pk) in day
    assert "Migration service" in day
    assert "Waiting for others" in day


def test_my_day_shows_appointments_only_where_there_are_some(worker, case, pages):
    assert "Appointments" not in text(pages.get(at("my_day")))
    from datetime import time

    work.task(worker, case, "Meet at Manas", due_on=work.today(), due_at=time(14, 35))
    day = text(pages.get(at("my_day")))
    assert "Appointments" in day
    assert "14:35" in day


def test_my_day_says_nothing_of_a_colleagues_case(worker, case, pages):
    colleague = cases.caseworker("7002")
    work.task(colleague, cases.case(colleague, "Other Name"), "Hers", due_on=work.today())
    assert "Hers" not in text(pages.get(at("my_day")))
    assert "Hers" in text(signed_in(colleague).get(at("my_day")))


def test_a_task_given_to_a_colleague_is_on_her_day_and_not_on_the_leads(worker, case, pages):
    colleague = cases.caseworker("7002")
    work.task(worker, case, "Fetch the papers", due_on=work.today(), assignee=colleague)
    assert "Fetch the papers" not in text(pages.get(at("my_day")))
    assert "Fetch the papers" in text(signed_in(colleague).get(at("my_day")))


def test_files_are_found_by_code_and_programme_and_not_by_name(worker, case, pages):
    def found(words):
        return at("case", case.pk) in text(pages.get(at("my_day"), {"words": words}))

    assert found(case.number[-4:])
    assert found("trial")
    assert not found("Rahmatov")
    assert not found("Canada")


def test_files_are_found_by_the_town_where_somebody_lives(worker, case, pages):
    from safar.assistance.cases.models import Household, HouseholdMember
    from safar.core.record import writing

    with writing("cases"):
        home = Household.objects.create(place="Kara-Balta")
        person = case.members.get().person
        HouseholdMember.objects.create(
            household=home, person=person, period=(work.today(-100), None)
        )
    assert at("case", case.pk) in text(pages.get(at("my_day"), {"words": "kara"}))


def test_files_lent_for_a_time_are_on_the_day_until_it_is_over(worker, case):
    other = cases.caseworker("7002", at=cases.OSH)
    moving.cover(actor(worker), case, by=other, reason="leave", until=work.today(3))
    assert "Handed over to you" in text(signed_in(other).get(at("my_day")))
    moving.cover(actor(worker), case, by=other, reason="leave", until=work.today(-3))
    assert "Handed over to you" not in text(signed_in(other).get(at("my_day")))


def test_what_a_programme_says_falls_due_is_on_the_day(worker, case, pages, monkeypatch):
    from dataclasses import replace

    def due(_actor, today):
        return [Due(case, "Sign the declaration", "/there", today)]

    monkeypatch.setitem(programmes._REGISTRY, "trial", replace(cases.TRIAL, due=due))
    assert "Sign the declaration" in text(pages.get(at("my_day")))


def test_a_plan_waits_on_the_day_of_those_who_may_agree_and_not_of_its_author(worker, case, pages):
    work.plan(worker, case, submitted=True)
    mine = text(pages.get(at("my_day")))
    assert "Waiting for others" in mine
    assert "1 is due today" not in mine
    officer = cases.caseworker("7009", role="programme_officer")
    assert "1 is due today" in text(signed_in(officer).get(at("my_day")))


# ---- the page of a case ----


def test_the_page_of_a_case_shows_its_parts_and_that_it_was_opened_is_on_record(
    worker, case, pages
):
    work.task(worker, case, "Book a medical", due_on=work.today())
    work.service(worker, case, place="Osh")
    work.follow_up(worker, case)
    work.plan(worker, case)
    shown = text(pages.get(at("case", case.pk)))
    for words in (
        case.number, "Rahmatov Ikrom", "Programme file", "Book a medical", "Counselling",
        "One month after", "To live on her own work", "Case opened", "Who may know what",
    ):  # fmt: skip
        assert words in shown, words
    row = AuditEntry.objects.get(action="cases.open")
    assert (row.outcome, row.target) == ("opened", f"Case:{case.pk}")
    assert row.details == {"purpose": "casework"}  # kept for ever: no word of the case


def test_a_case_of_another_office_does_not_exist_and_its_opening_is_not_recorded(case):
    stranger = signed_in(cases.caseworker("7002", at=cases.OSH))
    names = ("case", "everything", "case_change", "hand_over", "task_add", "services", "plan_add")
    answers = {name: stranger.get(at(name, case.pk)).status_code for name in names}
    assert set(answers.values()) == {404}
    assert stranger.get(at("case", uuid4())).status_code == 404
    assert not AuditEntry.objects.filter(action="cases.open").exists()


def test_what_belongs_to_a_case_out_of_sight_does_not_exist(worker, case):
    made = {
        "task": work.task(worker, case),
        "follow_up": work.follow_up(worker, case),
        "service_take_back": work.service(worker, case),
        "plan": work.plan(worker, case),
    }
    stranger, own = signed_in(cases.caseworker("7002", at=cases.OSH)), signed_in(worker)
    for name, row in made.items():
        assert stranger.get(at(name, row.pk)).status_code == 404, name
        assert own.get(at(name, row.pk)).status_code == 200, name


def test_a_restricted_file_is_opened_with_a_purpose_only(worker):
    who = cases.caseworker("7005", Compartment.RESTRICTED)
    hidden = cases.case(who, compartment=Compartment.RESTRICTED)
    client = signed_in(who)
    asked = text(client.get(at("case", hidden.pk)))
    assert "Why do you open this file?" in asked
    assert "Rahmatov" not in asked
    assert client.get(at("everything", hidden.pk)).status_code == 302
    assert client.post(at("why", hidden.pk), {"purpose": "x"}).status_code == 422
    client.post(at("why", hidden.pk), {"purpose": "She calls at noon"})
    assert "Rahmatov" in text(client.get(at("case", hidden.pk)))
    row = AuditEntry.objects.get(action="cases.open")
    assert row.details == {"purpose": str(hidden.openings.get().pk)}  # the words go with the case
    assert "She calls at noon" in text(client.get(at("everything", hidden.pk)))


def queries(client, key):
    client.get(at("case", key))
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(at("case", key)).status_code == 200
    return len(seen)


def test_the_page_of_a_case_asks_no_more_of_the_database_when_there_is_more_in_it(worker, pages):
    small = cases.case(worker, "Rahmatov Ikrom", "Rahmatova Gulsara")
    large = cases.case(worker, *(f"Rahmatov Name{n}" for n in range(9)))
    for case, times in ((small, 1), (large, 9)):
        people = [one.person for one in case.members.all()]
        for number in range(times):
            person = people[number % len(people)]
            work.task(worker, case, person=person, due_on=work.today(number))
            work.service(worker, case, person=person)
            work.attempt(worker, work.follow_up(worker, case, person=person))
    assert queries(pages, small.pk) == queries(pages, large.pk)


def test_my_day_asks_no_more_of_the_database_when_there_is_more_to_do(worker, pages):
    def asked():
        pages.get(at("my_day"))
        with CaptureQueriesContext(connection) as seen:
            pages.get(at("my_day"))
        return len(seen)

    first = cases.case(worker)
    work.task(worker, first, due_on=work.today(-1))
    work.follow_up(worker, first)
    few = asked()
    for _ in range(5):
        more = cases.case(worker)
        work.task(worker, more, due_on=work.today())
        work.follow_up(worker, more)
    assert asked() == few


def test_everything_that_happened_is_paged(worker, case, pages):
    for _ in range(52):
        work.service(worker, case)
    first = text(pages.get(at("everything", case.pk)))
    second = text(pages.get(at("everything", case.pk), {"page": 2}))
    assert "Page 1 of 2" in first
    assert (first + second).count("Case opened") == 1
    assert (first + second).count("Counselling") == 52


def test_a_programme_says_how_the_case_stands(worker, case, pages, monkeypatch):
    from dataclasses import replace

    said = replace(cases.TRIAL, banner=lambda _actor, _case: Banner("check", "Not ready to depart"))
    monkeypatch.setitem(programmes._REGISTRY, "trial", said)
    assert "Not ready to depart" in text(pages.get(at("case", case.pk)))


def test_the_way_off_the_page_says_nothing_of_anybody_and_locks_the_screen(case, pages):
    assert f'href="{reverse("away")}"' in text(pages.get(at("case", case.pk)))
    shown = text(pages.get(reverse("away")))
    assert "Safar" not in shown
    assert "case" not in shown.casefold()
    assert pages.get(at("case", case.pk)).status_code == 302  # locked
    assert Client().get(reverse("away")).status_code == 200


# ---- two at once ----


def edit(client, case, shown, **typed):
    """Post the form as a browser would: with the values that were shown."""
    form = {"version": shown.version}
    for name in ("purpose", "team", "project", "review_on"):
        value = getattr(shown, name) or ""
        form |= {f"initial-{name}": value, name: typed.get(name, value)}
    return client.post(at("case_change", case.pk), form | typed)


def test_two_who_change_different_things_of_one_case_lose_nothing(worker, case, pages):
    shown = Case.objects.get()
    changing.change_case(actor(worker), case, seen=1, changes={"team": "North"})
    assert edit(pages, case, shown, purpose="To Canada").status_code == 302
    case.refresh_from_db()
    assert (case.team, case.purpose) == ("North", "To Canada")


def test_the_second_of_two_sees_both_and_chooses(worker, case, pages):
    shown = Case.objects.get()
    changing.change_case(actor(worker), case, seen=1, changes={"purpose": "Her words"})
    answer = edit(pages, case, shown, purpose="My words")
    assert answer.status_code == 422
    assert "Her words" in text(answer)
    assert "My words" in text(answer)
    case.refresh_from_db()
    assert case.purpose == "Her words"  # nothing is overwritten silently
    again = {"version": 2, "purpose": "My words", "keep_purpose": "mine"}
    assert edit(pages, case, shown, **again).status_code == 302
    case.refresh_from_db()
    assert case.purpose == "My words"


def test_the_second_may_leave_what_the_first_saved(worker, case, pages):
    shown = Case.objects.get()
    changing.change_case(actor(worker), case, seen=1, changes={"purpose": "Her words"})
    kept = {"version": 2, "purpose": "My words", "keep_purpose": "theirs", "team": "South"}
    assert edit(pages, case, shown, **kept).status_code == 302
    case.refresh_from_db()
    assert (case.purpose, case.team) == ("Her words", "South")


def test_a_choice_made_before_a_third_change_is_asked_again(worker, case, pages):
    shown = Case.objects.get()
    changing.change_case(actor(worker), case, seen=1, changes={"purpose": "Her words"})
    changing.change_case(actor(worker), case, seen=2, changes={"purpose": "A third"})
    chosen = {"version": 2, "purpose": "My words", "keep_purpose": "mine"}
    answer = edit(pages, case, shown, **chosen)
    assert answer.status_code == 422
    assert "A third" in text(answer)


def test_the_words_of_a_plan_are_not_lost_either(worker, case, pages):
    plan = work.plan(worker, case)
    from safar.assistance.cases.actions import planning

    planning.change_plan(actor(worker), plan, seen=1, changes={"goal": "Hers"})
    form = {"version": 1, "initial-goal": "To live on her own work", "goal": "Mine",
            "initial-wishes": "", "wishes": "She wants a shop"}  # fmt: skip
    answer = pages.post(at("plan", plan.pk), form)
    assert answer.status_code == 422
    assert "Hers" in text(answer)
    assert "Mine" in text(answer)
    assert Plan.objects.get().goal == "Hers"


# ---- what is done from there ----


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


def test_a_finished_task_is_no_more_on_my_day(worker, case, pages):
    made = work.task(worker, case, "Call the school", due_on=work.today(-1))
    assert "1 thing is late" in text(pages.get(at("my_day")))
    tasks.finish_task(actor(worker), made)
    assert "1 thing is late" not in text(pages.get(at("my_day")))
