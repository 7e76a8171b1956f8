"""Does `safar chip` say by its exit status whether a chip is authentic?"""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from safar.config.cli import main
from safar.lib.chip.command import chip
from tests.lib.chip.making import LIST_SIGNER, ZONE, State, dg1, master_list, revocation_list
from tests.lib.chip.making_keys import ec_key

KYRGYZ = State()
GERMAN = State("DE", key=ec_key(31), signer_key=ec_key(32))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(chip, [str(each) for each in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "chip"
    found.mkdir()
    for name, data in KYRGYZ.chip().items():
        (found / name).write_bytes(data)
    (found / "notes.txt").write_text("left out")
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "kg.cer"
    path.write_bytes(KYRGYZ.root())
    return path


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "de.ml"
    signer = GERMAN.signer(purposes=[LIST_SIGNER])
    path.write_bytes(master_list([KYRGYZ.root(), GERMAN.root()], GERMAN.signer_key, [signer]))
    return path


def test_an_authentic_chip_exits_with_0(folder: Path, root: Path) -> None:
    result = run("verify", folder, "--json", "--trust", root, "--on", "2026-11-22")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["authentic"], found["findings"]) == (0, True, [])
    assert found["zone"] == ZONE
    assert found["face"]["media_type"] == "image/jpeg"
    assert found["root"]["country"] == "KG"


def test_a_master_list_may_be_the_trust(folder: Path, listed: Path) -> None:
    assert run("verify", folder, "--trust", listed, "--on", "2026-11-22").exit_code == 0


def test_without_trust_a_chip_cannot_be_judged_and_exits_with_1(folder: Path) -> None:
    result = run("verify", folder, "--json", "--on", "2026-11-22")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["outcome"] == "unjudged"


def test_a_changed_chip_exits_with_1_and_says_why(folder: Path, root: Path) -> None:
    (folder / "EF.DG1").write_bytes(dg1([ZONE[0].replace("AIZADA", "MAIRAM"), ZONE[1]]))
    result = run("verify", folder, "--trust", root)
    assert result.exit_code == 1
    assert "Not authentic." in result.stdout
    assert "DG1 is not what was signed" in result.stdout


def test_the_printed_zone_and_the_date_of_issue_may_be_given(folder: Path, root: Path) -> None:
    given = ("verify", folder, "--trust", root, "--on", "2026-11-22", "--zone")
    assert run(*given, ",".join(ZONE), "--issued", "2025-11-01").exit_code == 0
    assert run(*given, ",".join((ZONE[0].replace("AIZADA", "MAIRAM"), ZONE[1]))).exit_code == 1
    assert run(*given, ",".join(ZONE), "--issued", "1999-11-01").exit_code == 1


def test_a_revocation_list_may_be_given(folder: Path, root: Path, tmp_path: Path) -> None:
    given = ("verify", folder, "--trust", root, "--on", "2026-11-22", "--revoked")
    path = tmp_path / "kg.crl"
    path.write_bytes(revocation_list(KYRGYZ.key, KYRGYZ.names[0], [8]))
    assert run(*given, path).exit_code == 0
    path.write_bytes(revocation_list(KYRGYZ.key, KYRGYZ.names[0], [7]))
    assert run(*given, path).exit_code == 1
    path.write_bytes(revocation_list(ec_key(66), KYRGYZ.names[0], [7]))
    assert run(*given, path).exit_code == 2


def test_a_list_that_was_to_be_replaced_before_the_day_is_told(folder, root, tmp_path) -> None:
    path = tmp_path / "kg.crl"
    path.write_bytes(revocation_list(KYRGYZ.key, KYRGYZ.names[0], [8], due=date(2026, 11, 20)))
    given = ("verify", folder, "--trust", root, "--revoked", path, "--json", "--on")
    for day, told in (("2026-11-20", []), ("2026-11-22", ["chip.crl.overdue"])):
        result = run(*given, day)
        assert [each["code"] for each in json.loads(result.stdout)["findings"]] == told
        assert result.exit_code == 0, "who was revoked since is not known: a note, and no doubt"


def test_what_a_certificate_says_of_itself_does_not_steer_the_terminal(tmp_path) -> None:
    hostile = State(called="\x1b[2J\u202eAUTHENTIC")
    root, folder = tmp_path / "root.cer", tmp_path / "chip"
    root.write_bytes(hostile.root())
    folder.mkdir()
    for name, data in hostile.chip().items():
        (folder / name).write_bytes(data)
    told = run("verify", folder, "--trust", root, "--on", "2026-11-22").stdout
    assert "?[2J?AUTHENTIC" in told
    assert all(sign.isprintable() for sign in told.replace("\n", ""))


@pytest.mark.parametrize(("serial", "status"), [(7, 2), (1, 2), (8, 0)])
def test_a_master_list_of_a_revoked_signer_or_state_is_no_trust(
    folder, listed, tmp_path, serial, status
) -> None:
    path = tmp_path / "de.crl"
    path.write_bytes(revocation_list(GERMAN.key, GERMAN.names[0], [serial]))
    result = run("verify", folder, "--trust", listed, "--revoked", path, "--on", "2026-11-22")
    assert result.exit_code == status
    assert ("signer was revoked by its state" in result.output) is (status == 2)


def test_wrong_usage_exits_with_2(folder: Path, root: Path, tmp_path: Path) -> None:
    assert run("verify", folder / "nowhere").exit_code == 2
    assert run("verify", folder, "--trust", tmp_path / "none.cer").exit_code == 2
    assert run("verify", folder, "--trust", folder / "notes.txt").exit_code == 2
    assert run("verify", folder, "--trust", root, "--on", "tomorrow").exit_code == 2
    (folder / "dg01.bin").write_bytes(dg1())
    twice = run("verify", folder, "--trust", root)
    assert (twice.exit_code, "DG1 came twice" in twice.output) == (2, True)


def test_an_empty_folder_cannot_be_judged(tmp_path: Path) -> None:
    result = run("verify", tmp_path, "--json")
    assert result.exit_code == 1
    assert "chip.sod.missing" in [each["code"] for each in json.loads(result.stdout)["findings"]]


def test_a_list_is_shown_with_its_signer(listed: Path) -> None:
    found = json.loads(run("list", listed, "--json").stdout)
    assert (found["count"], found["countries"]) == (2, {"DE": 1, "KG": 1})
    assert found["signed_by"]["root"]["country"] == "DE"
    assert "2 certificates of 2 states" in run("list", listed).stdout


def test_what_a_listed_certificate_says_of_itself_does_not_steer_the_terminal(tmp_path) -> None:
    path, signer = tmp_path / "de.ml", GERMAN.signer(purposes=[LIST_SIGNER])
    hostile = State(called="\x1b[2J\u202eAUTHENTIC").root()
    path.write_bytes(master_list([GERMAN.root(), hostile], GERMAN.signer_key, [signer]))
    told = run("list", path).stdout
    assert "?[2J?AUTHENTIC" in told
    assert all(sign.isprintable() for sign in told.replace("\n", ""))
    subjects = [
        each["subject"] for each in json.loads(run("list", "--json", path).stdout)["certificates"]
    ]
    assert any("\x1b[2J\u202eAUTHENTIC" in each for each in subjects), "machines get it as it is"


def test_a_file_that_is_no_list_exits_with_1_and_says_why(root: Path, tmp_path: Path) -> None:
    result = run("list", root, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["code"].startswith("chip.")
    assert run("list", tmp_path / "none").exit_code == 2


def test_the_command_is_mounted() -> None:
    assert CliRunner().invoke(main, ["chip", "--help"]).exit_code == 0
