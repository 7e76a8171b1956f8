"""Does `safar screen` answer files with files, and tell bad rows by their line?"""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from safar.lib.screening.command import screen

LIST = """entity_id,name,birth_date,sex,citizenship,document
1,"Каримов, Жасур",1984-05-17,M,UZB,UZB:AA1234567
1,Karim the Tall,,,,
2,Асан уулу Бакыт,~1975,M,KGZ,
3,رحیمی فرهاد,1980/1984,,,
"""


def run(folder: Path, listed: str | bytes, queries: str, *options: str) -> Result:
    (folder / "list.csv").write_bytes(listed if isinstance(listed, bytes) else listed.encode())
    (folder / "q.csv").write_text(queries)
    given = ["--list", f"{folder}/list.csv", "--queries", f"{folder}/q.csv"]
    return CliRunner().invoke(screen, [*given, "--out", f"{folder}/r.csv", *options])


def answers(folder: Path) -> list[dict[str, str]]:
    with (folder / "r.csv").open(newline="") as lines:
        return list(csv.DictReader(lines))


def test_queries_are_answered_and_figures_printed(tmp_path: Path) -> None:
    queries = "query_id,name,birth_date\na,KARIMOV ZHASUR,1984-05-17\nb,ASANUULU BAKYT,\n"
    result = run(tmp_path, LIST, queries)
    assert result.exit_code == 0, result.output
    rows = answers(tmp_path)
    first = {row["query_id"]: row["entity_id"] for row in rows if row["rank"] == "1"}
    assert first == {"a": "1", "b": "2"}
    assert "birth date agrees" in rows[0]["explanation"]
    figures = json.loads(result.output)
    assert {"build_s", "index_mb", "p50_ms", "p95_ms"} <= set(figures)
    assert figures["explained_p50_ms"] >= figures["p50_ms"] > 0


def test_a_birth_date_that_contradicts_keeps_the_name_out(tmp_path: Path) -> None:
    queries = "query_id,name,birth_date\na,KARIMOV ZHASUR,1951-02-03\nb,KARIMOV ZHASUR,\n"
    assert run(tmp_path, LIST, queries).exit_code == 0
    assert [row["query_id"] for row in answers(tmp_path)][:1] == ["b"]


def test_a_document_alone_finds_its_bearer(tmp_path: Path) -> None:
    queries = "query_id,name,document\na,NOBODY,aa 1234567\n"
    assert run(tmp_path, LIST, queries).exit_code == 0
    assert answers(tmp_path)[0]["entity_id"] == "1"


def test_an_index_that_is_kept_is_used_again(tmp_path: Path) -> None:
    queries = "query_id,name\na,KARIMOV ZHASUR\n"
    kept = ("--index", f"{tmp_path}/index")
    assert run(tmp_path, LIST, queries, *kept).exit_code == 0
    again = ["--queries", f"{tmp_path}/q.csv", "--out", f"{tmp_path}/again.csv", *kept]
    assert CliRunner().invoke(screen, again).exit_code == 0
    assert (tmp_path / "again.csv").read_text() == (tmp_path / "r.csv").read_text()


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("entity_id,nom\n1,A B\n", "line 1: the header has no column name"),
        ("", "line 1: the header has no column entity_id"),
        ("entity_id,name\n1,A B\n2\n", "line 3: the row is too short"),
        ("entity_id,name\n,A B\n", "line 2: the row has no id"),
        ("entity_id,name,birth_date\n1,A B,31.12.84\n", "line 2: Write the date as"),
        ("entity_id,name,birth_date\n1,A B,1984-02-30\n", "line 2: The month has no such day"),
        ("entity_id,name,sex\n1,A B,Q\n", "line 2: the sex 'Q'"),
        (b"entity_id,name\n1,\xff\xfe\n", "this is not UTF-8"),
        ('entity_id,name\n1,"A B\n', "line 2"),
    ],
)
def test_a_bad_row_is_told_by_its_line(listed: str | bytes, said: str, tmp_path: Path) -> None:
    result = run(tmp_path, listed, "query_id,name\na,KARIMOV\n")
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output


def test_a_folder_that_holds_no_index_is_refused(tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("query_id,name\na,KARIMOV\n")
    given = ["--queries", f"{tmp_path}/q.csv", "--out", f"{tmp_path}/r.csv"]
    result = CliRunner().invoke(screen, [*given, "--index", str(tmp_path / "none")])
    assert result.exit_code == 2
    assert "There is no index" in result.output
