"""Does `safar lists` load a list in the demo, and leave it to a second person elsewhere?"""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from safar.control.watchlist.commands import lists
from safar.control.watchlist.models import ImportRun, ListEntry
from tests.makers.watchlist import ALT, SDN, agency

pytestmark = pytest.mark.django_db


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
