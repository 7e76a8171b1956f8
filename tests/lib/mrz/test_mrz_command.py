"""Does `safar mrz` answer anything at all, and say by its exit status whether all is sound?"""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given, settings
from hypothesis import strategies as st

from safar.lib.mrz.command import mrz
from tests.lib.mrz.vectors import KYRGYZ, RUSSIAN, TD1, TD3, changed


def run(given: bytes | str, *arguments: str) -> Result:
    return CliRunner().invoke(mrz, arguments, input=given)


def objects(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_sound_documents_exit_with_0() -> None:
    result = run("\n".join(TD3) + "\n\n\n" + "\r\n".join(TD1) + "\n", "--json")
    assert result.exit_code == 0
    assert [(found["format"], found["sound"]) for found in objects(result)] == [
        ("TD3", True),
        ("TD1", True),
    ]


def test_json_lines_and_blocks_may_follow_each_other() -> None:
    given = "\n".join(
        [
            json.dumps({"lines": TD3}),
            json.dumps({"lines": "\n".join(TD1)}),
            *KYRGYZ,
            json.dumps({"lines": RUSSIAN, "id": 4}),
        ]
    )
    result = run(given, "--json")
    assert [found["format"] for found in objects(result)] == [
        "TD3",
        "TD1",
        "TD3",
        "TD3",
    ]
    assert result.exit_code == 0


def test_one_unsound_document_exits_with_1_and_gives_its_reason() -> None:
    wrong = changed(TD3, 1, 9, "7")
    result = run("\n".join(TD3) + "\n\n" + "\n".join(wrong), "--json")
    sound, unsound = objects(result)
    assert (sound["sound"], sound["reason"]) == (True, None)
    assert unsound["sound"] is False
    assert "check digit of the document number is 7" in str(unsound["reason"])
    assert result.exit_code == 1


def test_a_json_object_holds_the_fields_with_their_checks() -> None:
    (found,) = objects(run("\n".join(TD3), "--json"))
    assert found["birth"] == "1974-08-12"
    assert found["fields"]["number"] == {  # type: ignore[index]
        "raw": "L898902C3",
        "value": "L898902C3",
        "check": "right",
        "problem": None,
        "line": 1,
        "start": 0,
        "end": 9,
    }


def test_the_table_has_one_line_for_each_field() -> None:
    result = run("\n".join(RUSSIAN))
    assert "1. TD3: sound" in result.stdout
    assert "ЁЖИКОВА" in result.stdout
    assert result.exit_code == 0


@pytest.mark.parametrize("given", [b"", b"\n\n  \r\n", b"\x00\x00", b"\xef\xbb\xbf"])
def test_nothing_to_read_is_said_in_a_sentence(given: bytes) -> None:
    result = run(given, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "There was nothing to read: no machine readable zone came.\n"


def test_a_missing_file_or_a_folder_is_wrong_usage(tmp_path: Path) -> None:
    for name in (tmp_path / "none", tmp_path):
        result = CliRunner().invoke(mrz, [str(name)])
        assert result.exit_code == 2
        assert "Traceback" not in result.output


def test_a_file_is_read_like_the_standard_input(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        file = tmp_path / encoding
        file.write_text("\n".join(KYRGYZ), encoding=encoding)
        result = CliRunner().invoke(mrz, [str(file), "--json"])
        assert (result.exit_code, len(objects(result))) == (0, 1)


@pytest.mark.parametrize(
    "given",
    [
        b'{"lines": 5}',
        b'{"lines": [1]}',
        b"{",
        b'{"lines": null}',
        b'{"a":' * 100_000,
        b'{"lines": ' + b"9" * 5000 + b"}",
        b'{"lines": "\\ud800"}',
        b"\xff\xfe\x00",
        b"\xff\xfe\xd8\x00\xd8",
        b"<" * 3_000_000,
        b"\x1b[31m\xc3\x28",
        b"[" * 100_000,
    ],
    ids=range(12),
)
def test_garbage_is_answered_as_not_sound(given: bytes) -> None:
    result = run(given, "--json")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    for found in objects(result):
        assert found["sound"] is False
        assert found["reason"]


@pytest.mark.slow
@settings(deadline=None)
@given(st.binary(max_size=400))
@example(b'{"lines": ["\\udfff"]}')
def test_any_bytes_end_in_an_answer(given: bytes) -> None:
    for arguments in ([], ["--json"]):
        result = run(given, *arguments)
        assert result.exit_code in (0, 1)
        assert result.output
        assert result.exception is None or isinstance(result.exception, SystemExit)


def test_a_full_disk_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("safar.lib.mrz.command._print", full)
    result = run("\n".join(TD3))
    assert (result.exit_code, "No space left on device" in result.stderr) == (1, True)
