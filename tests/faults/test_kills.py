"""No accepted crossing is lost or doubled, whoever is killed; and the test can tell if one were."""

import os
import random
import time
from contextlib import suppress

import pytest

from tests.faults import checking
from tests.faults.ground import Ground
from tests.faults.load import Post

pytestmark = pytest.mark.faults

KILLS = int(os.environ.get("SAFAR_KILLS", "20"))
SEED = int(os.environ.get("SAFAR_SEED", "20260726"))
KINDS = ("worker", "web", "database")
ROUNDS = 12
# A commit that nobody waits for: it stays in the server's memory, and a kill takes it.
CARELESS = {"synchronous_commit": "off", "wal_writer_delay": "10s", "wal_buffers": "16MB"}


def kill(ground: Ground, kind: str, rng: random.Random) -> None:
    """Kill without a word, and start again what does not start by itself."""
    if kind == "worker":
        ground.kill_worker(rng)
    elif kind == "web":
        ground.kill_web()
        ground.start_web()
    else:
        ground.kill_database()
        ground.cluster.start()


def pause(seconds: float) -> None:
    """Any moment of a traveller's stay in the booth, not only the one after a receipt."""
    time.sleep(seconds)


def test_no_accepted_crossing_is_lost_or_doubled_in_random_kills(new_ground, report):
    rng, slowest, began = random.Random(SEED), 0.0, time.monotonic()
    ground = new_ground(synchronous_commit="on")
    ground.start()
    post, anchors = Post(ground.port, ground.folder, rng), ground.folder / "anchors.jsonl"
    plan = [KINDS[number % len(KINDS)] for number in range(KILLS)]
    rng.shuffle(plan)
    post.open()
    try:
        for kind in plan:
            post.wait_for(rng.randint(1, 15))
            checking.anchor(ground.cluster, anchors)
            pause(rng.random() / 10)
            killed_at = time.monotonic()
            kill(ground, kind, rng)
            post.wait_for(1)
            slowest = max(slowest, post.journal.last_at - killed_at)
    finally:
        post.close()
    found = checking.tally(ground.cluster, post.journal.receipts, post.said_not_recorded)
    audit = checking.audit_verdict(ground.cluster, anchors)
    report(
        f"seed {SEED}: {len(plan)} kills ({', '.join(f'{k} {plan.count(k)}' for k in KINDS)}), "
        f"{found.accepted} accepted, {len(found.lost)} lost, {len(found.doubled)} doubled, "
        f"{found.on_record} on record, slowest recovery {slowest:.1f} s, "
        f"{time.monotonic() - began:.0f} s in all"
    )
    report(f"answers {dict(post.statuses)}, audit rows {audit['rows']}, untrue {found.untrue}")
    assert post.failures == []
    assert (found.lost, found.doubled, found.wrong, found.torn) == ([], [], [], [])
    assert found.accepted == found.on_record > KILLS
    assert audit["sound"], audit
    assert found.untrue == 0, "no answer said that nothing was recorded of what was"


def test_control_where_commits_do_not_wait_for_the_disk_the_same_check_finds_losses(
    new_ground, report
):
    rng, losses, accepted, rounds = random.Random(SEED), 0, 0, 0
    while not losses and rounds < ROUNDS:
        rounds += 1
        ground = new_ground(**CARELESS)
        ground.start()
        post = Post(ground.port, ground.folder, rng)
        ground.checkpoint()
        post.open()
        try:
            post.wait_for(rng.randint(5, 15))
            ground.kill_database()
        finally:
            for booth in post.booths:
                booth.give_up()
            post.close()
        ground.cluster.start()
        found = checking.tally(ground.cluster, post.journal.receipts)
        losses, accepted = losses + len(found.lost), accepted + found.accepted
        with suppress(OSError):
            ground.remove()
    report(f"synchronous_commit=off: {losses} of {accepted} accepted lost in {rounds} round(s)")
    assert losses > 0
