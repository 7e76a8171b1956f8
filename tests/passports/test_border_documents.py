"""Documents shown at a border are found as holders are: in any spelling, and by every number."""

from typing import Any

import pytest
from django.db import connection

from safar.control.passports import actions
from safar.control.passports.actions import Asked
from safar.control.passports.models import IdentityMatch
from safar.control.passports.queries.border_documents import shown_at_border
from safar.control.travellers.models import TravelDocument
from safar.core.errors import RuleBroken
from safar.lib.partial_dates import PartialDate
from tests.makers import passports as make
from tests.passports.test_identity import document

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PERSON = make.who(birth=PartialDate(1994, 8, 5), former_names=("ASANOVA, AIGUL",), name_written="")
LOST = Asked("lost", "UTO", "AC1234567")
FOUND = [
    {"birth": PartialDate(1994, 5, 8)},
    {"surname": "ASANOVA"},
    {"surname": "TOKTOGULLOVA", "given_names": "AYGUL"},
    {"name_written": "Токтогулова Айгуль", "surname": "", "given_names": ""},
    {"surname": "BEKOVA", "given_names": "NURGUL", "birth": PartialDate(1980, 1, 2),
     "personal_number": make.WHO.personal_number},
    {"surname": "BEKOVA", "given_names": "NURGUL", "birth": PartialDate(1980, 1, 2),
     "number": "AC1234567"},
    {"birth": PartialDate(1994)},
]  # fmt: skip
LET_ALONE = [
    {"birth": PartialDate(1994, 8, 6)},
    {"birth": PartialDate(1994, 5, 9)},
    {"surname": "BEKOVA", "given_names": "NURGUL"},
    {"surname": "BEKOVA", "given_names": "NURGUL", "birth": PartialDate(1980, 1, 2),
     "personal_number": "12208199400999"},
    {"surname": "BEKOVA", "given_names": "NURGUL", "birth": PartialDate(1980, 1, 2),
     "number": "AC1234567", "issuer": "KAZ"},
    {"number": "AC1234567"},  # her own earlier one, which she named, and which tells the same
]  # fmt: skip
OF = {"birth": PartialDate(1994, 8, 5)}


def matches(**facts: Any) -> int:
    document(**OF | facts)
    application = make.looked(person=PERSON, asked=LOST)
    return IdentityMatch.objects.filter(application=application, found_in="border").count()


@pytest.mark.parametrize(
    "facts", FOUND, ids=["exchanged", "earlier name", "spelling", "written", "personal number",
                         "earlier document", "year alone"],
)  # fmt: skip
def test_a_document_that_may_be_hers_is_found(facts):
    assert matches(**facts) == 1


@pytest.mark.parametrize(
    "facts", LET_ALONE, ids=["next day", "exchanged next day", "another name", "another number",
                             "another state's number", "her own earlier one"],
)  # fmt: skip
def test_a_document_that_is_not_hers_is_let_alone(facts):
    assert matches(**facts) == 0


def test_a_year_of_birth_alone_is_compared_with_whole_dates_where_a_part_of_a_name_is_shared():
    document(surname="TOKTOGULOVA", given_names="AYGUL")
    document(surname="BEKOVA", given_names="NURGUL", number="U2")
    application = make.looked(person=make.who(birth=PartialDate(1994)))
    found = [row.number for row in shown_at_border(application)]
    assert found == ["U1"]
    assert IdentityMatch.objects.get(application=application).document


def test_what_was_shown_after_the_look_stops_the_approval_until_it_is_judged():
    """As somebody who came to the register after it does; a stranger's document stops nothing."""
    checked = make.checked(person=PERSON, asked=LOST)
    document(surname="BEKOVA", given_names="NURGUL", number="U9", **OF)
    hers = document(surname="ASANOVA", **OF)
    with pytest.raises(RuleBroken, match="come to the register since"):
        actions.approve(make.approver(), checked, reason="Fine")
    actions.check_identity(make.clerk(), checked)
    match = IdentityMatch.objects.get(application=checked)
    assert match.document == hers
    make.judged(checked)
    assert actions.approve(make.approver(), checked, reason="Fine").status == "approved"


def test_a_strangers_document_shown_after_the_look_stops_nothing():
    checked = make.checked(person=PERSON, asked=LOST)
    document(surname="BEKOVA", given_names="NURGUL", **OF)
    assert actions.approve(make.approver(), checked, reason="Fine").status == "approved"


def test_the_same_document_shown_again_is_no_news_and_another_name_in_it_is():
    document(surname="ASANOVA", **OF)
    checked = make.judged(make.checked(person=PERSON, asked=LOST))
    document(surname="ASANOVA", **OF)  # at the next border, on another traveller's file
    actions.check_identity(make.clerk(), checked)
    match = IdentityMatch.objects.get(application=checked)
    assert match.outcome == "another"
    document(surname="TOKTOGULOVA", **OF)
    with pytest.raises(RuleBroken, match="come to the register since"):
        actions.approve(make.approver(), checked, reason="Fine")
    actions.check_identity(make.clerk(), checked)
    assert IdentityMatch.objects.filter(application=checked, outcome="").count() == 1


def test_candidates_are_found_by_index():
    """Where the table is large: the planner is asked as if a walk through it were dear."""
    application = make.draft(person=PERSON, asked=LOST)
    sql, params = shown_at_border(application).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}", params)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert TravelDocument._meta.db_table in plan
    for index in ("document_by_birth", "document_by_personal_number", "document_once_a_traveller"):
        assert index in plan, plan
    assert "Seq Scan" not in plan
