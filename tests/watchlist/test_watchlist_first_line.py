"""Does a discreet entry stay hidden from the booth?"""

from dataclasses import asdict
from typing import Any

import pytest

from safar.control.watchlist import queries
from safar.control.watchlist.choices import Instruction
from tests.makers.watchlist import entry, person, watch_list

pytestmark = pytest.mark.django_db


NAMES = (
    "SEITOV, Marat", "BEKOV, Timur", "ORLOVA, Nadezhda", "KHUDAIBERDIEV, Shavkat",
    "TOKTOGULOVA, Aigul", "PETROV, Ivan", "SADYKOV, Azamat", "ESENOVA, Elmira",
)  # fmt: skip


def seen(**fields: Any) -> queries.FirstLine:
    secret = watch_list("secret-list", contact="desk of the service")
    entry("SEITOV, Marat", on=secret, contact="agent seven", **fields)
    (match,) = queries.screen(person("SEITOV<<MARAT"))
    return queries.for_first_line(match)


def test_an_open_entry_shows_what_to_do_why_and_whom_to_call():
    view = seen(instruction="refuse_entry")
    assert (view.shown, view.code, view.contact) == (True, "H-201", "agent seven")
    assert view.list_name == "List secret-list"
    assert view.reasons


@pytest.mark.parametrize("instruction", Instruction.values)
def test_a_discreet_entry_leaks_nothing(instruction: str):
    view = seen(instruction=instruction, discreet=True)
    text = repr(asdict(view))
    for secret in ("SEITOV", "secret", "agent seven", "service", "Criminal", str(instruction)):
        assert secret not in text
    assert view.reasons == ()


def test_every_discreet_entry_that_stops_looks_like_every_other():
    views = set()
    for number, instruction in enumerate(("refuse_entry", "detain", "seize_document", "protect")):
        code = f"list-{number}"
        name = NAMES[number]
        entry(name, on=watch_list(code), instruction=instruction, discreet=True)
        (match,) = queries.screen(person(name))[:1]
        views.add(queries.for_first_line(match))
    assert len(views) == 1
    assert views.pop().shown


@pytest.mark.parametrize("instruction", ["discreet_check", "inform"])
def test_a_discreet_check_shows_nothing_at_all(instruction: str):
    assert seen(instruction=instruction, discreet=True) == queries.FirstLine(shown=False)


def test_every_instruction_has_its_own_code_when_it_is_open():
    codes = set()
    for number, instruction in enumerate(Instruction.values):
        name = NAMES[number]
        entry(name, on=watch_list(f"l{number}"), instruction=instruction)
        match = next(m for m in queries.screen(person(name)) if m.list_code == f"l{number}")
        codes.add(queries.for_first_line(match).code)
    assert len(codes) == len(Instruction.values)
