"""Who works where, and who sees it?"""

import pytest
from django.db import IntegrityError, transaction

from safar.control.offices import actions, queries
from safar.control.offices.choices import Work
from safar.control.offices.models import IssuingOffice, OfficePlacement
from safar.core.errors import NotAllowed, RuleBroken
from safar.core.permissions import system
from tests.makers import accounts
from tests.makers import visas as make

pytestmark = pytest.mark.django_db
SAFAR = system("test")


def passport_office() -> IssuingOffice:
    make.country("KGZ", "Kyrgyzstan")
    agency = accounts.agency("SRS", "State registration service")
    return actions.open_office(
        SAFAR, agency, code="BIS", names={"en": "Bishkek"}, country="KGZ", work=[Work.PASSPORTS]
    )


def test_an_office_of_passports_is_not_offered_to_applicants_for_visas():
    consulate = make.consulate()
    here = passport_office()
    assert queries.offices(Work.VISAS) == [consulate]
    assert queries.offices(Work.PASSPORTS) == [here]


def test_an_officer_works_where_she_is_placed_and_nowhere_else():
    consulate, here = make.consulate(), passport_office()
    kanat = make.clerk(at=consulate.pk)
    assert queries.works_at(kanat, consulate.pk)
    assert not queries.works_at(kanat, here.pk)
    assert not queries.works_at(kanat, None)
    assert queries.offices_of(kanat) == [consulate]


def test_nobody_is_placed_twice_at_one_office():
    kanat = make.officer("Kanat", "visa_clerk")
    with pytest.raises(RuleBroken):
        actions.place_user(SAFAR, make.consulate(), user=kanat)


def test_a_clerk_sees_her_own_placement_alone_and_places_nobody():
    kanat = make.clerk()
    other = make.officer("Meerim", "consul")
    assert {row.user_id for row in queries.placements(kanat)} == {kanat.user_id}
    with pytest.raises(NotAllowed):
        actions.place_user(kanat, passport_office(), user=other)


@pytest.mark.parametrize("work", [[], ["visas", "weddings"]])
def test_the_database_refuses_an_office_without_work_or_with_an_unknown_one(work):
    here = passport_office()
    with pytest.raises(IntegrityError), transaction.atomic():
        _set_work(here.pk, work)


def _set_work(code: str, work: list[str]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE offices_issuingoffice SET work = %s::varchar[] WHERE code = %s", [work, code]
        )


def test_headquarters_reads_the_page_and_ends_a_placement(client):
    user = make.officer("Kanat", "visa_clerk")
    accounts.sign_in_with_app(client, accounts.user("Nurlan", "visa_officer"))
    assert "Istanbul" in client.get("/offices/").content.decode()
    row = OfficePlacement.objects.get(user=user)
    client.post(f"/offices/placements/{row.pk}/end/")
    row.refresh_from_db()
    assert row.ended_at


def test_a_clerk_has_no_page_of_offices(client):
    accounts.sign_in(client, make.officer("Kanat", "visa_clerk"))
    assert client.get("/offices/").status_code == 403
