"""Writes of visas: one verb, one function."""

from safar.control.applications.actions import Money
from safar.control.visas.actions.applying import (
    Journey,
    Passport,
    Who,
    add_paper,
    answer,
    begin,
    came_to,
    discard_draft,
    remove_paper,
    renew_code,
    submit,
    write_answers,
)
from safar.control.visas.actions.deciding import Terms, grant, refuse
from safar.control.visas.actions.keeping import (
    clear_drafts,
    load_kinds,
    set_quota,
)
from safar.control.visas.actions.moves import move
from safar.control.visas.actions.working import (
    ask_more,
    hold_interview,
    judge_match,
    prepare,
    screen,
    send_back,
    set_aside_paper,
    take_fee,
    withdraw,
)

__all__ = [
    "Journey",
    "Money",
    "Passport",
    "Terms",
    "Who",
    "add_paper",
    "answer",
    "ask_more",
    "begin",
    "came_to",
    "clear_drafts",
    "discard_draft",
    "grant",
    "hold_interview",
    "judge_match",
    "load_kinds",
    "move",
    "prepare",
    "refuse",
    "remove_paper",
    "renew_code",
    "screen",
    "send_back",
    "set_aside_paper",
    "set_quota",
    "submit",
    "take_fee",
    "withdraw",
    "write_answers",
]
