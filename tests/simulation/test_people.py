"""Are the made-up people believable, and their papers right?"""

import re
from datetime import date, timedelta

import pytest

from safar.lib import mrz
from safar.lib.mrz.personal_numbers import holder
from safar.lib.partial_dates import PartialDate
from safar.simulation.documents import Document, number, series
from safar.simulation.names import known_words
from safar.simulation.outcomes import zone
from safar.simulation.people import Traveller, travellers
from safar.simulation.spellings import female, latin, spellings
from safar.simulation.world import Scale

SMALL = Scale(travellers=1_500, days=60, crossings_per_day=None, seed=7)


@pytest.fixture(scope="module")
def people() -> list[Traveller]:
    return list(travellers(SMALL))


def _papers(people: list[Traveller]) -> list[Document]:
    return [paper for one in people for paper in one.documents]


@pytest.mark.slow
def test_the_same_seed_gives_the_same_people_and_another_seed_others(
    people: list[Traveller],
) -> None:
    assert list(travellers(SMALL)) == people
    other = Scale(travellers=1_500, days=60, crossings_per_day=None, seed=8)
    assert list(travellers(other)) != people


def test_travellers_are_numbered_from_zero_without_gaps(people: list[Traveller]) -> None:
    assert [one.index for one in people] == list(range(SMALL.travellers))


def test_every_document_number_follows_a_series_of_its_state(people: list[Traveller]) -> None:
    for paper in _papers(people):
        patterns = [one.pattern for one in series(paper.issuer, paper.kind)]
        shapes = [p.replace("#", "[0-9]").replace("@", "[A-Z]") for p in patterns]
        assert any(re.fullmatch(shape, paper.number) for shape in shapes), paper


def test_no_two_documents_of_a_state_share_a_number(people: list[Traveller]) -> None:
    numbers = [(paper.issuer, paper.number) for paper in _papers(people)]
    assert len(set(numbers)) == len(numbers)


def test_a_series_gives_a_new_number_at_every_place() -> None:
    assert len({number("A@###", place) for place in range(12_000)}) == 12_000


def test_personal_numbers_agree_with_birth_and_sex(people: list[Traveller]) -> None:
    numbered = [paper for paper in _papers(people) if paper.personal_number]
    assert {paper.issuer for paper in numbered} == {"KGZ", "UZB", "KAZ"}
    for paper in numbered:
        said = holder(paper.issuer, paper.personal_number)
        assert said is not None
        assert (str(said.birth), said.sex, said.check) == (paper.birth, paper.sex, True)


def test_every_zone_is_sound_to_the_reader_of_the_booth(people: list[Traveller]) -> None:
    for paper in _papers(people)[:400]:
        read = mrz.read(zone(paper), today=SMALL.last_day)
        assert read.sound, (paper, read.findings)


def test_documents_are_valid_on_the_last_day_unless_planted(people: list[Traveller]) -> None:
    for one in people:
        newest = one.documents[-1]
        assert newest.issued >= date.fromisoformat(f"{newest.birth}-01-01"[:10])
        assert newest.issued < newest.expires
        assert (newest.expires < SMALL.first_day) is (one.oddity == "expired")
        assert newest.expires > SMALL.last_day or one.oddity == "expired"


def test_lost_and_stolen_documents_are_reported_and_no_others(people: list[Traveller]) -> None:
    for one in people:
        status = one.documents[-1].status
        assert status == (one.oddity if one.oddity in {"lost", "stolen"} else "")
        assert (one.documents[-1].reported is None) is (status == "")


def test_a_renewed_passport_follows_a_void_one_and_may_be_spelt_otherwise(
    people: list[Traveller],
) -> None:
    renewed = [one for one in people if len(one.documents) == 2]
    assert renewed
    assert all(one.documents[0].status == "void" for one in renewed)
    assert all(a.issued < b.issued for a, b in (one.documents for one in renewed))
    differ = [one for one in renewed if len({p.surname + p.given_names for p in one.documents}) > 1]
    assert differ
    assert len(differ) < len(renewed)


def test_no_name_stands_outside_the_lists(people: list[Traveller]) -> None:
    every = set().union(*(known_words(nation) for nation in _NATIONS))
    every |= {female(word) for word in every} | {"уулу", "кызы"}
    words = {word for entry in every for word in entry.split()}
    for one in people:
        for word in f"{one.surname} {one.given_names}".split():
            assert word in words, word


_NATIONS = (
    "KGZ", "UZB", "KAZ", "TJK", "TKM", "RUS", "CHN", "UIG", "TUR", "AFG", "IRN", "PAK", "IND",
    "BGD", "IDN", "D", "KOR", "USA", "GBR", "FRA", "BLR", "AZE",
)  # fmt: skip


def test_names_are_spelt_in_more_than_one_way(people: list[Traveller]) -> None:
    found: dict[str, set[str]] = {}
    for one in people:
        found.setdefault(one.given_names, set()).add(one.documents[0].given_names.split()[0])
    assert sum(len(ways) > 1 for ways in found.values()) > 20


def test_the_rules_of_spelling_give_what_passports_carry() -> None:
    assert latin("Жапаров", "icao") == "ZHAPAROV"
    assert latin("Жапаров", "kyrgyz") == "JAPAROV"
    assert latin("Хабибуллин", "uzbek") == "XABIBULLIN"
    assert latin("Юрий", "english") == "YURIY"
    assert latin("Абдуллаев", "english") == "ABDULLAYEV"
    assert {"SHCHERBAKOV", "CHTCHERBAKOV"} <= {way for way, _ in spellings("Щербаков", "RUS")}


def test_some_people_have_no_surname_and_some_no_day_of_birth(people: list[Traveller]) -> None:
    assert any(not one.surname and one.given_names for one in people)
    partial = [one for one in people if len(one.birth) < 10]
    assert partial
    assert all(one.nationality in {"AFG", "PAK"} for one in partial)
    assert all(PartialDate.parse(one.birth) for one in partial)


def test_minors_travel_with_an_adult_before_them_or_are_marked_as_alone(
    people: list[Traveller],
) -> None:
    for one in people:
        born = PartialDate.parse(one.birth)
        assert born is not None
        age = born.age_on(SMALL.last_day)
        young = age is not None and age < 18
        if one.role == "minor":
            assert young
            assert one.leader is not None
            assert people[one.leader].role == "adult"
            assert people[one.leader].nationality == one.nationality
        elif one.role == "minor alone":
            assert young
        else:
            assert one.leader is None


@pytest.mark.slow
def test_twins_share_a_birthday_and_namesakes_the_whole_name() -> None:
    many = list(travellers(Scale(travellers=3_000, days=30, crossings_per_day=None, seed=3)))
    doubles = [one for one in many if one.like is not None]
    assert {one.relation for one in doubles} == {"twin", "namesake"}
    for one in doubles:
        assert one.like is not None
        other = many[one.like]
        assert (one.birth, one.surname) == (other.birth, other.surname)
        assert (one.given_names == other.given_names) is (one.relation == "namesake")


def test_men_of_working_age_are_the_most(people: list[Traveller]) -> None:
    men = [one for one in people if one.sex == "M"]
    born = [int(one.birth[:4]) for one in men]
    working = [year for year in born if 18 <= SMALL.last_day.year - year <= 60]
    assert len(men) > 0.52 * len(people)
    assert len(working) > 0.75 * len(men)


def test_a_scale_out_of_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match="travellers"):
        Scale(travellers=0)
    with pytest.raises(ValueError, match="days"):
        Scale(days=-1)
    assert Scale(days=10).first_day + timedelta(days=9) == Scale(days=10).last_day
