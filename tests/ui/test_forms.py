"""Dates as people type them, and forms as they are drawn."""

from datetime import date
from html.parser import HTMLParser

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from safar.lib.partial_dates import PartialDate
from safar.ui.forms import DateField, PartialDateField, Renderer, typed

WHOLE = date(1984, 5, 17)
DATE_LIKE = st.text(alphabet="0123456789 .-/xX<", max_size=12)


@pytest.mark.parametrize(
    "text",
    ["17051984", "17.05.1984", "17/05/1984", "17-05-1984", "17 5 1984", "1984-05-17", " 17051984 "],
)
def test_a_whole_date_is_read_in_every_shape(text):
    assert DateField().clean(text) == WHOLE
    assert PartialDateField().clean(text) == PartialDate.of(WHOLE)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1984", "1984"),
        ("00001984", "1984"),
        ("    1984", "1984"),
        ("XX XX 1984", "1984"),
        ("051984", "1984-05"),
        ("  051984", "1984-05"),
        ("00.05.1984", "1984-05"),
        ("  .05.1984", "1984-05"),
        ("05/1984", "1984-05"),
        ("1984-05", "1984-05"),
        ("1984-00-00", "1984"),
    ],
)
def test_a_date_may_lack_its_day_and_month_where_that_is_allowed(text, meant):
    assert PartialDateField().clean(text) == PartialDate.parse(meant)
    with pytest.raises(ValidationError) as caught:
        DateField().clean(text)
    assert caught.value.code == "incomplete"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("30.02.1984", "no_such_day"),
        ("29.02.2023", "no_such_day"),
        ("17131984", "no_such_month"),
        ("05.17.1984", "no_such_month"),
        ("17.00.1984", "month_missing"),
        ("19840517", "no_such_month"),
        ("20120517", "year"),
        ("051219", "year"),
        ("17.05.0984", "year"),
        ("17.05.84", "partial_shape"),
        ("1x051984", "partial_shape"),
        ("yesterday", "partial_shape"),
        ("١٩٨٤", "partial_shape"),
        ("17051984\x00", "partial_shape"),
    ],
)
def test_a_date_that_cannot_be_is_refused_and_the_reason_named(text, code):
    with pytest.raises(ValidationError) as caught:
        PartialDateField().clean(text)
    assert caught.value.code == code


def test_no_date_is_none_where_it_is_optional_and_an_error_where_it_is_not():
    assert DateField(required=False).clean("  ") is None
    assert PartialDateField(required=False).clean("") is None
    with pytest.raises(ValidationError):
        PartialDateField().clean(" ")


def outcome(field, text):
    """The value and no sentence, or no value and the sentence of the error."""
    try:
        return field.clean(text), None
    except ValidationError as error:
        return None, error.messages[0]


@pytest.mark.slow
@given(st.one_of(st.text(), DATE_LIKE))
def test_any_text_ends_in_a_value_or_a_sentence(text):
    for kind in (DateField, PartialDateField):
        value, sentence = outcome(kind(required=False), text)
        if sentence is None:
            assert (value is None) == (not text.strip())
        else:
            assert sentence.endswith(".")


@pytest.mark.slow
@given(st.dates(min_value=date(1850, 1, 1)), st.sampled_from(["day", "month", "year"]))
def test_a_date_that_is_shown_is_read_back_as_itself(day, known):
    value = {
        "day": PartialDate.of(day),
        "month": PartialDate(day.year, day.month),
        "year": PartialDate(day.year),
    }[known]
    field = PartialDateField()
    assert field.clean(field.prepare_value(value)) == value
    assert field.clean(typed(value).replace(".", "")) == value
    assert DateField().clean(DateField().prepare_value(day)) == day


class Everything(forms.Form):
    default_renderer = Renderer()

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label="Name", help_text="As in the <passport>", max_length=9)
    born = PartialDateField(label="Born", help_text="00 for what is not known")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea({"rows": 3}))
    purpose = forms.ChoiceField(label="Purpose", choices=[("t", "Tourism"), ("w", "Work")])
    answer = forms.ChoiceField(
        label="The same?", choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect
    )
    grounds = forms.MultipleChoiceField(
        label="Grounds",
        required=False,
        choices=[("a", "First"), ("b", "Second")],
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(label="I have read it")

    def clean(self):
        if self.cleaned_data.get("name") == "nobody":
            self.add_error(None, "Nobody cannot be admitted.")


RIGHT = {"name": "Aida", "born": "1984", "purpose": "t", "answer": "y", "agreed": "on"}


class Page(HTMLParser):
    """The elements of a page with their attributes, and the words of it."""

    def __init__(self, text):
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += data

    def one(self, **wanted):
        wanted = {name.rstrip("_"): value for name, value in wanted.items()}
        found = [
            (tag, attrs)
            for tag, attrs in self.elements
            if all(attrs.get(name) == value for name, value in wanted.items())
        ]
        assert len(found) == 1, (wanted, found)
        return found[0]

    def ids(self):
        return [attrs["id"] for _, attrs in self.elements if "id" in attrs]

    def tags(self, name):
        return [attrs for tag, attrs in self.elements if tag == name]


def drawn(data=None, **kwargs):
    return Page(str(Everything(data, **kwargs)))


def test_every_field_has_a_label_and_a_hint_tied_to_it():
    page = drawn()
    labels = {attrs.get("for") for attrs in page.tags("label")}
    assert {"id_name", "id_born", "id_note", "id_purpose", "id_agreed"} <= labels
    for name in ("name", "born"):
        assert page.one(id=f"id_{name}")[1]["aria-describedby"] == f"id_{name}_helptext"
        assert page.one(id=f"id_{name}_helptext")[1]["class"] == "hint"
    assert "As in the <passport>" in page.words


def test_only_optional_fields_are_marked():
    page = drawn()
    assert page.words.count("(optional)") == 2


def test_choices_are_whole_rows_in_a_fieldset_with_a_legend():
    page = drawn()
    assert len(page.tags("fieldset")) == len(page.tags("legend")) == 2
    assert "The same?" in page.words
    boxes = [attrs for attrs in page.tags("input") if attrs.get("type") in ("radio", "checkbox")]
    assert len(boxes) == 5
    assert sum(attrs.get("class") == "choices" for attrs in page.tags("div")) == 3


def test_a_form_without_errors_has_no_summary():
    page = drawn(RIGHT)
    assert Everything(RIGHT).is_valid()
    assert not any(attrs.get("role") == "alert" for _, attrs in page.elements)
    assert not any("aria-invalid" in attrs for _, attrs in page.elements)


def test_each_error_is_in_the_summary_and_its_link_leads_to_the_box():
    page = drawn({**RIGHT, "name": "", "born": "30.02.1984", "answer": ""})
    assert page.one(role="alert")[1]["class"] == "errors"
    links = [attrs["href"] for attrs in page.tags("a")]
    assert links == ["#id_name", "#id_born", "#id_answer_0"]
    assert {link[1:] for link in links if link} <= set(page.ids())
    assert page.words.count("There is no such day in that month.") == 2
    assert "3 answers need another look" in page.words


def test_a_wrong_field_is_marked_for_those_who_do_not_see_it_and_keeps_what_was_typed():
    page = drawn({**RIGHT, "born": "30.02.1984"})
    box = page.one(id="id_born")[1]
    assert box["aria-invalid"] == "true"
    assert box["aria-describedby"] == "id_born_helptext id_born_error"
    assert page.one(id="id_born_error")[1]["class"] == "error"
    assert box["value"] == "30.02.1984"
    assert "aria-invalid" not in page.one(id="id_name")[1]


def test_a_fault_of_the_whole_form_stands_in_the_summary():
    page = drawn({**RIGHT, "name": "nobody"})
    assert page.words.count("Nobody cannot be admitted.") == 1
    assert "There is a problem" in page.words


def test_two_forms_on_one_page_share_no_id():
    wrong = {f"{prefix}-{name}": "" for prefix in "ab" for name in RIGHT}
    page = Page(str(Everything(wrong, prefix="a")) + str(Everything(wrong, prefix="b")))
    assert len(page.ids()) == len(set(page.ids()))


def test_what_was_typed_is_escaped_and_no_style_or_script_is_drawn():
    page = drawn({**RIGHT, "name": "<script>alert(1)</script>"})
    assert page.one(id="id_name")[1]["value"] == "<script>alert(1)</script>"
    assert not page.tags("script")
    assert not any("style" in attrs or "onclick" in attrs for _, attrs in page.elements)


def test_hidden_boxes_are_drawn_once_and_without_a_label():
    page = drawn(initial={"key": "7"})
    assert page.one(name="key")[1]["value"] == "7"
    assert "Key" not in page.words


def test_a_single_field_can_be_drawn_alone():
    page = Page(Everything({**RIGHT, "born": "x"})["born"].as_field_group())
    assert page.one(id="id_born")[1]["aria-invalid"] == "true"
    assert "Born" in page.words
    assert "Name" not in page.words


def test_a_form_of_filters_can_leave_out_the_marks():
    class Filters(Everything):
        mark_optional = False

    assert "(optional)" not in Page(str(Filters())).words
