"""Refusal of entry: the page, what is recorded, and the form on paper."""

import io
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pypdf
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from safar.control.border import paper
from safar.control.border.actions import deciding
from safar.control.border.models import Crossing, Decision
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.record import writing
from safar.ui import pdf
from tests import cast
from tests.makers import border
from tests.makers.accounts import actor, audited, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def inspection():
    return border.inspect(border.sign_on(cast.aida()), border.document(surname="OMURBEKOVA"))


@pytest.fixture
def booth(client, inspection):
    sign_in(client, cast.aida())
    return client


def refuse(client, inspection, **answers):
    data = {"key": str(uuid4()), "protection": "no", "grounds": ["C", "E"], **answers}
    return client.post(reverse("border:refuse", args=[inspection.pk]), data)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def letters(text: str) -> str:
    """A text without what a line end may change."""
    return "".join(text.replace("\u200b", "").split())


# ---- the page


def test_a_refusal_leads_to_its_form_and_the_right_of_appeal(booth, inspection):
    answer = refuse(booth, inspection, reason="No invitation")
    decision = Decision.objects.get()
    assert answer.url == reverse("border:refused", args=[decision.pk])
    assert (decision.kind, decision.grounds, decision.reason) == (
        "refuse",
        ["C", "E"],
        "No invitation",
    )
    page = booth.get(answer.url).content.decode()
    assert reverse("border:refusal_pdf", args=[decision.pk]) in page
    assert paper.receipt(decision) in page
    assert "You may appeal" in page
    assert Crossing.objects.count() == 0


def test_the_button_says_what_it_does(booth, inspection):
    page = booth.get(reverse("border:refuse", args=[inspection.pk])).content.decode()
    assert "Refuse entry and print the form" in page
    assert page.index('name="protection"') < page.index('name="grounds"')
    assert page.count('type="checkbox"') == 10


@pytest.mark.parametrize("grounds", [[], ["Z"], ["C", "Z"], ["c"]])
def test_without_a_ground_of_the_list_nothing_is_refused_and_the_form_stays(
    booth, inspection, grounds
):
    answer = refuse(booth, inspection, grounds=grounds, reason="kept in the form")
    assert answer.status_code == 200
    assert "kept in the form" in answer.content.decode()
    assert Decision.objects.count() == 0


@pytest.mark.parametrize("grounds", [[], ["Z"], ["C", "Z"]])
def test_the_action_itself_asks_for_a_ground(inspection, grounds):
    with pytest.raises(RuleBroken, match="at least one ground"):
        deciding.refuse(actor(cast.aida()), inspection, key=uuid4(), grounds=grounds)
    assert len(audited("border.refuse", "refused")) == 1


def test_without_an_answer_on_protection_nothing_is_refused(booth, inspection):
    assert refuse(booth, inspection, protection="").status_code == 200
    assert Decision.objects.count() == 0


def test_on_exit_refusal_is_answered_with_a_sentence(booth):
    leaving = border.inspect(border.sign_on(cast.aida(), direction="exit"), border.document())
    shown = booth.get(reverse("border:refuse", args=[leaving.pk]))
    posted = refuse(booth, leaving)
    for answer in (shown, posted):
        assert answer.status_code == 422
        assert "Refusal is for entry" in answer.content.decode()
    assert Decision.objects.count() == 0


def test_the_same_post_twice_is_one_refusal(booth, inspection):
    key = str(uuid4())
    first, again = (refuse(booth, inspection, key=key) for _ in range(2))
    assert first.url == again.url
    assert Decision.objects.filter(kind="refuse").count() == 1
    assert refuse(booth, inspection).status_code == 409


def test_a_traveller_who_was_admitted_is_not_refused_afterwards(inspection):
    with writing("border"):
        Decision.objects.create(
            inspection=inspection, line="first", kind="admit",
            decided_at=timezone.now(), decided_by=cast.aida(),
        )  # fmt: skip
    with pytest.raises(InvalidMove):
        border.refuse(inspection, "C")


def test_the_page_of_a_decided_traveller_leads_to_the_decision(booth, inspection):
    decision = border.refuse(inspection, "C")
    answer = booth.get(reverse("border:refuse", args=[inspection.pk]))
    assert answer.url == reverse("border:refused", args=[decision.pk])


def test_a_colleague_neither_sees_the_page_nor_refuses(client, inspection):
    colleague = cast.bakyt()
    border.sign_on(colleague, lane="2")
    sign_in(client, colleague)
    assert client.get(reverse("border:refuse", args=[inspection.pk])).status_code == 404
    assert refuse(client, inspection).status_code == 403
    assert Decision.objects.count() == 0


def test_at_another_post_refusal_and_form_do_not_exist(client, inspection):
    decision = border.refuse(inspection, "C")
    border.sign_on(cast.daniyar(), code="KG-TOR")
    sign_in(client, cast.daniyar())
    pages = [("refuse", inspection), ("refused", decision), ("refusal_pdf", decision)]
    for name, row in pages:
        assert client.get(reverse(f"border:{name}", args=[row.pk])).status_code == 404


def test_the_form_needs_its_permission_and_is_on_record_when_opened(booth, inspection):
    decision = border.refuse(inspection, "C")
    url = reverse("border:refusal_pdf", args=[decision.pk])
    stranger = Client()
    assert stranger.get(url).status_code == 302
    sign_in(stranger, cast.gulnara())
    assert stranger.get(url).status_code == 403
    assert audited("border.print_refusal", "opened") == []
    answer = booth.get(url)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert [row.target for row in audited("border.print_refusal", "opened")] == [
        f"Decision:{decision.pk}"
    ]


def test_no_form_is_printed_of_an_admission(booth, inspection):
    crossing = border.admit(inspection)
    assert booth.get(reverse("border:refusal_pdf", args=[crossing.pk])).status_code == 404


def written_past_the_action(inspection, grounds: list[str]) -> Decision:
    """A refusal that no action checked: only the database is left to refuse it."""
    row = Decision(
        inspection=inspection, line="first", kind="refuse", grounds=grounds,
        decided_at=timezone.now(), decided_by=cast.aida(),
    )  # fmt: skip
    with transaction.atomic(), writing("border"):
        row.save(force_insert=True)
    return row


def test_the_database_keeps_no_refusal_without_grounds(inspection):
    with pytest.raises(IntegrityError, match="refusal_has_grounds"):
        written_past_the_action(inspection, [])
    assert Decision.objects.count() == 0
    written_past_the_action(inspection, ["C"])
    assert Decision.objects.count() == 1


# ---- the paper


def test_the_form_says_who_where_when_and_why(inspection):
    with border.clock(datetime(2026, 12, 31, 20, 30, tzinfo=UTC)):
        decision = border.refuse(inspection, "C", "E", reason="Ынанымдуу эмес: өң, үй, Ңң.")
    text = text_of(paper.refusal_form(decision, language="en"))
    for part in (
        "Border service", "Manas KG-MAN", "1 January 2027, 02:30 (UTC+06:00)",
        "OMURBEKOVA", "ANTON", "9 November 1987", "Russia (RUS)", inspection.document["number"],
        "Ынанымдуу эмес: өң, үй, Ңң.", "1001", paper.receipt(decision), "You may appeal",
        "may ask for protection",
    ):  # fmt: skip
        assert part in text
    assert "Asanova" not in text


def test_all_grounds_are_printed_and_those_chosen_are_marked(inspection):
    decision = border.refuse(inspection, "C", "J")
    rows = paper._printed(decision, ["ky", "en"])["grounds"]
    assert [row["code"][0] for row in rows] == list("ABCDEFGHIJ")
    assert [row["code"][0] for row in rows if row["marked"]] == ["C", "J"]
    text = letters(text_of(paper.refusal_form(decision, language="ky")))
    for row in rows:
        assert len(row["text"]) == 2
        for words in row["text"]:
            assert letters(words) in text
    assert text.count("XC") + text.count("XJ") == 2


def test_a_ground_that_left_the_list_is_still_printed(inspection):
    decision = written_past_the_action(inspection, ["Q"])
    last = paper._printed(decision, ["en"])["grounds"][-1]
    assert (last["code"], last["marked"]) == (["Q"], True)
    assert paper.refusal_form(decision, language="en").startswith(b"%PDF-")


def test_english_is_printed_once_and_beside_another_language(inspection):
    decision = border.refuse(inspection, "A")
    english, kyrgyz = (
        text_of(paper.refusal_form(decision, language=code)) for code in ("en", "ky")
    )
    assert english.count("No valid travel document") == 1
    assert "Жарактуу жол жүрүү документи жок" not in english
    assert kyrgyz.count("No valid travel document") == 1
    assert "Жарактуу жол жүрүү документи жок" in kyrgyz


@pytest.mark.parametrize("language", ["en", "ru", "ky"])
def test_the_form_is_one_page_with_the_longest_answers(inspection, language):
    decision = border.refuse(inspection, *"ABCDEFGHIJ", reason="word " * 99)
    pages = pypdf.PdfReader(io.BytesIO(paper.refusal_form(decision, language=language))).pages
    assert len(pages) == 1


def test_the_authority_for_appeals_is_named_where_the_administration_entered_it(
    inspection, settings
):
    decision = border.refuse(inspection, "C")
    before = text_of(paper.refusal_form(decision, language="en"))
    settings.SAFAR_APPEAL_AUTHORITY, settings.SAFAR_APPEAL_DAYS = "Court of Appeal #7", 10
    after = text_of(paper.refusal_form(decision, language="en"))
    assert "the one that the law sets" in before
    assert "within 10 days" in after
    assert "Court of Appeal #7" in after


MARKUP = [
    "#panic()",
    "#import",
    "[x]",
    "$x^2$",
    "\\",
    "*b*",
    "_i_",
    "= T",
    "<a>",
    "@b",
    "`c`",
    "--",
]
LETTERS = "ңөүҢӨҮқғҳҷәіұһўёйЖяß–’“”…№"
wild = st.lists(
    st.one_of(
        st.sampled_from(MARKUP),
        st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=90),
        st.text(LETTERS, max_size=60),
    ),
    max_size=8,
).map("".join)


@pytest.fixture(scope="module")
def form_data(django_db_setup, django_db_blocker):
    """The data of one form, made once: each example only changes what a person typed."""
    with django_db_blocker.unblock(), transaction.atomic():
        seen = border.inspect(border.sign_on(cast.aida()), border.document())
        data = paper._printed(border.refuse(seen, "C"), ["ky", "en"])
        transaction.set_rollback(True)
    return data


def printed(data, remarks: str) -> str:
    rows = [*data["parts"][1]["rows"], [["Note"], [paper.clean(remarks)]]]
    parts = [data["parts"][0], {**data["parts"][1], "rows": rows}]
    more = {"remarks": paper.clean(remarks), "parts": parts}
    return text_of(pdf.printed(paper.TEMPLATE, {**data, **more}))


@settings(max_examples=60, deadline=None)
@given(wild)
@example("".join(MARKUP))
@example("A" * 500)
@example("first line\nsecond line #emph[x]")
def test_what_a_person_typed_is_printed_letter_by_letter(form_data, remarks):
    assert letters(printed(form_data, remarks)).count(letters(remarks)) >= min(
        2, len(letters(remarks)) + 1
    )


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
@example("\x00\x07\x1b[31m\u202edesrever\u2066\ufeff\ud800\U000e0041")
@example("محمد رضا ژاله گل‌محمدی")
def test_any_text_at_all_makes_a_form(form_data, remarks):
    assert "1001" in printed(form_data, remarks)


def test_control_characters_are_shown_as_a_mark_and_turn_nothing_around(form_data):
    shown = printed(form_data, "A\x07B\u202eC\tD")
    assert "A\ufffdB\ufffdC D" in shown


def test_arabic_letters_are_on_the_paper(form_data):
    shown = printed(form_data, "محمد")
    assert sorted(set("محمد")) == sorted(set("محمد") & set(shown))


def test_no_font_of_the_machine_is_used(form_data, monkeypatch):
    calls: list[dict[str, Any]] = []

    def compiled(*_: Any, **options: Any) -> bytes:
        calls.append(options)
        return b"%PDF-"

    monkeypatch.setattr(pdf, "typst", SimpleNamespace(compile=compiled))
    pdf.printed(paper.TEMPLATE, {})
    assert calls[0]["ignore_system_fonts"] is True


def test_the_form_says_that_it_is_a_copy(form_data):
    assert "Copy. " in printed({**form_data, "copy": ["Copy"]}, "")
    assert "Copy" in form_data["copy"]
