"""The second line's page: what it shows, and what it leaves to the officer who took the traveller."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from safar.control.border.actions import second_line
from safar.control.border.models import Crossing, Decision, Referral
from safar.control.documents.actions import report
from safar.control.documents.choices import Report
from safar.control.watchlist.actions import judge_hit
from safar.control.watchlist.choices import Instruction
from safar.control.watchlist.models import Hit, Judgement
from safar.core.errors import InvalidMove
from safar.core.node import uuid7
from tests import cast
from tests.makers import border
from tests.makers import watchlist as lists
from tests.makers.accounts import actor, audited, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PASSPORT = {"surname": "KHALIMOV", "given_names": "GULMUROD", "birth": "1975-05-14", "sex": "M"}


@pytest.fixture
def held() -> Referral:
    """A traveller who may be the person of an entry, sent by the first line."""
    lists.entry(
        "HALIMOV, Gulmurod",
        "ХАЛИМОВ, Гулмурод",
        births=("1975",),
        sex="M",
        citizenships=("TJK",),
        documents=(("passport", "TJK", "400112233"),),
        contact="desk of the owner, day and night",
    )
    return border.refer(border.inspect(border.sign_on(cast.aida()), border.document(**PASSPORT)))


@pytest.fixture
def desk(client):
    sign_in(client, cast.bakyt())
    return client


def shown(client: Client, referral: Referral) -> str:
    answer = client.get(reverse("border:referral", args=[referral.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, name: str, referral: Referral, *keys, **data):
    return client.post(reverse(f"border:{name}", args=[referral.pk, *keys]), data)


def judge(client: Client, referral: Referral, outcome: str, **more):
    hit = Hit.objects.get(inspection_id=referral.inspection_id)
    answers = {"outcome": outcome, "reason": "asked the father's name", **more}
    data = {f"{hit.pk.hex}-{name}": value for name, value in answers.items()}
    return post(client, "hit_judge", referral, hit.pk, **data)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_traveller_and_entry_stand_side_by_side_with_what_each_field_says(held, desk):
    page = shown(desk, held)
    rows = dict(re.findall(r'<tr><th scope="row">([^<]+)</th>(.*?)</tr>', page, re.DOTALL))
    for field, both, verdict in (
        ("Born", ("1975-05-14", "1975"), "Agrees as far as known"),
        ("Sex", ("Male",), "Agrees"),
        ("Citizen of", ("Russia", "Tajikistan"), "Differs"),
        ("Documents", (held.inspection.document["number"], "TJK 400112233"), "Differs"),
    ):
        told = words(rows[field])
        assert all(part in told for part in both), told
        assert verdict in told
    assert "<mark>k</mark>halimov" in page, "the letters that differ are marked"
    assert "<mark>,</mark>" not in page
    assert "ХАЛИМОВ, Гулмурод" in page


def test_the_entry_says_what_it_asks_for_and_whom_to_call(held, desk):
    page = words(shown(desk, held))
    for part in ("Inquiry", "List wanted", "Agency MIA", "Criminal procedure, art. 171",
                 "desk of the owner", "This entry has stopped nobody before."):  # fmt: skip
        assert part in page


def test_how_often_an_entry_is_right_is_told_from_its_record(held, desk):
    border.take(held, cast.bakyt())
    judge(desk, held, "different")
    booth = border.sign_on(cast.aida())
    again = border.refer(border.inspect(booth, border.document(**PASSPORT, issuer="UZB")))
    assert "has stopped 1 traveller before. It was the person: 0." in words(shown(desk, again))


def test_the_page_is_on_record_as_opened_and_another_post_opens_nothing(held, desk):
    shown(desk, held)
    assert [row.target for row in audited("border.second_line", "opened")] == [
        f"Referral:{held.pk}"
    ]
    stranger = Client()
    sign_in(stranger, cast.daniyar())
    assert stranger.get(reverse("border:referral", args=[held.pk])).status_code in (403, 404)
    assert len(audited("border.second_line", "opened")) == 1


@pytest.mark.parametrize("status", ["waiting", "taken by another"])
def test_who_has_not_taken_a_traveller_neither_judges_nor_decides(held, desk, status):
    if status != "waiting":
        border.take(held, cast.cholpon())
        assert "Capt Chynybaeva Cholpon has taken this traveller" in words(shown(desk, held))
    page = shown(desk, held)
    assert "/hits/" not in page
    for name in ("referral_admit", "referral_refuse", "referral_return"):
        assert reverse(f"border:{name}", args=[held.pk]) not in page
    # Setting aside is offered wherever F9 is: its audit row must not tell the two apart.
    for name in ("referral_protection", "referral_set_aside"):
        assert reverse(f"border:{name}", args=[held.pk]) in page
    assert judge(desk, held, "different").status_code == 403
    assert desk.get(reverse("border:referral_refuse", args=[held.pk])).status_code == 403
    data = {"key": str(uuid7()), "protection": "no", "grounds": ["C"]}
    assert post(desk, "referral_refuse", held, **data).status_code in (403, 409)
    assert post(desk, "referral_admit", held, key=str(uuid7()), reason="all right").status_code in (
        403,
        409,
        422,
    )
    assert Judgement.objects.count() == Decision.objects.exclude(kind="refer").count() == 0


def test_who_took_the_traveller_judges(held, desk):
    """The control of the test above: the same request, once she has taken the traveller."""
    post(desk, "referral_take", held)
    assert judge(desk, held, "different", what_decided=["father", "face"]).status_code == 302
    judgement = Judgement.objects.get()
    assert (judgement.outcome, judgement.what_decided) == ("different", ["father", "face"])


def test_a_judgement_needs_an_outcome_and_words(held, desk):
    post(desk, "referral_take", held)
    for wrong in ({"outcome": ""}, {"outcome": "perhaps"}, {"outcome": "same", "reason": " "}):
        answer = judge(desk, held, **{"outcome": "different", **wrong})
        assert answer.status_code == 200
        assert Judgement.objects.count() == 0
    answer = judge(desk, held, "different", what_decided=["horoscope"])
    assert "asked the father&#x27;s name" in answer.content.decode(), "what was typed stays"


def test_i_cannot_tell_leaves_the_likeness_open_and_is_told(held, desk):
    post(desk, "referral_take", held)
    judge(desk, held, "unsure", reason="no photograph in the entry")
    page = words(shown(desk, held))
    assert "I cannot tell . no photograph in the entry" in page
    assert "Judge the likeness first." in page
    answer = post(desk, "referral_admit", held, key=str(uuid7()), reason="let him go")
    assert answer.status_code == 422
    assert Crossing.objects.count() == 0


def test_the_same_person_shows_what_the_entry_asks_for(held, desk):
    post(desk, "referral_take", held)
    asks = f"The person of entry {Hit.objects.get().entry.source_key}. It asks for: Inquiry."
    assert asks not in words(shown(desk, held))
    judge(desk, held, "same")
    page = words(shown(desk, held))
    assert asks in page
    assert "desk of the owner" in page
    assert "Admit" in page, "an inquiry does not forbid entry: the officer decides, with a reason"


@pytest.mark.parametrize("instruction", [Instruction.DETAIN, Instruction.REFUSE_ENTRY])
def test_against_the_entry_the_page_says_that_a_second_officer_admits(desk, instruction):
    lists.entry("HALIMOV, Gulmurod", births=("1975-05-14",), instruction=instruction)
    booth = border.sign_on(cast.aida())
    referral = border.refer(border.inspect(booth, border.document(**PASSPORT)))
    post(desk, "referral_take", referral)
    judge(desk, referral, "same")
    page = shown(desk, referral)
    assert "A second officer decides on the admission" in page
    assert reverse("border:referral_admit", args=[referral.pk]) not in page
    post(desk, "referral_return", referral)
    leader = Client()
    sign_in(leader, cast.cholpon())
    post(leader, "referral_take", referral)
    assert reverse("border:referral_admit", args=[referral.pk]) in shown(leader, referral)


def test_a_judgement_is_taken_back_after_the_decision_too(held, desk):
    post(desk, "referral_take", held)
    judge(desk, held, "different")
    post(desk, "referral_admit", held, key=str(uuid7()), reason="a different person")
    hit = Hit.objects.get()
    answer = post(desk, "hit_take_back", held, hit.pk, reason="the wrong file was open")
    assert answer.status_code == 302
    hit.refresh_from_db()
    assert hit.status == "in_review"
    assert "Taken back . the wrong file was open" in words(shown(desk, held))


def test_nobody_takes_back_a_judgement_while_a_colleague_has_the_traveller(held, desk):
    post(desk, "referral_take", held)
    judge(desk, held, "different")
    leader = Client()
    sign_in(leader, cast.cholpon())
    hit = Hit.objects.get()
    assert post(leader, "hit_take_back", held, hit.pk, reason="I doubt it").status_code == 403
    hit.refresh_from_db()
    assert hit.status == "different"


def test_a_second_press_of_take_is_harmless_and_a_colleague_is_told(held):
    stale = Referral.objects.get(pk=held.pk)
    for _ in range(2):
        taken = second_line.take_referral(actor(cast.bakyt()), held)
    assert taken.taken_by_id == cast.bakyt().pk
    with pytest.raises(InvalidMove, match="Another officer of the second line has taken"):
        second_line.take_referral(actor(cast.cholpon()), stale)
    held.refresh_from_db()
    assert held.taken_by_id == cast.bakyt().pk


def test_a_referral_without_a_likeness_shows_what_was_found_and_what_to_do(desk):
    passport, booth = border.document(), border.sign_on(cast.aida())
    report(
        actor(cast.cholpon()), None, issuer=passport.issuer, number=passport.number,
        kind=Report.STOLEN, reference_text="R-77",
    )  # fmt: skip
    referral = border.refer(border.inspect(booth, passport))
    page = words(shown(desk, referral))
    assert "R-77" in page
    assert "Keep the document, and call who reported it." in page
    assert "F4" not in page, "the second line has no second line to send to"
    assert "Side by side" not in page


def test_the_keys_of_the_desk(held, desk):
    other = border.refer(border.inspect(border.sign_on(cast.aida()), border.document()))
    assert 'data-key="Alt+ArrowDown"' in shown(desk, held)
    assert shown(desk, held).count('data-key="Ctrl+Enter"') == 1
    post(desk, "referral_take", held)
    page = shown(desk, held)
    assert page.count('data-key="Ctrl+Enter"') == 1
    for key in ("F8", "F9", "Escape"):
        assert page.count(f'data-key="{key}"') == 1
    judge(desk, held, "different")
    assert shown(desk, held).count('data-key="Ctrl+Enter"') == 1
    queue = desk.get(reverse("border:second_line") + "?queue").content.decode()
    assert "Nobody is chosen" in queue
    assert str(other.pk) in queue


def test_hers_come_first_and_those_of_colleagues_last(desk):
    booth = border.sign_on(cast.aida())
    of_colleague, waits, hers = (
        border.refer(border.inspect(booth, border.document(surname=name)))
        for name in ("ELDEST", "MIDDLE", "YOUNGEST")
    )
    border.take(of_colleague, cast.cholpon())
    border.take(hers, cast.bakyt())
    page = desk.get(reverse("border:second_line") + "?queue").content.decode()
    places = [page.index(str(row.pk)) for row in (hers, waits, of_colleague)]
    assert places == sorted(places)


def test_refusal_is_not_asked_for_on_exit_nor_twice(held, desk):
    leaving = border.inspect(border.sign_on(cast.aida(), direction="exit"), border.document())
    out = border.refer(leaving)
    border.take(out, cast.bakyt())
    assert desk.get(reverse("border:referral_refuse", args=[out.pk])).status_code == 422
    post(desk, "referral_take", held)
    data = {"key": str(uuid7()), "protection": "no", "grounds": ["H"]}
    first = post(desk, "referral_refuse", held, **data)
    assert first.url == reverse("border:refused", args=[Decision.objects.get(kind="refuse").pk])
    assert desk.get(reverse("border:referral_refuse", args=[held.pk])).url == first.url


def test_times_are_those_of_the_post(held, desk):
    post(desk, "referral_take", held)
    with border.clock(border.days_ago(0, hour=20)):
        hit = Hit.objects.get()
        judge_hit(actor(cast.bakyt()), hit, outcome="different", reason="another father")
    assert "02:00 Sr Lt Bakirov Bakyt" in words(shown(desk, held))


def test_a_hostile_name_stays_text(desk):
    passport = border.document(surname="<B>X", given_names="A")
    referral = border.refer(border.type_in(border.sign_on(cast.aida()), passport))
    page = shown(desk, referral)
    assert "<B>X" not in page
    assert "&lt;B&gt;X" in page
