"""What is read from each source's files: names, births, countries, documents, and what is not?"""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from safar.control.watchlist.sources import countries, formats, table
from safar.control.watchlist.sources.dates import read_birth
from safar.control.watchlist.sources.files import SourceFile
from safar.control.watchlist.sources.parsed import ParsedEntry, ParsedList
from safar.lib.partial_dates import PartialDate
from safar.lib.screening.entity import Birth

FILES = Path(__file__).with_name("files")
UN, FTM = "un_made_up.xml", "entities_made_up.ftm.json"
SIMPLE, MINISTRY = "targets_made_up.simple.csv", "ministry_made_up.csv"
COLUMNS = {
    "key": "№",
    "surname": "Фамилия",
    "given": "Имя",
    "father": "Отчество",
    "alias": "Прозвище",
    "birth": "Дата рождения",
    "sex": "Пол",
    "citizenship": "Гражданство",
    "document": "Паспорт",
    "issuer": "Страна выдачи",
    "remarks": "Примечание",
}


def read(source_format: str, name: str, **columns: object) -> ParsedList:
    file = SourceFile(name, path=FILES / name)
    return formats.read(source_format, {"file": file}, columns=columns or None)


def codes(found: ParsedList) -> list[tuple[str, str]]:
    return [(problem.code, problem.found) for problem in found.problems]


class TestUnitedNations:
    def test_a_person_is_read_with_all_that_the_list_says(self):
        one = read("un", UN).entries[0]
        assert one.key == "XXi.001"
        assert one.names == (
            ("KARIM DAVLATOV SAFAROVICH", False),
            ("Карим Сафарович Давлатов", False),
            ("Karim Davlatzoda", False),
            ("Kareem Dawlatov", False),
            ("Abu Safar", True),
        )
        assert one.births == (
            Birth(PartialDate(1979, 3, 12)),
            Birth(PartialDate(1977), None, True),
        )
        assert (one.sex, one.citizenships) == ("M", ("TJK",))
        assert one.documents == (
            ("passport", "TJK", "400112233"),
            ("identity", "RUS", "A77001"),
        )
        assert "Listed on 2015-09-29" in one.remarks
        assert "Last updated 2022-04-01" in one.remarks
        assert "Courier; Driver" in one.remarks

    def test_a_span_of_years_is_kept_and_what_cannot_be_is_named_with_its_line(self):
        found = read("un", UN)
        assert found.entries[1].births == (Birth(PartialDate(1963), 1967),)
        assert found.entries[1].citizenships == ("IRN",)
        assert codes(found) == [
            ("birth", "EXACT 1964-02-31"),
            ("country", "Atlantis"),
            ("document", "not known"),
            ("no_name", "XXi.003"),
        ]
        assert found.problems[0].line == 70

    def test_organisations_and_persons_without_a_name_are_left_out_and_counted(self):
        found = read("un", UN)
        assert (len(found.entries), found.bad, found.others) == (2, 1, 2)


class TestFollowTheMoney:
    def test_a_person_is_read_with_documents_that_stand_elsewhere_in_the_file(self):
        one, other = read("ftm", FTM).entries
        assert one.names == (
            ("Karim Davlatov", False),
            ("Карим Давлатов", False),
            ("Karim Davlatzoda", False),
            ("Abu Safar", True),
        )
        assert [str(birth) for birth in one.births] == ["1977", "1979-03-12"]
        assert (one.key, one.sex, one.citizenships) == ("xx-davlatov", "M", ("TJK",))
        assert one.documents == (("passport", "TJK", "400112233"), ("identity", "", "A77001"))
        assert other.documents == (("identity", "IRN", "A99012"),)
        assert other.citizenships == ("SUN",)  # no nationality is given: the country stands for it

    def test_relatives_and_companies_are_left_out_and_counted(self):
        found = read("ftm", FTM)
        assert (len(found.entries), found.bad, found.others) == (2, 0, 2)
        assert codes(found) == [("birth", "1965-13-01"), ("country", "zz")]

    def test_the_order_of_values_changes_nothing(self):
        text = (FILES / FTM).read_text()
        turned = text.replace(
            '"Karim Davlatov","Карим Давлатов"', '"Карим Давлатов","Karim Davlatov"'
        )
        assert turned != text
        found = formats.read("ftm", {"file": SourceFile("x", turned.encode())})
        assert found.entries[0].fingerprint() == read("ftm", FTM).entries[0].fingerprint()


class TestSimpleTargets:
    def test_persons_are_read_and_others_counted(self):
        found = read("simple", SIMPLE)
        one, other = found.entries
        assert one.names[1] == ("Карим Давлатов", False)
        assert one.documents == (("identity", "", "400112233"), ("identity", "", "A77001"))
        assert (one.citizenships, other.citizenships) == (("TJK",), ("IRN",))
        assert "Sanctions: XX example, 2015-09-29" in one.remarks
        assert found.others == 1
        assert codes(found) == [("birth", "soon"), ("country", "zz"), ("document", "see notes")]


def workbook(*rows: tuple[object, ...]) -> SourceFile:
    book, content = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(content)
    return SourceFile("table.xlsx", content.getvalue())


def mapped(file: SourceFile, **columns: str) -> ParsedList:
    return formats.read("table", {"file": file}, columns={"columns": columns})


class TestAMinistrysTable:
    def test_its_columns_are_recognised_by_their_headings(self):
        seen = table.preview(SourceFile(MINISTRY, path=FILES / MINISTRY))
        assert seen.guess == COLUMNS
        assert (seen.layout.separator, seen.layout.encoding) == (";", "utf-8")
        assert seen.rows[0][1] == "СЕИТОВ"

    def test_a_person_is_read_by_the_mapping(self):
        found = read("table", MINISTRY, columns=COLUMNS)
        first, second, third, fourth = found.entries
        assert first == ParsedEntry(
            key="1",
            names=(("СЕИТОВ, Марат Токтосунович", False), ("Мара", False)),
            births=(Birth(PartialDate(1988, 1, 12)),),
            sex="M",
            citizenships=("KGZ",),
            documents=(("passport", "KGZ", "AC1234567"),),
            remarks="по запросу 14/7",
        )
        assert second.births == (Birth(PartialDate(1984, 5)),)
        assert (third.citizenships, third.documents) == (
            ("RUS",),
            (("passport", "RUS", "51204881"),),
        )
        assert third.remarks == ""
        assert [name for name, _weak in fourth.names] == ["КАРИМОВА, Лола", "Лола", "Лолита"]
        assert codes(found) == [("birth", "31.02.1990"), ("country", "Атлантида")]

    @pytest.mark.parametrize(
        ("encoding", "found"),
        [
            ("utf-8", "utf-8"),
            ("utf-8-sig", "utf-8"),
            ("cp1251", "windows-1251"),
            ("utf-16", "utf-16"),
        ],
    )
    def test_the_encodings_of_spreadsheets_are_found_out(self, encoding: str, found: str):
        text = (FILES / MINISTRY).read_text().replace("\n", "\r\n")
        file = SourceFile("list.csv", text.encode(encoding))
        assert table.preview(file).layout.encoding == found
        read_so = formats.read("table", {"file": file}, columns={"columns": COLUMNS})
        assert read_so.entries == read("table", MINISTRY, columns=COLUMNS).entries

    @pytest.mark.parametrize("separator", [",", "\t", "|"])
    def test_separators_are_found_out(self, separator: str):
        text = "key|name|born\n1|A B|1980\n2|C D|1981\n".replace("|", separator)
        found = mapped(SourceFile("x.csv", text.encode()), key="key", name="name", birth="born")
        assert [entry.key for entry in found.entries] == ["1", "2"]

    def test_a_workbook_is_read_with_its_real_dates_and_numbers(self):
        book = workbook(
            ("no", "name", "born", "passport"),
            (7.0, "SEITOV, Marat", date(1988, 1, 12), 1234567),
            (None, None, None, None),
            (8, "ORLOVA", "1962", "-"),
        )
        found = mapped(book, key="no", name="name", birth="born", document="passport")
        assert [entry.key for entry in found.entries] == ["7", "8"]
        assert found.entries[0].births == (Birth(PartialDate(1988, 1, 12)),)
        assert found.entries[0].documents == (("passport", "", "1234567"),)

    def test_a_formula_in_a_workbook_is_named_by_its_cell_and_never_worked_out(self):
        book = workbook(("no", "name"), (1, "ORLOVA"), (2, '=HYPERLINK("http://x","SEITOV")'))
        found = mapped(book, key="no", name="name")
        assert [entry.key for entry in found.entries] == ["1"]
        assert found.bad == 1
        assert ("B3", "formula") in [(p.column, p.code) for p in found.problems]

    @pytest.mark.parametrize("cell", ['=cmd|"/c calc"!A1', "@SUM(1)", " =1+1"])
    def test_a_formula_in_a_csv_is_named_by_its_cell(self, cell: str):
        quoted = cell.replace('"', '""')
        file = SourceFile("x.csv", f'no,name\n1,ORLOVA\n2,"{quoted}"\n'.encode())
        found = mapped(file, key="no", name="name")
        assert [entry.key for entry in found.entries] == ["1"]
        assert ("B", "formula") in [(p.column, p.code) for p in found.problems]

    def test_what_only_looks_like_a_formula_is_plain_text(self):
        file = SourceFile("x.csv", b"no,name,remarks\n1,-ov Seit,+996 555\n")
        (entry,) = mapped(file, key="no", name="name", remarks="remarks").entries
        assert (entry.names[0][0], entry.remarks) == ("-ov Seit", "+996 555")

    def test_without_numbers_a_person_keeps_her_entry_from_file_to_file(self):
        text = "name,born\nORLOVA,1962\nSEITOV,1988\n"
        first = mapped(SourceFile("a.csv", text.encode()), name="name", birth="born").entries
        turned = "name,born\nSEITOV,1988\nORLOVA,1962\n"
        second = mapped(SourceFile("b.csv", turned.encode()), name="name", birth="born").entries
        assert {entry.key for entry in first} == {entry.key for entry in second}
        assert len({entry.key for entry in first}) == 2


@pytest.mark.parametrize(
    ("text", "order", "birth"),
    [
        ("12.01.1988", "dmy", "1988-01-12"),
        ("12/1/1988", "dmy", "1988-01-12"),
        ("01/12/1988", "mdy", "1988-01-12"),
        ("1988.01.12", "ymd", "1988-01-12"),
        ("1988-01-12", "dmy", "1988-01-12"),
        ("1988-01-12 00:00:00", "dmy", "1988-01-12"),
        ("12011988", "dmy", "1988-01-12"),
        ("05.1984", "dmy", "1984-05"),
        ("00.05.1984", "dmy", "1984-05"),
        ("00.00.1984", "dmy", "1984"),
        ("1984", "mdy", "1984"),
        ("1984 г.", "dmy", "1984"),
        ("около 1984", "dmy", "~1984"),
    ],
)
def test_dates_of_birth_are_read_in_their_order(text: str, order: str, birth: str):
    assert str(read_birth(text, order)) == birth


@pytest.mark.parametrize(
    "text", ["", "31.02.1990", "12.01.88", "soon", "1.2.3.1984", "1700", "13.13.1984", "0"]
)
def test_what_is_no_date_of_birth_is_never_guessed(text: str):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        read_birth(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kg", "KGZ"),
        ("KGZ", "KGZ"),
        ("de", "D"),
        ("DEU", "D"),
        ("Germany", "D"),
        ("Кыргызстан", "KGZ"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_countries_are_known_by_code_and_by_name(text: str, code: str):
    assert countries.code_of(text) == code
