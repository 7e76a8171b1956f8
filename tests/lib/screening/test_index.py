"""Does the index find, rank, forget and explain as the booth needs it?"""

from pathlib import Path

import pytest

from safar.lib.partial_dates import PartialDate
from safar.lib.screening import (
    THRESHOLD,
    Birth,
    Document,
    Entity,
    Index,
    IndexBroken,
    Query,
    build,
)
from safar.lib.screening.folder import POINTER, current

BORN = (Birth(PartialDate(1984, 5, 17)),)
JASUR = Entity(
    "jasur", ("Каримов, Жасур Рустамович", "KARIM THE TALL"), BORN, frozenset("M"), ("UZB",),
    (Document("AA 1234567", "UZB"),),
)  # fmt: skip
AISULUU = Entity("aisuluu", ("Токтогулова Айсулуу",), (Birth(PartialDate(1990)),), frozenset("F"))
PEOPLE = [JASUR, AISULUU, Entity("petrov", ("Петров Иван",)), Entity("rahimi", ("رحیمی فرهاد",))]


@pytest.fixture
def index() -> Index:
    return Index.of(PEOPLE)


def ids(index: Index, query: Query, threshold: float = THRESHOLD) -> list[str]:
    return [one.id for one in index.search(query, threshold=threshold)]


def score(index: Index, query: Query) -> float:
    return index.search(query, threshold=0.0)[0].score


def codes(index: Index, query: Query) -> set[str]:
    return {reason.code for reason in index.search(query, threshold=0.0)[0].reasons}


def test_a_name_and_birth_date_find_their_bearer(index: Index) -> None:
    assert ids(index, Query(("KARIMOV<<ZHASUR",), BORN)) == ["jasur"]


def test_nobody_else_is_found(index: Index) -> None:
    assert ids(index, Query(("IBRAHIMOVA<<GULNOZA",), (Birth(PartialDate(1971, 1, 2)),))) == []


def test_an_entity_comes_once_by_its_best_name(index: Index) -> None:
    found = index.search(Query(("KARIM", "KARIMOV JASUR RUSTAMOVICH"), BORN))
    assert [one.id for one in found] == ["jasur"]
    assert found[0].name == "Каримов, Жасур Рустамович"


def test_contradicting_facts_lower_the_score_and_missing_ones_do_not(index: Index) -> None:
    name = ("KARIMOV JASUR",)
    alone = score(index, Query(name))
    assert score(index, Query(name, BORN)) > alone
    assert score(index, Query(name, (Birth(PartialDate(1961, 2, 3)),))) < alone
    assert score(index, Query(name, sexes=frozenset("F"))) < alone
    assert score(index, Query(name, citizenships=("FRA",))) < alone
    assert score(index, Query(("PETROV IVAN",), BORN)) == score(index, Query(("PETROV IVAN",)))


def test_the_nearer_stranger_stands_before_the_farther() -> None:
    people = [Entity("far", ("Samer Kowalski",)), Entity("near", ("Samer Fooz",))]
    others = [Entity(f"other-{at}", (f"Person{at} Name{at}",)) for at in range(5)]
    index = Index.of([*people, *others])
    asked = Query(("Samer Fawaz",))
    assert [one.id for one in index.search(asked, threshold=0.0)][:2] == ["near", "far"]


def test_an_entry_without_a_birth_date_scores_as_if_none_were_asked(index: Index) -> None:
    asked = Query(("PETROV I",))
    assert score(index, Query(asked.names, BORN)) == score(index, asked)


def test_a_document_number_is_exact_and_separate(index: Index) -> None:
    found = index.search(Query(("SOMEBODY ELSE",), documents=(Document("aa-1234567", "UZB"),)))
    assert [(one.id, one.by_document, one.score) for one in found] == [("jasur", True, 1.0)]
    assert found[0].name == "Каримов, Жасур Рустамович"
    assert found[0].reasons[0].sentence == "document number agrees: AA1234567"
    assert ids(index, Query(("X",), documents=(Document("AA1234568"),))) == []
    assert ids(index, Query(("X",), documents=(Document("AA1234567", "KGZ"),))) == []


def test_what_was_added_is_found_and_what_is_gone_is_silent_at_once(index: Index) -> None:
    new = Entity("new", ("Бердыев Мерген",), documents=(Document("N7"),))
    changed = index.with_changes([new], gone={"jasur"})
    assert ids(changed, Query(("BERDYEV MERGEN",)), 0.0)[0] == "new"
    assert ids(changed, Query(("X",), documents=(Document("N7"),))) == ["new"]
    asked = Query(("KARIMOV JASUR",), BORN, documents=JASUR.documents)
    assert "jasur" in ids(index, asked)
    assert "jasur" not in ids(changed, asked, 0.0)
    assert "new" not in ids(index, Query(("BERDYEV MERGEN",)), 0.0)


def test_a_changed_entity_takes_the_place_of_the_old_one(index: Index) -> None:
    changed = index.with_changes([Entity("jasur", ("Назаров Умед",))])
    assert "jasur" not in ids(changed, Query(("KARIMOV JASUR",), BORN))
    assert ids(changed, Query(("NAZAROV UMED",)), 0.0)[0] == "jasur"


def test_reasons_are_told_when_they_are_read_and_stay_as_they_are(index: Index) -> None:
    found = index.search(Query(("KARIMOV<<ZHASUR",)), threshold=0.0)[0]
    assert "reasons" not in vars(found)
    assert found.reasons
    assert found.reasons is found.reasons
    with pytest.raises(AttributeError):
        found.score = 1.0  # type: ignore[misc]


def test_the_explanation_names_each_part_and_fact(index: Index) -> None:
    said = index.search(Query(("KARIMOVA ZHASUR",), BORN, frozenset("F"), ("UZB",)), threshold=0.0)
    assert said[0].explanation == (
        "Karimova ~ Каримов: the same surname with a man's and a woman's ending; "
        "Zhasur ~ Жасур: the same name in another script; "
        "patronymic left out: Рустамович; birth date agrees: 1984-05-17; "
        "sex differs: F, M; citizenship agrees: UZB"
    )


@pytest.mark.parametrize(
    ("date", "code"),
    [
        (PartialDate(1984, 5, 17), "birth.agrees"),
        (PartialDate(1984), "birth.as_known"),
        (PartialDate(1984, 1, 1), "birth.as_known"),
        (PartialDate(1984, 5, 18), "birth.digit"),
        (PartialDate(1985), "birth.near"),
        (PartialDate(1984, 11, 2), "birth.differs"),
        (PartialDate(1961, 2, 3), "birth.differs"),
    ],
)
def test_a_birth_date_agrees_nearly_agrees_or_differs(
    date: PartialDate, code: str, index: Index
) -> None:
    assert code in codes(index, Query(("KARIMOV JASUR",), (Birth(date),)))


def test_day_and_month_may_be_swapped() -> None:
    index = Index.of([Entity("one", ("Петров Иван",), (Birth(PartialDate(1984, 5, 7)),))])
    swapped = Query(("PETROV IVAN",), (Birth(PartialDate(1984, 7, 5)),))
    assert "birth.swapped" in codes(index, swapped)


def test_an_approximate_year_is_tolerant() -> None:
    about = Birth(PartialDate(1980), approximate=True)
    index = Index.of([Entity("one", ("Петров Иван",), (about,))])
    for year, code in ((1982, "birth.near"), (1980, "birth.as_known"), (1990, "birth.differs")):
        asked = Query(("PETROV IVAN",), (Birth(PartialDate(year, 6, 3)),))
        assert code in codes(index, asked)


def test_an_index_on_disk_answers_as_the_one_in_memory(index: Index, tmp_path: Path) -> None:
    counts = build(PEOPLE, tmp_path)
    assert counts["entities"] == len(PEOPLE)
    asked = Query(("KARIMOV JASUR",), BORN, documents=JASUR.documents)
    assert Index.open(tmp_path).search(asked) == index.search(asked)


def test_a_reader_keeps_the_old_index_while_a_new_one_takes_its_place(tmp_path: Path) -> None:
    build(PEOPLE, tmp_path)
    reader, before = Index.open(tmp_path), current(tmp_path)
    for name in ("Усенов Эрлан", "Осмонов Тимур"):
        build([Entity("later", (name,))], tmp_path)
    assert current(tmp_path) != before
    assert ids(reader, Query(("KARIMOV JASUR",), BORN)) == ["jasur"]
    assert ids(Index.open(tmp_path), Query(("KARIMOV JASUR",), BORN)) == []


def test_a_build_that_fails_leaves_the_old_index(tmp_path: Path) -> None:
    build(PEOPLE, tmp_path)
    with pytest.raises(AttributeError):
        build(["no entity"], tmp_path)  # type: ignore[list-item]
    assert ids(Index.open(tmp_path), Query(("KARIMOV JASUR",), BORN)) == ["jasur"]


def test_a_torn_foreign_or_missing_index_is_refused_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(IndexBroken, match="no index"):
        Index.open(tmp_path)
    build(PEOPLE, tmp_path)
    generation = tmp_path / (tmp_path / POINTER).read_text()
    whole = (generation / "postings.npy").read_bytes()
    (generation / "postings.npy").write_bytes(whole[:-3])
    with pytest.raises(IndexBroken, match="not whole"):
        Index.open(tmp_path)
    (generation / "postings.npy").write_bytes(whole)
    Index.open(tmp_path)
    (generation / "manifest.json").write_text('{"format": "something else", "files": {}}')
    with pytest.raises(IndexBroken, match="another version"):
        Index.open(tmp_path)
    (tmp_path / POINTER).write_text("../../etc")
    with pytest.raises(IndexBroken, match="no index"):
        Index.open(tmp_path)


def test_an_index_of_another_model_is_refused(tmp_path: Path) -> None:
    build(PEOPLE, tmp_path)
    manifest = tmp_path / current(tmp_path) / "manifest.json"
    text = manifest.read_text()
    manifest.write_text(text.replace('"model": "', '"model": "0'))
    with pytest.raises(IndexBroken, match="another model"):
        Index.open(tmp_path)


def test_an_empty_list_finds_nobody(tmp_path: Path) -> None:
    build([], tmp_path)
    index = Index.open(tmp_path)
    assert index.search(Query(("KARIMOV",), BORN), threshold=0.0) == []
    grown = index.with_changes([JASUR])
    assert ids(grown, Query(("KARIMOV JASUR",), BORN), 0.0) == ["jasur"]
