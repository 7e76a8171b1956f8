"""What a document tells about itself: every remark, and what does not call for it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safar.control.documents.rules import (
    WEIGHTS,
    OtherSource,
    Series,
    Told,
    numbered,
    parse_terms,
    remarks,
    same_kind,
    span_of,
)
from safar.control.documents.rules.people import agree
from safar.control.documents.rules.specimens import ENDED, shipped
from safar.control.travellers.read_document import ReadDocument
from safar.lib.mrz.codes import KNOWN, WITHDRAWN
from safar.lib.mrz.personal_numbers import kazakh_iin, kyrgyz_pin
from safar.lib.partial_dates import PartialDate

TODAY = date(2026, 11, 22)
PASSPORT = ReadDocument(
    kind="P",
    issuer="KGZ",
    number="PE1234567",
    nationality="KGZ",
    surname="ASANOVA",
    given_names="AIDA",
    birth=PartialDate(1991, 3, 14),
    sex="F",
    expires_on=date(2031, 4, 30),
    personal_number="11403199100002",
    issued_on=date(2021, 5, 1),
)
PE = Series(
    "kgz-p-pe", "KGZ", "P", "PE#######", parse_terms("0:5 16:10"),
    since=date(2021, 1, 1), confidence="high",
)  # fmt: skip
AC = replace(PE, code="kgz-p-ac", pattern="AC#######", since=date(2006, 1, 1), until=date(2020, 12, 31))  # fmt: skip


def codes(told: Told) -> list[str]:
    return [remark.code for remark in remarks(told)]


def of(*, series: Any = (PE, AC), **changes: Any) -> list[str]:
    return codes(Told(replace(PASSPORT, **changes), TODAY, series))


def test_a_sound_passport_calls_for_nothing():
    assert of() == []
    assert of(issued_on=None) == []
    assert of(series=()) == []


class TestDays:
    def test_issued_in_the_future(self):
        tomorrow = TODAY + timedelta(days=1)
        assert "document.issued_future" in of(series=(), issued_on=tomorrow, expires_on=None)
        assert of(series=(), issued_on=TODAY, expires_on=None) == []

    def test_issued_before_birth(self):
        assert of(series=(), issued_on=date(1991, 3, 13)) == ["document.issued_before_birth"]
        assert of(series=(), issued_on=date(1991, 3, 14)) == []

    def test_a_birth_that_is_partly_known_may_be_before_the_issue(self):
        partly = {"birth": PartialDate(2021), "issued_on": date(2021, 5, 1)}
        assert of(series=(), **partly) == []

    def test_issued_on_or_after_its_last_day(self):
        assert of(series=(), expires_on=date(2021, 5, 1)) == ["document.issued_after_expiry"]
        assert of(series=(), expires_on=date(2021, 5, 2)) == []


class TestTerms:
    @pytest.mark.parametrize("last", ["2031-04-30", "2031-05-01", "2031-04-29"])
    def test_a_term_may_end_on_the_day_or_just_before(self, last):
        assert of(expires_on=date.fromisoformat(last)) == []

    def test_one_that_runs_longer_than_the_state_issues_it(self):
        assert of(expires_on=date(2032, 5, 1)) == ["document.term"]

    def test_one_that_runs_shorter_is_only_unusual(self):
        assert of(expires_on=date(2023, 5, 1)) == ["document.term_unusual"]

    def test_a_childs_passport_runs_five_years(self):
        child = {"birth": PartialDate(2010, 6, 1)}
        assert of(**child, expires_on=date(2026, 4, 30)) == []
        assert of(**child, expires_on=date(2031, 4, 30)) == ["document.term"]

    def test_the_age_at_issue_counts_not_the_age_today(self):
        sixteen = {"birth": PartialDate(2005, 5, 1)}
        assert of(**sixteen, expires_on=date(2031, 4, 30)) == []
        assert of(birth=PartialDate(2005, 5, 2), expires_on=date(2031, 4, 30)) == ["document.term"]

    def test_a_partly_known_birth_allows_either_term(self):
        maybe = {"birth": PartialDate(2005), "expires_on": date(2031, 4, 30)}
        assert of(**maybe) == []
        assert of(**{**maybe, "expires_on": date(2026, 4, 30)}) == []

    def test_without_a_day_of_issue_the_last_day_is_bounded_by_today(self):
        latest = date(2036, 11, 22)
        assert of(issued_on=None, expires_on=latest) == []
        assert of(issued_on=None, expires_on=latest + timedelta(days=3)) == ["document.term"]

    def test_a_child_of_today_cannot_hold_ten_years(self):
        child = {"birth": PartialDate(2016, 1, 1), "issued_on": None}
        assert of(**child, expires_on=date(2031, 11, 22)) == []
        assert of(**child, expires_on=date(2033, 1, 1)) == ["document.term"]

    def test_a_row_that_is_not_sure_says_unusual_only(self):
        low = (replace(PE, confidence="low"),)
        assert of(series=low, expires_on=date(2032, 5, 1)) == ["document.term_unusual"]
        assert WEIGHTS["document.term_unusual"][0] == "info"

    def test_one_series_whose_terms_are_not_known_silences_the_others(self):
        unknown = replace(PE, terms=())
        assert of(series=(PE, unknown), expires_on=date(2040, 1, 1)) == []

    @pytest.mark.parametrize("text", ["16:10", "0:5 0:10", "0:5 16:0", "0", "5", "0:5,16:10", "x"])
    def test_terms_of_another_form_are_refused(self, text):
        with pytest.raises(ValueError, match=r"\."):
            parse_terms(text)

    @given(st.text(max_size=30))
    def test_wild_terms_are_read_or_refused(self, text):
        try:
            found = parse_terms(text)
        except ValueError:
            return
        assert all(term.years for term in found)


class TestNumbers:
    def test_a_number_that_fits_no_series_is_unusual_and_never_more(self):
        assert of(number="XX123456") == ["document.number_unusual"]
        assert WEIGHTS["document.number_unusual"][0] == "info"

    def test_series_of_another_kind_or_none_at_all_say_nothing(self):
        card = replace(PE, kind="I")
        assert of(series=(card,), number="XX123456") == []
        assert of(series=(), number="XX123456") == []

    def test_a_pattern_that_is_not_known_fits_every_number(self):
        assert of(series=(replace(PE, pattern="", terms=()),), number="XX123456") == []

    def test_issued_after_its_series_had_ended(self):
        assert of(number="AC1234567") == ["document.series_period"]
        before = {"issued_on": date(2019, 5, 1), "expires_on": date(2029, 4, 30)}
        assert of(number="AC1234567", **before) == []

    def test_issued_before_its_series_began(self):
        before = {"issued_on": date(2020, 5, 1), "expires_on": date(2030, 4, 30)}
        assert of(**before) == ["document.series_period"]

    def test_without_a_day_of_issue_its_last_day_and_the_longest_term_bound_it(self):
        ended = {"number": "AC1234567", "issued_on": None}
        assert of(**ended, expires_on=date(2031, 4, 30)) == ["document.series_period"]
        assert of(**ended, expires_on=date(2030, 12, 30)) == []

    def test_a_series_that_is_not_sure_is_unusual_only(self):
        low = (replace(AC, confidence="medium"),)
        assert of(series=low, number="AC1234567") == ["document.series_unusual"]
        assert WEIGHTS["document.series_unusual"][0] == "info"

    def test_the_ordinary_codes_of_a_passport_are_one_kind(self):
        assert same_kind("PP", "P")
        assert same_kind("I", "ID")
        assert not same_kind("PD", "P")
        assert not same_kind("P", "I")


class TestSpecimens:
    def test_icaos_own_number_is_a_specimens(self):
        assert "document.specimen" in of(issuer="UTO", nationality="UTO", number="L898902C3")
        assert of(issuer="UTO", nationality="UTO", number="L898902C4") == []
        assert "document.specimen" not in of(issuer="RUS", number="L898902C3")

    def test_an_invented_issuer(self):
        assert "document.fantasy" in of(issuer="WSA", nationality="WSA")
        assert "document.fantasy" in of(nationality="WSA")
        assert of(issuer="USA", nationality="USA", series=()) == []

    def test_nothing_real_is_on_the_shipped_list(self):
        issuers, numbers = shipped()
        assert issuers
        assert numbers
        assert not issuers & KNOWN

    def test_a_state_that_is_no_more_issues_nothing_that_is_valid_now(self):
        gone = {"issuer": "SUN", "nationality": "SUN", "issued_on": None}
        assert of(**gone) == ["document.state_ended"]
        assert of(**gone, expires_on=date(2001, 1, 1)) == []
        assert of(**gone, expires_on=None) == []

    def test_every_withdrawn_code_has_its_year(self):
        assert set(ENDED) == set(WITHDRAWN)

    @pytest.mark.parametrize("code", ["issuer", "nationality"])
    def test_a_typed_code_that_no_list_has(self, code):
        unknown: Any = {code: "QQQ"}
        typed = replace(PASSPORT, personal_number="", **unknown)
        assert codes(Told(typed, TODAY, typed=True)) == [f"document.{code}_unknown"]
        assert codes(Told(typed, TODAY)) == [], "of a zone, the zone's own finding says it"


class TestPersonalNumbers:
    def typed(self, number: str, **changes) -> list[str]:
        return codes(Told(replace(PASSPORT, personal_number=number, **changes), TODAY, typed=True))

    def test_a_pin_of_another_day_or_sex(self):
        assert self.typed(kyrgyz_pin(date(1991, 3, 14), "F", 1)) == []
        assert self.typed(kyrgyz_pin(date(1991, 3, 15), "F", 1)) == ["document.personal_birth"]
        assert self.typed(kyrgyz_pin(date(1991, 3, 14), "M", 1)) == ["document.personal_sex"]

    def test_a_wrong_check_digit(self):
        good = kazakh_iin(date(1991, 3, 14), "F", 7)
        wrong = good[:-1] + str((int(good[-1]) + 1) % 10)
        assert self.typed(good, issuer="KAZ", nationality="KAZ") == []
        assert self.typed(wrong, issuer="KAZ", nationality="KAZ") == ["document.personal_check"]

    def test_an_unknown_sex_or_birth_contradicts_nothing(self):
        pin = kyrgyz_pin(date(1991, 3, 14), "M", 1)
        assert self.typed(pin, sex="", birth=None) == []

    @pytest.mark.parametrize(
        ("told", "found"),
        [("KGZ", ["document.personal_birth"]), ("", ["document.personal_birth"]), ("other", [])],
    )
    def test_the_table_says_whether_the_number_tells_anything(self, told, found):
        row = Series("x", "KGZ", "P", personal_number=told)
        document = replace(PASSPORT, personal_number=kyrgyz_pin(date(1991, 3, 15), "F", 1))
        assert codes(Told(document, TODAY, (row,), typed=True)) == found

    def test_only_the_series_of_its_own_number_counts(self):
        document = replace(PASSPORT, personal_number=kyrgyz_pin(date(1991, 3, 15), "F", 1))
        mine = Series("x", "KGZ", "P", pattern="@@#######", personal_number="KGZ")
        older = Series("y", "KGZ", "P", pattern="A########", personal_number="other")
        assert codes(Told(document, TODAY, (mine, older), typed=True)) == [
            "document.personal_birth"
        ]

    def test_a_zones_number_is_left_to_the_zone(self):
        wrong = replace(PASSPORT, personal_number=kyrgyz_pin(date(1991, 3, 15), "F", 1))
        assert codes(Told(wrong, TODAY)) == []


class TestNames:
    @pytest.mark.parametrize(
        "written", ["Асанова Аида", "АСАНОВА АИДА БАКЫТОВНА", "Аида Асанова", "محمد"]
    )
    def test_a_spelling_of_her_own_name(self, written):
        assert of(series=(), name_written=written) == []

    def test_another_name(self):
        assert of(series=(), name_written="Петрова Аида") == ["document.name_spelling"]

    def test_a_cut_name_is_compared_by_its_beginning(self):
        cut = replace(PASSPORT, surname="ABDUVAKH", given_names="GULC", name_written="Абдувахобова Гулчехра")  # fmt: skip
        assert codes(Told(cut, TODAY)) == ["document.name_spelling"]
        assert codes(Told(cut, TODAY, name_cut=True)) == []
        other = replace(cut, name_written="Хамидова Гулчехра")
        assert codes(Told(other, TODAY, name_cut=True)) == ["document.name_spelling"]

    def test_one_word_of_the_written_name_answers_one_word_of_the_zone(self):
        assert agree("ASAN ASAN", "Асан Асан")
        assert agree("ASAN ASAN", "Асан Үсөн") is False


class TestOtherSources:
    def differing(self, **said) -> list[str]:
        other = OtherSource("page", **said)
        found = remarks(Told(PASSPORT, TODAY, others=(other,)))
        return [remark.params["field"] for remark in found]

    def test_what_agrees_or_is_left_out_is_silent(self):
        assert self.differing() == []
        assert self.differing(
            number="PE 123-4567", name="Асанова Аида", birth=PartialDate(1991), sex="F",
            nationality="KGZ", expires_on=date(2031, 4, 30),
        ) == []  # fmt: skip

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("number", "PE1234568"), ("name", "PETROVA AIDA"), ("birth", PartialDate(1992)),
            ("sex", "M"), ("nationality", "KAZ"), ("expires_on", date(2031, 5, 30)),
            ("personal_number", "11403199100001"),
        ],
    )  # fmt: skip
    def test_each_field_that_differs_is_named(self, field, value):
        assert self.differing(**{field: value}) == [field]

    def test_which_source_says_so_is_told(self):
        other = OtherSource("chip", number="PE1234568")
        (remark,) = remarks(Told(PASSPORT, TODAY, others=(other,)))
        assert remark == (
            "document.sources_differ",
            {"field": "number", "source": "chip", "zone": "PE1234567", "other": "PE1234568"},
        )


class TestBatches:
    def test_a_blank_of_a_stolen_batch(self):
        told = Told(PASSPORT, TODAY, batch="letter 12")
        assert list(remarks(told)) == [("document.stolen_batch", {"reference": "letter 12"})]
        assert WEIGHTS["document.stolen_batch"][0] == "hold"

    @pytest.mark.parametrize(
        ("number", "place"),
        [
            ("PE1234567", ("PE", 7, 1234567)), ("701234567", ("", 9, 701234567)),
            ("C01X00T47", ("C01X00T", 2, 47)), ("12AB", None), ("", None), ("AB", None),
        ],
    )  # fmt: skip
    def test_a_number_is_a_place_in_a_run(self, number, place):
        assert numbered(number) == place

    @given(st.text(alphabet="ABZ0129", max_size=30))
    def test_prefix_and_digits_give_the_number_back(self, number):
        at = numbered(number)
        assert at is None or f"{at.prefix}{at.serial:0{at.width}d}" == number

    @pytest.mark.parametrize(
        ("first", "last"),
        [("PE1", "AC2"), ("PE01", "PE2"), ("PE2", "PE1"), ("PEX", "PEX"), ("A0", "A10000000")],
    )
    def test_what_is_no_run_is_refused(self, first, last):
        with pytest.raises(ValueError, match=r"\.$"):
            span_of(first, last)


DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@given(
    st.builds(
        ReadDocument,
        kind=st.sampled_from(["P", "PP", "I", ""]),
        issuer=st.sampled_from(["KGZ", "SUN", "WSA", "UTO", "", "QQQ"]),
        number=st.text(alphabet="ABCPE0123456789", max_size=30),
        nationality=st.sampled_from(["KGZ", "", "XXA"]),
        surname=st.text(max_size=20),
        given_names=st.text(max_size=20),
        birth=st.none() | DAYS.map(PartialDate.of) | st.just(PartialDate(2000)),
        sex=st.sampled_from(["F", "M", ""]),
        expires_on=st.none() | DAYS,
        personal_number=st.text(alphabet="0123456789", max_size=14),
        name_written=st.text(max_size=40),
        issued_on=st.none() | DAYS,
    ),
    st.booleans(),
    st.booleans(),
)
def test_any_document_is_answered_with_known_codes_and_plain_values(document, typed, cut):
    told = Told(document, TODAY, (PE, AC), typed=typed, name_cut=cut)
    for code, params in remarks(told):
        assert code in WEIGHTS
        assert all(isinstance(value, str | int) for value in params.values())
