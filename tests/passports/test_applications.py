"""Applications: what each needs, two people for every decision, whose eyes see it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from safar.control.passports import actions, queries
from safar.control.passports.actions import Asked, Money, Terms
from safar.control.passports.models import Application, PaperTerms
from safar.core.errors import InvalidMove, NotAllowed, NotFound, RuleBroken
from safar.core.record import writing
from tests.makers import accounts
from tests.makers import passports as make
from tests.makers.visas import picture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def raw(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_first_passport_goes_from_the_counter_to_the_approval():
    application = make.approved()
    assert application.status == "approved"
    assert application.holder is not None
    moves = [one.move for one in application.moves.order_by("at", "pk")]
    assert moves == ["submit", "check", "approve"]


def test_nothing_is_sent_while_an_answer_or_a_paper_is_missing():
    application = make.draft()
    assert queries.missing(application) == ["paper.photo", "paper.identity"]
    with pytest.raises(RuleBroken, match="Still missing"):
        actions.submit(make.clerk(), application)
    assert (
        actions.submit(make.clerk(), make.filled(person=make.who(surname="SAID"))).fee_due == 1800
    )


@pytest.mark.parametrize(
    ("reason", "paper"),
    [("lost", "loss"), ("stolen", "loss"), ("expired", "earlier"), ("changed_name", "name_change")],
)
def test_every_reason_asks_for_its_own_papers(reason, paper):
    application = make.draft(asked=Asked(reason))
    assert paper in queries.wanted_papers(application)
    assert "earlier_number" in queries.missing(application)
    first = make.draft(person=make.who(surname="FIRST"))
    assert paper not in queries.wanted_papers(first)


def test_who_checked_it_does_not_approve_it():
    clerk = make.clerk()
    application = actions.check(make.approver(), make.looked(clerk))
    with pytest.raises(NotAllowed, match="You checked"):
        actions.approve(make.approver(), application, reason="Fine")
    assert actions.approve(make.approver("Nurbek"), application, reason="Fine").status == "approved"


def test_who_typed_it_does_not_approve_it():
    officer = make.approver()
    application = actions.check(make.clerk(), make.looked(officer))
    with pytest.raises(NotAllowed, match="You typed"):
        actions.approve(officer, application, reason="Fine")
    with pytest.raises(NotAllowed, match="You typed"):
        actions.refuse(officer, application, grounds=["identity"], reason="Not shown")


def test_who_wrote_a_consent_down_does_not_approve_it():
    application = make.looked(person=child())
    application.consents.get(relation="father")
    with writing("passports"):
        application.consents.update(added_by_id=make.approver().user_id)
    checked = actions.check(make.clerk(), make.again(application))
    with pytest.raises(NotAllowed, match="You typed"):
        actions.approve(make.approver(), checked, reason="Fine")


@pytest.mark.parametrize("column", ["checked_by_id", "entered_by_id"])
def test_the_database_refuses_checker_and_typist_as_approver_too(column):
    done = make.approved()
    other = make.officer("Nurbek", "passport_officer")
    with make.years_ago():  # the constraints hold on
        raw("UPDATE passports_application SET decided_by_id = %s WHERE id = %s", other.pk, done.pk)
        with pytest.raises(IntegrityError):
            raw(f"UPDATE passports_application SET decided_by_id = {column} WHERE id = %s", done.pk)


def test_the_database_refuses_an_approval_that_nobody_checked_or_decided():
    application = make.looked()
    with pytest.raises(IntegrityError):
        raw("UPDATE passports_application SET status = 'approved' WHERE id = %s", application.pk)


@pytest.mark.parametrize("table", ["applicationmove", "fee", "identitycheck", "listscreening"])
def test_what_happened_is_never_changed_by_raw_sql(table):
    make.looked()
    with pytest.raises(DatabaseError):
        raw(f"DELETE FROM passports_{table}")


def test_a_clerk_does_not_approve_and_no_machine_decides():
    application = make.checked()
    with pytest.raises(NotAllowed):
        actions.approve(make.clerk("Cholpon"), application, reason="Fine")
    with pytest.raises(NotAllowed):
        actions.approve(make.SAFAR, application, reason="Fine")


def test_an_approval_needs_a_reason_and_a_refusal_grounds_and_words():
    application = make.checked()
    with pytest.raises(RuleBroken):
        actions.approve(make.approver(), application, reason=" ")
    with pytest.raises(RuleBroken):
        actions.refuse(make.approver(), application, grounds=[], reason="Why")
    with pytest.raises(RuleBroken):
        actions.refuse(make.approver(), application, grounds=["identity"], reason="")
    done = actions.refuse(make.approver(), application, grounds=["identity"], reason="Not shown.")
    assert done.status == "refused"
    with pytest.raises(IntegrityError):
        raw("UPDATE passports_application SET grounds = '{}' WHERE id = %s", done.pk)


def test_another_offices_clerk_neither_sees_nor_touches_it():
    application = make.sent()
    make.office("BAT-P")
    stranger = make.clerk("Daria", at="BAT-P")
    assert list(queries.desk(stranger)) == []
    with pytest.raises(NotFound):
        queries.open_application(stranger, application.pk)
    with pytest.raises(NotAllowed):
        actions.check_identity(stranger, application)
    assert list(queries.desk(make.clerk())) == [application]
    assert list(queries.desk(make.head())) == [application]


def test_an_application_is_typed_where_she_works_and_passports_are_made():
    make.office("BAT-P")
    with pytest.raises(NotAllowed):
        actions.begin(make.clerk(), make.office("BAT-P"), kind="passport", who=make.WHO)
    from tests.makers import visas

    visas_only = visas.consulate("IST")
    with pytest.raises(NotAllowed, match="not applied for"):
        actions.begin(make.clerk(), visas_only, kind="passport", who=make.WHO)


def test_the_fee_is_that_of_the_day_and_paid_with_a_receipt_used_once():
    application = make.sent()
    actions.set_terms(make.head(), None, kind="passport", terms=Terms(10, 5, Decimal(5000)))
    assert make.again(application).fee_due == 1800
    assert "fee" in queries.still(application)
    for money in (Money("paid", Decimal(1800)), Money("paid", Decimal(9000), "R-1")):
        with pytest.raises(RuleBroken):
            actions.take_fee(make.clerk(), application, money=money)
    actions.take_fee(make.clerk(), application, money=Money("paid", Decimal(1800), "r-1"))
    assert "fee" not in queries.still(application)
    other = make.sent(person=make.who(surname="OTHER"))
    with pytest.raises(RuleBroken, match="recorded already"):
        actions.take_fee(make.clerk(), other, money=Money("paid", Decimal(5000), "R-1"))


def test_a_refugee_pays_no_more_than_a_citizen():
    make.office()
    with pytest.raises(RuleBroken, match="no more than a citizen"):
        actions.set_terms(make.head(), None, kind="refugee", terms=Terms(2, 2, Decimal(5000)))
    assert actions.load_terms(make.SAFAR, None) == 0
    assert PaperTerms.objects.get(kind="refugee").fee == 0


def test_more_is_asked_for_answered_and_withdrawn():
    application = make.checked()
    asked = actions.ask_more(make.clerk(), application, what="A sharper photo")
    assert (asked.status, asked.checked_by) == ("more_asked", None)
    fixed = actions.write_answers(make.clerk(), asked, answers=make.who(birth_place="Uzgen"))
    with pytest.raises(NotAllowed, match="Another officer types"):
        actions.write_answers(make.clerk("Cholpon"), fixed, answers=make.who())
    back = actions.answer(make.clerk(), fixed)
    assert "identity" in queries.still(back)  # she is looked for as she stands now
    done = actions.withdraw(make.clerk(), back, reason="By telephone")
    with pytest.raises(InvalidMove):
        actions.withdraw(make.clerk(), done, reason="Again")


def test_what_is_sent_is_not_changed_or_deleted():
    application = make.sent()
    with pytest.raises(NotAllowed):
        actions.write_answers(make.clerk(), application, answers=make.who(surname="OTHER"))
    with pytest.raises(NotAllowed):
        actions.discard_draft(make.clerk(), application)
    draft = make.draft(person=make.who(surname="DRAFT"))
    actions.discard_draft(make.clerk(), draft)
    assert not Application.objects.filter(pk=draft.pk).exists()


def test_a_paper_that_was_set_aside_counts_as_missing():
    application = make.looked()
    photo = application.attachments.get(kind="photo")
    actions.set_aside_paper(make.clerk(), photo, reason="Not her")
    assert "paper.photo" in queries.still(make.again(application))


def child(**changes: Any) -> Any:
    from safar.lib.partial_dates import PartialDate

    born = make.today() - timedelta(days=365 * 9)
    given = {"surname": "ASANOVA", "personal_number": "", "birth": PartialDate.of(born)}
    return make.who(**given | changes)


ACCOMPANIED = Asked("first", representative_name="ASANOVA GULNARA", representative_document="ID 1")


def test_a_child_needs_both_parents_or_a_guardian():
    application = make.draft(person=child(), asked=ACCOMPANIED)
    assert {"consents", "paper.birth"} <= {*queries.missing(application)}
    actions.add_consent(
        make.clerk(), application,
        relation="mother", name="ASANOVA GULNARA", document="ID 1", given_on=make.today(),
    )  # fmt: skip
    assert "paper.custody" in queries.missing(application)  # one parent alone
    actions.add_consent(
        make.clerk(), application,
        relation="father", name="ASANOV TIMUR", document="ID 2", given_on=make.today(),
    )  # fmt: skip
    left = queries.missing(application)
    assert "paper.custody" not in left
    assert "consents" not in left
    grown = make.draft(person=make.who(surname="GROWN"))
    assert "consents" not in queries.missing(grown)


def test_a_consent_of_tomorrow_or_given_twice_is_refused():
    application = make.draft(person=child(), asked=ACCOMPANIED)
    given = {"relation": "mother", "name": "A", "document": "1"}
    tomorrow = make.today() + timedelta(days=1)
    with pytest.raises(RuleBroken, match="still to come"):
        actions.add_consent(make.clerk(), application, given_on=tomorrow, **given)
    actions.add_consent(make.clerk(), application, given_on=make.today(), **given)
    with pytest.raises(RuleBroken, match="already"):
        actions.add_consent(make.clerk(), application, given_on=make.today(), **given)


def test_a_childs_passport_is_valid_for_fewer_years():
    grown, young = make.draft(), make.draft(person=child(), asked=ACCOMPANIED)
    today = make.today()
    last, sooner = queries.runs_out_on(grown, today), queries.runs_out_on(young, today)
    assert last is not None
    assert sooner is not None
    assert last.year - today.year in (9, 10)
    assert sooner.year - today.year in (4, 5)


def test_an_adult_comes_herself_for_the_first_and_may_send_somebody_later():
    absent = Asked(
        "first", came_herself=False, representative_name="X", representative_document="1"
    )
    application = make.draft(asked=absent)
    assert [one.code for one in queries.problems(application)] == ["first.herself"]
    later = make.draft(
        person=make.who(surname="LATER"),
        asked=Asked(
            "expired", "KGZ", "AC123", came_herself=False,
            representative_name="X", representative_document="1",
        ),
    )  # fmt: skip
    assert queries.problems(later) == []
    assert "proxy" in queries.wanted_papers(later)


def test_a_personal_number_that_says_another_birth_is_remarked_and_stops_nobody():
    odd = make.draft(person=make.who(personal_number="10101198000111"))
    assert [one.code for one in queries.remarks(odd)] == ["personal.birth"]
    assert queries.problems(odd) == []
    assert queries.remarks(make.draft()) == []


def test_only_passport_roles_may_read_applications():
    from safar.accounts.roles import ROLES

    make.sent()
    for code, role in ROLES.items():
        reader = accounts.actor(accounts.user(f"r-{code}", code))
        if not code.startswith("passport_"):
            assert not reader.may("passports.read"), code
            assert not Application.objects.visible_to(reader).exists(), code
        assert ("passports.read" in role.permissions) == reader.may("passports.read")


def test_nobody_puts_another_face_into_what_was_checked_already():
    """Else one officer would choose the photo and approve it, and no second person saw it."""
    application = make.checked()
    sabyr = make.approver()
    with pytest.raises(NotAllowed):
        actions.add_paper(
            sabyr, application, kind="photo", name="other.jpg", content=picture(seed=99)
        )
    photo = queries.portrait(application)
    assert photo is not None
    with pytest.raises(InvalidMove):
        actions.set_aside_paper(sabyr, photo, reason="Another one")
    back = actions.send_back(sabyr, make.again(application), reason="A new photo")
    added = actions.add_paper(sabyr, back, kind="photo", name="other.jpg", content=picture(seed=99))
    assert added.kind == "photo"


@pytest.mark.parametrize("reason", ["first", "expired", "second"])
def test_a_second_one_is_issued_to_nobody_who_did_not_ask_for_one(reason):
    """Through the action too, without any form; with its proof it is asked for rightly."""
    asked = Asked(reason, second_reason="She travels a lot")
    if reason == "expired":
        asked = Asked(reason, "KGZ", "AC1234567", second_reason="She travels a lot")
    application = make.filled(asked=asked)
    if reason == "second":
        assert "need" in queries.paper_kinds(application)
        assert actions.submit(make.clerk(), application).status == "submitted"
        return
    with pytest.raises(RuleBroken, match="no second one is asked for") as refused:
        actions.submit(make.clerk(), application)
    assert refused.value.field == "second_reason"


def test_the_database_knows_no_second_one_that_was_not_asked_for():
    application = make.sent()
    with pytest.raises(IntegrityError, match="second_asked"):
        raw("UPDATE passports_application SET second_reason = 'x' WHERE id = %s", application.pk)
    raw(
        "UPDATE passports_application SET second_reason = 'x', reason = 'second' WHERE id = %s",
        application.pk,
    )


def test_a_reason_for_a_second_one_alone_does_not_let_two_be_issued():
    make.approved(seed=7)
    one_more = make.judged(make.checked(seed=8), "same")
    one_more.second_reason = "as an old row may say"
    assert queries.holds_one(one_more)
    one_more.reason = "second"
    assert not queries.holds_one(one_more)
