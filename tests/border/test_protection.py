"""A traveller asks for protection: the refusal path ends, and nothing leads to the person."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from safar.control.border.actions import second_line
from safar.control.border.models import Crossing, Decision, FlowExit, Inspection, Referral
from safar.control.documents.actions import report as report_document
from safar.control.documents.choices import Report
from safar.core import audit
from safar.core.models import AuditEntry
from safar.core.record import writing
from safar.reference import queries as reference
from safar.reference.models import ProtectionContact
from tests import cast
from tests.makers import border
from tests.makers.accounts import actor, audited, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

EXPIRED = {"expires_on": border.days_ago(3).date()}


def seen(verdict: str = "clear", direction: str = "entry") -> Inspection:
    """What an officer has in front of her, of each verdict."""
    border.post()
    shown = border.document(
        issuer="RUS" if direction == "entry" else "KGZ",
        **(EXPIRED if verdict == "check" else {}),
    )
    if verdict == "hold":
        report_document(
            actor(cast.cholpon()), None, issuer=shown.issuer, number=shown.number,
            kind=Report.STOLEN, reference_text="R-1",
        )  # fmt: skip
    return border.inspect(border.sign_on(cast.aida(), direction=direction), shown)


@pytest.fixture
def booth(client):
    border.sign_on(cast.aida())
    sign_in(client, cast.aida())
    return client


def press_f9(client, inspection):
    return client.post(reverse("border:protection", args=[inspection.pk]))


def rows_that_name(key: UUID) -> list[str]:
    """Every table and column of the database in which a key stands, in any form of writing."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        for (table,) in cursor.fetchall():
            quoted = connection.ops.quote_name(table)
            cursor.execute(
                f"SELECT count(*) FROM {quoted} t WHERE t::text ILIKE ANY (%s)",
                [[f"%{key}%", f"%{key.hex}%"]],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


@pytest.mark.parametrize("direction", ["entry", "exit"])
@pytest.mark.parametrize("verdict", ["clear", "check", "hold"])
def test_one_key_leaves_the_flow_from_anywhere(booth, verdict, direction):
    inspection = seen(verdict, direction)
    if direction == "entry":
        assert inspection.verdict == verdict
    page = booth.get(reverse("border:inspection", args=[inspection.pk])).content.decode()
    assert 'data-key="F9"' in page
    answer = press_f9(booth, inspection)
    assert answer.url == reverse("border:protection_help")
    assert FlowExit.objects.count() == 1
    assert Decision.objects.count() == Referral.objects.count() == Crossing.objects.count() == 0


def test_only_post_and_day_are_kept(booth):
    press_f9(booth, seen())
    assert {field.name for field in FlowExit._meta.get_fields()} == {"id", "post", "day"}
    left = FlowExit.objects.get()
    assert (left.post_id, left.id.version) == ("KG-MAN", 4)


def test_nothing_in_the_database_leads_from_the_exit_to_the_person(booth):
    inspection = seen()
    before = rows_that_name(inspection.pk)
    press_f9(booth, inspection)
    booth.get(reverse("border:protection_help"))
    assert rows_that_name(inspection.pk) == before
    assert rows_that_name(FlowExit.objects.get().pk) == ["border_flowexit"]
    assert not inspection.decisions.exists()


def test_a_decision_would_have_been_found(booth):
    inspection = seen()
    before = rows_that_name(inspection.pk)
    border.refuse(inspection, "C")
    assert set(rows_that_name(inspection.pk)) > set(before)


def test_the_audit_holds_nothing_of_it(booth):
    """The chain keeps time and order: the officer's scan just before would name the person."""
    inspection = seen()
    before = audit.head()
    press_f9(booth, inspection)
    assert FlowExit.objects.count() == 1
    assert audit.head() == before


def test_in_second_line_the_audit_shows_what_setting_aside_shows():
    """The same rows, whether she left the flow or turned back."""
    told = []
    for leave in (second_line.leave_flow_referred, second_line.set_aside_referral):
        referral = border.refer(seen("check"))
        border.take(referral, cast.bakyt())
        last = audit.head().number
        leave(actor(cast.bakyt()), referral)
        rows = AuditEntry.objects.filter(number__gt=last).order_by("number")
        told.append([(row.action, row.outcome, row.actor_name, row.details) for row in rows])
    assert told[0] == told[1]
    assert len(told[0]) == 1


def test_the_audit_of_a_refusal_names_both(booth):
    inspection = seen()
    decision = border.refuse(inspection, "C")
    (row,) = audited("border.refuse")
    assert row.actor_id == cast.aida().pk
    assert row.target == f"Decision:{decision.pk}"


@pytest.mark.parametrize(
    "answers",
    [
        {"grounds": ["C", "E"], "reason": "no visa"},
        {"grounds": ["Z"]},
        {"grounds": []},
        {"key": "not a key", "reason": "x" * 900},
    ],
)
def test_yes_leaves_the_refusal_path_whatever_else_is_filled_in(booth, answers):
    inspection = seen()
    data = {"key": str(uuid4()), "protection": "yes", **answers}
    answer = booth.post(reverse("border:refuse", args=[inspection.pk]), data)
    assert answer.url == reverse("border:protection_help")
    assert Decision.objects.count() == 0
    assert FlowExit.objects.count() == 1


def test_the_refusal_page_has_the_key_too(booth):
    inspection = seen()
    page = booth.get(reverse("border:refuse", args=[inspection.pk])).content.decode()
    assert 'form="leave" data-key="F9"' in page
    assert reverse("border:protection", args=[inspection.pk]) in page


def test_the_page_of_help_has_no_key_and_no_name(booth):
    inspection = seen()
    answer = booth.post(reverse("border:protection", args=[inspection.pk]), follow=True)
    assert answer.request["PATH_INFO"] == "/protection/"
    page = answer.content.decode()
    for name in (str(inspection.pk), inspection.document["number"], inspection.document["surname"]):
        assert name not in page
    for line in ("private room", "Do not ask", "Do not refuse", "interpreter", "consulate"):
        assert line in page
    assert page.count("<li><span>") == 5


def test_whom_to_call_is_named_by_topic_and_a_missing_number_is_said(booth):
    page = booth.get(reverse("border:protection_help")).content.decode()
    for words in ("Asylum", "Trafficking", "UNHCR office in Bishkek", "The post enters it here"):
        assert words in page
    with writing("reference"):
        contact = ProtectionContact.objects.get(pk="KGZ-UNHCR")
        contact.phone = "+996 312 000 000"
        contact.save()
    reference.forget()
    assert "+996 312 000 000" in booth.get(reverse("border:protection_help")).content.decode()


def test_enter_goes_on_to_the_next_traveller(booth, client):
    assert (
        f'href="{reverse("border:booth")}" data-key="Enter"'
        in booth.get(reverse("border:protection_help")).content.decode()
    )
    second = Client()
    sign_in(second, cast.bakyt())
    assert (
        f'href="{reverse("border:second_line")}" data-key="Enter"'
        in second.get(reverse("border:protection_help")).content.decode()
    )


def test_in_second_line_the_key_does_the_same(client):
    referral = border.refer(seen("check"))
    border.take(referral, cast.bakyt())
    sign_in(client, cast.bakyt())
    data = {"protection": "yes", "grounds": ["C"], "key": str(uuid4())}
    answer = client.post(reverse("border:referral_refuse", args=[referral.pk]), data)
    assert answer.url == reverse("border:protection_help")
    assert not Decision.objects.filter(kind="refuse").exists()
    assert FlowExit.objects.count() == 1


@pytest.mark.parametrize("status", ["waiting", "taken", "taken by another"])
def test_in_second_line_the_key_is_there_whoever_took_the_traveller(client, status):
    referral = border.refer(seen("hold"))
    if status != "waiting":
        border.take(referral, cast.bakyt() if status == "taken" else cast.cholpon())
    sign_in(client, cast.bakyt())
    page = client.get(reverse("border:referral", args=[referral.pk])).content.decode()
    assert 'data-key="F9"' in page
    answer = client.post(reverse("border:referral_protection", args=[referral.pk]))
    assert answer.url == reverse("border:protection_help")
    referral.refresh_from_db()
    assert referral.status == "set_aside"
    assert FlowExit.objects.count() == 1
    assert not Decision.objects.exclude(kind="refer").exists()


def test_another_post_cannot_count_and_an_analyst_sees_no_page(client):
    inspection = seen()
    border.sign_on(cast.daniyar(), code="KG-TOR")
    sign_in(client, cast.daniyar())
    assert press_f9(client, inspection).status_code == 404
    analyst = Client()
    sign_in(analyst, cast.gulnara())
    assert analyst.get(reverse("border:protection_help")).status_code == 403
    assert FlowExit.objects.count() == 0


def test_a_page_is_never_enough_to_leave_the_flow(booth):
    inspection = seen()
    assert booth.get(reverse("border:protection", args=[inspection.pk])).status_code == 405
    assert FlowExit.objects.count() == 0
