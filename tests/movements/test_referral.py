"""From a referral to an acceptance: who may be referred once more, and which steps each member gets."""

from datetime import timedelta

import pytest
from django.db.utils import IntegrityError
from django.utils import timezone

from safar.assistance.cases.actions import opening as kernel_opening
from safar.assistance.cases.actions.opening import NewMember
from safar.assistance.cases.models import Case
from safar.assistance.movements.actions import opening, together
from safar.assistance.movements.choices import StepKind, StepStatus
from safar.assistance.movements.commands import SHIPPED
from safar.assistance.movements.forms.referral import ReferralForm
from safar.assistance.movements.models import (
    MovementFile,
    MovementScheme,
    SchemeStep,
    Step,
    TravelTogether,
)
from safar.assistance.movements.queries import doubles
from safar.core.errors import InvalidMove, NotAllowed, NotFound, RuleBroken
from safar.core.permissions import system
from safar.core.record import writing
from tests.makers import cases as kernel
from tests.makers import movements as make
from tests.makers.accounts import actor
from tests.makers.movements.files import ADULT, CHILD, person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def kinds_of(case, name):
    steps = Step.objects.filter(case=case).select_related("member__person")
    return {step.kind: step.status for step in steps if str(step.member.person).startswith(name)}


def test_the_shipped_schemes_lead_somewhere_and_say_how_sure_they_are():
    make.schemes()
    codes = set(MovementScheme.objects.values_list("code", flat=True))
    assert codes >= {
        "USRAP-P1", "USRAP-P2", "V92", "V93", "CAN-GAR", "CAN-PSR", "SWE-QUOTA", "NOR-QUOTA",
        "FIN-QUOTA", "DNK-QUOTA", "NLD-QUOTA", "GBR-UKRS", "AUS-HUM", "FAM-REUN", "SELF-PAY",
    }  # fmt: skip
    assert not MovementScheme.objects.filter(source="").exists()
    assert set(SchemeStep.objects.values_list("kind", flat=True)) <= set(StepKind.values)
    assert MovementScheme.objects.get(code="SWE-QUOTA").selection == "dossier"
    assert MovementScheme.objects.get(code="NOR-QUOTA").selection == "mission"


def test_loading_the_schemes_twice_changes_nothing():
    make.schemes()
    before = list(SchemeStep.objects.order_by("pk").values_list("pk", flat=True))
    make.schemes()
    assert list(SchemeStep.objects.order_by("pk").values_list("pk", flat=True)) == before
    assert SHIPPED.exists()


def test_whoever_works_in_one_office_finds_it_chosen():
    bishkek, osh = kernel.office(kernel.BISHKEK), kernel.office(kernel.OSH)
    offices = type(osh).objects.all()
    one = ReferralForm(None, offices=offices.filter(pk=bishkek.pk))
    assert one["office"].value() == bishkek.pk
    assert ReferralForm(None, offices=offices)["office"].value() is None


def test_each_member_gets_the_steps_of_her_age_and_place_in_the_family():
    by = make.worker()
    case = make.accepted(by, person(), person("Rahmatova Madina", birth=CHILD, sex="F"))
    grown, child = kinds_of(case, "Rahmatov "), kinds_of(case, "Rahmatova")
    assert set(grown) == set(child)
    assert grown["orientation"] == grown["loan"] == grown["security"] == StepStatus.TO_DO
    assert child["orientation"] == child["loan"] == child["security"] == StepStatus.NOT_NEEDED
    assert child["exit"] == child["visa"] == child["medical"] == StepStatus.TO_DO
    assert make.step_of(case, "orientation", "Rahmatova").remark == "under 12"


def test_of_whom_the_age_is_not_known_every_step_is_asked():
    case = make.accepted(make.worker(), person(birth=None))
    assert StepStatus.NOT_NEEDED not in kinds_of(case, "Rahmatov").values()


def test_the_steps_begin_on_the_day_of_the_letter():
    on = TODAY() - timedelta(days=4)
    case = make.accepted(make.worker(), on=on)
    decision, leave = make.step_of(case, "decision"), make.step_of(case, "exit")
    assert (decision.status, decision.done_on) == (StepStatus.DONE, on)
    assert decision.reference == make.file_of(case).state_reference != ""
    assert leave.due_on == on + timedelta(days=45)
    assert leave.needs_expiry


def test_before_the_acceptance_nobody_has_steps_but_interviews():
    case = make.referred(make.worker())
    assert set(kinds_of(case, "Rahmatov")) == {"interview"}
    with pytest.raises(RuleBroken, match="Rahmatov"):
        opening.accept(actor(case.lead), case, on=TODAY())


def test_nobody_is_accepted_on_a_day_to_come():
    by = make.worker()
    case = make.referred(by, scheme="SWE-QUOTA")
    with pytest.raises(RuleBroken, match="still to come"):
        opening.accept(actor(by), case, on=TODAY() + timedelta(days=1))
    opening.accept(actor(by), case, on=TODAY())
    with pytest.raises(InvalidMove):
        opening.accept(actor(by), case, on=TODAY())


def test_the_referral_counts_those_who_are_listed():
    by = make.worker()
    two = make.referral(by, person(), person("Rahmatova Gulsara"), size=3)
    with pytest.raises(RuleBroken, match="3 people, and 2"):
        opening.receive_referral(actor(by), two)
    assert not Case.objects.exists()
    opening.receive_referral(actor(by), make.referral(by, size=1))


def test_a_scheme_leads_where_it_leads_and_nowhere_else():
    by = make.worker()
    with pytest.raises(RuleBroken, match="does not lead there"):
        make.referred(by, destination="USA")
    with pytest.raises(RuleBroken, match="where they are"):
        make.referred(by, scheme="FAM-REUN", destination="KGZ")
    assert (
        make.file_of(make.referred(by, scheme="FAM-REUN", destination="AUT")).destination == "AUT"
    )


def test_the_database_refuses_a_movement_to_where_they_are():
    case = make.referred(make.worker())
    with pytest.raises(IntegrityError), writing():
        MovementFile.objects.filter(case=case).update(destination="KGZ")


def test_a_person_is_in_one_open_movement_there_by_the_scheme():
    by = make.worker()
    case = make.referred(by)
    known = case.members.get().person
    with kernel.as_in_pages(by):
        with pytest.raises(RuleBroken, match=case.number):
            make.referred(by, known)
        other = make.referred(by, known, scheme="CAN-PSR")
    assert other.number != case.number
    opening.end(actor(by), case, closure="withdrawn", reason="she stays")
    with kernel.as_in_pages(by):
        assert make.referred(by, known).number != case.number


def test_a_movement_out_of_sight_is_not_told_of_by_a_refusal_and_is_seen_by_whoever_sees_both():
    bishkek, osh = make.worker(), make.worker("7202", at=kernel.OSH)
    here = kernel.case(bishkek, programme="movements", people=[person()])
    known = here.members.get().person
    there = make.referred(osh, person("Somebody Else"), at=kernel.OSH)
    with writing():
        kernel_opening.add_member(system("test"), there, NewMember(known, "spouse"), TODAY())
    with kernel.as_in_pages(bishkek):
        assert not Case.objects.filter(pk=there.pk).exists()
        mine = make.referred(bishkek, known)
        file = MovementFile.objects.get(case=mine)
        assert doubles.other_movements(actor(bishkek), file) == []
    officer = make.worker("7203", at=None, role="programme_officer")
    with kernel.as_in_pages(officer):
        seen = doubles.other_movements(actor(officer), MovementFile.objects.get(case=mine))
    assert [one.case_id for one in seen] == [there.pk]


def test_a_case_out_of_sight_is_moved_by_nobody():
    case = make.referred(make.worker(), scheme="SWE-QUOTA")
    stranger = make.worker("7204", at=kernel.OSH)
    with kernel.as_in_pages(stranger), pytest.raises(NotFound):
        opening.accept(actor(stranger), case, on=TODAY())


def test_a_finance_officer_accepts_nobody():
    case = make.referred(make.worker(), scheme="SWE-QUOTA")
    clerk = make.worker("7205", role="finance_officer")
    with pytest.raises(NotAllowed):
        opening.accept(actor(clerk), case, on=TODAY())


def test_whoever_joins_later_gets_her_steps():
    by = make.worker()
    case = make.accepted(by)
    with writing():
        baby = kernel_opening.add_member(
            actor(by), case, NewMember(person("Rahmatov Umid", birth=CHILD), "child"), TODAY()
        )
    assert not Step.objects.filter(member=baby).exists()
    made = opening.complete_steps(actor(by), case)
    assert made == Step.objects.filter(member=baby).count() > 5
    assert opening.complete_steps(actor(by), case) == 0


def test_what_is_put_aside_is_taken_up_and_what_is_not_accepted_is_closed():
    by = make.worker()
    case = make.accepted(by)
    case = opening.put_aside(actor(by), case, reason="a child is to be born")
    assert case.status == "aside"
    assert opening.take_up(actor(by), case).status == "preparing"
    other = make.referred(by, person("Karimov Odil"))
    other = opening.not_accepted(actor(by), other, reason="by letter")
    assert (other.status, other.closure) == ("not_accepted", "not_eligible")
    with pytest.raises(NotAllowed):
        opening.end(actor(by), other, closure="withdrawn", reason="late")


def test_two_cases_travel_together_once_whichever_is_named_first():
    by = make.worker()
    one, two = make.referred(by), make.referred(by, person("Rahmatova Sanobar", birth=ADULT))
    with kernel.as_in_pages(by):
        pair = together.travel_together(actor(by), two, other=one, why="his mother")
        with pytest.raises(RuleBroken, match="already"):
            together.travel_together(actor(by), one, other=two, why="her son")
        with pytest.raises(RuleBroken, match="another case"):
            together.travel_together(actor(by), one, other=one, why="alone")
        together.apart(actor(by), pair)
    assert not TravelTogether.objects.exists()


def test_nobody_travels_together_with_a_case_out_of_sight():
    by, osh = make.worker(), make.worker("7206", at=kernel.OSH)
    mine, theirs = make.referred(by), make.referred(osh, person("Another One"), at=kernel.OSH)
    with kernel.as_in_pages(by), pytest.raises(NotFound):
        together.travel_together(actor(by), mine, other=theirs, why="a cousin")
