"""A travel loan is drafted by ages, signed by an adult, assigned, and never repaid twice over."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from safar.assistance.cases.amounts import written
from safar.assistance.movements.actions import loans
from safar.assistance.movements.loan_paper import content, promissory_note
from safar.assistance.movements.models import LoanRepayment, Step, TravelLoan
from safar.assistance.movements.queries import loan as queries
from safar.assistance.movements.rules.ages import age_on, youngest_on
from safar.assistance.movements.rules.loans import balance, may_repay, owed
from safar.core.errors import InvalidMove, NotFound, RuleBroken
from safar.core.record import writing
from safar.lib.partial_dates import PartialDate
from tests.cases.test_money_at_once import at_once, committed  # noqa: F401 - a fixture
from tests.makers import cases as kernel
from tests.makers.accounts import actor, audited, sign_in
from tests.makers.movements import loans as make

db = pytest.mark.django_db
slow = pytest.mark.slow
ADULT, CHILD = Decimal("1400.00"), Decimal("1050.50")
MONEY = st.decimals(Decimal("0.01"), Decimal(9999), places=2)


def family():
    return [
        kernel.new_person("Rahmatov Ikrom", birth=PartialDate(1984, 5, 17), languages=["ru"]),
        kernel.new_person("Rahmatova Zarina", birth=PartialDate(1986)),
        kernel.new_person("Rahmatov Said", birth=PartialDate(2013, 1)),
        kernel.new_person("Rahmatova Mina", birth=PartialDate(2021, 3, 2)),
    ]


@pytest.fixture
def worker(db):
    return make.worker()


@pytest.fixture
def case(worker):
    return make.movement(worker, *family())


def today():
    return timezone.localdate()


@given(st.lists(st.integers(0, 99), max_size=9), MONEY, MONEY)
def test_everybody_pays_one_fare_and_the_sum_is_that_of_the_fares(ages, adult, child):
    found = owed(ages, adult, child)
    assert found.adults + found.children == len(ages)
    assert found.amount == sum((adult if age >= 12 else child for age in ages), Decimal(0))


@given(MONEY, st.lists(MONEY, max_size=20))
def test_what_is_owed_is_never_below_nothing_and_repaid_exactly_at_nothing(amount, instalments):
    kept: list[Decimal] = []
    for one in instalments:
        left = balance(amount, kept)
        assert left >= 0
        if may_repay(left, one):
            kept.append(one)
        else:
            assert one > left
    left = balance(amount, kept)
    assert left >= 0
    assert (left == 0) == (sum(kept) == amount)
    assert not may_repay(left, left + Decimal("0.01"))


@given(
    st.integers(1930, 2026),
    st.integers(0, 12),
    st.integers(0, 28),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
)
def test_nobody_is_taken_for_older_than_her_papers_say(year, month, on, day):
    birth = PartialDate(year, month or None, on or None if month else None)
    if birth.latest() > day:
        return
    youngest, counted = youngest_on(birth, day), age_on(birth, day)
    assert youngest is not None
    assert counted is not None
    assert 0 <= youngest <= counted <= youngest + 1
    if birth.is_full:
        assert youngest == counted == birth.age_on(day)


@db
@slow
def test_the_note_is_drafted_by_the_ages_on_the_day(worker, case):
    note = make.drafted(worker, case)
    assert (note.adults, note.children) == (3, 1)
    assert note.amount == 3 * ADULT + CHILD
    assert note.number == f"{case.number}-L1"
    with pytest.raises(RuleBroken):
        make.drafted(worker, case)


@db
@slow
def test_a_birth_that_nobody_knows_and_a_scheme_without_loans_stop_the_draft(worker):
    with pytest.raises(RuleBroken, match="born"):
        make.drafted(worker, make.movement(worker, kernel.new_person("Rahmatov Ali", birth=None)))
    free = make.movement(worker, *family(), of=make.scheme(make.BY_STATE, loan=False))
    with pytest.raises(RuleBroken, match="on loan"):
        make.drafted(worker, free)


@db
@slow
def test_an_adult_of_the_family_signs_and_the_step_of_the_loan_is_done(worker, case):
    with writing():
        for member in case.members.all():
            Step.objects.create(case=case, member=member, kind="loan", number=1)
    note = make.drafted(worker, case)
    said = case.members.get(person__names__given_names="Said")
    stranger = make.movement(worker, *family()).members.all()[0]
    for signer in (said, stranger):
        with pytest.raises(RuleBroken):
            loans.sign_loan(actor(worker), note, signer=signer, on=today())
    applicant = case.members.get(role="applicant")
    with pytest.raises(RuleBroken):
        loans.sign_loan(actor(worker), note, signer=applicant, on=today() + timedelta(days=1))
    loans.sign_loan(actor(worker), note, signer=applicant, on=today())
    assert set(Step.objects.filter(case=case).values_list("status", "reference")) == {
        ("done", note.number)
    }
    loans.cancel_loan(actor(worker), note)
    assert set(Step.objects.filter(case=case).values_list("status", flat=True)) == {"to_do"}
    assert make.drafted(worker, case).number == f"{case.number}-L2"


@db
@slow
def test_a_note_stands_once_somebody_left_on_it(worker, case):
    note = make.signed(worker, case, today())
    make.left(case, today())
    with pytest.raises(RuleBroken, match="stands"):
        loans.cancel_loan(actor(worker), note)


def repay(worker, note, amount, receipt):
    return loans.record_repayment(
        actor(worker), note, amount=Decimal(amount), paid_on=today(), receipt=receipt
    )


@db
@slow
def test_it_is_repaid_to_the_last_cent_and_no_cent_more(worker, case):
    note = make.signed(worker, case, today())
    with pytest.raises(RuleBroken, match="assigned"):
        repay(worker, note, "10", "R-0")
    loans.assign_loan(actor(worker), note, to="IOM, loans", on=today())
    repay(worker, note, "5000", "R-1")
    with pytest.raises(RuleBroken, match=r"250\.50 are left"):
        repay(worker, note, "250.51", "R-2")
    with pytest.raises(RuleBroken, match="receipt"):
        repay(worker, note, "1", "R-1")
    repay(worker, note, "250.50", "R-2")
    standing = queries.loan_of(actor(worker), case)
    assert (standing.left, standing.loan.status) == (Decimal(0), "repaid")
    with pytest.raises(RuleBroken):
        repay(worker, note, "0.01", "R-3")
    with pytest.raises(InvalidMove):
        loans.cancel_loan(actor(worker), note)
    assert audited("movements.record_repayment")


@slow
def test_four_instalments_at_once_never_repay_more_than_is_owed(committed):  # noqa: F811
    worker = make.worker()
    case = make.movement(worker, *family())
    note = make.assigned(worker, case, today())
    refused = at_once([partial(repay, worker, note, "3000", f"R-{one}") for one in range(4)])
    assert refused == 3
    assert queries.loan_of(actor(worker), case).left == Decimal("2250.50")


@db
@slow
def test_the_database_keeps_one_note_that_stands_and_no_signed_one_without_a_signer(worker, case):
    note = make.drafted(worker, case)
    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        TravelLoan.objects.create(
            case=case, number="X-1", adults=1, children=0, amount=1, currency="USD"
        )
    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        TravelLoan.objects.filter(pk=note.pk).update(status="signed")


@db
@slow
def test_nobody_of_another_office_finds_the_loan(worker, case):
    make.drafted(worker, case)
    far = make.worker("7302", at=kernel.OSH)
    with kernel.as_in_pages(far):
        assert queries.standing_of(actor(far), case) is None
        with pytest.raises(NotFound):
            loans.draft_loan(actor(far), case)
        assert not TravelLoan.objects.exists()
        assert not LoanRepayment.objects.exists()
    with kernel.as_in_pages(worker):
        assert TravelLoan.objects.count() == 1


@db
@slow
def test_the_note_is_printed_in_the_familys_language(worker, case):
    note = make.drafted(worker, case)
    people = list(queries.travellers(case))
    for language in ("", "en", "ru", "ky"):
        assert promissory_note(note, people, language=language).startswith(b"%PDF")
    said = content(note, people)
    assert said["mark"] == "to be signed"
    assert written(Decimal("5250.50"), "USD") in " ".join(words for _label, words in said["rows"])
    assert "Rahmatova Mina (2021-03-02)" in " ".join(words for _label, words in said["rows"])
    loans.sign_loan(actor(worker), note, signer=people[0], on=today())
    note = queries.loan_of(actor(worker), case).loan
    assert content(note, people)["mark"] == ""
    assert "Rahmatov Ikrom" in content(note, people)["signed"]


@db
@slow
def test_page_by_page_from_the_draft_to_the_last_instalment(worker, case):
    browser = Client()
    sign_in(browser, worker)

    def at(name, **typed):
        where = reverse(f"movements:{name}", args=[case.pk])
        answer = browser.post(where, typed) if name != "loan" else browser.get(where)
        assert answer.status_code == (302 if name != "loan" else 200), answer.content.decode()
        return answer.content.decode()

    assert "There is no promissory note yet" in at("loan")
    at("loan_draft")
    applicant = case.members.get(role="applicant")
    day = f"{today():%d.%m.%Y}"
    at("loan_sign", signer=str(applicant.pk), on=day)
    at("loan_assign", to="IOM, loans", on=day)
    at("loan_repayment", amount="250.50", paid_on=day, receipt="R-1")
    assert written(Decimal(5000), "USD") in at("loan")
    pdf = browser.get(reverse("movements:loan_note", args=[case.pk]))
    assert pdf.content.startswith(b"%PDF")
    assert audited("movements.open_loan", "opened")
    at("loan_repayment", amount="5000", paid_on=day, receipt="R-2")
    assert "Repaid" in at("loan")
    assert browser.get(reverse("movements:loan", args=[uuid4()])).status_code == 404
