"""The pages of consents, referrals and partners, as a worker finds them."""

import pytest
from django.urls import reverse

from safar.assistance.cases.actions import consents, receiving, referring
from safar.assistance.cases.actions.referring import ReferralDraft
from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.models import (
    Consent,
    Disclosure,
    IncomingReferral,
    Partner,
    Referral,
    SharingAgreement,
)
from safar.assistance.cases.queries import referrals as referral_queries
from safar.assistance.cases.queries import sharing as queries
from safar.core.errors import RuleBroken
from tests.makers import cases as make
from tests.makers import sharing as share
from tests.makers.accounts import actor, audited, post, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def worker(db):
    return make.caseworker()


@pytest.fixture
def clinic(db):
    return share.partner("Clinic 3", contact="Dr Osmonova")


@pytest.fixture
def pages(client, worker):
    sign_in(client, worker)
    return client


def at(name, *keys):
    return reverse(f"cases:{name}", args=keys)


def typed(case, partner, **more):
    return {
        "person": case.members.get().person_id, "told": share.ALL, "purpose": "service",
        "partners": [partner.pk], "kinds": ["identity", "contact"], "kind": "explicit",
        "language": "Uzbek", "form": "oral", "obtained_on": f"{share.today():%d.%m.%Y}",
        "expires_on": "", **more,
    }  # fmt: skip


def test_a_consent_is_recorded_shown_and_withdrawn_in_pages(pages, worker, clinic):
    case = make.case(worker)
    page = pages.get(at("consent_add", case.pk)).content.decode()
    assert page.count('name="told"') == 7
    posted = pages.post(at("consent_add", case.pk), typed(case, clinic))
    given = Consent.objects.get()
    assert posted.url == at("consent", given.pk)
    assert pages.post(at("consent_withdraw", given.pk), {"reason": ""}).status_code == 302
    shown = pages.get(at("consent", given.pk)).content.decode()
    assert "Nothing more is sent on it" in shown
    assert [row.target for row in audited("cases.read_sharing", "opened")][-1] == f"Case:{case.pk}"


def test_without_all_seven_points_the_form_comes_back_with_what_was_typed(pages, worker, clinic):
    case = make.case(worker)
    answer = pages.post(at("consent_add", case.pk), typed(case, clinic, told=share.ALL[2:]))
    assert answer.status_code == 422
    assert 'value="Uzbek"' in answer.content.decode()
    assert not Consent.objects.exists()


def test_a_partner_without_an_agreement_is_not_offered(pages, worker, clinic):
    share.partner("Unbound body", bound=False)
    page = pages.get(at("consent_add", make.case(worker).pk)).content.decode()
    assert ("Clinic 3" in page, "Unbound body" in page) == (True, False)


def test_a_referral_is_drafted_seen_sent_and_answered_in_pages(pages, worker, clinic):
    case = make.case(worker)
    given = share.consent(worker, case, clinic, kinds=["identity", "contact"])
    form = pages.get(at("referral_add", given.pk, clinic.pk)).content.decode()
    assert "identity.name" in form
    assert "papers.numbers" not in form  # not agreed to
    due = f"{share.today():%d.%m.%Y}"
    pages.post(
        at("referral_add", given.pk, clinic.pk),
        {"asks": "A bed", "shares": ["identity.name"], "language": "ru", "due_on": due},
    )
    referral = Referral.objects.get()
    shown = pages.get(at("referral", referral.pk))
    assert "What would leave: this, and nothing else" in shown.content.decode()
    seen = shown.context["send_form"].initial["seen"]
    pages.post(at("referral_send", referral.pk), {"channel": "email", "seen": seen})
    sent = Disclosure.objects.get()
    assert sent.fields == ["identity.name", "request.asks"]
    answer = {"move": "decline", "told_by": "A nurse", "channel": "phone", "told_on": due}
    assert pages.post(at("referral_answer", referral.pk), answer).status_code == 422
    pages.post(at("referral_answer", referral.pk), answer | {"words": "No beds"})
    referral.refresh_from_db()
    assert referral.status == "declined"


def test_what_was_not_seen_is_not_sent_from_the_page(pages, worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    referral = share.draft(worker, given, clinic)
    seen = pages.get(at("referral", referral.pk)).context["send_form"].initial["seen"]
    referring.change_referral(
        actor(worker),
        referral,
        version=1,
        draft=ReferralDraft("Something else", share.today()),
    )
    answer = pages.post(at("referral_send", referral.pk), {"channel": "email", "seen": seen})
    assert answer.status_code == 409
    assert not Disclosure.objects.exists()


def test_two_at_one_draft_the_second_sees_both_and_loses_no_word(pages, worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    referral = share.draft(worker, given, clinic, asks="A bed for one night")
    typed = {
        "asks": "A bed for a week", "shares": ["identity.name"], "language": "en",
        "due_on": f"{share.today():%d.%m.%Y}", "version": referral.version,
    }  # fmt: skip
    quicker = ReferralDraft("A bed until Friday", share.today())
    referring.change_referral(actor(worker), referral, version=1, draft=quicker)
    second = pages.post(at("referral_change", referral.pk), typed)
    shown = second.content.decode()
    assert second.status_code == 409
    assert "A bed until Friday" in shown
    assert 'value="A bed for a week"' in shown
    assert Referral.objects.get().asks == "A bed until Friday"
    again = typed | {"version": second.context["form"]["version"].value()}
    assert pages.post(at("referral_change", referral.pk), again).status_code == 302
    assert Referral.objects.get().asks == "A bed for a week"


def test_lists_show_referrals_out_and_in_with_their_states(pages, worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    share.send(worker, share.draft(worker, given, clinic, asks="A winter coat"))
    share.arrival(worker, clinic, asks="Help to return home")
    out = pages.get(at("referrals")).content.decode()
    assert "A winter coat" in out
    assert pages.get(at("referrals")).context["unanswered"] == 1
    assert "Help to return home" in pages.get(at("arrivals")).content.decode()
    assert "A winter coat" not in pages.get(at("referrals") + "?status=completed").content.decode()


def test_another_office_finds_nothing_of_it(client, worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    referral = share.draft(worker, given, clinic)
    came = share.arrival(worker, clinic)
    osh = make.caseworker("7002", at=make.OSH)
    sign_in(client, osh)
    for address in (
        at("sharing", given.case_id), at("consent_add", given.case_id), at("consent", given.pk),
        at("consent_pdf", given.pk), at("referral", referral.pk), at("referral_pdf", referral.pk),
        at("referral_change", referral.pk), at("referral_add", given.pk, clinic.pk),
        at("arrival", came.pk),
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
    assert client.post(at("consent_withdraw", given.pk)).status_code == 404
    assert client.get(at("referrals") + "?whose=all").context["rows"].paginator.count == 0
    assert client.get(at("arrivals")).context["rows"].paginator.count == 0
    with make.as_in_pages(osh):
        assert not IncomingReferral.objects.exists()
        assert not Referral.objects.exists()


def test_the_sharing_of_a_restricted_file_opens_only_once_it_is_said_for_what(client, clinic):
    guard = make.caseworker("7004", Compartment.RESTRICTED)
    case = make.case(guard, compartment=Compartment.RESTRICTED)
    given = share.consent(guard, case, clinic)
    referral = share.draft(guard, given, clinic)
    sign_in(client, guard)
    asked = (
        at("sharing", case.pk), at("consent", given.pk), at("consent_pdf", given.pk),
        at("consent_add", case.pk), at("referral", referral.pk), at("referral_pdf", referral.pk),
        at("referral_change", referral.pk), at("referral_add", given.pk, clinic.pk),
    )  # fmt: skip
    for address in asked:
        assert client.get(address).headers.get("Location") == at("case", case.pk), address
    assert client.post(at("referral_send", referral.pk), {}).url == at("case", case.pk)
    assert audited("cases.read_sharing", "opened") == []
    client.post(at("why", case.pk), {"purpose": "safety plan"})
    assert client.get(asked[0]).status_code == 200
    purpose = audited("cases.read_sharing", "opened")[0].details["purpose"]
    assert str(case.openings.get(why="safety plan").pk) in purpose


def test_a_referral_to_us_is_received_accepted_linked_and_finished(pages, worker, clinic):
    office = make.office()
    today = f"{share.today():%d.%m.%Y}"
    pages.post(
        at("arrival_add"),
        {
            "partner": clinic.pk, "where": f"trial/{office.code}/programme", "name": "Rahmatov I.",
            "asks": "Help to return", "channel": "letter", "arrived_on": today, "due_on": today,
        },
    )  # fmt: skip
    came = IncomingReferral.objects.get()
    pages.post(at("arrival_accept", came.pk), {"channel": "phone"})
    case = make.case(worker)
    wrong = pages.post(at("arrival_link", came.pk), {"number": "BIS-XXX-26-0001"})
    assert wrong.status_code == 422
    pages.post(at("arrival_link", came.pk), {"number": case.number})
    pages.post(at("arrival_finish", came.pk), {"completed": "yes", "outcome": "Home"})
    came.refresh_from_db()
    assert (came.status, came.case, came.outcome) == ("completed", case, "Home")


def test_a_referral_to_us_is_declined_with_a_reason_only(pages, worker, clinic):
    came = share.arrival(worker, clinic)
    answer = pages.post(at("arrival_decline", came.pk), {"channel": "phone", "reason": ""})
    assert answer.status_code == 422
    pages.post(at("arrival_decline", came.pk), {"channel": "phone", "reason": "Not our region"})
    came.refresh_from_db()
    assert (came.status, came.answer_reason) == ("declined", "Not our region")


def test_a_restricted_arrival_is_seen_by_those_who_work_there_only(worker, clinic):
    guard = make.caseworker("7003", Compartment.RESTRICTED)
    share.arrival(guard, clinic, compartment=Compartment.RESTRICTED)
    assert referral_queries.came_in(actor(guard)).count() == 1
    assert referral_queries.came_in(actor(worker)).count() == 0
    with make.as_in_pages(worker):
        assert not IncomingReferral.objects.exists()
    with make.as_in_pages(guard):
        assert IncomingReferral.objects.exists()


def words_seen_by(who):
    """What both walls let her read of referrals to us; they say the same."""
    with make.as_in_pages(who):
        behind_the_second = set(IncomingReferral.objects.values_list("words", flat=True))
    seen = IncomingReferral.objects.visible_to(actor(who)).values_list("words", flat=True)
    assert set(seen) == behind_the_second
    return behind_the_second


def test_a_linked_arrival_stays_behind_the_wall_at_which_it_came(clinic):
    guard = make.caseworker("7003", Compartment.PROGRAMME, Compartment.PROTECTION)
    colleague = make.caseworker("7004", Compartment.PROGRAMME)
    case = make.case(guard)
    hidden = share.arrival(guard, clinic, compartment="protection", words="She was trafficked")
    open_to_all = share.arrival(guard, clinic, compartment="programme", words="He wants to go home")
    assert words_seen_by(colleague) == {"He wants to go home"}
    for came in (hidden, open_to_all):
        receiving.accept_incoming(actor(guard), came, channel="letter")
        with make.as_in_pages(guard):
            receiving.link_incoming(actor(guard), came, case=case)
    assert words_seen_by(guard) == {"She was trafficked", "He wants to go home"}
    assert words_seen_by(colleague) == {"He wants to go home"}


def test_an_arrival_is_linked_within_its_programme_and_office_only(clinic):
    everywhere = make.caseworker("7003", at=None)
    came = share.arrival(everywhere, clinic)
    receiving.accept_incoming(actor(everywhere), came, channel="letter")
    with pytest.raises(RuleBroken, match="another programme or office"):
        receiving.link_incoming(actor(everywhere), came, case=make.case(everywhere, at=make.OSH))
    receiving.link_incoming(actor(everywhere), came, case=make.case(everywhere))
    came.refresh_from_db()
    assert came.case_id


def test_partners_and_agreements_are_kept_in_pages(client):
    sign_in(client, share.officer())
    facts = {"name": "Ministry of Labour", "kind": "ministry", "country": "KGZ"}
    post()  # and with it the country
    client.post(at("partner_add"), facts)
    ministry = Partner.objects.get()
    since = f"{share.today():%d.%m.%Y}"
    agreed = {"kind": "sharing", "reference": "12/2026", "in_force_from": since}
    client.post(at("agreement_add", ministry.pk), agreed)
    assert "12/2026" in client.get(at("partner", ministry.pk)).content.decode()
    client.post(at("agreement_end", SharingAgreement.objects.get().pk), {"on": since})
    assert SharingAgreement.objects.get().in_force_until == share.today()
    assert "Ministry of Labour" in client.get(at("partners")).content.decode()


def test_the_panel_says_who_may_know_what(worker, clinic):
    case = make.case(worker, "Rahmatov Ikrom", "Rahmatova Gulsara")
    share.consent(worker, case, clinic, kinds=["identity", "needs"])
    shown = queries.part(actor(worker), case)
    (row,) = queries.may_know(actor(worker), case, share.today())
    assert shown["may_know"] == [row]
    assert (row.partner, len(row.people), shown["of_people"], row.is_bound) == (clinic, 1, 2, True)
    assert row.words == "Name, birth, sex, citizenship; Needs on the way and in a service"


def test_my_day_shows_a_withdrawal_until_it_is_confirmed(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    share.send(worker, share.draft(worker, given, clinic))

    def due():
        return [str(one.title) for one in queries.due(actor(worker), share.today())]

    assert due() == ["Answer of Clinic 3 to the referral"]
    share.withdraw(worker, given)
    told = "Tell Clinic 3 that the consent is withdrawn"
    assert due() == [told]
    notice = given.notices.get()
    consents.send_notice(actor(worker), notice, channel="phone")
    assert due() == [told]
    consents.acknowledge_notice(actor(worker), notice, told_by="Dr Osmonova")
    assert due() == []


def test_the_time_line_tells_of_consents_and_referrals(worker, clinic):
    given = share.consent(worker, make.case(worker), clinic)
    share.answer(worker, share.send(worker, share.draft(worker, given, clinic)), "accept")
    share.withdraw(worker, given)
    told = sorted(queries.happened(actor(worker), given.case), key=lambda one: one.at)
    assert [str(one.title) for one in told] == [
        "Consent given: To get a service",
        "Sent to Clinic 3",
        "Referral to Clinic 3: accepted",
        "Consent withdrawn: To get a service",
        "Referral to Clinic 3: consent withdrawn",
    ]
