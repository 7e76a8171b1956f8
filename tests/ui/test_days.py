"""Are days written as the languages of the region write them?"""

from datetime import date

import pytest
from django.template import Context, Template
from django.utils import translation

from safar.lib.partial_dates import PartialDate
from safar.ui.days import written

DAY = date(2026, 11, 17)
PAGE = Template('{{ day|date:"j M Y" }}')


@pytest.mark.parametrize(
    ("language", "said"), [("ru", "17 ноя 2026"), ("ky", "17 ноя 2026"), ("en", "17 Nov 2026")]
)
def test_the_month_has_a_small_letter_where_the_language_writes_it_so(
    language: str, said: str
) -> None:
    with translation.override(language):
        assert written(DAY, "j M Y") == said
        assert PAGE.render(Context({"day": DAY})) == said


def test_the_whole_name_of_a_kyrgyz_month_is_small_and_a_weekday_before_it_is_left() -> None:
    with translation.override("ky"):
        assert written(DAY, "j E Y") == "17 ноябрь 2026"
        assert written(DAY, "l, j E")[0].isupper()


def test_no_date_is_written_where_there_is_none() -> None:
    assert PAGE.render(Context({"day": None})) == ""


def test_a_birth_is_written_as_far_as_it_is_known() -> None:
    page = Template("{{ birth|typed }}")
    assert page.render(Context({"birth": PartialDate(1984, 5, 17)})) == "17.05.1984"
    assert page.render(Context({"birth": PartialDate(1984)})) == "1984"
    assert page.render(Context({"birth": None})) == ""
