"""Whatever the order of consenting, withdrawing, running out and sending: nothing leaves without
a live consent that names the recipient, the purpose and the kinds of data, and an agreement."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from safar.assistance.cases import consenting
from safar.assistance.cases.actions import disclosing, partnering
from safar.assistance.cases.models import Consent, Disclosure, Referral, WithdrawalNotice
from safar.assistance.cases.workflow import ANSWERS, OPEN
from safar.core.errors import DomainError
from safar.core.record import writing
from tests.makers import cases as make
from tests.makers import sharing as share
from tests.makers.accounts import actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DAY = timedelta(days=1)
PURPOSES = ("service", "legal")
KINDS = ("identity", "contact", "needs")
WORDS = {"identity.name": "Rahmatov", "contact.phone": "+996 555 000 001", "needs.words": "A chair"}
FIELDS = {code.partition(".")[0]: code for code in WORDS}
some_kinds = st.lists(st.sampled_from(KINDS), unique=True, min_size=1)
which = st.integers(0, 9)
partner_no = st.integers(0, 2)


class Sharing(RuleBasedStateMachine):
    """One case, three partners, and workers who do things in any order."""

    def __init__(self):
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.prepare()
        self.worker = make.caseworker()
        self.keeper = actor(share.officer())
        self.case = make.case(self.worker)
        self.partners = [share.partner(f"Partner {n}", bound=n != 2) for n in range(3)]
        self.bound = {0, 1}
        self.given = []  # [consent, partners, kinds, purpose, is in its days, is withdrawn]
        self.drafts = []
        self.left = 0

    def prepare(self):
        """What a negative control takes away."""

    def teardown(self):
        transaction.set_rollback(True)
        self.stack.close()

    @rule(
        to=st.lists(partner_no, unique=True, min_size=1),
        kinds=some_kinds,
        purpose=st.sampled_from(PURPOSES),
        until=st.sampled_from([-30, -2, 0, 30]),
    )
    def consent(self, to, kinds, purpose, until):
        days = {
            "obtained_on": share.today() - (0 if until >= 0 else 60) * DAY,
            "expires_on": share.today() + until * DAY,
        }
        partners = [self.partners[n] for n in to]
        made = share.consent(
            self.worker, self.case, *partners, kinds=kinds, purpose=purpose, **days
        )
        self.given.append([made, set(to), set(kinds), purpose, until >= 0, False])

    @precondition(lambda self: self.given)
    @rule(n=which)
    def withdraw(self, n):
        one = self.given[n % len(self.given)]
        try:
            share.withdraw(self.worker, one[0])
        except DomainError:
            assert one[5]
        one[5] = True

    @precondition(lambda self: self.given)
    @rule(n=which)
    def time_passes_and_it_runs_out(self, n):
        one = self.given[n % len(self.given)]
        with connection.cursor() as cursor, writing("cases"):
            self.check_deferred()  # a table with triggers still to fire is not altered
            cursor.execute("ALTER TABLE cases_consent DISABLE TRIGGER cases_consent_terms")
            Consent.objects.filter(pk=one[0].pk).update(
                obtained_on=share.today() - 90 * DAY, expires_on=share.today() - 3 * DAY
            )
            self.check_deferred()
            cursor.execute("ALTER TABLE cases_consent ENABLE TRIGGER cases_consent_terms")
        one[4] = False

    @rule(n=partner_no)
    def agree(self, n):
        share.agreement(self.partners[n], since=share.today())
        self.bound.add(n)

    @rule(n=partner_no)
    def end_agreements(self, n):
        for one in self.partners[n].agreements.filter(in_force_until=None):
            last = max(one.in_force_from, share.today() - 5 * DAY)
            if last < share.today():
                partnering.end_agreement(self.keeper, one, on=last)
            else:  # of today: its last day is today, and it is still in force
                continue
        if not self.partners[n].agreements.filter(in_force_until=None).exists():
            self.bound.discard(n)

    def allowed(self, one, to, purpose, kinds):
        """The rule once more, in the words of this test."""
        _consent, partners, may_know, agreed, in_days, withdrawn = one
        return (
            in_days and not withdrawn and to in partners and to in self.bound
            and purpose == agreed and set(kinds) <= may_know
        )  # fmt: skip

    @precondition(lambda self: self.given)
    @rule(n=which, to=partner_no, purpose=st.sampled_from(PURPOSES), kinds=some_kinds)
    def disclose(self, n, to, purpose, kinds):
        one = self.given[n % len(self.given)]
        content = {FIELDS[kind]: WORDS[FIELDS[kind]] for kind in kinds}
        try:
            disclosing.disclose(
                actor(self.worker), Consent.objects.get(pk=one[0].pk), about=one[0].person,
                recipient=self.partners[to], purpose=purpose, content=content, channel="email",
            )  # fmt: skip
        except (DomainError, IntegrityError):
            assert not self.allowed(one, to, purpose, kinds)
        else:
            assert self.allowed(one, to, purpose, kinds)
            self.left += 1

    @precondition(lambda self: self.given)
    @rule(n=which, to=partner_no, purpose=st.sampled_from(PURPOSES), kinds=some_kinds)
    def disclose_behind_every_policy(self, n, to, purpose, kinds):
        one = self.given[n % len(self.given)]
        if one[5]:
            self.check_deferred()
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO cases_disclosure (id, case_id, compartment, consent_id,"
                    " recipient_id, purpose, fields, snapshot, snapshot_sha256, channel, sent_at,"
                    " sent_by_id) VALUES (gen_random_uuid(), %s, '', %s, %s, %s, %s, '',"
                    " repeat('0', 64), 'email', now(), %s)",
                    [self.case.pk, one[0].pk, self.partners[to].pk, purpose,
                     [FIELDS[kind] for kind in kinds], self.worker.pk],
                )  # fmt: skip
        except IntegrityError:
            assert not self.allowed(one, to, purpose, kinds)
        else:
            assert self.allowed(one, to, purpose, kinds)
            self.left += 1

    @precondition(lambda self: self.given)
    @rule(n=which, to=partner_no)
    def draft(self, n, to):
        one = self.given[n % len(self.given)]
        try:
            consent = Consent.objects.get(pk=one[0].pk)
            made = share.draft(self.worker, consent, self.partners[to], shares=["identity.name"])
        except DomainError:
            assert not one[4] or one[5] or to not in one[1]
        else:
            self.drafts.append((made, one, to))

    @precondition(lambda self: self.drafts)
    @rule(n=which)
    def send(self, n):
        made, one, to = self.drafts[n % len(self.drafts)]
        fresh = Referral.objects.get(pk=made.pk)
        may = fresh.status == "draft" and self.allowed(one, to, one[3], ["identity"])
        try:
            share.send(self.worker, fresh)
        except (DomainError, IntegrityError):
            assert not may
        else:
            assert may
            self.left += 1

    @precondition(lambda self: self.drafts)
    @rule(n=which, move=st.sampled_from(ANSWERS))
    def answer(self, n, move):
        made, one, _to = self.drafts[n % len(self.drafts)]
        try:
            share.answer(self.worker, Referral.objects.get(pk=made.pk), move, "In their words")
        except DomainError:
            return
        assert not one[5], "a referral went on after its consent was withdrawn"

    @invariant()
    def nothing_left_but_what_was_allowed(self):
        assert Disclosure.objects.count() == self.left

    @invariant()
    def a_withdrawal_reached_all(self):
        withdrawn = [one[0].pk for one in self.given if one[5]]
        of_them = Referral.objects.filter(consent__in=withdrawn)
        assert not of_them.filter(status__in=OPEN).exists()
        got = set(
            Disclosure.objects.filter(consent__in=withdrawn).values_list("consent", "recipient")
        )
        told = set(WithdrawalNotice.objects.values_list("consent", "recipient"))
        assert got == told

    def check_deferred(self):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


ENOUGH = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def test_nothing_is_ever_sent_without_a_live_consent(db):
    run_state_machine_as_test(Sharing, settings=ENOUGH)


def test_with_the_policy_gone_the_database_alone_holds(db, monkeypatch):
    monkeypatch.setattr(consenting, "why_not_sent", lambda *_all: None)
    run_state_machine_as_test(Sharing, settings=ENOUGH)


def test_with_both_gone_the_hole_is_found(db, monkeypatch):
    class Holed(Sharing):
        def prepare(self):
            with connection.cursor() as cursor:
                cursor.execute("DROP TRIGGER cases_disclosure_allowed ON cases_disclosure")

    monkeypatch.setattr(consenting, "why_not_sent", lambda *_all: None)
    once = settings(ENOUGH, max_examples=100, phases=[Phase.generate], database=None)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Holed, settings=once)
