"""A full disk: never a receipt without a crossing, a plain sentence, and work goes on after it.

Where file systems may be mounted (root), the database lies on a small one that is really full.
Elsewhere PostgreSQL itself is made to answer every new row with its "disk full" (SQLSTATE
53100), which shows that Safar understands it, and not that the disk was full.
"""

import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.faults import checking, ground, officer
from tests.faults.ground import Ground

pytestmark = pytest.mark.faults

SIZE = "192m"
TRAVELLERS = 400  # at most, until the last free page of every table is written
REFUSED = 12  # times that Safar must refuse in a row before it is believed
SENTENCE = "The disk is full."
FULL_FOR_ALL = """
CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER disk_full BEFORE INSERT ON border_inspection EXECUTE FUNCTION disk_full();
"""
SPACE_AGAIN = "DROP FUNCTION disk_full() CASCADE"


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A small file system at the folder; False where none may be mounted."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=755", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)
        shutil.rmtree(folder, ignore_errors=True)


def fill(ballast: Path) -> int:
    """Write until nothing more fits; return the bytes."""
    with ballast.open("wb", buffering=0) as out:
        try:
            while out.write(bytes(65536)) == 65536:
                pass
            while True:
                out.write(bytes(1))
        except OSError:
            return out.tell()


def refuse_rows(made: Ground, statement: str) -> None:
    with psycopg.connect(made.cluster.url, autocommit=True) as connection:
        connection.execute(statement)


def test_a_full_disk_gives_a_plain_sentence_never_a_receipt_and_needs_no_repair(template, report):
    folder = ground.new_folder()
    with small_disk(folder) as is_small:
        made = Ground(template, folder, {"min_wal_size": "32MB", "max_wal_size": "64MB"})
        try:
            run(made, folder / "ballast" if is_small else None, report)
        finally:
            made.remove()


def run(made: Ground, ballast: Path | None, report) -> None:
    made.start()
    browser = officer.sign_in(made.port, officer.FIRST_LINE[0])
    officer.sign_on(browser, 1)
    rng = random.Random(4)
    receipts: list[dict[str, str]] = []
    refused: list[officer.Answer] = []
    bytes_written = fill(ballast) if ballast else 0
    if not ballast:
        refuse_rows(made, FULL_FOR_ALL)
    for _ in range(TRAVELLERS):
        refused += pass_one(browser, rng, receipts)
        if len(refused) >= REFUSED:
            break
    while_full = len(receipts)
    assert len(refused) >= REFUSED
    for answer in refused:
        assert (answer.status, answer.receipt) == (503, None), answer.words
        assert SENTENCE in answer.words, answer.words
        assert "E-507" in answer.text
        assert answer.headers.get("hx-retarget") == "#errors"
    if ballast:
        ballast.unlink()
    else:
        refuse_rows(made, SPACE_AGAIN)
    for _ in range(20):
        assert pass_one(browser, rng, receipts) == []
    found = checking.tally(made.cluster, receipts)
    assert (found.lost, found.doubled, found.wrong, found.torn) == ([], [], [], [])
    assert found.accepted == found.on_record == while_full + 20
    anchors = made.folder / "anchors.jsonl"
    checking.anchor(made.cluster, anchors)
    assert checking.audit_verdict(made.cluster, anchors)["sound"]
    how = (
        f"a file system of {SIZE} with {bytes_written} bytes of ballast"
        if ballast
        else "by SQLSTATE alone"
    )
    report(
        f"{how}: {while_full} crossings on the last free pages, then {len(refused)} plain refusals,"
        f" then 20 of 20 recorded; {len(found.lost)} lost, {len(found.doubled)} doubled"
    )


def pass_one(
    browser: officer.Browser, rng: random.Random, receipts: list[dict[str, str]]
) -> list[officer.Answer]:
    """One traveller; returns what was refused of scan and admission."""
    number, zone = officer.passport(rng)
    answer = officer.scan(browser, zone)
    seen = officer.shown(number, answer)
    if seen is None:
        return [answer]
    answer = officer.admit(browser, seen)
    if answer.receipt is None:
        return [answer]
    receipts.append({"key": seen.key, "number": number, "receipt": answer.receipt})
    return []
