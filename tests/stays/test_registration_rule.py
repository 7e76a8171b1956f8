"""The rule of registration is agreed on by two people, and says who is free of it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from safar.control.stays.actions import registering, ruling
from safar.control.stays.models import RegistrationRule
from safar.control.stays.queries.desk import rule_on
from safar.control.stays.rules import Term
from safar.core.errors import NotAllowed, RuleBroken
from tests.makers import border, visas
from tests.makers import stays as make
from tests.makers.accounts import actor, sign_in, sign_in_with_app
from tests.stays.test_registrations import lives

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TERM = Term(10, working=True, act="Order 12")


def proposed(term=TERM, *, by=None, from_day=None) -> RegistrationRule:
    return ruling.propose_registration_rule(
        actor(by or make.zarina()), None, term=term, from_day=from_day or make.day(0)
    )


def raw(statement: str, *args) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, args)


def test_what_is_proposed_does_not_hold():
    rule = proposed()
    assert rule_on(make.day(0)) is None
    ruling.approve_registration_rule(actor(make.nurgul()), rule)
    assert rule_on(make.day(0)) == rule


def test_whoever_proposed_does_not_agree():
    rule = proposed(by=make.nurgul())
    with pytest.raises(NotAllowed, match="somebody else"):
        ruling.approve_registration_rule(actor(make.nurgul()), rule)
    assert rule_on(make.day(0)) is None


def test_an_officer_does_not_agree():
    with pytest.raises(NotAllowed):
        ruling.approve_registration_rule(actor(make.timur()), proposed())


def test_safar_itself_proposes_nothing():
    with pytest.raises(NotAllowed):
        ruling.propose_registration_rule(make.SAFAR, None, term=TERM, from_day=make.day(0))


def test_what_was_declined_never_holds():
    rule = proposed()
    ruling.decline_registration_rule(actor(make.nurgul()), rule)
    assert rule_on(make.day(0)) is None
    with pytest.raises(NotAllowed, match="decided already"):
        ruling.approve_registration_rule(actor(make.nurgul()), rule)


def test_the_database_asks_for_two_people():
    rule = proposed()
    with pytest.raises(IntegrityError, match="registration_rule_two_people"):
        raw(
            "UPDATE stays_registrationrule SET approved_at = now(), approved_by_id = proposed_by_id,"
            " approved_by_name = 'x' WHERE id = %s",
            rule.pk,
        )
    raw(  # the negative control: another may
        "UPDATE stays_registrationrule SET approved_at = now(), approved_by_id = %s,"
        " approved_by_name = 'x' WHERE id = %s",
        make.nurgul().pk,
        rule.pk,
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stays_registrationrule SET days = 300",
        "UPDATE stays_registrationrule SET free = '{KAZ}'",
        "UPDATE stays_registrationrule SET from_day = from_day - 30",
        "DELETE FROM stays_registrationrule",
        "TRUNCATE stays_registrationrule CASCADE",
    ],
)
def test_the_database_changes_no_word_of_it(statement):
    proposed()
    with pytest.raises(DatabaseError):
        raw(statement)


def test_the_database_decides_once():
    make.rule(TERM, make.day(0))
    with pytest.raises(DatabaseError, match="decided once"):
        raw("UPDATE stays_registrationrule SET approved_at = NULL, approved_by_id = NULL")


def test_every_rule_stays_in_the_history():
    first = make.rule(TERM, make.day(0))
    second = make.rule(Term(20, working=False, act="Order 13"), make.day(-5))
    assert rule_on(make.day(0)) == first
    assert rule_on(make.day(-5)) == second
    assert RegistrationRule.objects.count() == 2


def test_one_that_waited_beyond_its_day_is_not_agreed_to_any_more():
    rule = proposed()
    with border.clock(border.days_ago(-2)), pytest.raises(RuleBroken, match="over"):
        ruling.approve_registration_rule(actor(make.nurgul()), rule)
    ruling.approve_registration_rule(actor(make.nurgul()), rule)  # the negative control


@pytest.mark.parametrize(
    ("term", "field"),
    [
        (Term(10, True), "act"),
        (Term(0, True, "x"), "days"),
        (Term(367, True, "x"), "days"),
        (Term(10, True, "x", ("KGZ",)), "free"),
        (Term(10, True, "x", ("QQQ",)), "free"),
    ],
)
def test_what_cannot_be_a_rule(term, field):
    visas.country("KGZ", "Kyrgyzstan")
    with pytest.raises(RuleBroken) as refused:
        proposed(term)
    assert refused.value.field == field


def test_who_is_free_of_it_is_never_late():
    border.post(border.MANAS)
    visas.country("IND", "India")
    visas.country("UTO", "Utopia")
    make.rule(Term(1, working=False, act="Order 12", free=("IND",)), make.day(0))
    free = make.entered(20, 60)
    late = make.entered(20, 60, shown=border.document(issuer="UTO"))
    with border.clock(border.days_ago(-10)):
        today = {"from_day": make.day(0) - timedelta(days=9), "until": make.day(0)}
        ones = [
            registering.register(actor(make.zarina()), entry, lives=lives(**today))
            for entry in (free, late)
        ]
    assert [bool(one.days_late) for one in ones] == [False, True]


def test_two_people_in_the_browser():
    officer, head = Client(), Client()
    sign_in(officer, make.zarina())
    sign_in_with_app(head, make.nurgul())
    typed = {"days": "10", "working": "on", "act": "Order 12", "from_day": make.day(0).isoformat()}
    answer = officer.post(reverse("stays:registration_rule_propose"), typed)
    assert answer.status_code == 302
    rule = RegistrationRule.objects.get()
    address = reverse("stays:registration_rule_approve", args=[rule.pk])
    assert officer.post(address).status_code == 403
    assert "Zhumabaeva" in head.get(reverse("stays:registrations")).content.decode()
    page = head.get(reverse("stays:registration_rule", args=[rule.pk])).content.decode()
    assert "Agree to it" in page
    assert head.post(address).status_code == 302
    assert rule_on(make.day(0)) == rule
    page = officer.get(reverse("stays:registrations")).content.decode()
    assert "Order 12" in page
    assert "waits for a second person" not in page


def test_a_rule_is_not_read_by_who_does_not_work_on_stays():
    from tests import cast

    rule, client = proposed(), Client()
    sign_in(client, cast.aida())
    assert client.get(reverse("stays:registration_rule", args=[rule.pk])).status_code == 403
