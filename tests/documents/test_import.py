"""`safar documents import`: whole or not at all, and an error that says where."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from safar.control.documents.actions import reports
from safar.control.documents.commands import documents
from safar.control.documents.files.reports import LONGEST_LINE
from safar.control.documents.models import ReportedDocument
from safar.control.documents.queries import report_or_none
from tests import cast
from tests.makers.accounts import actor, audited
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HEAD = "issuer,number,report,reference\n"
GOOD = HEAD + 'RUS,U70553862,stolen,letter 12\nKGZ,pe 123-4567,lost,"form 3, page 2"\n'


@pytest.fixture(autouse=True)
def ground():
    load_reference()


def run(path: Path, content: str | bytes, *options: str) -> Result:
    file = path / "list.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return CliRunner().invoke(documents, ["import", str(file), *options])


def test_a_list_is_imported(tmp_path):
    done = run(tmp_path, GOOD)
    assert (done.exit_code, done.output) == (
        0,
        "2 documents read: 2 added, 0 reported already or withdrawn.\n",
    )
    row = ReportedDocument.objects.get(issuer="KGZ")
    assert (row.number, row.report, row.reference) == ("PE1234567", "lost", "form 3, page 2")
    assert row.reported_by is None
    (entry,) = audited("documents.import_reports")
    assert entry.details == {"read": 2, "added": 2}


def test_json_for_machines(tmp_path):
    done = run(tmp_path, GOOD, "--json")
    assert json.loads(done.output) == {"done": True, "read": 2, "added": 2, "known": 0}
    wrong = run(tmp_path, HEAD + "RUS,U1234567,eaten,x\n", "--json")
    answer = json.loads(wrong.output)
    assert (wrong.exit_code, answer["done"]) == (1, False)
    assert (answer["line"], answer["column"]) == (2, 3)


def test_the_same_list_again_adds_nothing(tmp_path):
    run(tmp_path, GOOD)
    assert "0 added, 2 reported already or withdrawn" in run(tmp_path, GOOD).output
    assert ReportedDocument.objects.count() == 2


def test_a_report_that_was_withdrawn_is_not_revived_by_the_same_letter(tmp_path):
    run(tmp_path, GOOD)
    found = ReportedDocument.objects.get(issuer="RUS")
    reports.withdraw(actor(cast.leila()), found, reason="It was found")
    assert "0 added, 2 reported already or withdrawn" in run(tmp_path, GOOD).output
    assert report_or_none("RUS", "U70553862") is None
    assert "1 added" in run(tmp_path, GOOD.replace("letter 12", "letter 40")).output
    assert report_or_none("RUS", "U70553862") == ("stolen", "letter 40")


def test_a_dry_run_checks_everything_and_changes_nothing(tmp_path):
    assert "nothing wrong" in run(tmp_path, GOOD, "--dry-run").output
    assert not ReportedDocument.objects.exists()
    wrong = run(tmp_path, GOOD + "RUS,U1,lost,x\n", "--dry-run")
    assert wrong.exit_code == 1


def test_a_spreadsheets_line_ends_and_byte_order_mark_are_read(tmp_path):
    done = run(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert done.exit_code == 0
    assert ReportedDocument.objects.count() == 2


LINE = "RUS,U1234567,lost,letter 1\n"


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ("", "Line 1, column 1"),
        ("number,issuer,report,reference\n", "Line 1, column 1 (issuer)"),
        ("issuer,number,report\n", "Line 1, column 4 (reference)"),
        (HEAD.strip() + ",note\n", "Line 1, column 5"),
        (HEAD + LINE + "RUS,U1234568,lo", "Line 3, column 3 (report): the file breaks off"),
        (HEAD + LINE + "RUS,U1234568,lost,letter 2", "Line 3, column 4 (reference): the file"),
        (HEAD + LINE + "RUS,U1234568\n", "Line 3, column 3 (report): 2 columns"),
        (HEAD + "RUS,U1234568,lost,a,b\n", "Line 2, column 5: 5 columns"),
        (HEAD + "XQX,U1234567,lost,x\n", "Line 2, column 1 (issuer)"),
        (HEAD + "RUS,№12,lost,x\n", "Line 2, column 2 (number)"),
        (HEAD + "RUS,,lost,x\n", "Line 2, column 2 (number)"),
        (HEAD + "RUS,U1234567,eaten,x\n", "Line 2, column 3 (report)"),
        (HEAD + "RUS,U1234567,lost, \n", "Line 2, column 4 (reference)"),
        (HEAD + f"RUS,U1234567,lost,{'x' * 81}\n", "Line 2, column 4 (reference)"),
        (HEAD + f"RUS,U1234567,lost,{'x' * LONGEST_LINE}\n", "Line 2, column 4"),
        (HEAD + 'RUS,U1234567,lost,"never closed\n', "Line 2"),
        (HEAD.encode() + b"RUS,U\xff234567,lost,x\n", "Line 2, column 2 (number): these bytes"),
        (HEAD.encode() + b"RUS,U1234567,lost,\0\n", "Line 2, column 4 (reference): a zero byte"),
        (HEAD + LINE + "KGZ,A1234567,void,x\n" + LINE, "Line 4: this document stands in line 2"),
    ],
)
def test_a_torn_or_wrong_file_says_where_and_changes_nothing(tmp_path, content, where):
    done = run(tmp_path, content)
    assert done.exit_code == 1
    assert where in done.output
    assert "Nothing was changed." in done.output
    assert "Traceback" not in done.output
    assert not ReportedDocument.objects.exists()


def test_what_is_right_before_the_wrong_line_is_not_kept(tmp_path):
    """Negative control: the same lines without the wrong one are imported."""
    good = HEAD + "".join(f"RUS,U{number:07d},lost,letter 1\n" for number in range(3000))
    assert run(tmp_path, good + "RUS,?,lost,x\n").exit_code == 1
    assert not ReportedDocument.objects.exists()
    assert run(tmp_path, good).exit_code == 0
    assert ReportedDocument.objects.count() == 3000
