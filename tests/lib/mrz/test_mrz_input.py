"""Is a zone understood however the reader, the keyboard or the clipboard sent it?"""

import pytest

from safar.lib.mrz import read
from tests.lib.mrz.vectors import ALL, KYRGYZ, TD1, TD2, TD3, TODAY, changed

KEYS = "QWERTYUIOPASDFGHJKLZXCVBNM<"
RUSSIAN = str.maketrans(KEYS, "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬБ")
KAZAKH = RUSSIAN | str.maketrans("1234567890", '"әіңғ,.үұқ')


@pytest.mark.parametrize("lines", ALL.values(), ids=ALL)
def test_lines_may_come_in_any_wrapping(lines: tuple[str, ...]) -> None:
    plain = read(list(lines), today=TODAY)
    for text in (
        "\n".join(lines),
        "\r\n".join(lines) + "\r\n",
        "\r".join(lines),
        "".join(lines),
        "  " + "  \n\t".join(lines) + " \n\n",
        "\x02" + "\r".join(lines) + "\r\x03",
        "\n".join(lines).lower(),
        " ".join(lines),
        "\ufeff" + "\n".join(lines),
        "\n".join(lines).replace("<", "&lt;"),
        "\n".join(lines).replace("<", "＜"),
    ):
        assert read(text, today=TODAY) == plain


@pytest.mark.parametrize("lines", ALL.values(), ids=ALL)
@pytest.mark.parametrize("layout", [RUSSIAN, KAZAKH], ids=["russian", "kazakh"])
def test_a_reader_that_types_through_a_cyrillic_layout_is_understood(
    lines: tuple[str, ...], layout: dict[int, int]
) -> None:
    typed = "\n".join(lines).translate(layout)
    for text in (typed, typed.lower(), typed.replace("\n", "")):
        reading = read(text, today=TODAY)
        assert (reading.lines, reading.sound) == (lines, True)
        assert reading.has("mrz.layout.cyrillic")


def test_one_line_typed_after_the_layout_was_changed_is_understood() -> None:
    reading = read([TD3[0], TD3[1].translate(RUSSIAN)], today=TODAY)
    assert (reading.lines, reading.has("mrz.layout.cyrillic")) == (TD3, True)


def test_cyrillic_letters_that_look_latin_are_put_right_and_counted() -> None:
    mixed = KYRGYZ[0].replace("O", "О").replace("A", "А")
    reading = read([mixed, KYRGYZ[1]], today=TODAY)
    assert (reading.lines, reading.sound) == (KYRGYZ, True)
    assert [finding.params for finding in reading.findings] == [{"count": 4}]
    assert not reading.has("mrz.layout.cyrillic")


def test_spaces_inside_lines_are_left_out_and_said() -> None:
    reading = read([TD3[0].replace("<<A", " << A"), TD3[1]], today=TODAY)
    assert (reading.lines, reading.has("mrz.layout.spaces")) == (TD3, True)


def test_lines_around_the_zone_are_left_out_and_said() -> None:
    reading = read(["PASSPORT", *TD3, "page 2"], today=TODAY)
    assert (reading.lines, reading.has("mrz.layout.extra")) == (TD3, True)


def test_three_lines_are_not_taken_for_two() -> None:
    assert read([*TD1], today=TODAY).format == "TD1"
    assert read([*TD2], today=TODAY).format == "TD2"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "mrz.empty"),
        (" \n\x02\x03\r\n", "mrz.empty"),
        ("hello", "mrz.unreadable"),
        ("\ud800", "mrz.unreadable"),
        ("A" * 1_000_000, "mrz.unreadable"),
        ("\n".join(["<"] * 900), "mrz.unreadable"),
        (TD3[0], "mrz.unreadable"),
        (f"{TD3[0]}\n{TD3[1][:-1]}", "mrz.length"),
    ],
    ids=[
        "empty",
        "control signs",
        "word",
        "surrogate",
        "huge",
        "many",
        "one line",
        "short",
    ],
)
def test_what_is_no_zone_gets_an_answer_that_says_so(text: str, code: str) -> None:
    reading = read(text, today=TODAY)
    assert (reading.format, reading.sound) == (None, False)
    assert reading.findings[0].code == code
    assert reading.findings[0].sentence


def test_a_foreign_sign_is_named_by_line_and_column() -> None:
    reading = read(changed(TD3, 1, 3, "%"), today=TODAY)
    found = next(fault for fault in reading.faults if fault.code == "mrz.alphabet")
    assert found.params == {"line": 2, "column": 4}
