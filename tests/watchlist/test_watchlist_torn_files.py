"""Does every hostile, torn or wrong file end in one clear sentence, and in no person at all?"""

import gzip
import json
import zipfile
from collections.abc import Mapping
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from safar.control.watchlist.sources import books, files, followthemoney, formats
from safar.control.watchlist.sources.files import MB, SourceFile
from safar.control.watchlist.sources.parsed import ParsedList, TornFileError, sentence_of
from tests.watchlist.test_watchlist_sources import COLUMNS, FILES, FTM, MINISTRY, SIMPLE, UN

SAMPLES = {"un": UN, "ftm": FTM, "simple": SIMPLE, "table": MINISTRY}
GOOD = {name: (FILES / sample).read_bytes() for name, sample in SAMPLES.items()}
PERSON = {"id": "a", "schema": "Person", "properties": {"name": ["ORLOVA"]}}


def read(source_format: str, content: bytes) -> ParsedList:
    file = SourceFile("list.bin", content)
    return formats.read(source_format, {"file": file}, columns={"columns": COLUMNS})


def packed(**members: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def book(*rows: tuple[object, ...]) -> bytes:
    made, out = Workbook(), BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(out)
    return out.getvalue()


def with_doctype(content: bytes, doctype: bytes) -> bytes:
    return content.replace(b"<CONSOLIDATED_LIST", doctype + b"<CONSOLIDATED_LIST", 1)


LAUGHS = b"""<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>"""
OUTSIDE = b"""<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>"""
HEAD = "№;Фамилия;Имя;Отчество;Прозвище;Дата рождения;Пол;Гражданство;Паспорт;Страна выдачи;Примечание\n"
SHORT = GOOD["table"] + "5;ИСАЕВ;Руслан\n".encode()
TORN = {
    "un: empty": ("un", b"", "empty"),
    "un: cut in the middle": ("un", GOOD["un"][:2000], "xml"),
    "un: without its end": ("un", GOOD["un"].rstrip()[:-5], "xml"),
    "un: entities that multiply": ("un", with_doctype(GOOD["un"], LAUGHS), "doctype"),
    "un: an entity of another file": ("un", with_doctype(GOOD["un"], OUTSIDE), "doctype"),
    "un: a bare DOCTYPE": ("un", with_doctype(GOOD["un"], b"<!DOCTYPE x>"), "doctype"),
    "un: a web page": ("un", b"<html><body>Sign in</body></html>", "not_un"),
    "un: JSON": ("un", GOOD["ftm"], "xml"),
    "un: another list's XML": ("un", b"<sdnList></sdnList>", "not_un"),
    "un: nobody in it": ("un", b"<CONSOLIDATED_LIST></CONSOLIDATED_LIST>", "nobody"),
    "un: elements without end": ("un", b"<CONSOLIDATED_LIST>" + b"<a>" * 5000, "deep"),
    "un: a reference number twice": ("un", GOOD["un"].replace(b"XXi.002", b"XXi.001"), "twice"),
    "un: not in its encoding": ("un", GOOD["un"].replace(b"Courier", b"C\xffr"), "xml"),
    "ftm: empty": ("ftm", b"", "empty"),
    "ftm: a line cut": ("ftm", GOOD["ftm"][:-40] + b"\n", "json"),
    "ftm: the last line cut off": ("ftm", GOOD["ftm"][:-40], "last_line"),
    "ftm: XML": ("ftm", GOOD["un"], "web_page"),
    "ftm: a list in the line": ("ftm", b"[1, 2]\n", "not_ftm"),
    "ftm: properties missing": ("ftm", b'{"id": "a", "schema": "Person"}\n', "not_ftm"),
    "ftm: brackets without end": ("ftm", b"[" * 100_000 + b"\n", "json"),
    "ftm: an id twice": ("ftm", GOOD["ftm"] * 2, "twice"),
    "ftm: not UTF-8": ("ftm", GOOD["ftm"].decode().encode("utf-16"), "last_line"),
    "ftm: Windows letters": ("ftm", GOOD["ftm"].decode().encode("cp1251"), "encoding"),
    "ftm: nobody in it": ("ftm", b'{"id": "a", "schema": "Company", "properties": {}}\n', "nobody"),
    "simple: empty": ("simple", b"", "empty"),
    "simple: a heading that lacks a column": ("simple", b"id,schema\n1,Person\n", "header"),
    "simple: a line with fewer columns": ("simple", GOOD["simple"] + b"a,Person\n", "fewer"),
    "simple: an open quotation": ("simple", GOOD["simple"] + b'"a,Person\n', "quote"),
    "simple: cut off": ("simple", GOOD["simple"][:-9], "last_line"),
    "simple: a web page": ("simple", b"<!DOCTYPE html>\n<html>\n", "web_page"),
    "table: empty": ("table", b"", "empty"),
    "table: heading only": ("table", HEAD.encode(), "nobody"),
    "table: a column of the mapping is missing": ("table", b"a;b\n1;2\n", "header"),
    "table: fewer cells than the heading": ("table", SHORT, "fewer"),
    "table: cut off": ("table", GOOD["table"][:-9], "last_line"),
    "table: a zero byte": ("table", GOOD["table"] + b"5;\x00" + b";" * 9 + b"\n", "control"),
    "table: no encoding at all": ("table", b"\x81\x82\x83,\x84\x85\n" * 20, "unknown_encoding"),
    "table: a number twice": ("table", GOOD["table"] + b"1;X" + b";" * 9 + b"\n", "twice"),
    "workbook: cut": ("table", book(("a", "b"))[:900], "packed"),
    "workbook: damaged within": ("table", packed(xl__workbook_dot_xml=b"<x>"), "workbook"),
    "gzip: cut": ("un", gzip.compress(GOOD["un"])[:-20], "packed"),
    "gzip: not one": ("un", b"\x1f\x8b" + b"x" * 50, "packed"),
    "zip: two files": ("un", packed(a=GOOD["un"], b=GOOD["un"]), "members"),
    "zip: cut": ("un", packed(a=GOOD["un"])[:-30], "packed"),
}


@pytest.mark.parametrize("case", TORN)
def test_a_file_that_is_not_whole_or_not_the_list_is_refused_with_its_reason(case: str):
    source_format, content, code = TORN[case]
    with pytest.raises(TornFileError) as torn:
        read(source_format, content)
    assert torn.value.code == code
    sentence = sentence_of(torn.value.as_json())
    assert sentence.startswith("list.bin")
    assert sentence.endswith("Nothing was changed.")
    assert "{" not in sentence.replace(torn.value.sentence, "") + torn.value.sentence.split("“")[0]


@pytest.mark.parametrize("source_format", SAMPLES)
def test_the_same_files_whole_are_read(source_format: str):
    """The negative control of every refusal above, also packed."""
    found = read(source_format, GOOD[source_format])
    assert found.entries
    assert read(source_format, gzip.compress(GOOD[source_format])) == found
    assert read(source_format, packed(list=GOOD[source_format])) == found


def test_a_bomb_is_refused_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "RATIO_FROM", MB)
    blank = b" " * 50 * MB
    for content in (gzip.compress(blank), packed(a=blank)):
        with pytest.raises(TornFileError) as torn:
            read("un", b"" + content)
        assert torn.value.code == "ratio"
    with pytest.raises(TornFileError) as torn:
        read("table", packed(xl__workbook_dot_xml=blank))
    assert torn.value.code == "ratio"


def test_a_file_that_unpacks_to_more_than_a_list_can_have_is_refused():
    stuffed = GOOD["ftm"].splitlines()[1]
    noise = bytes(range(32, 127)).replace(b'"', b"").replace(b"\\", b"")
    file = SourceFile("x", gzip.compress(b"".join(stuffed + noise for _ in range(3000))))
    with pytest.raises(TornFileError) as torn, files.unpacked(file, 200_000) as stream:
        stream.read()
    assert torn.value.code in ("bomb", "ratio")


def test_a_workbook_with_entities_is_refused():
    whole = zipfile.ZipFile(BytesIO(book(("a", "b"), (1, 2))))
    members = {name: whole.read(name) for name in whole.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    members[sheet] = LAUGHS.replace(b"x [", b"worksheet [") + members[sheet]
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(TornFileError) as torn:
        read("table", out.getvalue())
    assert torn.value.code == "workbook"


MAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml."


def heavier(member: str, weight: int) -> bytes:
    """A workbook, one member of which holds so many bytes more; shared texts are added to it."""
    whole = zipfile.ZipFile(BytesIO(book(tuple(COLUMNS.values()), tuple("1" for _ in COLUMNS))))
    members = {name: whole.read(name) for name in whole.namelist()}
    if member not in members:
        part = (member.encode(), MAIN + b"sharedStrings+xml")
        types = b'<Override PartName="/%s" ContentType="%s" /></Types>' % part
        types = members["[Content_Types].xml"].replace(b"</Types>", types)
        members |= {"[Content_Types].xml": types, member: b'<sst xmlns="x"></sst>'}
    members[member] += b"<!--" + b" " * weight + b"-->"
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize(
    "member",
    ["xl/sharedStrings.xml", "xl/worksheets/texts.xml", "xl/styles.xml", "xl/workbook.xml"],
)
def test_a_workbook_that_takes_long_to_open_is_refused_before_it_is_opened(
    monkeypatch: pytest.MonkeyPatch, member: str
):
    assert read("table", heavier(member, MB)).entries  # the control
    monkeypatch.setattr(books, "load_workbook", None)
    with pytest.raises(TornFileError) as torn:
        read("table", heavier(member, 8 * MB))
    assert torn.value.code == "workbook_large"
    assert torn.value.sentence.endswith("save the sheet as CSV.")


@pytest.mark.slow
@pytest.mark.parametrize(("children", "code"), [(1000, "nobody"), (70_000, "deep")])
def test_empty_elements_weigh_too(children: int, code: str):
    held = b"<INDIVIDUALS><INDIVIDUAL>" + b"<A/>" * children + b"</INDIVIDUAL></INDIVIDUALS>"
    with pytest.raises(TornFileError) as torn:
        read("un", b"<CONSOLIDATED_LIST>" + held + b"</CONSOLIDATED_LIST>")
    assert torn.value.code == code


def ftm(*entities: Mapping[str, object]) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in entities)


def passport(**properties: list[str]) -> dict[str, object]:
    return {"id": "p", "schema": "Passport", "properties": properties}


@pytest.mark.parametrize(
    "more",
    [
        [PERSON | {"id": str(number)} for number in range(4)],
        [passport(holder=["a"], number=["A1", "A2", "A3", "A4"])],
        [passport(holder=["a", "b", "c", "d", "e"])],
    ],
    ids=["persons", "numbers", "holders"],
)
def test_more_than_memory_has_room_for_is_refused(
    monkeypatch: pytest.MonkeyPatch, more: list[dict[str, object]]
):
    content = ftm(PERSON, *more)
    assert read("ftm", content).entries  # the control
    monkeypatch.setattr(followthemoney, "MOST", 4)
    with pytest.raises(TornFileError) as torn:
        read("ftm", content)
    assert torn.value.code == "many"


def test_a_table_in_another_encoding_than_the_lists_files_is_not_guessed_at():
    file = SourceFile("list.csv", GOOD["table"])
    known = {"columns": COLUMNS, "encoding": "windows-1251"}
    with pytest.raises(TornFileError) as torn:
        formats.read("table", {"file": file}, columns=known)
    assert torn.value.code == "other_encoding"
    assert formats.read("table", {"file": file}, columns={**known, "encoding": "utf-8"}).entries


def test_hidden_signs_in_names_are_taken_out_and_letters_stay():
    name = "ORL\u200bOVA\u0000 \ud800Nad\u202eezhda"
    line = json.dumps({**PERSON, "properties": {"name": [name]}}) + "\n"
    (entry,) = read("ftm", line.encode()).entries
    assert entry.names == (("ORLOVA Nadezhda", False),)


FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def ends_well(source_format: str, content: bytes) -> None:
    try:
        found: object = read(source_format, content).entries
    except TornFileError as torn:
        found = sentence_of(torn.as_json())
    assert found or source_format == "table"


@pytest.mark.slow
@pytest.mark.parametrize("source_format", SAMPLES)
@FUZZ
@given(content=st.binary(max_size=400))
def test_any_bytes_at_all_end_in_persons_or_in_a_sentence(source_format: str, content: bytes):
    ends_well(source_format, content)


@pytest.mark.slow
@pytest.mark.parametrize("source_format", SAMPLES)
@FUZZ
@given(at=st.floats(0, 1), length=st.integers(0, 60), patch=st.binary(max_size=12))
def test_any_damage_to_a_good_file_ends_in_persons_or_in_a_sentence(
    source_format: str, at: float, length: int, patch: bytes
):
    good = GOOD[source_format]
    place = int(at * len(good))
    ends_well(source_format, good[:place] + patch + good[place + length :])


@pytest.mark.slow
@FUZZ
@given(at=st.floats(0, 1), length=st.integers(0, 30), patch=st.binary(max_size=8))
def test_any_damage_to_a_workbook_ends_in_persons_or_in_a_sentence(
    at: float, length: int, patch: bytes
):
    good = book(tuple(COLUMNS.values()), tuple("1" for _ in COLUMNS))
    place = int(at * len(good))
    ends_well("table", good[:place] + patch + good[place + length :])


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)
PROPERTIES = st.dictionaries(
    st.sampled_from(["name", "birthDate", "gender", "nationality", "passportNumber", "notes", "x"]),
    VALUES,
    max_size=5,
)


@pytest.mark.slow
@FUZZ
@given(PROPERTIES, VALUES)
def test_any_properties_at_all_end_in_persons_or_in_a_sentence(
    said: dict[str, object], caption: object
):
    line = json.dumps({**PERSON, "properties": said, "caption": caption, "datasets": caption})
    ends_well("ftm", json.dumps(PERSON | {"id": "b"}).encode() + b"\n" + line.encode() + b"\n")
