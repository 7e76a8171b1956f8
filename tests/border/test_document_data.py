"""At the booth: what a document tells about itself becomes a finding, in words, and in the verdict."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.control.border.actions import inspecting
from safar.control.border.models import Inspection
from safar.control.border.queries.facts import Shown, shown_again
from safar.control.border.wording.findings import tell
from safar.control.documents.rules import WEIGHTS
from safar.control.travellers import actions as travellers
from safar.lib import mrz
from safar.lib.partial_dates import PartialDate
from tests import cast
from tests.makers import border
from tests.makers import series as make
from tests.makers.accounts import actor, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def zone(**changes) -> str:
    fields = {
        "document_code": "P", "issuer": "RUS", "number": "U00000150", "surname": "SOKOLOV",
        "given_names": "ANTON", "birth": PartialDate(1987, 11, 9), "sex": "M",
        "expiry": date.today() + timedelta(days=900),
    }  # fmt: skip
    return "\n".join(mrz.write(mrz.Document(**{**fields, **changes})))


@pytest.fixture
def booth(client: Client) -> Client:
    """Aida's browser, signed on to lane 1, entry, at Manas."""
    border.sign_on(cast.aida())
    sign_in(client, cast.aida())
    return client


def scan(booth, **changes) -> Inspection:
    booth.post(reverse("border:scan"), {"scan": zone(**changes)})
    return newest()


def newest() -> Inspection:
    return Inspection.objects.latest("inspected_at")


def codes(inspection: Inspection) -> set[str]:
    return {row["code"] for row in inspection.findings}


def test_a_stolen_blank_is_held_with_its_reference(booth):
    border.post()
    make.batch(cast.kamila())
    found = scan(booth)
    assert found.verdict == "hold"
    assert found.findings[0]["code"] == "document.stolen_batch"
    page = booth.get(reverse("border:inspection", args=[found.pk])).content.decode()
    assert "letter 9" in page
    assert "document.valid" not in codes(found)
    assert scan(booth, number="U00000200").verdict == "clear"


def test_what_is_unusual_is_told_and_stops_nobody(booth):
    make.series(pattern="AB#######")
    found = scan(booth)
    assert found.verdict == "clear"
    assert {"document.number_unusual", "document.valid"} <= codes(found)
    assert "document.number_unusual" not in codes(scan(booth, number="AB1234567"))


def test_a_term_that_a_sure_row_contradicts_asks_for_a_check(booth):
    make.series()
    late = timezone.now().date() + timedelta(days=366 * 10 + 30)
    found = scan(booth, expiry=late)
    assert found.verdict == "check"
    assert "document.term" in codes(found)


def test_the_printed_page_is_compared_and_a_difference_stays_to_the_end(booth):
    found = scan(booth)
    assert found.verdict == "clear"
    address = reverse("border:compare", args=[found.pk])
    assert booth.get(address).status_code == 200
    typed = {"number": "U 0000 0151", "birth": "09111987", "issued_on": "01022024"}
    booth.post(address, {"source": "page", **typed})
    anew = newest()
    assert anew.pk != found.pk
    assert anew.verdict == "check"
    assert "document.sources_differ" in codes(anew)
    assert anew.document["issued_on"] == "2024-02-01"
    page = booth.get(reverse("border:inspection", args=[anew.pk])).content.decode()
    assert "the zone says U00000150, the page says U00000151" in page
    assert shown_again(anew).others[0].number == "U00000151", "what is inspected anew keeps it"


def test_a_page_that_agrees_changes_nothing(booth):
    found = scan(booth)
    address = reverse("border:compare", args=[found.pk])
    booth.post(
        address,
        {
            "source": "page",
            "number": "U00000150",
            "name": "Sokolov Anton",
            "name_written": "Соколов Антон",
            "sex": "M",
        },
    )
    assert newest().verdict == "clear"
    assert newest().document["name_written"] == "Соколов Антон"


def test_a_booking_is_compared_beside_the_page_and_dates_no_document(booth):
    found = scan(booth)
    address = reverse("border:compare", args=[found.pk])
    booth.post(address, {"source": "page", "number": "U00000150"})
    anew = newest()
    said = {"name": "Sokolov Anton", "nationality": "KGZ", "issued_on": "01022024"}
    booth.post(reverse("border:compare", args=[anew.pk]), {"source": "booking", **said})
    booked = newest()
    assert [other.source for other in shown_again(booked).others] == ["page", "booking"]
    assert booked.document["issued_on"] != "2024-02-01", "a booking knows nothing of that"
    page = booth.get(reverse("border:inspection", args=[booked.pk])).content.decode()
    assert "Citizen of: the zone says RUS, the booking says KGZ" in page
    assert "the booking says SOKOLOV" not in page


def test_a_name_that_is_no_spelling_of_her_own_is_looked_at(booth):
    found = scan(booth)
    booth.post(
        reverse("border:compare", args=[found.pk]),
        {"source": "page", "name_written": "Петров Антон"},
    )
    assert "document.name_spelling" in codes(newest())
    assert newest().verdict == "check"


def test_an_empty_page_is_not_compared(booth):
    found = scan(booth)
    answer = booth.post(reverse("border:compare", args=[found.pk]), {"source": "page"})
    assert answer.status_code == 422
    assert newest().pk == found.pk


def test_another_officers_inspection_and_a_decided_one_are_not_compared(booth):
    found = scan(booth)
    border.admit(found)
    assert booth.get(reverse("border:compare", args=[found.pk])).status_code == 302
    other = border.inspect(border.sign_on(border.leader(), "2"), border.document())
    assert booth.get(reverse("border:compare", args=[other.pk])).status_code == 404


def test_a_typed_document_is_checked_without_a_zone(booth):
    border.post()
    typed = {
        "kind": "P", "issuer": "KGZ", "number": "PE1234567", "nationality": "KGZ",
        "surname": "Asanova", "given_names": "Aida", "birth": "14031991", "sex": "F",
        "issued_on": "01052035", "expires_on": "30042036", "personal_number": "21503199100001",
    }  # fmt: skip
    booth.post(reverse("border:typed"), typed)
    wrong = {"document.issued_future", "document.personal_birth", "document.personal_sex"}
    assert wrong <= codes(newest())
    right = {**typed, "issued_on": "01052021", "expires_on": "30042031"}
    booth.post(reverse("border:typed"), {**right, "personal_number": "11403199100001"})
    assert not wrong & codes(newest())


@pytest.mark.parametrize(("told", "is_found"), [("KGZ", True), ("other", False)])
def test_the_experts_table_says_whether_a_zones_personal_number_tells_anything(
    booth, told, is_found
):
    make.series("kgz-p-u", issuer="KGZ", terms="", personal_number=told)
    found = scan(booth, issuer="KGZ", nationality="KGZ", personal_number="21503199100001")
    assert ("mrz.personal.birth" in codes(found)) is is_found


def test_a_second_passport_that_is_valid_too_is_told():
    fields = {"birth": PartialDate(1987, 11, 9), "personal_number": "7771"}
    aida, seat = actor(cast.aida()), border.sign_on(cast.aida())

    def shown(**more) -> dict[str, dict[str, Any]]:
        document = border.document(**{**fields, **more})
        found = inspecting.inspect(aida, seat, shown=Shown(document))
        return {row["code"]: row["params"] for row in found.findings}

    first = border.document(**fields)
    travellers.register(aida, None, document=first)
    assert shown()["document.two_at_once"]["number"] == first.number
    assert "document.two_at_once" not in shown(kind="I"), "a card beside a passport is usual"
    assert "document.two_at_once" not in shown(personal_number="7772"), "nobody knows it is her"
    assert "document.two_at_once" not in shown(number=first.number), "the same one again"


def test_the_table_costs_a_scan_no_query(booth):
    make.series()
    scan(booth)
    with connection.execute_wrapper(_no_series_table):
        scan(booth)


def _no_series_table(execute, sql, params, many, context):
    assert "documents_documentseries" not in sql
    assert "documents_seriesrevision" not in sql
    return execute(sql, params, many, context)


@pytest.mark.parametrize("code", sorted(WEIGHTS))
def test_every_finding_is_said_in_a_whole_sentence(code):
    params = {
        "reference": "R", "code": "WSA", "number": "X1", "field": "birth", "source": "chip",
        "zone": "X" if code.endswith("spelling") else "1990-01-01", "other": "1991", "issued": "2020-01-01", "birth": "1990-01-01",
        "expiry": "2030-01-01", "personal": "M" if code.endswith("sex") else "1990-01-02",
        "sex": "F", "written": "Ы", "since": "2020-01-01", "until": "", "state": "Burma",
        "year": 1990,
    }  # fmt: skip
    told = tell({"code": code, "params": params})
    assert told.sentence.endswith(".")
    assert "{" not in told.sentence + told.to_do
    assert bool(told.to_do) or told.tone == "info"
    assert "1990-01-0" not in told.sentence, "days are written as officers write them"
