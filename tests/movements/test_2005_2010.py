"""The departures of 2005 to 2010, loaded from a list, give exactly the agency's published totals."""

from collections import Counter
from datetime import date

import pytest

from safar.assistance.cases.models import Case, CaseMember, Person
from safar.assistance.movements.models import Departure, MovementFile
from safar.assistance.movements.queries import report as queries
from safar.assistance.movements.queries.report import Asked
from safar.core.record import writing
from safar.lib.partial_dates import PartialDate
from safar.reference.queries import country_name
from safar.simulation import movements_past as past
from tests import worlds
from tests.makers import cases as kernel
from tests.makers.accounts import actor
from tests.makers.movements import loans as make
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ASKED = Asked(2005, 2010, ("KAZ", "UZB"))


@pytest.fixture(scope="module")
def families():
    return past.families()


def made_officer():
    load_reference()
    make.schemes_of_the_past()
    return make.worker("7300", role="programme_officer")


def bring_in(officer, content, name="list.csv"):
    """As the pages do it, behind both walls: hand in, read, confirm, load."""
    with kernel.as_in_pages(officer):
        return past.bring_in(actor(officer), content, kernel.office(), name)


def tables(officer):
    with kernel.as_in_pages(officer):
        found = queries.report(actor(officer), ASKED)
    return found, {one.slug: dict(one.rows) for one in found.tables}


def age(birth, day: date) -> int:
    """Counted otherwise than the report does it: in months."""
    months = (day.year - birth.year) * 12 + day.month - (birth.month or day.month)
    return int(months - (birth.day is not None and day.day < birth.day)) // 12


BANDS = {"0–4": range(5), "5–11": range(5, 12), "12–17": range(12, 18), "18–59": range(18, 60),
         "60+": range(60, 130)}  # fmt: skip


def expected(families):
    """The tables as they follow from the list itself."""
    gone = [(one, member) for one in families for member in one.members if member.left]
    bands: Counter[tuple[str, str]] = Counter()
    for one, member in gone:
        years = age(member.birth, one.leaves)
        bands[next(name for name, span in BANDS.items() if years in span), member.sex] += 1
    return {
        "destinations": {
            country_name(to): (
                sum(one.destination == to for one, _member in gone),
                sum(one.destination == to for one in families),
            )
            for to in past.PEOPLE
        },
        "years": {
            str(year): (
                sum(one.leaves.year == year for one, _member in gone),
                sum(one.leaves.year == year for one in families),
            )
            for year in past.YEARS
        },
        "ages": {name: (bands[name, "F"], bands[name, "M"], 0) for name in BANDS},
    }


def require_tables(officer, families):
    found, shown = tables(officer)
    groups = {name: people for name, (people, _cases) in shown["groups"].items()}
    assert groups == {
        "United States": 2012, "Canada": 0, "Europe": 686, "Australia and New Zealand": 13,
        "Elsewhere": 0,
    }  # fmt: skip
    assert (found.people, found.cases) == (2711, len(families))
    for slug, rows in expected(families).items():
        assert shown[slug] == rows, slug
    leading = [
        name for name, _cells in next(t for t in found.tables if t.slug == "destinations").rows
    ]
    assert leading[1:5] == ["Sweden", "Norway", "Finland", "Denmark"]
    require_sums(found)


def require_sums(found):
    """Every table adds up to everybody, along its rows and along its columns."""
    for table in found.tables:
        *rows, (_all, sums) = table.lines
        columns = list(zip(*(cells for _name, cells in rows), strict=True))
        assert list(sums) == [sum(cells) for cells in columns], table.slug
        if table.crossed:
            assert sums[-1] == found.people, table.slug
            assert all(cells[-1] == sum(cells[:-1]) for _name, cells in rows), table.slug
        else:
            assert sums == (found.people, found.cases), table.slug


def brought_in(families, kind):
    """An officer, and what came of the list that she brought in."""
    by = made_officer()
    write = {"csv": past.as_csv, "xlsx": past.as_xlsx}[kind]
    return by, bring_in(by, write(past.rows(families)), f"list.{kind}")


def test_a_workbook_gives_exactly_the_published_totals(db, families):
    require_totals(families, *brought_in(families, "xlsx"))


def require_totals(families, officer, run):
    assert (run.refused, run.left_out, run.unread) == (0, 0, "")
    require_tables(officer, families)


@pytest.fixture(scope="class")
def listed(django_db_setup, django_db_blocker, families):
    with worlds.standing(django_db_blocker) as make_once:
        yield make_once(lambda: brought_in(families, "csv"))


class TestOneList:
    """Brought in once for all three."""

    def test_it_gives_exactly_the_published_totals(self, listed, families):
        require_totals(families, *listed)

    def test_whoever_did_not_come_to_the_flight_is_kept_and_not_counted(self, listed, families):
        stayed = sum(not member.left for one in families for member in one.members)
        assert stayed > 5
        assert Person.objects.count() == 2711 + stayed
        assert Departure.objects.count() == 2711
        assert MovementFile.objects.count() == Case.objects.count() == len(families)
        assert not Departure.objects.filter(arrived_on=None).exists()

    def test_one_person_more_changes_exactly_one_cell_of_each_table(self, listed, families):
        officer, _run = listed
        _found, before = tables(officer)
        case = Case.objects.filter(movement__destination="NOR", departures__isnull=False)[0]
        member = one_more_child(case)
        one = case.departures.all()[0]
        with writing():
            Departure.objects.create(
                case=case, member=member, scheme=one.scheme, departed_on=one.departed_on,
                departs_from=one.departs_from, destination=one.destination,
            )  # fmt: skip
        after_report, after = tables(officer)
        for slug, rows in before.items():
            changed = [
                (name, at)
                for name, cells in rows.items()
                for at, number in enumerate(cells)
                if after[slug][name][at] != number
            ]
            assert len(changed) == 1, (slug, changed)
            assert set(rows) == set(after[slug])
        assert after_report.people == 2712
        with pytest.raises(AssertionError):
            require_tables(officer, families)


def one_more_child(case):
    """One more child of the family."""
    with writing():
        person = Person.objects.create(sex="F", birth=PartialDate(1999, 4, 2))
        return CaseMember.objects.create(
            case=case, person=person, role="child", joined_on=case.opened_on
        )
