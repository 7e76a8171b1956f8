"""What happens on arrival, what falls due then, and how a year is counted."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from safar.assistance.cases.choices.people import Judgement
from safar.assistance.cases.models import PersonJudgement
from safar.assistance.returns import rules
from safar.assistance.returns.actions import journey, planning
from safar.assistance.returns.actions.journey import Handed
from safar.assistance.returns.actions.planning import Weighed
from safar.assistance.returns.choices import Met, Verdict
from safar.assistance.returns.queries import files, report
from safar.core.errors import RuleBroken
from safar.core.record import writing
from safar.lib.partial_dates import PartialDate
from tests.makers import cases as kernel
from tests.makers import returns as make
from tests.makers.accounts import actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_pocket_money_is_given_against_a_receipt_or_not_at_all():
    worker = make.worker()
    case = make.declared(worker)
    flight = make.a_flight(worker)
    journey.arrange_travel(actor(worker), case, flight=flight)
    journey.depart(actor(worker), case)
    handed = Handed(Met.MET, flight.arrives_at, pocket_money=Decimal(100), currency="USD")
    with pytest.raises(RuleBroken, match="receipt"):
        journey.receive(actor(worker), case, handed=handed)


def test_the_database_keeps_no_money_without_a_receipt():
    case = make.arrived(make.worker())
    row = (
        "INSERT INTO returns_reception (id, case_id, met, received_at, received_by_id, onward,"
        " medical, pocket_money, currency, receipt, remark)"
        " VALUES (gen_random_uuid(), %s, 'met', now(), %s, '', '', 50, 'USD', %s, '')"
    )
    with connection.cursor() as cursor:
        with pytest.raises(IntegrityError, match="against_receipt"), transaction.atomic():
            cursor.execute(row, [case.pk, case.lead_id, ""])
        cursor.execute(row, [case.pk, case.lead_id, "R-9"])


def test_who_was_not_on_board_has_not_arrived():
    worker = make.worker()
    case = make.declared(worker)
    flight = make.a_flight(worker)
    journey.arrange_travel(actor(worker), case, flight=flight)
    journey.depart(actor(worker), case)
    journey.receive(actor(worker), case, handed=Handed(Met.NOT_ON_BOARD, flight.arrives_at))
    case.refresh_from_db()
    assert (case.status, make.file_of(case).arrived_on) == ("travel_arranged", None)


def test_from_the_arrival_on_the_claim_has_its_last_day():
    case = make.arrived(make.worker(), scheme="NOR-INFO")
    file = make.file_of(case)
    assert file.arrived_on is not None
    assert file.claim_by == rules.months_later(file.arrived_on, 12)


@pytest.mark.parametrize(
    ("arrived", "months", "day"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 11, 30), 6, date(2026, 5, 30)),
        (date(2025, 12, 1), 12, date(2026, 12, 1)),
    ],
)
def test_a_visit_falls_on_the_same_day_of_a_later_month(arrived, months, day):
    assert rules.months_later(arrived, months) == day


def test_three_visits_fall_due_each_with_its_window():
    windows = rules.monitoring_windows(date(2026, 3, 10))
    assert [window.months for window in windows] == [1, 6, 12]
    assert all(window.earliest < window.ideal < window.latest for window in windows)


def test_a_family_gets_each_line_by_its_heads():
    child = kernel.new_person("Rahmatova Sitora", birth=PartialDate(2019), citizenships=["KGZ"])
    mother = kernel.new_person("Rahmatova Gulsara", birth=make.ADULT, citizenships=["KGZ"])
    worker = make.worker()
    case = make.referred(worker, mother, child, scheme="CHE-RETURN")
    file, people = make.file_of(case), files.travellers(actor(worker), case)
    given = {(line.purpose, line.per): line.ceiling for _name, line in files.entitled(file, people)}
    assert given == {
        ("pocket", "adult"): Decimal(1000), ("pocket", "child"): Decimal(500),
        ("business", "case"): Decimal(3000),
    }  # fmt: skip


def test_what_is_not_feasible_is_not_chosen():
    worker = make.worker()
    case = make.arrived(worker)
    weighed = Weighed("business", "A stall", Verdict.NOT_FEASIBLE)
    option = planning.weigh(actor(worker), case, weighed=weighed)
    with pytest.raises(RuleBroken, match="not to be feasible"):
        planning.choose(actor(worker), case, option=option)
    better = planning.weigh(actor(worker), case, weighed=Weighed("business", "Sheep", "feasible"))
    planning.choose(actor(worker), case, option=better)
    case.refresh_from_db()
    assert case.status == "reintegrating"


def test_a_second_return_of_the_same_person_is_shown_as_a_question():
    worker = make.worker()
    one, other = make.referred(worker), make.referred(worker, scheme="BEL-REINT")
    assert files.other_claims(actor(worker), other) == []
    pair = sorted(case.members.get().person_id for case in (one, other))
    with writing("cases"):
        PersonJudgement.objects.create(
            one_id=pair[0], other_id=pair[1], judgement=Judgement.SAME, reason="same papers",
            judged_at=timezone.now(), judged_by=worker,
        )  # fmt: skip
    assert [file.case for file in files.other_claims(actor(worker), other)] == [one]


def test_a_claim_of_an_office_out_of_sight_is_not_shown():
    bishkek, osh = make.worker("7101"), make.worker("7102", at=kernel.OSH)
    mine = make.referred(bishkek)
    theirs = make.referred(osh, at=kernel.OSH)
    with writing("cases"):
        theirs.members.create(
            person=mine.members.get().person, role="other", joined_on=theirs.opened_on
        )
    assert files.other_claims(actor(bishkek), mine) == []
    assert files.other_claims(actor(make.worker("7103", at=None)), mine) != []


def test_everybody_who_arrived_is_counted_once_in_the_year_of_the_arrival():
    worker = make.worker()
    child = kernel.new_person(
        "Rahmatova Sitora", birth=PartialDate(2019), sex="F", citizenships=["KGZ"]
    )
    mother = kernel.new_person("Rahmatova Gulsara", birth=make.ADULT, sex="F", citizenships=["KGZ"])
    make.arrived(worker, mother, child, lands=timezone.now() - timedelta(days=3))
    make.declared(worker)
    year = report.years(actor(worker))[0]
    counted = report.arrivals(actor(worker), year)
    assert counted.total == 2
    assert counted.by_sending == [("TUR", 2)]
    assert sum(women for _band, women, _men, _other in counted.by_band) == 2
    assert report.arrivals(actor(make.worker("7102", at=kernel.OSH)), year).total == 0
