"""The second line: who waits, hit by hit, and what a cleared traveller may count on."""

import pytest
from django.test import Client
from django.urls import reverse

from safar.accounts.models import User
from safar.control.border.models import Crossing, Decision, Inspection, Referral
from safar.control.travellers.models import Traveller
from safar.control.watchlist.actions import judge_hit
from safar.control.watchlist.choices import Instruction
from safar.control.watchlist.models import Hit, ListEntry
from safar.core.errors import InvalidMove, NotAllowed
from safar.core.node import uuid7
from safar.core.record import writing
from tests import cast
from tests.makers import border
from tests.makers import watchlist as lists
from tests.makers.accounts import actor, grant, sign_in, user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PASSPORT = {"surname": "KHALIMOV", "given_names": "GULMUROD", "birth": "1975-05-14"}


@pytest.fixture
def listed() -> ListEntry:
    """An entry in force under another spelling of the traveller's name."""
    return lists.entry("HALIMOV, Gulmurod", births=("1975-05-14",))


@pytest.fixture
def passport():
    return border.document(**PASSPORT)


def scanned(passport, lane="1") -> Inspection:
    return border.inspect(border.sign_on(cast.aida(), lane), passport)


def held(passport) -> Referral:
    return border.refer(scanned(passport))


def judged(referral: Referral, outcome: str, by: User | None = None) -> Hit:
    hit = Hit.objects.get(inspection_id=referral.inspection_id)
    return judge_hit(
        actor(by or cast.bakyt()), hit, outcome=outcome, reason="father's name differs"
    )


@pytest.fixture
def desk():
    """Bakyt's browser at the second line of Manas."""
    client = Client()
    sign_in(client, cast.bakyt())
    return client


def post(client, name, referral, **data):
    return client.post(reverse(f"border:{name}", args=[referral.pk]), data)


def admit(client, referral):
    return post(client, "referral_admit", referral, key=str(uuid7()), reason="not the person")


def test_a_likeness_is_held_and_raises_a_hit_when_it_is_sent(listed, passport):
    assert scanned(passport).verdict == "hold"
    assert Hit.objects.count() == 0, "a traveller who is set aside leaves no hit"
    referral = held(passport)
    assert Hit.objects.get().inspection_id == referral.inspection_id


def test_a_cleared_traveller_is_not_stopped_again_by_the_same_entry(listed, passport, desk):
    referral = held(passport)
    post(desk, "referral_take", referral)
    judged(referral, "different")
    assert admit(desk, referral).status_code == 302
    again = border.inspect(border.sign_on(cast.aida(), direction="exit"), passport)
    assert again.verdict == "clear", again.findings
    assert "list.cleared" in [row["code"] for row in again.findings]


def test_referral_and_admission_are_of_one_traveller(passport, desk):
    referral = held(passport)
    post(desk, "referral_take", referral)
    admit(desk, referral)
    assert Traveller.objects.count() == 1


def test_a_changed_entry_stops_her_again(listed, passport, desk):
    referral = held(passport)
    post(desk, "referral_take", referral)
    judged(referral, "different")
    with writing("watchlist"):
        ListEntry.objects.filter(pk=listed.pk).update(content_version=99)
    assert scanned(passport).verdict == "hold"


def test_another_traveller_of_that_name_is_still_stopped(listed, passport, desk):
    referral = held(passport)
    post(desk, "referral_take", referral)
    judged(referral, "different")
    namesake = border.document(**PASSPORT, issuer="TJK", nationality="TJK")
    assert scanned(namesake).verdict == "hold"


def test_every_likeness_is_judged_before_the_admission(listed, passport, desk):
    referral = held(passport)
    post(desk, "referral_take", referral)
    assert admit(desk, referral).status_code == 422
    assert Crossing.objects.count() == 0


def test_who_judged_the_same_person_does_not_admit_against_the_entry_alone(passport, desk):
    lists.entry("HALIMOV, Gulmurod", births=("1975-05-14",), instruction=Instruction.REFUSE_ENTRY)
    referral = held(passport)
    post(desk, "referral_take", referral)
    judged(referral, "same")
    assert admit(desk, referral).status_code == 403
    post(desk, "referral_return", referral)
    leader = Client()
    sign_in(leader, cast.cholpon())
    post(leader, "referral_take", referral)
    assert admit(leader, referral).status_code == 302


def test_the_officer_who_sent_her_does_not_judge(listed, passport):
    both = cast.aida()
    grant(both, "second_line")
    referral = held(passport)
    with pytest.raises(NotAllowed):
        judged(referral, "different", by=both)


def test_the_officer_who_sent_her_does_not_admit_her_either(passport):
    both = cast.aida()
    grant(both, "second_line")
    referral = held(passport)
    client = Client()
    sign_in(client, both)
    post(client, "referral_take", referral)
    assert admit(client, referral).status_code == 403
    assert Crossing.objects.count() == 0


def test_two_officers_do_not_take_one_traveller(listed, passport):
    referral = held(passport)
    border.take(referral, cast.bakyt())
    with pytest.raises(InvalidMove):
        border.take(referral, cast.cholpon())


def test_only_who_took_her_decides(listed, passport, desk):
    referral = held(passport)
    border.take(referral, cast.cholpon())
    judged(referral, "different")
    assert admit(desk, referral).status_code == 403


def test_a_second_post_of_the_admission_records_nothing_more(listed, passport, desk):
    referral = held(passport)
    post(desk, "referral_take", referral)
    judged(referral, "different")
    admit(desk, referral)
    assert admit(desk, referral).status_code == 409
    assert Crossing.objects.count() == 1


def test_refusal_in_second_line_is_a_decision_of_that_line(listed, passport, desk):
    referral = held(passport)
    post(desk, "referral_take", referral)
    answer = post(
        desk, "referral_refuse", referral, key=str(uuid7()), protection="no", grounds=["H"]
    )
    assert answer.status_code == 302
    decision = Decision.objects.get(kind="refuse")
    assert (decision.line, decision.grounds) == ("second", ["H"])


def test_the_page_shows_traveller_and_entry_side_by_side(listed, passport, desk):
    referral = held(passport)
    page = desk.get(reverse("border:second_line"), follow=True).content.decode()
    assert "HALIMOV, Gulmurod" in page
    assert "KHALIMOV GULMUROD" in page
    assert str(referral.pk) in page


def test_a_referral_without_a_likeness_is_decided_too(passport, desk):
    referral = held(passport)
    post(desk, "referral_take", referral)
    assert admit(desk, referral).status_code == 302
    referral.refresh_from_db()
    assert referral.status == "decided"


def test_the_second_line_of_another_post_sees_nothing(listed, passport):
    referral = held(passport)
    elsewhere = user("9001", "second_line", name="Elsewhere", posts=["KG-TOR"])
    client = Client()
    sign_in(client, elsewhere)
    assert client.get(reverse("border:referral", args=[referral.pk])).status_code == 404
    assert post(client, "referral_take", referral).status_code == 404


def test_an_officer_of_the_first_line_has_no_second_line(client):
    sign_in(client, cast.aida())
    assert client.get(reverse("border:second_line")).status_code == 403


def test_children_come_first_in_the_queue(passport, desk):
    held(passport)
    child = border.document(surname="KICHINE", given_names="BALA", birth="2017-01-01")
    border.refer(scanned(child))
    page = desk.get(reverse("border:second_line"), follow=True).content.decode()
    assert page.index("KICHINE BALA") < page.index("KHALIMOV GULMUROD")
