"""Refugees and stateless persons: papers of their own, and nothing that leaves the home offices."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from safar.control.passports import actions, queries
from safar.control.passports.actions import Asked
from safar.control.passports.models import IdentityMatch
from safar.control.passports.queries import identity
from safar.core.errors import NotAllowed
from safar.core.models import AuditEntry
from tests.makers import accounts
from tests.makers import passports as make
from tests.passports.test_identity import document

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def raw(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def refugee(**changes: Any) -> Any:
    return make.sent(kind="refugee", person=make.REFUGEE, **changes)


def test_a_refugees_paper_asks_for_the_decision_on_the_status():
    application = make.approved(kind="refugee", person=make.REFUGEE)
    assert application.status == "approved"
    assert application.nationality == "XXB"
    assert application.fee_due == 0
    assert "status" in queries.paper_kinds(application)


@pytest.mark.parametrize(
    ("kind", "nationality"),
    [("refugee", "AFG"), ("stateless", "XXB"), ("passport", "XXB"), ("card", "XXA")],
)
def test_no_paper_names_a_nationality_that_is_not_its_own(kind, nationality):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.draft(kind=kind, person=make.who(nationality=nationality))
    application = make.draft(person=make.who(surname="FINE"))
    with pytest.raises(IntegrityError):
        raw("UPDATE passports_application SET nationality = 'XXB' WHERE id = %s", application.pk)


def test_a_national_passport_is_for_citizens_alone():
    foreign = make.draft(person=make.who(nationality="TUR"))
    assert [one.code for one in queries.problems(foreign)] == ["nationality.other"]


def test_no_consulate_takes_a_refugees_application():
    abroad = make.clerk("Selim", at=make.ABROAD)
    with pytest.raises(NotAllowed, match="inside the country"):
        make.draft(abroad, kind="refugee", person=make.REFUGEE)
    assert make.draft(abroad, person=make.who(surname="CITIZEN")).kind == "passport"


def test_a_consulate_is_never_shown_a_refugee_who_is_like_an_applicant():
    refugee()
    abroad = make.clerk("Selim", at=make.ABROAD)
    same = make.who(
        surname="RAHIMI", given_names="FARID", name_written="", birth=make.REFUGEE.birth,
        sex="M", personal_number="",
    )  # fmt: skip
    application = make.looked(abroad, person=same)
    match = IdentityMatch.objects.get(application=application)
    consul = make.approver("Meerim", at=make.ABROAD)
    assert not identity.may_see(consul, match)
    assert identity.may_see(make.head(), match)
    with pytest.raises(NotAllowed, match="not yours to see"):
        actions.judge_identity(consul, match, outcome="another", reason="Not him")
    judged = actions.judge_identity(make.head(), match, outcome="another", reason="Not him")
    assert judged.outcome == "another"


def test_an_office_inside_the_country_is_shown_the_refugee():
    refugee()
    same = make.who(
        surname="RAHIMI", given_names="FARID", name_written="", birth=make.REFUGEE.birth,
        sex="M", personal_number="",
    )  # fmt: skip
    application = make.looked(person=same)
    match = IdentityMatch.objects.get(application=application)
    assert identity.may_see(make.approver(), match)


def test_the_audit_names_no_refugee():
    application = make.approved(kind="refugee", person=make.REFUGEE)
    actions_of = AuditEntry.objects.filter(action__startswith="passports.")
    told = " ".join(f"{row.target} {row.details}" for row in actions_of)
    assert str(application.pk) in told
    assert not {"RAHIMI", "FARID", "1988-03-01"} & {*told.replace("'", " ").split()}
    assert "RAHIMI" not in told


def test_nobody_outside_the_passports_reads_their_tables():
    """No other app may import this one's rooms: what it is not given, it cannot hand on."""
    from pathlib import Path

    from django.conf import settings

    package = Path(settings.PACKAGE)
    allowed = {package / "control" / "passports", package / "config", package / "simulation"}
    asks_little = package / "control" / "border" / "queries" / "facts.py"
    assert "passports.queries.at_booth import differs, not_honoured" in asks_little.read_text()
    assert asks_little.read_text().count("control.passports") == 1
    allowed.add(asks_little)
    readers = [
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if "safar.control.passports" in path.read_text()
        and not any(path.is_relative_to(one) for one in allowed)
    ]
    assert readers == []


def test_an_asylum_seeker_is_asked_for_no_national_passport():
    lost = make.draft(kind="refugee", person=make.REFUGEE, asked=Asked("first"))
    assert "earlier_number" not in queries.missing(lost)
    assert "identity" not in queries.wanted_papers(lost)


def rahimi() -> Any:
    return make.who(
        surname="RAHIMI", given_names="FARID", name_written="", birth=make.REFUGEE.birth,
        sex="M", personal_number="",
    )  # fmt: skip


def test_a_consulate_does_not_read_what_headquarters_wrote_of_a_refugee():
    refugee()
    abroad = make.clerk("Selim", at=make.ABROAD)
    application = make.looked(abroad, person=rahimi())
    match = IdentityMatch.objects.get(application=application)
    actions.judge_identity(make.head(), match, outcome="another", reason="He lives in Osh")
    client = Client()
    accounts.sign_in_with_app(client, make.officer("Selim", "passport_clerk", make.ABROAD))
    page = client.get(reverse("passports:application", args=[application.pk])).content.decode()
    assert "protection" not in page
    assert "lives in Osh" not in page


def test_a_consulate_is_not_shown_a_refugees_paper_that_crossed_a_border():
    document(
        issuer="KGZ", nationality="XXB", surname="RAHIMI", given_names="FARID",
        birth=make.REFUGEE.birth, sex="M",
    )  # fmt: skip
    abroad = make.clerk("Selim", at=make.ABROAD)
    renamed = replace(rahimi(), surname="ISAKOV", former_names=("RAHIMI, FARID",))
    match = IdentityMatch.objects.get(application=make.looked(abroad, person=renamed))
    assert match.found_in == "border"
    assert not identity.may_see(make.approver("Meerim", at=make.ABROAD), match)
    assert identity.may_see(make.head(), match)
