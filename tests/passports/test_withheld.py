"""A consulate cannot tell whether an applicant is like somebody under protection."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from safar.control.passports import actions, queries
from safar.control.passports.models import ApplicationMove, IdentityMatch
from safar.control.passports.queries import identity
from safar.control.travellers.models import TravelDocument
from safar.core.errors import NotAllowed, RuleBroken
from safar.core.record import writing
from tests.makers import accounts
from tests.makers import passports as make
from tests.passports.test_identity import document

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SECRET = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
MAIN = re.compile(r"<main.*</main>", re.DOTALL)


def rahimi(**changes: Any) -> Any:
    return make.who(
        surname="RAHIMI", given_names="FARID", name_written="", birth=make.REFUGEE.birth,
        sex="M", personal_number="", **changes,
    )  # fmt: skip


def refugee() -> Any:
    return make.sent(kind="refugee", person=make.REFUGEE)


def citizen() -> Any:
    return make.sent(person=rahimi(), seed=77)


def seen_at_a_border() -> Any:
    """On the passport of the state that he fled: nothing in it speaks of protection."""
    return document(
        issuer="UZB", nationality="UZB", number="AA7654321", surname="RAHIMI",
        given_names="FARID", birth=make.REFUGEE.birth, sex="M",
    )  # fmt: skip


def selim() -> Any:
    return make.clerk("Selim", at=make.ABROAD)


def browser(name: str, role: str, at: str = make.ABROAD) -> Client:
    client = Client()
    accounts.sign_in_with_app(client, make.officer(name, role, at))
    return client


def pages(application: Any) -> list[str]:
    """Every page on which a consulate reads of an application, for a clerk and for a consul."""
    found = []
    for client in (browser("Selim", "passport_clerk"), browser("Meerim", "passport_officer")):
        for name, *keys in (("desk",), ("application", application.pk), ("decide", application.pk)):
            answer = client.get(reverse(f"passports:{name}", args=keys))
            said = MAIN.search(SECRET.sub("", answer.content.decode()))
            assert said
            found.append(f"{name} {answer.status_code} {said.group()}")
    return found


@pytest.mark.parametrize("somebody", [refugee, seen_at_a_border])
def test_pages_of_a_consulate_are_the_same_with_and_without_somebody_whom_it_may_not_know(somebody):
    application = make.looked(selim(), person=rahimi())
    before = pages(application)
    somebody()
    actions.check_identity(make.head(), application)  # headquarters finds him, and judges
    match = IdentityMatch.objects.get(application=application)
    assert match.protected is (somebody is refugee)
    assert pages(application) == before
    actions.judge_identity(make.head(), match, outcome="another", reason="He lives in Osh")
    assert pages(application) == before


def test_pages_differ_where_the_candidate_is_a_citizen():
    """Negative control of the test above."""
    application = make.looked(selim(), person=rahimi())
    before = pages(application)
    citizen()
    actions.check_identity(make.head(), application)
    after = pages(application)
    assert after != before
    assert "Not judged" in "".join(after)


@pytest.mark.parametrize(("somebody", "words"), [
    (refugee, "Nobody like her was found"), (seen_at_a_border, "Nobody like her was found"),
    (citizen, "Somebody like her was found"),
])  # fmt: skip
def test_what_the_clerk_is_told_after_a_look(somebody, words):
    somebody()
    application = make.paid(make.sent(selim(), person=rahimi()), selim())
    client = browser("Selim", "passport_clerk")
    page = client.post(reverse("passports:look", args=[application.pk]), follow=True)
    assert words in page.content.decode()
    assert IdentityMatch.objects.filter(application=application).count() == 1
    told = application.identity_checks.get().found
    assert told == (1 if somebody is citizen else 0)


def test_nothing_stands_before_the_check_or_the_approval_that_headquarters_alone_may_know():
    refugee()
    checked = actions.check(selim(), make.looked(selim(), person=rahimi()))
    assert queries.still_to_approve(checked) == []
    assert queries.still_to_approve(checked, whole=True) == ["matches"]
    consul = make.approver("Meerim", at=make.ABROAD)
    assert checked not in queries.waits_for(consul)
    assert checked in queries.waits_for(make.head())
    match = IdentityMatch.objects.get(application=checked)
    assert not IdentityMatch.objects.visible_to(consul).exists()
    assert IdentityMatch.objects.visible_to(make.head()).get() == match
    meerim = browser("Meerim", "passport_officer")
    for name in ("judge", "candidate_photo"):
        assert meerim.get(reverse(f"passports:{name}", args=[match.pk])).status_code == 404
    with pytest.raises(NotAllowed, match="not yours to see"):
        actions.judge_identity(consul, match, outcome="another", reason="No")


@pytest.mark.parametrize("somebody", [refugee, seen_at_a_border, None])
def test_headquarters_approves_whatever_was_applied_for_at_a_consulate(somebody):
    """Whether there is a likeness or not: the step is the same, and so is who takes it."""
    if somebody:
        somebody()
    checked = actions.check(selim(), make.looked(selim(), person=rahimi()))
    with pytest.raises(NotAllowed, match="Headquarters decides"):
        actions.approve(make.approver("Meerim", at=make.ABROAD), checked, reason="Fine")
    if somebody:
        with pytest.raises(RuleBroken, match="likeness to another holder"):
            actions.approve(make.head(), checked, reason="Fine")
        match = IdentityMatch.objects.get(application=checked)
        actions.judge_identity(make.head(), match, outcome="another", reason="Not him")
    assert actions.approve(make.head(), checked, reason="Fine").status == "approved"
    said = ApplicationMove.objects.filter(application=checked).values_list("move", flat=True)
    assert "judge" not in said


def test_a_refugee_who_comes_between_the_check_and_the_approval_is_told_to_headquarters_alone():
    checked = actions.check(selim(), make.looked(selim(), person=rahimi()))
    before = pages(checked)
    refugee()
    with pytest.raises(RuleBroken, match="come to the register since"):
        actions.approve(make.head(), checked, reason="Fine")
    actions.check_identity(make.head(), checked)
    assert pages(checked) == before
    with pytest.raises(RuleBroken, match="likeness to another holder"):
        actions.approve(make.head(), checked, reason="Fine")


def test_an_office_inside_the_country_decides_as_before_and_the_time_line_tells_who_judged():
    refugee()
    checked = actions.check(make.clerk(), make.looked(person=rahimi()))
    checked = make.judged(checked)
    assert actions.approve(make.approver(), checked, reason="Fine").status == "approved"
    line = ApplicationMove.objects.get(application=checked, move="judge")
    assert "Photos compared" not in line.note


def test_who_was_a_refugee_once_is_withheld_under_her_later_passport_too():
    first = make.approved(kind="refugee", person=make.REFUGEE)
    later = make.judged(make.checked(person=rahimi(), seed=31), "same")
    later = actions.approve(make.approver(), later, reason="Now a citizen")
    assert later.holder == first.holder
    application = make.looked(selim(), person=rahimi(), seed=32)
    match = IdentityMatch.objects.get(application=application)
    assert (match.other, match.protected) == (later, True)


def test_it_stays_withheld_when_the_document_of_the_border_is_gone():
    shown = document(
        issuer="KGZ", nationality="XXB", surname="RAHIMI", given_names="FARID",
        birth=make.REFUGEE.birth, sex="M",
    )  # fmt: skip
    application = make.looked(selim(), person=rahimi())
    match = IdentityMatch.objects.get(application=application)
    with writing("passports"):
        match.document = None
        match.save()
    assert TravelDocument.objects.filter(pk=shown.pk).exists()
    assert not identity.may_see(make.approver("Meerim", at=make.ABROAD), match)
