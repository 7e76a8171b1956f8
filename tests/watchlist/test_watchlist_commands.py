"""Does `safar lists` load a list in the demo, and leave it to a second person elsewhere?"""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from safar.control.watchlist import actions
from safar.control.watchlist.commands import lists
from safar.control.watchlist.models import ImportRun, ListEntry
from tests.makers.watchlist import ALT, SDN, actor, agency, ofac_list, source

pytestmark = pytest.mark.django_db
FILES = Path(__file__).with_name("files")


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    agency()
    (tmp_path / "SDN.CSV").write_text(SDN)
    (tmp_path / "ALT.CSV").write_text(ALT)
    return [str(tmp_path / "SDN.CSV"), str(tmp_path / "ALT.CSV")]


def run(*args: str) -> Result:
    return CliRunner().invoke(lists, args)


def answer(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_an_import_waits_for_a_second_person(files: list[str]):
    result = run("import", "ofac", *files, "--json")
    assert (result.exit_code, answer(result)["status"], answer(result)["added"]) == (
        0,
        "prepared",
        2,
    )
    assert not ListEntry.objects.exists()


def test_in_the_demo_a_second_actor_approves_at_once(files: list[str]):
    result = run("import", "ofac", *files, "--yes", "--json")
    assert (answer(result)["status"], answer(result)["version"]) == ("loaded", 1)
    assert "Loading" in result.stderr
    (row,) = map(json.loads, run("status", "--json").stdout.splitlines())
    assert (row["list"], row["in_force"], row["age_minutes"]) == ("ofac-sdn", 2, 0)
    assert "2 in force" in run("status").stdout


def test_outside_the_demo_no_flag_replaces_the_second_person(files: list[str], settings: Any):
    settings.SAFAR_DEMO = False
    result = run("import", "ofac", *files, "--yes")
    assert (result.exit_code, ImportRun.objects.count()) == (1, 0)


def test_a_torn_file_ends_in_one_sentence_and_exit_code_1(files: list[str]):
    Path(files[0]).write_text(SDN[:-9])
    result = run("import", "ofac", *files, "--yes", "--json")
    assert result.exit_code == 1
    assert "SDN.CSV, line" in result.stderr
    assert "Nothing was changed" in result.stderr
    assert not ListEntry.objects.exists()


def test_a_list_is_opened_once(files: list[str]):
    args = ("add", "wanted", "--name", "Wanted", "--owner", "MIA", "--contact", "desk")
    assert run(*args).exit_code == 0
    assert run(*args).exit_code == 1
    assert run("add", "x", "--name", "X", "--owner", "NOBODY", "--contact", "y").exit_code == 1


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [
        ("un", "un_made_up.xml", "un-sc"),
        ("ftm", "entities_made_up.ftm.json", "opensanctions"),
        ("simple", "targets_made_up.simple.csv", "opensanctions-simple"),
    ],
)
def test_every_published_list_is_imported_as_one_file(kind: str, name: str, code: str):
    agency()
    done = answer(run("import", kind, str(FILES / name), "--yes", "--json"))
    assert (done["status"], done["list"], done["added"]) == ("loaded", code, 2)
    assert done["others"] > 0
    assert ListEntry.objects.filter(list__code=code, status="published").count() == 2


def test_the_columns_of_a_table_are_named_once():
    agency()
    table = str(FILES / "ministry_made_up.csv")
    opened = ("add", "mia", "--name", "MIA", "--owner", "MIA", "--contact", "desk")
    assert run(*opened, "--source", "table").exit_code == 0
    refused = run("import", "mia", table)
    assert (refused.exit_code, ImportRun.objects.count()) == (1, 0)
    assert "Name the columns" in refused.stderr
    named = ("--column", "surname=Фамилия", "--column", "given=Имя", "--column", "key=№")
    assert answer(run("import", "mia", table, *named, "--yes", "--json"))["added"] == 4
    assert answer(run("import", "mia", table, "--json"))["same"] == 4
    assert run("import", "mia", table, "--column", "hat=Имя").exit_code == 1


def test_a_list_that_is_not_there_and_a_wrong_number_of_files_are_refused(files: list[str]):
    assert "There is no list wanted" in run("import", "wanted", files[0]).stderr
    assert "Give SDN.CSV and ALT.CSV" in run("import", "ofac", files[0]).stderr
    run("add", "own", "--name", "Own", "--owner", "MIA", "--contact", "desk")
    assert "kept by hand" in run("import", "own", files[0]).stderr


def test_a_list_that_shrinks_says_so_and_needs_an_explicit_word(files: list[str]):
    run("import", "ofac", *files, "--yes")
    Path(files[0]).write_text(SDN.splitlines(keepends=True)[0])
    refused = run("import", "ofac", *files, "--yes")
    assert refused.exit_code == 1
    assert "more than a tenth" in refused.stderr
    assert ListEntry.objects.filter(status="published").count() == 2
    assert answer(run("import", "ofac", *files, "--json"))["shrinks"] is True
    done = run("import", "ofac", *files, "--yes", "--confirm-shrink")
    assert (done.exit_code, ListEntry.objects.filter(status="published").count()) == (0, 1)


def test_without_a_worker_the_command_line_does_what_an_import_waits_for():
    sent = actions.propose_import(
        actor("R. Kadyrov"),
        ofac_list(),
        files={"sdn": source(SDN), "alt": source(ALT, "ALT.CSV")},
        start=lambda _run: None,
    )
    assert run("work", str(sent.pk)).exit_code == 0
    prepared = ImportRun.objects.get(pk=sent.pk)
    assert (prepared.status, prepared.added) == ("prepared", 2)
    assert run("work", str(sent.pk)).exit_code == 1
    actions.approve_import(actor("B. Osmonalieva"), prepared, start=lambda _run: None)
    assert "Loaded" in run("work", str(sent.pk)).stdout
    assert ListEntry.objects.filter(status="published").count() == 2
