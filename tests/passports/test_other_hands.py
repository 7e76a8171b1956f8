"""Who typed or decided does not make, read back or hand over; nothing checked is changed behind it."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from safar.control.passports import actions
from safar.control.passports.actions import cancelling, delivering, making, quality
from safar.control.passports.actions.delivering import Handing
from safar.control.passports.choices.making import CancelGround, Receiver
from safar.control.passports.models import Delivery, Passport, PersonalisationJob, QualityCheck
from safar.core.errors import NotAllowed, RuleBroken
from safar.core.permissions import Actor
from tests.makers import accounts
from tests.makers import passports as make
from tests.makers import passports_made as papers

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _keys():
    papers.fresh_keys()
    yield
    papers.forget_keys()


def also(who: Actor, role: str) -> Actor:
    """The same person with a second role."""
    extra = accounts.actor(make.officer(f"{role} for a day", role))
    return Actor(
        who.user_id, who.name, agency_id=who.agency_id, roles=who.roles | {role},
        permissions=who.permissions | extra.permissions, post_codes=who.post_codes,
        nationwide=who.nationwide, language=who.language,
    )  # fmt: skip


def raw(sql: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@transaction.atomic
def handed(document: Passport, receiver: str, by: Actor) -> None:
    """As statements of somebody who goes round every action."""
    raw("UPDATE passports_passport SET status = 'delivered' WHERE id = %s", document.pk)
    raw(
        "INSERT INTO passports_delivery (id, passport_id, receiver, receiver_name, authority,"
        " document_shown, old_number, signed_on_paper, delivered_at, delivered_by_id,"
        " delivered_by_name) VALUES (gen_random_uuid(), %s, %s, 'A', '', 'B', '', true, now(), %s,"
        " 'X')", document.pk, receiver, by.user_id,
    )  # fmt: skip


def a_sheet(job: PersonalisationJob) -> dict[str, Any]:
    document = papers.again(job.passport)
    return {"zone": document.zone, "files": document.chip.files, "looked": True}


@pytest.mark.parametrize("who", [make.clerk, make.approver])
def test_who_typed_or_approved_neither_makes_it_nor_reads_it_back(who):
    papers.stocked()
    application = make.approved()
    with pytest.raises(NotAllowed, match="typed or decided"):
        making.take_job(also(who(), "passport_operator"), application)
    job = making.report_printed(papers.operator(), making.take_job(papers.operator(), application))
    with pytest.raises(NotAllowed, match="typed or decided"):
        quality.check_quality(also(who(), "passport_quality"), job, **a_sheet(job))
    assert papers.read_back(job).passed  # another one does


def test_the_queue_passes_over_what_an_operator_typed_herself():
    papers.stocked()
    make.approved()
    typist = also(make.clerk(), "passport_operator")
    with pytest.raises(RuleBroken, match="Nothing waits"):
        making.take_next(typist, None, office=make.HOME)
    job = making.take_next(papers.operator(), None, office=make.HOME)
    assert job.taken_by_id == papers.operator().user_id


def test_the_database_knows_the_hands_too():
    job = papers.printed()
    typist, approver = make.clerk().user_id, make.approver().user_id
    for person in (typist, approver):
        with pytest.raises(IntegrityError, match="neither makes nor passes"):
            raw("UPDATE passports_personalisationjob SET taken_by_id = %s", person)
        with pytest.raises(IntegrityError, match="does not read the document back"):
            raw(
                "INSERT INTO passports_qualitycheck (id, job_id, passed, mismatches, checked_at,"
                " checked_by_id, checked_by_name) VALUES (gen_random_uuid(), %s, true, '[]', now(),"
                " %s, 'X')", job.pk, person,
            )  # fmt: skip
    assert not QualityCheck.objects.exists()


def test_who_approved_does_not_hand_it_over():
    document = papers.made()
    with pytest.raises(NotAllowed, match="Another person gives"):
        delivering.deliver(make.approver(), document, handing=papers.HANDING)
    with pytest.raises(IntegrityError, match="does not hand the document over"):
        handed(document, "holder", make.approver())
    delivering.deliver(make.clerk(), document, handing=papers.HANDING)
    assert Delivery.objects.get().delivered_by_id == make.clerk().user_id


def test_a_parent_collects_for_a_child_alone():
    document = papers.made()
    father = Handing(Receiver.PARENT, "TOKTOGULOV BAKYT", "ID0000009", signed=True)
    with pytest.raises(RuleBroken, match="of age"):
        delivering.deliver(make.clerk(), document, handing=father)
    with pytest.raises(IntegrityError, match="of a child alone"):
        handed(document, "parent", make.clerk())
    assert not Delivery.objects.exists()


def test_the_holder_is_on_the_receipt_under_her_own_name():
    document = papers.made()
    another = Handing(Receiver.HOLDER, "SOMEBODY ELSE", "passport", signed=True)
    assert (
        delivering.deliver(make.clerk(), document, handing=another).receiver_name == document.name
    )


def test_an_approval_is_stopped_by_another_than_who_gave_it_and_she_may_apply_again():
    application = make.approved()
    with pytest.raises(NotAllowed, match="Another officer stops it"):
        actions.revoke(make.approver(), application, reason="She died")
    with pytest.raises(RuleBroken, match="Write the reason"):
        actions.revoke(make.head(), application, reason=" ")
    stopped = actions.revoke(make.head(), application, reason="A court has barred it")
    assert stopped.status == "cancelled"
    papers.stocked()
    with pytest.raises(RuleBroken, match="Nothing waits"):
        making.take_next(papers.operator(), None, office=make.HOME)
    again = make.judged(make.checked(), "same")
    assert (
        actions.approve(make.approver(), again, reason="The court allows it").status == "approved"
    )


def test_what_an_operator_has_in_hand_is_not_stopped_any_more():
    job = papers.taken()
    with pytest.raises(Exception, match="being made"):
        actions.revoke(make.head(), make.again(job.application), reason="She died")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE passports_application SET surname = 'ANOTHER'",
        "UPDATE passports_application SET decided_by_name = 'ANOTHER'",
        "UPDATE passports_attachment SET content = '\\x00'",
        "DELETE FROM passports_attachment",
        "INSERT INTO passports_attachment SELECT (jsonb_populate_record(one, jsonb_build_object("
        "'id', gen_random_uuid()))).* FROM passports_attachment AS one",
    ],
)
def test_nothing_of_an_approved_application_changes_behind_it(change):
    make.approved()
    with pytest.raises(IntegrityError, match="checked"):
        raw(change)


def test_control_answers_change_before_the_check():
    make.sent()
    raw("UPDATE passports_application SET surname = 'ANOTHER'")


def test_a_document_is_never_corrected_and_comes_back_by_a_withdrawn_cancellation_alone():
    document = papers.delivered()
    with pytest.raises(IntegrityError, match="never corrected"):
        raw("UPDATE passports_passport SET surname = 'ANOTHER'")
    ended = cancelling.cancel_passport(
        make.clerk(), document, ground=CancelGround.LOST, reason="Lost on a bus"
    )
    with pytest.raises(IntegrityError, match="cancellation stands"):
        raw("UPDATE passports_passport SET status = 'delivered'")
    with pytest.raises(DatabaseError, match="not past its time"):
        raw("DELETE FROM passports_cancellation")
    papers.experts()
    cancelling.withdraw_cancellation(make.approver(), ended, reason="It lay at home")
    assert Passport.objects.get().status == "delivered"


def test_a_judgement_is_not_struck_out():
    make.approved()
    make.judged(make.checked(seed=5), "another")
    with pytest.raises(DatabaseError, match="goes with its application"):
        raw("DELETE FROM passports_identitymatch WHERE outcome <> ''")


def test_control_a_likeness_that_nobody_judged_may_go():
    make.approved()
    make.checked(seed=5)
    raw("DELETE FROM passports_identitymatch WHERE outcome = ''")
