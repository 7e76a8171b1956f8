"""The booth from the outside: a document is shown, a verdict comes, an officer decides."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from safar.control.border.models import Crossing, Decision, Inspection, Referral
from safar.control.documents.actions import report as report_document
from safar.control.documents.choices import Report
from safar.control.travellers.models import TravelDocument
from safar.core.models import AuditEntry
from safar.lib import mrz
from safar.lib.partial_dates import PartialDate
from tests import cast
from tests.makers import border
from tests.makers.accounts import actor, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def zone(**changes) -> str:
    fields = {
        "document_code": "P", "issuer": "JPN", "number": "TZ4481902", "surname": "TAKAHASHI",
        "given_names": "YUKI", "birth": PartialDate(1991, 3, 14), "sex": "F",
        "expiry": date.today() + timedelta(days=900),
    }  # fmt: skip
    return "\n".join(mrz.write(mrz.Document(**{**fields, **changes})))


@pytest.fixture
def booth(client):
    """Aida's browser, signed on to lane 1, entry, at Manas."""
    officer = cast.aida()
    border.sign_on(officer)
    sign_in(client, officer)
    return client


def scan(booth, text=None, **headers):
    return booth.post(reverse("border:scan"), {"scan": zone() if text is None else text}, **headers)


def the_inspection() -> Inspection:
    return Inspection.objects.latest("inspected_at")


def decide(booth, act, inspection=None, **answers):
    inspection = inspection or the_inspection()
    data = {"key": str(uuid4()), "purpose": "tourism", **answers}
    return booth.post(reverse(f"border:{act}", args=[inspection.pk]), data)


def test_scan_and_enter_is_all_a_clean_traveller_needs(booth):
    shown = scan(booth, HTTP_HX_REQUEST="true")
    assert shown.status_code == 200
    assert 'data-key="Enter"' in shown.content.decode()
    assert decide(booth, "admit").status_code == 302
    crossing = Crossing.objects.get()
    assert (crossing.direction, crossing.post_id, crossing.citizenship) == (
        "entry",
        "KG-MAN",
        "JPN",
    )
    assert crossing.document.surname == "TAKAHASHI"
    assert crossing.permitted_until is not None


def test_without_scripts_the_scan_leads_to_a_page_of_its_own(booth):
    answer = scan(booth)
    assert answer.status_code == 302
    assert booth.get(answer.url).status_code == 200


def test_the_same_post_twice_records_one_crossing(booth):
    scan(booth)
    key = str(uuid4())
    first, again = decide(booth, "admit", key=key), decide(booth, "admit", key=key)
    assert (first.status_code, again.status_code) == (302, 302)
    assert Crossing.objects.count() == 1


def test_another_decision_on_the_same_inspection_is_refused(booth):
    scan(booth)
    decide(booth, "admit")
    answer = decide(booth, "admit")
    assert answer.status_code == 409
    assert Crossing.objects.count() == 1


def test_enter_never_accepts_what_is_not_clear(booth):
    scan(booth, zone(expiry=date.today() - timedelta(days=2)))
    assert (
        'data-key="Enter"'
        not in booth.get(reverse("border:inspection", args=[the_inspection().pk])).content.decode()
    )
    assert decide(booth, "admit").status_code == 403
    assert Crossing.objects.count() == 0


def test_a_remark_is_passed_with_a_reason_only(booth):
    scan(booth, zone(expiry=date.today() - timedelta(days=2)))
    without = decide(booth, "pass_with_reason", reason=" ")
    assert without.status_code == 200
    assert "why the traveller may pass" in without.content.decode()
    assert decide(booth, "pass_with_reason", reason="Embassy letter seen").status_code == 302
    assert Decision.objects.get().reason == "Embassy letter seen"


def test_a_held_traveller_cannot_be_passed_by_the_first_line(booth):
    report_document(
        actor(cast.cholpon()), None, issuer="JPN", number="TZ4481902",
        kind=Report.STOLEN, reference_text="R-1",
    )  # fmt: skip
    scan(booth)
    assert the_inspection().verdict == "hold"
    assert decide(booth, "pass_with_reason", reason="looks fine").status_code == 403
    assert decide(booth, "refer").status_code == 302
    assert Referral.objects.get().status == "waiting"


def test_a_known_traveller_is_greeted_as_known(booth):
    scan(booth)
    decide(booth, "admit")
    scan(booth)
    codes = [row["code"] for row in the_inspection().findings]
    assert "who.known" in codes
    assert the_inspection().traveller_id == Crossing.objects.get().traveller_id


def test_a_renewed_passport_is_proposed_and_the_officer_says_who_it_is(booth):
    old = border.document(
        issuer="JPN", surname="TAKAHASHI", given_names="YUKI", birth="1991-03-14", sex="F"
    )
    entry = border.crossed(cast.aida(), old, when=border.days_ago(40))
    border.crossed(cast.aida(), old, "exit", when=border.days_ago(38))
    border.sign_on(cast.aida())
    scan(booth, zone(number="TZ9990001"))
    assert the_inspection().possible == [entry.traveller_id]
    assert decide(booth, "admit", same_as=str(entry.traveller_id)).status_code == 302
    assert TravelDocument.objects.filter(traveller=entry.traveller_id).count() == 2


def test_nothing_merges_by_itself(booth):
    scan(booth)
    decide(booth, "admit")
    scan(booth, zone(number="TZ9990001"))
    decide(booth, "admit")
    assert Crossing.objects.values("traveller").distinct().count() == 2


@pytest.mark.parametrize(
    "text", ["", "hello", "P<" * 60, "\x00\x01", "<script>alert(1)</script>" * 5]
)
def test_garbage_is_answered_and_recorded_nowhere(booth, text):
    answer = scan(booth, text)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert Inspection.objects.count() == 0


def test_a_visa_is_not_taken_for_a_passport(booth):
    lines = mrz.write(
        mrz.Document(document_code="V", issuer="KGZ", number="A1234567", surname="TAKAHASHI",
                     given_names="YUKI", nationality="JPN", birth=PartialDate(1991, 3, 14),
                     sex="F", expiry=date.today() + timedelta(days=90)),
        "MRV-A",
    )  # fmt: skip
    assert "zone of a visa" in scan(booth, "\n".join(lines)).content.decode()


def test_a_reader_that_types_through_a_russian_keyboard_is_understood(booth):
    latin = "QWERTYUIOP[]ASDFGHJKL;'ZXCVBNM,.<"
    russian = "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮБ"
    scan(booth, zone().translate(str.maketrans(latin, russian)))
    assert the_inspection().document["surname"] == "TAKAHASHI"


def test_a_document_may_be_typed_by_hand(booth):
    answer = booth.post(
        reverse("border:typed"),
        {"kind": "P", "issuer": "JPN", "number": "tz 448-1902", "nationality": "JPN",
         "surname": "Takahashi", "given_names": "Yuki", "birth": "00031991", "sex": "F",
         "expires_on": "01012031"},
    )  # fmt: skip
    assert answer.status_code == 302
    assert the_inspection().document["number"] == "TZ4481902"
    assert the_inspection().document["birth"] == "1991-03"


def test_another_officers_inspection_is_not_hers_to_decide(booth):
    client = Client()
    scan(booth)
    inspection = the_inspection()
    other = cast.bakyt()
    border.sign_on(other, lane="2")
    sign_in(client, other)
    assert decide(client, "admit", inspection).status_code == 403
    assert AuditEntry.objects.filter(action="border.admit", outcome="refused").count() == 1


def test_at_another_post_the_inspection_does_not_exist(booth):
    client = Client()
    scan(booth)
    inspection = the_inspection()
    border.sign_on(cast.daniyar(), code="KG-TOR")
    sign_in(client, cast.daniyar())
    assert client.get(reverse("border:inspection", args=[inspection.pk])).status_code == 404


def test_without_a_booth_nothing_is_scanned(client):
    sign_in(client, cast.aida())
    assert scan(client).status_code == 422
    assert client.get(reverse("border:booth")).url == reverse("border:sign_on")


def test_an_analyst_has_no_booth(client):
    sign_in(client, cast.gulnara())
    assert client.get(reverse("border:booth")).status_code == 403


def test_a_clean_scan_costs_few_queries(booth, django_assert_max_num_queries):
    scan(booth)
    decide(booth, "admit")
    with django_assert_max_num_queries(26):
        scan(booth, zone(number="TZ0000001"), HTTP_HX_REQUEST="true")


def test_an_error_in_a_swap_goes_to_the_notices_and_leaves_the_form(booth):
    scan(booth)
    decide(booth, "admit")
    url = reverse("border:admit", args=[the_inspection().pk])
    answer = booth.post(url, {"key": str(uuid4())}, HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#errors")


def test_the_same_person_on_a_new_passport_has_no_fresh_days(booth):
    officer = cast.aida()
    old = border.document(
        issuer="JPN", surname="TAKAHASHI", given_names="YUKI", birth="1991-03-14", sex="F"
    )
    border.crossed(officer, old, when=border.days_ago(33))
    border.crossed(officer, old, "exit", when=border.days_ago(4))
    border.sign_on(officer)
    scan(booth, zone(number="TZ9990001"))
    assert the_inspection().verdict == "clear"
    answer = decide(booth, "admit", same_as=str(the_inspection().possible[0]))
    assert answer.status_code == 200
    assert "entry.days_used" in [row["code"] for row in the_inspection().findings]
    assert Crossing.objects.filter(crossed_at__gte=border.days_ago(1)).count() == 0


def test_an_inspection_of_long_ago_is_not_decided_on(booth):
    scan(booth)
    inspection = the_inspection()
    with border.clock(inspection.inspected_at + timedelta(minutes=16)):
        assert decide(booth, "admit", inspection).status_code == 409
    with border.clock(inspection.inspected_at + timedelta(minutes=14)):
        assert decide(booth, "admit", inspection).status_code == 302


def test_two_readings_of_one_passport_make_one_crossing(booth):
    scan(booth)
    first = the_inspection()
    scan(booth)
    second = the_inspection()
    assert decide(booth, "admit", first).status_code == 302
    assert decide(booth, "admit", second).status_code == 409
    assert Crossing.objects.count() == 1


def test_a_key_of_another_decision_is_refused_in_words(booth):
    key = str(uuid4())
    scan(booth)
    decide(booth, "admit", key=key)
    scan(booth, zone(number="TZ0000002"))
    assert decide(booth, "admit", key=key).status_code == 409


def test_a_card_with_a_long_number_is_decided_on(booth):
    long = mrz.write(
        mrz.Document(document_code="I", issuer="JPN", number="D23145890734ABCDEFGHIJK"[:22],
                     surname="TAKAHASHI", given_names="YUKI", birth=PartialDate(1991, 3, 14),
                     sex="F", expiry=date.today() + timedelta(days=900)),
        "TD1",
    )  # fmt: skip
    scan(booth, "\n".join(long))
    assert decide(booth, "refer").status_code == 302


def test_a_stay_longer_than_any_window_finds_its_entry(booth):
    officer = cast.aida()
    indian = border.document(issuer="IND", surname="SHARMA", given_names="RAVI")
    border.crossed(officer, indian, when=border.days_ago(450))
    leaving = border.inspect(border.sign_on(officer, direction="exit"), indian)
    assert "stay.no_entry" not in [row["code"] for row in leaving.findings]
    assert leaving.verdict == "check"


def test_the_last_day_of_a_visa_is_kept_where_no_rule_gives_one(booth):
    scan(booth, zone(issuer="IND"))
    until = date.today() + timedelta(days=20)
    decide(booth, "pass_with_reason", reason="visa 123", permitted_until=until.strftime("%d%m%Y"))
    assert Crossing.objects.get().permitted_until == until


def test_a_citizen_is_not_refused_entry(booth):
    scan(booth, zone(issuer="KGZ", number="AC1234567"))
    url = reverse("border:refuse", args=[the_inspection().pk])
    answer = booth.post(url, {"key": str(uuid4()), "protection": "no", "grounds": ["I"]})
    assert answer.status_code == 422
    assert Decision.objects.count() == 0
