"""Of whom took her consent back no notice speaks again, nor is an older one handed out."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from safar.assistance.movements import notice_paper
from safar.assistance.movements.actions import bookings
from safar.assistance.movements.models import MovementJourney
from safar.assistance.movements.queries.notices import taken_back
from safar.core.errors import NotAllowed
from tests.makers import sharing
from tests.makers.accounts import actor, sign_in
from tests.makers.movements import journeys as make
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def worker():
    load_reference()
    return make.worker()


@pytest.fixture
def case(worker):
    return make.family(worker)


@pytest.fixture
def winnipeg(worker):
    return make.mission()


@pytest.fixture
def journey(worker, case, winnipeg):
    return make.booked(worker, case, receiving=winnipeg)


def gulsara_stays(worker, case, journey, winnipeg):
    """Told of two; then Gulsara is off the booking."""
    his, hers = make.consents(worker, case, winnipeg)
    first = make.tell(worker, journey, winnipeg, his)
    new = make.booking(case, make.member(case, "Ikrom"), receiving=winnipeg)
    bookings.change_booking(
        actor(worker), MovementJourney.objects.get(pk=journey.pk), new=new
    )  # fmt: skip
    return his, hers, first


def words_of(notice):
    lines = notice_paper.lines_of(notice)
    return json.loads(notice_paper.as_data(notice, lines)), notice_paper.letter(notice, lines)


def test_a_changed_notice_does_not_repeat_who_took_her_consent_back(
    worker, case, winnipeg, journey
):
    his, hers, first = gulsara_stays(worker, case, journey, winnipeg)
    second = make.tell(worker, journey, winnipeg, his)
    data, paper = words_of(second)
    assert "Gulsara" in data["changed"]["identity.travellers"]["before"]
    assert paper.startswith(b"%PDF")
    sharing.withdraw(worker, hers)
    assert taken_back(first)
    assert not taken_back(second)
    data, paper = words_of(second)
    assert "Gulsara" not in json.dumps(data, ensure_ascii=False)
    assert data["changed"]["identity.travellers"] == {"before": ""}
    assert "Rahmatov Ikrom" in data["fields"]["identity.travellers"]
    assert paper.startswith(b"%PDF")


def test_a_cancelled_booking_is_told_on_behalf_of_those_who_still_agree(
    worker, case, winnipeg, journey
):
    his, hers = make.consents(worker, case, winnipeg)
    make.tell(worker, journey, winnipeg, his)
    sharing.withdraw(worker, hers)
    bookings.cancel_booking(
        actor(worker), MovementJourney.objects.get(pk=journey.pk), reason="The visa is late"
    )
    with pytest.raises(NotAllowed):
        make.tell(worker, journey, winnipeg, hers)
    notice = make.tell(worker, journey, winnipeg, his)
    data, _paper = words_of(notice)
    assert notice.kind == "cancelled"
    assert "Rahmatov Ikrom" in data["fields"]["identity.travellers"]
    assert "Gulsara" not in json.dumps(data, ensure_ascii=False)


def test_a_cancelled_booking_is_not_told_where_nobody_agrees_any_more(
    worker, case, winnipeg, journey
):
    given = make.consents(worker, case, winnipeg)
    make.tell(worker, journey, winnipeg, given[0])
    for one in given:
        sharing.withdraw(worker, one)
    bookings.cancel_booking(
        actor(worker), MovementJourney.objects.get(pk=journey.pk), reason="The visa is late"
    )
    with pytest.raises(NotAllowed):
        make.tell(worker, journey, winnipeg, given[0])


@pytest.mark.parametrize("whose", [0, 1])
def test_a_notice_is_not_handed_out_once_anybody_named_took_her_consent_back(
    worker, case, winnipeg, journey, whose
):
    given = make.consents(worker, case, winnipeg)
    notice = make.tell(worker, journey, winnipeg, given[0])
    browser = Client()
    sign_in(browser, worker)
    addresses = [reverse("movements:notice", args=[notice.pk, one]) for one in ("json", "pdf")]
    assert [browser.get(one).status_code for one in addresses] == [200, 200]
    sharing.withdraw(worker, given[whose])
    answers = [browser.get(one) for one in addresses]
    assert [one.status_code for one in answers] == [403, 403]
    assert not any(b"Rahmatov" in one.content for one in answers)


def test_a_consent_to_another_mission_that_was_taken_back_stops_nothing(worker, case, winnipeg):
    transit = make.mission("Mission in Istanbul")
    journey = make.booked(worker, case, receiving=winnipeg, transit=transit)
    given = make.consents(worker, case, winnipeg)
    others = make.consents(worker, case, transit)
    notice = make.tell(worker, journey, winnipeg, given[0])
    make.tell(worker, journey, transit, others[0])
    sharing.withdraw(worker, others[1])
    assert not taken_back(notice)
