"""A likeness to a list entry is judged by another; a discreet entry is noticed at no desk."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from safar.control.passports import actions
from safar.control.passports.models import ListMatch
from safar.core.errors import NotAllowed, RuleBroken
from tests.makers import passports as make
from tests.makers import watchlist

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def listed(**fields: Any) -> Any:
    return watchlist.entry("TOKTOGULOVA, Aigul", births=("1994-08-22",), **fields)


def discreet(**fields: Any) -> Any:
    return listed(instruction="discreet_check", discreet=True, **fields)


def test_who_typed_an_application_judges_no_likeness_of_it():
    listed()
    officer = make.approver("Nurbek")
    match = ListMatch.objects.get(application=make.looked(officer))
    with pytest.raises(NotAllowed, match="You typed"):
        actions.judge_listed(officer, match, outcome="different", reason="Mine")
    judged = actions.judge_listed(make.approver(), match, outcome="different", reason="Other face")
    assert judged.judged_by_name == "Sabyr"


def test_the_database_refuses_the_typists_judgement_whoever_writes_the_row():
    listed()
    officer = make.approver("Nurbek")
    match = ListMatch.objects.get(application=make.looked(officer))
    statement = (
        "UPDATE passports_listmatch SET outcome = 'different', reason = 'x', judged_at = now(), "
        "judged_by_id = %s, judged_by_name = 'x' WHERE id = %s"
    )
    refused = pytest.raises(IntegrityError, match="does not judge")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, (officer.user_id, match.pk))
    with connection.cursor() as cursor:  # negative control: another person
        cursor.execute(statement, (make.approver().user_id, match.pk))


def test_a_discreet_entry_of_after_the_look_stops_no_approval_and_is_kept_for_who_may_know():
    checked = make.checked()
    entry = discreet()
    done = actions.approve(make.approver(), checked, reason="Fine")
    assert done.status == "approved"
    match = ListMatch.objects.get(application=checked, entry=entry)
    assert match.discreet
    assert match in ListMatch.objects.visible_to(make.approver())
    assert match not in ListMatch.objects.visible_to(make.clerk())


def test_an_entry_that_a_booth_is_shown_stops_the_approval_until_the_lists_are_asked_again():
    """Negative control; a discreet entry that stops at the booth stops here too."""
    checked = make.checked()
    listed(instruction="refuse_entry", discreet=True)
    with pytest.raises(RuleBroken, match="lists have changed"):
        actions.approve(make.approver(), checked, reason="Fine")


def test_a_discreet_entry_that_changed_since_stops_nothing_either():
    entry = discreet()
    checked = make.checked()
    before = ListMatch.objects.get(application=checked)
    watchlist.changed(entry, contact="desk 2")
    entry.refresh_from_db()
    assert actions.approve(make.approver(), checked, reason="Fine").status == "approved"
    match = ListMatch.objects.get(application=checked)
    assert (match.pk, match.entry_version) == (before.pk, entry.content_version)
