"""Nothing leaves without a live consent and an agreement; a withdrawal reaches what was sent."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from safar.assistance.cases import consenting, keys
from safar.assistance.cases.actions import disclosing, partnering, referring
from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.choices.sharing import SharingPurpose
from safar.assistance.cases.models import (
    Consent,
    Disclosure,
    Referral,
)
from safar.core.errors import InvalidMove, NotAllowed, NotFound, RuleBroken, Stale
from safar.core.record import writing
from safar.lib.partial_dates import PartialDate
from tests.makers import cases as make
from tests.makers import sharing as share
from tests.makers.accounts import actor, audited

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NAME = {"identity.name": "Rahmatov Ikrom"}
DAY = timedelta(days=1)


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


def raw_disclosure(on, to, fields="{identity.name}", **instead):
    """Write a disclosure behind the back of every policy."""
    row = {
        "case_id": on.case_id, "compartment": on.compartment, "consent_id": on.pk,
        "recipient_id": to.pk, "purpose": on.purpose, "sent_by_id": on.recorded_by_id, **instead,
    }  # fmt: skip
    names = ", ".join(row)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO cases_disclosure (id, fields, snapshot, snapshot_sha256, channel,"
            f" sent_at, {names}) VALUES (gen_random_uuid(), %s, '', repeat('0', 64), 'email',"
            f" now(), {', '.join(['%s'] * len(row))})",
            [fields, *row.values()],
        )


def test_with_consent_and_agreement_it_leaves_and_what_was_sent_is_kept_sealed(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    sent = disclose(worker, given, clinic)
    assert (sent.fields, sent.recipient, sent.consent) == (["identity.name"], clinic, given)
    assert b"Rahmatov" not in bytes(sent.snapshot)
    opened = keys.of(given.case).open(sent, sent.snapshot)
    assert json.loads(opened) == [["identity.name", "Rahmatov Ikrom"]]
    assert sent.snapshot_sha256 == disclosing.fingerprint(NAME)
    raw_disclosure(given, clinic)  # the database has nothing against it either
    assert audited("cases.disclose")[0].details["fields"] == ["identity.name"]


def refused(worker, consent, to, match, content=NAME, purpose=SharingPurpose.SERVICE, raw=None):
    """Neither the policy nor the database lets it pass."""
    with pytest.raises(NotAllowed, match=match):
        disclose(worker, consent, to, content, purpose)
    codes = "{" + ",".join(content) + "}"
    with pytest.raises(IntegrityError, match="Nothing may leave"):
        raw_disclosure(consent, to, codes, **({"purpose": purpose} | (raw or {})))
    assert not Disclosure.objects.filter(consent=consent).exists()


def test_nothing_leaves_to_a_partner_that_the_consent_does_not_name(worker, clinic):
    other = share.partner("Clinic 4")
    given = share.consent(worker, make.case(worker), clinic)
    refused(worker, given, other, "does not name this partner")


def test_what_is_said_of_one_member_does_not_leave_on_the_consent_of_another(worker, clinic):
    case = make.case(worker, "Rahmatov Ikrom", "Rahmatova Gulsara")
    husband, wife = (one.person for one in case.members.order_by("pk"))
    given = share.consent(worker, case, clinic, person=wife)
    with pytest.raises(NotAllowed, match="Another person gave this consent"):
        disclose(worker, given, clinic, about=husband)
    assert not Disclosure.objects.exists()
    assert disclose(worker, given, clinic, about=wife)


def test_nothing_leaves_for_another_purpose(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    refused(worker, given, clinic, "another purpose", purpose=SharingPurpose.REPORT)


def test_no_field_leaves_that_the_consent_does_not_cover(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    more = NAME | {"contact.phone": "+996 555 000 001"}
    refused(worker, given, clinic, "does not cover everything", content=more)


def test_nothing_leaves_without_an_agreement_in_force(worker):
    unbound = share.partner("Clinic 5", bound=False)
    given = share.consent(worker, make.case(worker), unbound)
    refused(worker, given, unbound, "No agreement")
    share.agreement(unbound, until=share.today() - 2 * DAY)
    refused(worker, given, unbound, "No agreement")
    share.agreement(unbound, since=share.today())
    assert disclose(worker, given, unbound)


def test_an_agreement_that_was_ended_lets_nothing_more_pass(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    keeper = actor(share.officer())
    partnering.end_agreement(keeper, clinic.agreements.get(), on=share.today() - 2 * DAY)
    refused(worker, given, clinic, "No agreement")


def test_nothing_leaves_on_a_consent_that_has_run_out(worker, clinic):
    since, until = share.today() - 9 * DAY, share.today() - 2 * DAY
    case = make.case(worker)
    given = share.consent(worker, case, clinic, obtained_on=since, expires_on=until)
    refused(worker, given, clinic, "not in force on this day")


def test_nothing_leaves_on_a_withdrawn_consent(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    share.withdraw(worker, given)
    refused(worker, given, clinic, "withdrawn")


def test_a_consent_of_one_case_lets_nothing_of_another_pass(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    other = make.case(worker, "Other Name")
    with pytest.raises(IntegrityError, match="in another file"):
        raw_disclosure(given, clinic, case_id=other.pk)


def test_live_asks_for_recipient_purpose_and_day_together(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    today = share.today()

    def live(to=clinic, purpose="service", day=today):
        return consenting.live(given, to, purpose, day)

    assert live()
    assert live(day=given.expires_on)
    wrong = (live(share.partner("X")), live(purpose="legal"), live(day=given.expires_on + DAY))
    assert wrong == (False, False, False)
    assert not live(day=today - DAY)


@pytest.mark.parametrize(
    "change",
    [
        {"purpose": "legal"},
        {"expires_on": share.today() + 900 * DAY},
        {"told": []},
        {"withdrawn_at": None, "withdrawn_by": None},
    ],
)
def test_the_terms_of_a_consent_never_change_and_a_withdrawal_stands(worker, clinic, change):
    given = share.consent(worker, make.case(worker), clinic)
    share.withdraw(worker, given)
    with pytest.raises(DatabaseError), transaction.atomic(), writing("cases"):
        Consent.objects.filter(pk=given.pk).update(**change)
    assert Consent.objects.filter(pk=given.pk, purpose=given.purpose, withdrawn_by=worker)


def test_without_all_seven_prompts_there_is_no_consent(worker, clinic):
    case = make.case(worker)
    with pytest.raises(RuleBroken, match="all seven"):
        share.consent(worker, case, clinic, told=share.ALL[1:])
    given = share.consent(worker, case, clinic)
    with (
        pytest.raises(IntegrityError, match="consent_after_all_prompts"),
        transaction.atomic(),
        writing("cases"),
    ):
        Consent.objects.create(
            case=case, person=given.person, kind="explicit", purpose="service", told=share.ALL[1:],
            language="Uzbek", form="oral", obtained_on=share.today(), form_version="x",
            expires_on=share.today(), recorded_by=worker,
        )  # fmt: skip


@pytest.mark.parametrize("birth", [PartialDate(2015), PartialDate(2020, 5, 1), None])
def test_a_child_does_not_consent_but_her_guardian_for_her(worker, clinic, birth):
    case = make.case(worker, people=[make.new_person(birth=birth)])
    with pytest.raises(RuleBroken, match="parent or guardian gives the consent"):
        share.consent(worker, case, clinic)
    with pytest.raises(RuleBroken, match="Say who gives it"):
        share.consent(worker, case, clinic, kind="proxy")
    given = share.consent(
        worker, case, clinic, kind="proxy", given_by="Rahmatova Gulsara", stands_as="parent"
    )
    assert disclose(worker, given, clinic)


def test_an_implicit_consent_covers_nothing_sensitive(worker, clinic):
    case = make.case(worker)
    with pytest.raises(RuleBroken, match="said or signed"):
        share.consent(worker, case, clinic, kinds=["protection"], kind="implicit", told=())
    assert share.consent(worker, case, clinic, kind="implicit", told=()).is_good_today


def test_consent_is_given_by_people_of_the_case_only(worker, clinic):
    stranger = make.case(worker, "Other Name").members.get().person
    with pytest.raises(RuleBroken, match="does not belong"):
        share.consent(worker, make.case(worker), clinic, person=stranger)


# --- referrals


def test_a_referral_goes_from_draft_to_an_outcome_that_came_on_paper(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    referral = share.send(worker, share.draft(worker, given, clinic), "by_hand")
    assert Disclosure.objects.get().fields == [
        "identity.birth", "identity.name", "request.asks",
    ]  # fmt: skip
    share.answer(worker, referral, "accept")
    done = share.answer(worker, referral, "complete", "Examined, fit to travel", told_by="A nurse")
    assert done.status == "completed"
    moves = list(done.moves.values_list("before", "after", "told_by", "words"))
    assert moves == [
        ("draft", "sent", "", ""),
        ("sent", "accepted", "Dr Osmonova", ""),
        ("accepted", "completed", "A nurse", "Examined, fit to travel"),
    ]


def test_a_finished_referral_moves_no_more(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    referral = share.send(worker, share.draft(worker, given, clinic))
    share.answer(worker, referral, "decline", "No beds")
    for move in ("accept", "complete", "begin"):
        with pytest.raises(InvalidMove):
            share.answer(worker, referral, move, "Done")


def test_a_referral_is_not_sent_twice(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    referral = share.send(worker, share.draft(worker, given, clinic))
    with pytest.raises(InvalidMove):
        share.send(worker, referral)
    assert Disclosure.objects.count() == 1


def test_only_what_was_seen_is_sent(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    referral = share.draft(worker, given, clinic)
    with pytest.raises(Stale, match="changed since you saw it"):
        referring.send_referral(actor(worker), referral, channel="email", seen="0" * 64)
    assert not Disclosure.objects.exists()


def test_two_workers_on_one_draft_lose_no_words(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    referral = share.draft(worker, given, clinic)
    now = referring.ReferralDraft("Another thing", share.today())
    seen = referral.version
    referring.change_referral(actor(worker), referral, version=seen, draft=now)
    with pytest.raises(Stale):
        referring.change_referral(actor(worker), referral, version=seen, draft=now)


def test_a_draft_cannot_become_sent_without_a_disclosure_in_raw_sql(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    referral = share.draft(worker, given, clinic)
    with (
        pytest.raises(IntegrityError, match="referral_sent_is_disclosed"),
        transaction.atomic(),
        writing("cases"),
    ):
        Referral.objects.filter(pk=referral.pk).update(status="sent")


def test_no_answer_in_time_closes_it_only_once_the_day_is_over(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    referral = share.send(worker, share.draft(worker, given, clinic))
    with pytest.raises(NotAllowed, match="not yet overdue"):
        referring.expire_referral(actor(worker), referral)
    with writing("cases"):
        Referral.objects.update(due_on=share.today() - DAY)
    assert referring.expire_referral(actor(worker), referral).status == "expired"


# --- walls


def test_a_consent_about_health_stands_behind_the_medical_wall_with_all_that_is_on_it(clinic):
    doctor = make.caseworker("7010", Compartment.PROGRAMME, Compartment.MEDICAL)
    worker = make.caseworker("7011")
    case = make.case(worker)
    with pytest.raises(NotAllowed, match="works in that file"):
        share.consent(worker, case, clinic, kinds=["identity", "health"])
    with make.as_in_pages(doctor):
        given = share.consent(doctor, case, clinic, kinds=["identity", "health"])
        referral = share.draft(doctor, given, clinic, sensitive="Asthma")
        share.send(doctor, referral)
    assert referral.disclosure is None  # as it was before: `send` reads it again
    for model in (Consent, Disclosure, Referral):
        assert not model.objects.visible_to(actor(worker)).exists()
        assert model.objects.visible_to(actor(doctor)).count() == 1
    with make.as_in_pages(worker):
        assert not Consent.objects.exists()
        assert not Disclosure.objects.exists()
    with pytest.raises(NotFound):
        share.send(worker, referral)
    with make.as_in_pages(doctor):
        share.withdraw(doctor, given)
    assert Referral.objects.get().status == "withdrawn"


def test_another_office_sees_no_consent_and_sends_nothing(worker, clinic):
    osh = make.caseworker("7012", at=make.OSH)
    given = share.consent(worker, make.case(worker), clinic)
    with pytest.raises(NotFound):
        disclose(osh, given, clinic)
    with make.as_in_pages(osh):
        assert not Consent.objects.exists()
