"""Tables as files: nothing runs, nothing is lost."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safar.ui.csv_out import BOM, FORMULA_SIGNS, csv_lines, csv_response, safe

CELLS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.builds(str.__add__, st.sampled_from([*FORMULA_SIGNS, "'"]), st.text("a1=+-'\t", max_size=5)),
)


def read(lines):
    text = "".join(lines)
    assert text.startswith(BOM)
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline="")))


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_a_text_that_would_start_a_formula_gets_an_apostrophe(sign):
    assert safe(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("value", [-1, 0, 7, -0.5, Decimal("-12.30")])
def test_plain_numbers_stay_numbers(value):
    assert safe(value) is value


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("-1", "'-1"),
        (float("-inf"), "'-inf"),
        (None, ""),
        ("Айбек", "Айбек"),
        ("a=b", "a=b"),
        ("'Umar", "''Umar"),
    ],
)
def test_everything_else_is_its_text(value, cell):
    assert safe(value) == cell


@pytest.mark.slow
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=4))
def test_no_cell_starts_a_formula_and_every_text_comes_back(rows):
    header, *seen = read(csv_lines(["a", "b"], rows))
    assert header == ["a", "b"]
    assert not any(cell.startswith(FORMULA_SIGNS) for row in seen for cell in row)
    assert [[cell.removeprefix("'") for cell in row] for row in seen] == rows


def test_without_the_guard_the_same_cell_would_run():
    plain = io.StringIO(newline="")
    csv.writer(plain).writerow(["=1+1"])
    assert plain.getvalue().startswith("=")


def test_a_heading_is_guarded_too():
    assert read(csv_lines(["=1"], [])) == [["'=1"]]


def test_the_response_is_a_download_in_utf_8_and_is_written_row_by_row():
    asked = []

    def rows():
        for number in range(3):
            asked.append(number)
            yield [number, "Ош"]

    response = csv_response("смена 7.csv", ["No", "Place"], rows())
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%D1%81")
    stream = iter(response)
    next(stream)
    next(stream)
    assert asked == [0]
    rest = b"".join(stream).decode()
    assert rest == "1,Ош\r\n2,Ош\r\n"


def test_the_file_starts_with_a_byte_order_mark():
    assert b"".join(csv_response("a.csv", ["Пост"], [])) == b"\xef\xbb\xbf" + "Пост\r\n".encode()
