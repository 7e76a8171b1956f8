"""Is an address registered, and is late counted by the rule that is configured?"""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from safar.control.stays.actions import registering
from safar.control.stays.actions.registering import Address
from safar.control.stays.queries import desk
from safar.control.stays.rules import Term, days_late, due
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from tests.makers import border
from tests.makers import stays as make
from tests.makers.accounts import actor, audited
from tests.makers.stays import unguarded

CAME = date(2026, 11, 20)  # a Friday


def test_working_days_skip_the_weekend_and_the_day_of_coming():
    assert due(CAME, Term(5, working=True)) == date(2026, 11, 27)
    assert due(CAME, Term(5, working=False)) == date(2026, 11, 25)
    assert days_late(CAME, date(2026, 11, 27), Term(5, working=True)) == 0
    assert days_late(CAME, date(2026, 11, 30), Term(5, working=True)) == 3


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(1, 366), st.booleans())
def test_the_last_day_is_later_and_never_on_a_weekend_in_working_days(came, days, working):
    last = due(came, Term(days, working))
    assert (last - came).days >= days
    assert not working or last.weekday() < 5


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_term_without_sense_is_refused(days):
    with pytest.raises(ValueError, match="term"):
        due(CAME, Term(days, working=True))


def lives(**changes) -> Address:
    given = {
        "address": "Chuy Avenue 1, 12",
        "region": "Bishkek",
        "from_day": make.day(20),
        "until": make.day(-5),
        "host_kind": "host",
        "host": "Asanov Azamat",
        **changes,
    }
    return Address(**given)


@pytest.mark.django_db
@pytest.mark.slow
class TestRegistering:
    def test_late_is_said_with_the_days(self):
        entry = make.entered(20, 60)
        rule = make.standing_rule()
        made = registering.register(actor(make.zarina()), entry, lives=lives())
        assert made.rule == rule
        assert made.days_late == days_late(make.day(20), make.day(0), rule.term) > 0
        in_time = registering.register(
            actor(make.zarina()), entry, lives=lives(from_day=make.day(1))
        )
        assert in_time.days_late == 0

    def test_the_rule_that_is_configured_counts_from_its_day_on(self):
        entry = make.entered(20, 60)
        rule = make.rule(Term(30, working=False, act="Order 1 of the authority"), make.day(0))
        now = registering.register(actor(make.zarina()), entry, lives=lives(from_day=make.day(0)))
        assert (now.rule, now.due_on) == (rule, make.day(0) + timedelta(days=30))
        before = registering.register(actor(make.zarina()), entry, lives=lives())
        assert (before.rule, before.due_on, before.days_late) == (None, None, None)

    def test_where_no_rule_was_agreed_on_nobody_is_late(self):
        late = registering.register(actor(make.zarina()), make.entered(20, 60), lives=lives())
        assert (late.rule, late.due_on, late.days_late) == (None, None, None)
        assert desk.registrations(actor(make.zarina()), late=True) == []
        make.standing_rule()  # the negative control
        registering.register(actor(make.zarina()), make.entered(20, 60), lives=lives())
        assert len(desk.registrations(actor(make.zarina()), late=True)) == 1

    @pytest.mark.parametrize("change", ["days_late = 3", "due_on = '2026-01-01'"])
    def test_the_database_calls_nobody_late_by_no_rule(self, change):
        registering.register(actor(make.zarina()), make.entered(20, 60), lives=lives())
        with (
            unguarded("stays_registration"),
            pytest.raises(IntegrityError, match="late_by_a_rule"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE stays_registration SET {change}")

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"from_day": make.day(21)}, "from_day"),
            ({"from_day": make.day(-1)}, "from_day"),
            ({"until": make.day(21)}, "until"),
            ({"host": " "}, "host"),
            ({"address": " "}, "address"),
        ],
    )
    def test_what_cannot_be_registered(self, changes, field):
        entry = make.entered(20, 60)
        with pytest.raises(RuleBroken) as refused:
            registering.register(actor(make.zarina()), entry, lives=lives(**changes))
        assert refused.value.field == field

    def test_a_citizen_is_not_registered(self):
        entry = make.entered(20, 60, shown=border.document(issuer="KGZ"))
        with pytest.raises(RuleBroken):
            registering.register(actor(make.zarina()), entry, lives=lives())

    def test_a_registration_is_never_changed(self):
        made = registering.register(actor(make.zarina()), make.entered(20, 60), lives=lives())
        with (
            pytest.raises(Exception, match="append"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("UPDATE stays_registration SET days_late = 0 WHERE id = %s", [made.pk])


@pytest.mark.django_db
@pytest.mark.slow
class TestMistakes:
    def late(self):
        make.standing_rule()
        made = registering.register(actor(make.zarina()), make.entered(20, 60), lives=lives())
        assert made.days_late
        return made

    def struck(self, made, by=None):
        return registering.strike_registration(
            actor(by or make.nurgul()), made, reason="Another traveller's address"
        )

    def test_what_another_person_strikes_out_counts_for_nothing_and_stays_readable(self):
        made = self.late()
        head = actor(make.nurgul())
        assert desk.registrations(head, late=True) == [made]
        self.struck(made)
        assert desk.registrations(head, late=True) == []
        assert desk.registrations_of(head, made.crossing_id) == []
        [shown] = desk.registrations(head)
        assert (shown, shown.mistake.struck_by_name) == (made, head.name)
        assert audited("stays.strike_registration")

    def test_neither_who_registered_it_nor_an_officer_strikes_it_out(self):
        made = registering.register(actor(make.nurgul()), make.entered(20, 60), lives=lives())
        with pytest.raises(NotAllowed, match="Another person"):
            self.struck(made)
        with pytest.raises(NotAllowed):
            self.struck(made, by=make.zarina())

    def test_once_and_not_without_a_word(self):
        made = self.late()
        with pytest.raises(RuleBroken):
            registering.strike_registration(actor(make.nurgul()), made, reason="  ")
        self.struck(made)
        with pytest.raises(InvalidMove):
            self.struck(made)

    def test_a_mistake_is_not_taken_back_in_plain_sql(self):
        self.struck(self.late())
        for sql in (
            "DELETE FROM stays_registrationmistake",
            "UPDATE stays_registrationmistake SET reason = 'x'",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)
