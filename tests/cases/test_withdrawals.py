"""A withdrawal reaches what is drafted, what was sent, and who got it."""

import pytest
from django.db import IntegrityError, connection, transaction

from safar.assistance.cases.actions import consents, disclosing
from safar.assistance.cases.choices.sharing import SharingPurpose
from safar.assistance.cases.models import (
    Consent,
    Referral,
    WithdrawalNotice,
)
from safar.core.errors import InvalidMove, RuleBroken
from tests.makers import cases as make
from tests.makers import sharing as share
from tests.makers.accounts import actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NAME = {"identity.name": "Rahmatov Ikrom"}


@pytest.fixture
def worker(db):
    return make.caseworker()


@pytest.fixture
def clinic(db):
    return share.partner()


def disclose(by, on, to, content=NAME, purpose=SharingPurpose.SERVICE, about=None):
    return disclosing.disclose(
        actor(by), on, about=about or on.person, recipient=to, purpose=purpose, content=content,
        channel="email",
    )  # fmt: skip


def test_a_withdrawal_reaches_every_open_referral_and_every_recipient(worker, clinic):
    ngo = share.partner("Shelter")
    given = share.consent(worker, make.case(worker), clinic, ngo)
    sent = share.send(worker, share.draft(worker, given, clinic))
    drafted = share.draft(worker, given, ngo)
    finished = share.send(worker, share.draft(worker, given, ngo))
    share.answer(worker, finished, "decline", "No beds")
    share.withdraw(worker, given, "She moved")
    now = dict(Referral.objects.values_list("pk", "status"))
    assert now == {sent.pk: "withdrawn", drafted.pk: "withdrawn", finished.pk: "declined"}
    notices = WithdrawalNotice.objects.filter(consent=given, status="due")
    assert {notice.recipient for notice in notices} == {clinic, ngo}
    assert [move.after for move in sent.moves.all()] == ["sent", "withdrawn"]


def test_who_got_nothing_is_told_nothing(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    share.draft(worker, given, clinic)
    share.withdraw(worker, given)
    assert not WithdrawalNotice.objects.exists()


def test_a_withdrawal_reaches_what_is_drafted_while_it_waits_for_the_consent(
    worker, clinic, monkeypatch
):
    given = share.consent(worker, make.case(worker), clinic)
    early, late = share.draft(worker, given, clinic), list[Referral]()
    wait = Consent.objects.select_for_update

    def drafted_meanwhile(**how):
        monkeypatch.undo()
        late.append(share.draft(worker, given, clinic))
        return wait(**how)

    monkeypatch.setattr(Consent.objects, "select_for_update", drafted_meanwhile)
    share.withdraw(worker, given)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    found = Referral.objects.values_list("pk", "status")
    assert set(found) == {(early.pk, "withdrawn"), (late[0].pk, "withdrawn")}


def test_a_withdrawal_in_raw_sql_that_reaches_nobody_is_refused(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    disclose(worker, given, clinic)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="must reach every"), transaction.atomic():
            cursor.execute(
                "UPDATE cases_consent SET withdrawn_at = now(), withdrawn_by_id = %s WHERE id = %s",
                [worker.pk, given.pk],
            )


def test_a_notice_is_sent_and_then_acknowledged_by_somebody(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    disclose(worker, given, clinic)
    share.withdraw(worker, given)
    notice = given.notices.get()
    with pytest.raises(InvalidMove):
        consents.acknowledge_notice(actor(worker), notice, told_by="Dr Osmonova")
    consents.send_notice(actor(worker), notice, channel="phone")
    with pytest.raises(RuleBroken, match="who confirmed"):
        consents.acknowledge_notice(actor(worker), notice, told_by=" ")
    done = consents.acknowledge_notice(actor(worker), notice, told_by="Dr Osmonova")
    assert done.status == "acknowledged"


def test_a_consent_is_withdrawn_once(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    share.withdraw(worker, given)
    with pytest.raises(InvalidMove):
        share.withdraw(worker, given)
