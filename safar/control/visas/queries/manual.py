"""What the visa manual says: this country's own lines, and those shipped with Safar beneath them.

The booth asks at every scan, so the own lines are kept in memory for a few seconds; what was
shipped (`reference.VisaFreeRule`) is in memory anyway.
"""

import time
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from safar.control.visas.models import Application
from safar.control.visas.models.manual import EntryRule, RuleEnding
from safar.control.visas.rules import manual
from safar.control.visas.rules.manual import Answer, Asked, Rule
from safar.core import node
from safar.core.permissions import Actor
from safar.reference import queries as reference

KEEP_SECONDS = 30  # what two people agreed on is asked for at every booth after so long


@dataclass
class _Kept:
    """The approved lines, as they were last read."""

    rules: tuple[Rule, ...] = ()
    read_at: float = -KEEP_SECONDS


_kept = _Kept()


def forget() -> None:
    """Read the manual anew at the next question."""
    _kept.read_at = -KEEP_SECONDS


def may_enter(
    citizenship: str, day: date, *, passport: str = manual.ORDINARY, post: str = ""
) -> Answer:
    """How a person may enter this country on a day, with the reasons: the one place that knows."""
    host = node.country()
    asked = Asked(host, citizenship, day, passport, post)
    return manual.answer((*_own(), *_shipped(host, citizenship)), asked)


def answer_for(application: Application) -> Answer | None:
    """What the manual says of an applicant on her day of arrival; None before she named one."""
    if application.arrives_on is None or not application.nationality:
        return None
    passport = manual.passport_of(application.document_kind, application.issuer)
    return may_enter(application.nationality, application.arrives_on, passport=passport)


def rules(actor: Actor) -> QuerySet[EntryRule]:
    """The lines of this country's manual, those in force and to come first."""
    found = EntryRule.objects.visible_to(actor).filter(host=node.country())
    return found.filter(declined_at=None).order_by("code")


def endings(actor: Actor) -> QuerySet[RuleEnding]:
    """Endings that wait for a second person."""
    waiting = RuleEnding.objects.visible_to(actor).filter(approved_at=None, declined_at=None)
    return waiting.select_related("rule")


def _own() -> tuple[Rule, ...]:
    if time.monotonic() - _kept.read_at > KEEP_SECONDS:
        approved = EntryRule.objects.filter(host=node.country(), approved_at__isnull=False)
        _kept.rules = tuple(one.as_rule() for one in approved)
        _kept.read_at = time.monotonic()
    return _kept.rules


def _shipped(host: str, citizenship: str) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            row.code, manual.FREE, row.in_force_from, row.in_force_to,
            citizenships=frozenset({citizenship}), days=row.days, window=row.window_days,
            visit_days=row.visit_days, act=row.basis, is_own=False,
        )
        for row in reference.visa_free_rules(host, citizenship)
    )  # fmt: skip
