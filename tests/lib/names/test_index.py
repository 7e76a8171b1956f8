"""Does the index find the names of a list that are like a traveller's, and no others?"""

import csv
import io

import pytest

from safar.lib.names import FLOOR, Index, likeness

# In the form of OFAC's SDN.CSV: number, "SURNAME, Given", and more that is of no matter here.
LIST = """
1,"KHUDOYBERDIEV, Jasur Karimovich",individual
2,"AL-HARBI, Adel Radi Saqr",individual
3,"IVANOV, Sergei Borisovich",individual
4,"ABD AL-RAHMAN, Muhammad",individual
5,"ASAN UULU, Bakyt",individual
6,"RAHMONOV, Sukhrob",individual
7,"BAKYTBEKOV, Ulan",individual
"""


def read(text: str) -> list[tuple[str, str]]:
    """The two first columns of OFAC's CSV."""
    return [(row[0], row[1]) for row in csv.reader(io.StringIO(text.strip()))]


@pytest.fixture(scope="module")
def index() -> Index[str]:
    return Index(read(LIST))


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("ХУДАЙБЕРДИЕВ, Жасур", "1"),
        ("Xudoyberdiyev Jasur Karim o‘g‘li", "1"),
        ("Jasur Hudoyberdiev", "1"),
        ("Alharbi Adil", "2"),
        ("Иванов Сергей", "3"),
        ("Abdurrahman, Mohammed", "4"),
        ("АСАНУУЛУ БАКЫТ", "5"),
        ("Раҳмонов, Сӯҳроб", "6"),
        ("Ulan Bakytbekov", "7"),
    ],
)
def test_a_listed_name_is_found_in_another_spelling(
    index: Index[str], query: str, key: str
) -> None:
    assert [found for found, _ in index.search(query)] == [key]


@pytest.mark.parametrize(
    "query",
    [
        "Жээнбеков, Азамат",
        "Karimova, Nilufar",
        "Иванов, Олег",
        "Ким",
        "",
    ],
)
def test_an_ordinary_name_finds_nothing(index: Index[str], query: str) -> None:
    assert index.search(query) == []


def test_the_score_is_that_of_likeness_with_its_reasons(index: Index[str]) -> None:
    ((key, found),) = index.search("Иванов Сергей Борисович")
    assert key == "3"
    assert found == likeness("Иванов Сергей Борисович", "IVANOV, Sergei Borisovich")


def test_answers_come_best_first_and_no_more_than_asked_for() -> None:
    names = [
        "Karimov Jasur",
        "Karimov Jasir",
        "Karimov Yasur",
        "Karimov Jasur Aliyevich",
    ]
    found = Index(enumerate(names)).search("Karimov Jasur", limit=3, floor=0.5)
    assert len(found) == 3
    assert found[0][0] == 0
    assert [one.score for _, one in found] == sorted((one.score for _, one in found), reverse=True)


def test_none_below_the_floor_is_returned(index: Index[str]) -> None:
    low = index.search("Ivanov Oleg Borisovich", floor=0.3)
    assert low
    assert low[0][1].score < FLOOR
    assert index.search("Ivanov Oleg Borisovich") == []


def test_rows_of_one_name_all_come_back() -> None:
    rows = [("a", "Karimov Jasur"), ("b", "Каримов Жасур")]
    assert {key for key, _ in Index(rows).search("Karimov, Jasur")} == {"a", "b"}


def test_an_empty_list_answers_too() -> None:
    index: Index[int] = Index([])
    assert len(index) == 0
    assert index.search("Karimov") == []
