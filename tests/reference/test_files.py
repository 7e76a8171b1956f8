"""Reading one data file: each way in which it may be wrong is named by line and column."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safar.reference import files, tables
from safar.reference.files import BadFile, Column, read

COLUMNS = (
    Column("code", tables.code("[A-Z]{2}"), required=True),
    Column("days", tables.number, empty=None),
    Column("name"),
)


def written(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "list.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_whole_file_is_read_with_its_line_numbers(tmp_path: Path) -> None:
    path = written(tmp_path, 'code,days,name\nAA,30,"Two\u200cwords, a comma"\nBB,,\n')
    first, second = read(path, COLUMNS)
    assert (first.number, first.values) == (
        2,
        {"code": "AA", "days": 30, "name": "Two\u200cwords, a comma"},
    )
    assert (second.number, second.values) == (3, {"code": "BB", "days": None, "name": ""})


@pytest.mark.parametrize(
    ("content", "line", "column", "words"),
    [
        ("", 1, "", "cut off"),
        ("\n", 1, "", "lacks: code, days, name"),
        ("code,days\n", 1, "", "lacks: name"),
        ("code,days,name,extra\n", 1, "", "not known: extra"),
        ("days,code,name\n", 1, "", "this order: code, days, name"),
        ("code,days,name\nAA,30\n", 2, "", "It has 2 cells; the heading has 3"),
        ("code,days,name\nAA,30,x\nBB,3", 3, "", "cut off"),
        ("code,days,name\nAA,thirty,x\n", 2, "days", "not a whole number"),
        ("code,days,name\nAA,-3,x\n", 2, "days", "not a whole number"),
        ("code,days,name\n,30,x\n", 2, "code", "must not be empty"),
        ("code,days,name\nA1,30,x\n", 2, "code", "form of such a code"),
        ("code,days,name\nAA,30, x\n", 2, "name", "Spaces"),
        ("code,days,name\nAA,30,\u202ex\n", 2, "name", "control characters"),
        (f"code,days,name\nAA,30,{'x' * 401}\n", 2, "name", "longer than 400"),
        ("code,days,name\nAA,1,x\nBB,1,x\nAA,1,x\n", 4, "code", "already in line 2"),
        ('code,days,name\nAA,1,"x\n', 2, "", "not valid CSV"),
        (b"code,days,name\nAA,1,\xff\n", 2, "", "not UTF-8"),
    ],
)
def test_a_wrong_file_is_named_by_line_and_column(
    tmp_path: Path, content: str | bytes, line: int, column: str, words: str
) -> None:
    with pytest.raises(BadFile) as caught:
        read(written(tmp_path, content), COLUMNS)
    assert (caught.value.data["line"], caught.value.data["column"]) == (line, column)
    assert words in str(caught.value)
    assert str(caught.value).startswith("list.csv")


def test_a_file_that_is_far_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = written(tmp_path, b"x" * (files.MAX_BYTES + 1))
    with pytest.raises(BadFile, match="larger than 5 MB"):
        read(path, COLUMNS)


def test_a_folder_in_place_of_a_file_is_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be opened"):
        read(tmp_path, COLUMNS)


@pytest.mark.slow
@given(content=st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_any_bytes_at_all_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = written(tmp_path_factory.mktemp("any"), b"code,days,name\n" + content)
    found: object = None
    try:
        found = read(path, COLUMNS)
    except BadFile as error:
        found = error.data["file"]
    assert found == "list.csv" or isinstance(found, list)


@pytest.mark.parametrize(
    ("parse", "good", "bad"),
    [
        (tables.day, "2026-01-31", "2026-02-30"),
        (tables.day, "2026-01-31", "20260131"),
        (tables.zone, "Asia/Bishkek", "Asia/Frunze City"),
        (tables.degrees(90), "42.1", "90.1"),
        (tables.degrees(90), "-42", "NaN"),
        (tables.degrees(90), "0", "north"),
        (tables.number, "0", "12345"),
        (tables.text(3), "abc", "abcd"),
    ],
)
def test_each_kind_of_cell_accepts_the_right_and_refuses_the_wrong(
    parse: object, good: str, bad: str
) -> None:
    assert callable(parse)
    parse(good)
    with pytest.raises(ValueError, match=r"“|longer"):
        parse(bad)
