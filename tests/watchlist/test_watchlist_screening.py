"""Is a listed person found under another spelling, and an innocent one left alone?"""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from safar.control.watchlist import actions, queries
from safar.control.watchlist.screening import listed_names, matcher, name_index
from safar.control.watchlist.sources import ofac
from safar.control.watchlist.sources.files import SourceFile
from safar.lib.screening import Index, Query
from tests.makers.watchlist import (
    actor,
    entry,
    homonyms,
    lifted,
    ofac_list,
    person,
    watch_list,
    yesterday,
)

pytestmark = pytest.mark.django_db


def verdicts(match: queries.Match) -> dict[str, str]:
    return {
        reason.code.partition(".")[0]: reason.verdict
        for reason in match.reasons
        if reason.verdict != "part"
    }


@pytest.mark.slow
def test_a_cyrillic_spelling_finds_an_ofac_entry():
    files = {
        part: SourceFile(f"{part}.csv", (ofac.DATA / f"{part}_dev.csv").read_bytes())
        for part in ("sdn", "alt")
    }
    run = actions.propose_import(actor("R. Kadyrov"), ofac_list(), files=files)
    actions.approve_import(actor("B. Osmonalieva"), run)
    who = person("ТЕРТЕЛЬ<<ИВАН СТАНИСЛАВОВИЧ", birth="1966-09-08", sex="M", citizenship="BLR")
    (match,) = queries.screen(who)
    assert (match.source_key, match.kind) == ("32277", "name")
    facts = verdicts(match)
    assert facts == {
        "name": "agrees",
        "birth": "agrees",
        "sex": "agrees",
        "citizenship": "agrees",
        "document": "unknown",
    }
    assert queries.screen(person("ТЕРТЕЛЬ<<ИВАН СТАНИСЛАВОВИЧ", birth="1990-09-08")) == []


def test_a_latin_passport_finds_an_entry_written_in_cyrillic():
    entry("ХУДАЙБЕРДИЕВ, Шавкат", births=("1984",))
    (match,) = queries.screen(person("KHUDOYBERDIEV<<SHAVKAT", birth="1984-05-17", sex="M"))
    assert verdicts(match)["birth"] == "as_known"
    assert verdicts(match)["sex"] == "unknown"


@pytest.mark.parametrize(
    ("facts", "stops"),
    [
        ({}, True),
        ({"birth": "1984-05-17"}, True),
        ({"birth": "1984"}, True),
        ({"birth": "1962-11-03"}, False),
        ({"sex": "M"}, True),
        ({"sex": "F"}, False),
        ({"citizenship": "RUS"}, True),
    ],
)
def test_contradicting_facts_lower_and_missing_ones_do_not(facts: dict[str, str], stops: bool):
    entry("SEITOV, Marat", births=("1984-05-17",), sex="M", citizenships=("KGZ",))
    assert bool(queries.screen(person("SEITOV<<MARAT", **facts))) is stops


def test_another_name_is_left_alone():
    entry("SEITOV, Marat")
    assert queries.screen(person("ABDULLAEVA<<GULNARA")) == []


def test_a_document_stops_whatever_the_name_and_the_birth_say():
    entry("SEITOV, Marat", births=("1984",), documents=(("passport", "KGZ", "AC1234567"),))
    who = person("SMITH<<JOHN", birth="1999-01-02", documents=(("KGZ", "ac 1234567"),))
    (match,) = queries.screen(who)
    assert (match.kind, match.score) == ("document", 1.0)
    assert verdicts(match)["birth"] == "differs"
    other = person("SMITH<<JOHN", documents=(("RUS", "AC1234567"), ("KGZ", "AC1234568")))
    assert queries.screen(other) == []


def test_a_document_without_an_issuer_may_be_any_state_s():
    entry("SEITOV, Marat", documents=(("passport", "", "AC1234567"),))
    (match,) = queries.screen(person("X", documents=(("KGZ", "AC1234567"),)))
    assert verdicts(match)["document"] == "as_known"


def test_documents_come_before_names():
    entry("SEITOV, Marat")
    entry("OTHER, Name", documents=(("passport", "KGZ", "AC1234567"),))
    found = queries.screen(person("SEITOV<<MARAT", documents=(("KGZ", "AC1234567"),)))
    assert [match.kind for match in found] == ["document", "name"]


def test_a_nickname_stops_with_the_whole_birth_date_only():
    entry("HERRERA BUITRAGO, Helmer", "weak PACHO", births=("1951-08-24",))
    assert queries.screen(person("PACHO")) == []
    assert queries.screen(person("PACHO", birth="1951")) == []
    assert len(queries.screen(person("PACHO", birth="1951-08-24"))) == 1


def test_a_nickname_that_fits_better_hides_no_whole_name():
    entry("SEITOV, Marat Bolotovich", "weak SEITOV, Marat", births=("1984",))
    (match,) = queries.screen(person("SEITOV<<MARAT", birth="1984"))
    assert match.reasons[0].code == "name.alike"


@pytest.mark.slow
def test_of_forty_with_one_name_each_is_found_by_the_own_birth_date():
    births = homonyms(40)
    for birth in births:
        (match,) = queries.screen(person("AHMED<<MUHAMMAD ALI", birth=birth))
        assert verdicts(match)["birth"] == "agrees"
        assert match.reasons[-4].params["entry"] == birth
    assert queries.screen(person("AHMED<<MUHAMMAD ALI", birth="2003-11-27")) == []
    assert len(queries.screen(person("AHMED<<MUHAMMAD ALI"))) == 40


@pytest.mark.slow
def test_sixty_spellings_of_one_name_are_all_considered():
    first = ("AHMED", "AHMAD", "AKHMED", "AKHMAD", "AHMET")
    second = ("Muhammad", "Mohammad", "Mohammed", "Muhammed")
    third = ("Ali", "Aly", "Alii")
    spelled = [f"{a}, {b} {c}" for a in first for b in second for c in third]
    for n, name in enumerate(spelled):
        entry(name, births=(f"{1940 + n}-{n % 12 + 1:02}-20",))
    assert len(spelled) == 60
    for n in range(60):
        who = person("AHMED<<MUHAMMAD ALI", birth=f"{1940 + n}-{n % 12 + 1:02}-20")
        assert queries.screen(who), spelled[n]


def test_many_of_one_name_are_read_in_as_many_queries_as_one():
    who = person("AHMED<<MUHAMMAD ALI")

    def reads() -> int:
        queries.screen(who)  # builds the index
        with CaptureQueriesContext(connection) as seen:
            queries.screen(who)
        return len(seen)

    homonyms(1)
    one = reads()
    homonyms(5, "AHMED, Muhammad Aly")
    assert len(queries.screen(who)) == 6
    assert reads() == one


def test_a_published_entry_screens_at_once_and_a_lifted_one_stops_at_once():
    assert queries.screen(person("SEITOV<<MARAT")) == []
    added = entry("SEITOV, Marat")
    assert len(queries.screen(person("SEITOV<<MARAT"))) == 1
    actions.propose_lifting(actor("R. Kadyrov"), added, reason="Found.")
    assert len(queries.screen(person("SEITOV<<MARAT"))) == 1
    actions.lift_entry(actor("N. Toktogulova", "list_head"), added)
    assert queries.screen(person("SEITOV<<MARAT")) == []


def test_an_entry_that_ran_out_screens_no_more():
    entry("SEITOV, Marat", in_force_from=yesterday(), in_force_until=yesterday())
    assert queries.screen(person("SEITOV<<MARAT")) == []


def test_each_list_has_its_own_threshold():
    strict, loose = watch_list("strict", threshold=1.0), watch_list("loose", threshold=0.6)
    entry("SEITOV, Marat Bolotovich", on=strict)
    entry("SEITOV, Marat Bolotovich", on=loose)
    assert [m.list_code for m in queries.screen(person("SEYITOV<<MARAT"))] == ["loose"]


def test_the_index_is_brought_up_to_date_once_for_each_version(monkeypatch: pytest.MonkeyPatch):
    entry("SEITOV, Marat")
    taken: list[int] = []
    real = matcher.renewed

    def counted(*asked: Any) -> matcher.Held:
        taken.append(1)
        return real(*asked)

    monkeypatch.setattr(matcher, "renewed", counted)
    names = matcher.Names()
    for _ in range(3):
        assert names.search(Query(("SEITOV<<MARAT",)))
    assert len(taken) == 1
    entry("NEWMAN, Paul")
    assert names.search(Query(("NEWMAN<<PAUL",)))
    assert len(taken) == 2


def test_the_old_index_serves_while_another_thread_brings_the_new_one():
    entry("SEITOV, Marat")
    names = matcher.Names()
    assert names.search(Query(("SEITOV<<MARAT",)))
    entry("NEWMAN, Paul")
    with names._renewing:  # as if another thread were at it
        assert names.search(Query(("SEITOV<<MARAT",)))
        assert not names.search(Query(("NEWMAN<<PAUL",)))
    assert names.search(Query(("NEWMAN<<PAUL",)))


@pytest.fixture
def on_disk(settings, tmp_path, monkeypatch):
    """An index on disk from the third entry on, in a folder of the test's own."""
    settings.SAFAR_INDEX_FOLDER = tmp_path
    monkeypatch.setattr(name_index, "BESIDE", 2)
    matcher.NAMES.forget()
    yield tmp_path
    matcher.NAMES.forget()


def names_on_disk() -> int:
    return len(Index.open(name_index.folder()))


def settled(*names: str):
    """Entries that were committed long ago: a test is one transaction, and its number is new."""
    added = [entry(name) for name in names]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # past the trigger
        cursor.execute("UPDATE watchlist_listentry SET moved_in = 1")
        cursor.execute("SET session_replication_role = origin")
    name_index.build()
    return added


THREE = ("SEITOV, Marat", "OMUROV, Bakyt", "IBRAGIMOVA, Dilnoza")


class TestOnDisk:
    def test_what_was_published_since_the_build_screens_at_once(self, on_disk):
        settled(*THREE)
        assert len(queries.screen(person("SEITOV<<MARAT"))) == 1
        built = names_on_disk()
        entry("NEWMAN, Paul")
        assert len(queries.screen(person("NEWMAN<<PAUL"))) == 1
        assert names_on_disk() == built, "one more is held beside the build"

    def test_what_was_lifted_since_the_build_stops_at_once(self, on_disk):
        added = settled(*THREE)
        assert len(queries.screen(person("SEITOV<<MARAT"))) == 1
        lifted(added[0])
        assert queries.screen(person("SEITOV<<MARAT")) == []
        assert len(queries.screen(person("OMUROV<<BAKYT"))) == 1

    def test_every_process_takes_up_the_same_files(self, on_disk):
        settled(*THREE)
        queries.screen(person("SEITOV<<MARAT"))
        generation = Index.open(name_index.folder()).generation
        other = matcher.Names()
        assert other.search(Query(("OMUROV<<BAKYT",)))
        assert Index.open(name_index.folder()).generation == generation

    def test_an_index_that_is_torn_is_built_anew(self, on_disk):
        settled(*THREE)
        queries.screen(person("SEITOV<<MARAT"))
        for file in name_index.folder().glob("g-*/*.npy"):
            file.write_bytes(b"")
        matcher.NAMES.forget()
        assert len(queries.screen(person("SEITOV<<MARAT"))) == 1

    def test_an_index_of_another_database_is_never_searched(self, on_disk, monkeypatch):
        settled(*THREE)
        queries.screen(person("SEITOV<<MARAT"))
        generation = Index.open(name_index.folder()).generation
        monkeypatch.setattr(listed_names, "database", lambda: "another")
        matcher.NAMES.forget()
        assert len(queries.screen(person("SEITOV<<MARAT"))) == 1
        assert Index.open(name_index.folder()).generation != generation

    def test_a_large_change_has_its_index_ready_when_it_commits(
        self, on_disk, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            for name in THREE:
                entry(name)
            name_index.build_before_commit()
            assert not (name_index.folder() / "current").exists(), "nobody reads it before"
        assert names_on_disk() == 3


@pytest.mark.parametrize("name", ["", "<<<<", " , ", "\x00", "ا", "𝔖𝔢𝔦", "=cmd()", "'" * 500])
def test_any_name_at_all_is_screened(name: str):
    entry("SEITOV, Marat")
    assert queries.screen(person(name)) == []
