"""The manual's answer in words: what she needs, and why."""

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.control.visas.choices.manual import Needed, Passport
from safar.control.visas.rules import manual
from safar.control.visas.rules.manual import Answer, Reason, Rule
from safar.reference import queries as reference
from safar.ui.days import written

TONES = {
    manual.CITIZEN: "clear", manual.FREE: "clear", manual.ON_ARRIVAL: "info",
    manual.E_VISA: "info", manual.VISA: "check", manual.CLOSED: "hold",
}  # fmt: skip


def headline(found: Answer) -> str:
    """The answer in one sentence."""
    if found.way == manual.VISA and found.at_posts:
        return _("A visa is needed. Which one depends on the post.")
    return {
        manual.CITIZEN: _("Own citizens may always enter."),
        manual.FREE: _("No visa is needed."),
        manual.ON_ARRIVAL: _("A visa is given at the border."),
        manual.E_VISA: _("An electronic visa is needed before the journey."),
        manual.VISA: _("A visa from a consulate is needed."),
        manual.CLOSED: _("The border is closed for this citizenship."),
    }[found.way]


def at_posts(found: Answer) -> list[str]:
    """Where something else holds than the headline says, as long as no post was chosen."""
    if not found.at_posts:
        return []
    said = [_at(rule) for rule in found.at_posts]
    if found.way == manual.VISA:
        said.append(_("At every other post: a visa from a consulate."))
    return said


def _at(rule: Rule) -> str:
    return {
        manual.FREE: _("{posts}: no visa is needed."),
        manual.ON_ARRIVAL: _("{posts}: a visa is given at the border."),
        manual.E_VISA: _("{posts}: an electronic visa is enough."),
        manual.VISA: _("{posts}: a visa from a consulate."),
        manual.CLOSED: _("{posts}: closed for this citizenship."),
    }[rule.way].format(posts=", ".join(map(_post, sorted(rule.posts))))


def stay(rule: Rule | None) -> str:
    """How long she may stay by a rule; empty where none says so."""
    if rule is None or rule.days is None:
        return ""
    if rule.window:
        words = _("Up to {days} days in any {window} days.").format(
            days=rule.days, window=rule.window
        )
    else:
        words = ngettext("Up to {n} day.", "Up to {n} days.", rule.days).format(n=rule.days)
    if rule.visit_days:
        words += " " + _("No visit is longer than {days} days.").format(days=rule.visit_days)
    return words


def papers(rule: Rule | None) -> list[str]:
    """What she must be able to show."""
    return [str(Needed(code).label) for code in rule.papers] if rule else []


def reasons(found: Answer) -> list[str]:
    """Why, without what `at_posts` says already."""
    told = {rule.code for rule in found.at_posts}
    return [
        _sentence(reason)
        for reason in found.reasons
        if reason.code != "other_posts" or reason.params["rule"] not in told
    ]


def _sentence(reason: Reason) -> str:
    words = _of(reason.params)
    return {
        "citizen": _("She is a citizen of this country."),
        "no_rule": _("{country}: nothing else is laid down for its citizens on this day."),
        "holds": _("{rule} holds: {act}."),
        "not_yet": _("{rule} does not hold before {since}."),
        "ended": _("{rule} ended on {until}."),
        "other_passport": _("{rule} is for another passport: {passports}."),
        "other_posts": _("{rule} holds at other posts only: {posts}."),
    }[reason.code].format(**words)


def _of(params: Mapping[str, Any]) -> dict[str, str]:
    words = {name: str(value) for name, value in params.items()}
    for name in ("since", "until"):
        if day := parse_date(words.get(name, "")):
            words[name] = written(day, "j E Y")
    if "country" in words:
        words["country"] = reference.country_name(words["country"])
    if "passports" in params:
        words["passports"] = ", ".join(str(Passport(one).label) for one in params["passports"])
    if "posts" in params:
        words["posts"] = ", ".join(_post(one) for one in params["posts"])
    return words


def _post(code: str) -> str:
    found = reference.post(code)
    return found.name if found else code
