"""The demonstration's passport office: every step by another pair of hands, and all blanks there."""

from collections import Counter

import pytest
from django.db.models import F

from safar.control.blanks.models import Box
from safar.control.blanks.queries.stock import balances
from safar.control.documents.queries import report_or_none
from safar.control.passports.models import (
    Application,
    IdentityMatch,
    Passport,
    PersonalisationJob,
    QualityCheck,
)
from safar.control.passports.queries.making import waiting
from safar.simulation import passport_offices, users
from tests.makers.passports_made import forget_keys
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def office(db):
    forget_keys()
    load_reference()
    users.add()
    yield passport_offices.add()
    forget_keys()


def test_a_passport_office_is_there_once_and_every_blank_of_it(office):
    assert office == "18 applications, 3 given out, 1 to judge"
    assert passport_offices.add() == "there already"
    states = Counter(Application.objects.values_list("status", flat=True))
    assert {"submitted", "checked", "approved", "made", "delivered", "refused"} <= set(states)
    _nobody_approved_what_she_checked()
    _nobody_passed_what_he_made()
    _a_second_identity_waits_to_be_judged()
    assert waiting(passport_offices.OFFICE).count() == 3
    lost = Passport.objects.get(status="cancelled")
    assert report_or_none("KGZ", lost.number) is not None
    assert Counter(Box.objects.values_list("status", flat=True)) == {"open": 3, "sealed": 1}
    assert all(row.is_right for row in balances())


def _nobody_approved_what_she_checked() -> None:
    assert not Application.objects.filter(decided_by=F("checked_by")).exists()
    assert not Application.objects.filter(decided_by=F("entered_by")).exists()


def _nobody_passed_what_he_made() -> None:
    assert QualityCheck.objects.filter(passed=True).count() > 4
    makers = set(PersonalisationJob.objects.values_list("taken_by", flat=True))
    checkers = set(QualityCheck.objects.values_list("checked_by", flat=True))
    assert not makers & checkers


def _a_second_identity_waits_to_be_judged() -> None:
    match = IdentityMatch.objects.get(outcome="")
    assert match.application.surname == "ABDYLDAEVA"
    assert match.other is not None
    assert match.other.surname == "TOKTOGULOVA"
