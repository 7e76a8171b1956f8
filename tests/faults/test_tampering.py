"""A thousand random manipulations of the audit: each is found, and the first bad row is named."""

import os
import random
import time
from collections import Counter
from uuid import UUID

import pytest
from django.db import transaction

from safar.core import audit
from safar.core.permissions import Actor
from safar.lib import chain
from tests.faults import manipulations
from tests.faults.manipulations import AGREES_WITH_ITSELF, KINDS, sql, triggers_off

pytestmark = [pytest.mark.faults, pytest.mark.django_db]

SEED = int(os.environ.get("SAFAR_SEED", "20260726"))
TIMES = int(os.environ.get("SAFAR_MANIPULATIONS", "1000"))
ROWS, ANCHORED, COPIED = 64, (21, 43, 64), (9, 30, 52)
LONG = 200_000
PEOPLE = (Actor(None, "the gate"), Actor(UUID(int=7), "Асанова Айда ң"))


@pytest.fixture
def anchors() -> list[chain.Anchor]:
    """A chain of all kinds of rows; anchors and copies are taken while it grows."""
    sql(manipulations.CHAIN)
    kept = []
    for number in range(1, ROWS + 1):
        details = {"code": f"E-{number}", "to": "clear", "n": number} if number % 3 else {}
        outcome = (audit.DONE, audit.REFUSED, audit.OPENED)[number % 3]
        target = f"Crossing:{number}" if number % 4 else ""
        audit.append([audit.Row(PEOPLE[number % 2], "test.step", outcome, target, details)])
        if number in ANCHORED:
            kept.append(audit.head())
        if number in COPIED:
            manipulations.keep_a_copy(number)
    return kept


def named(kind: manipulations.Manipulation, smallest: int) -> int:
    """The row that `verify` must name.

    It is the smallest that was touched, save where the chain agrees with itself: then it is
    the first anchored row from there on, or the first that is missing where none is left.
    """
    if kind not in AGREES_WITH_ITSELF:
        return smallest
    anchored = next(number for number in ANCHORED if number >= smallest)
    return min(anchored, manipulations.last() + 1)


def test_every_one_of_a_thousand_manipulations_is_found_and_named(anchors, report):
    rng, missed, done = random.Random(SEED), [], Counter[str]()
    began = time.perf_counter()
    for time_ in range(TIMES):
        kind = KINDS[time_ % len(KINDS)]
        with transaction.atomic():
            with triggers_off():
                smallest = kind(rng)
            found, expected = audit.verify(anchors), named(kind, smallest)
            if found.first_bad != expected:
                missed.append((kind.__name__, smallest, expected, found))
            transaction.set_rollback(True)
        done[kind.__name__] += 1
    seconds = time.perf_counter() - began
    report(f"seed {SEED}: {TIMES - len(missed)} of {TIMES} found and named in {seconds:.1f} s")
    report(", ".join(f"{name} {count}" for name, count in done.items()))
    assert missed == []
    assert audit.verify(anchors) == chain.Verdict(ROWS), "control: all was rolled back"


def test_control_an_untouched_chain_agrees_with_all_its_anchors(anchors):
    assert audit.verify(anchors) == chain.Verdict(ROWS)


@pytest.mark.parametrize("kind", AGREES_WITH_ITSELF)
def test_control_without_an_anchor_a_chain_that_agrees_with_itself_looks_sound(anchors, kind):
    """So the manipulations are as good as a forger can make them: the anchors do the work."""
    with triggers_off():
        kind(random.Random(SEED))
    assert audit.verify().sound
    assert not audit.verify(anchors).sound


def test_a_long_chain_is_walked_in_seconds(anchors, report):
    with triggers_off():
        sql(
            "INSERT INTO core_auditentry SELECT number + shift, at, node, actor_id, actor_name,"
            " action, outcome, target, request_id, details, '', '' FROM core_auditentry,"
            " generate_series(%s::bigint, %s, %s) AS shift",
            ROWS, LONG, ROWS,
        )  # fmt: skip
        manipulations.redo()
        sql(manipulations.HEAD_TO_LAST)
    began = time.perf_counter()
    verdict = audit.verify(anchors)
    seconds = time.perf_counter() - began
    report(f"{verdict.rows} rows verified in {seconds:.2f} s, {verdict.rows / seconds:,.0f} rows/s")
    assert verdict == chain.Verdict(verdict.rows)
    assert verdict.rows >= LONG
