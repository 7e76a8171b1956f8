"""Writes of passports, actor first."""

from safar.control.applications.actions import Money
from safar.control.passports.actions.applying import (
    Asked,
    Who,
    add_consent,
    add_paper,
    answer,
    begin,
    discard_draft,
    remove_consent,
    remove_paper,
    submit,
    write_answers,
)
from safar.control.passports.actions.deciding import approve, refuse, revoke
from safar.control.passports.actions.looking import (
    ask_lists,
    check_identity,
    clear_suspicion,
    judge_identity,
    judge_listed,
)
from safar.control.passports.actions.terms import Terms, load_terms, set_terms
from safar.control.passports.actions.working import (
    ask_more,
    check,
    send_back,
    set_aside_paper,
    take_fee,
    withdraw,
)

__all__ = [
    "Asked",
    "Money",
    "Terms",
    "Who",
    "add_consent",
    "add_paper",
    "answer",
    "approve",
    "ask_lists",
    "ask_more",
    "begin",
    "check",
    "check_identity",
    "clear_suspicion",
    "discard_draft",
    "judge_identity",
    "judge_listed",
    "load_terms",
    "refuse",
    "remove_consent",
    "remove_paper",
    "revoke",
    "send_back",
    "set_aside_paper",
    "set_terms",
    "submit",
    "take_fee",
    "withdraw",
    "write_answers",
]
