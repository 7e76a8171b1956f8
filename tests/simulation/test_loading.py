"""Does the made-up country arrive in the database whole, once, and go on the day after?"""

import errno
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import click
import pytest
from click.testing import CliRunner
from django.utils import timezone

from safar.control.border.models import Crossing
from safar.control.documents.models import ReportedDocument
from safar.control.travellers.models import TravelDocument, Traveller
from safar.core import audit
from safar.core.errors import RuleBroken
from safar.core.models import AuditEntry
from safar.simulation import commands, loading, placing, rows, users
from safar.simulation.booths import Scanned
from safar.simulation.loading import Counts
from safar.simulation.outcomes import eight
from safar.simulation.traffic import crossings
from safar.simulation.world import Scale
from tests.makers.reference import load_reference

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = timezone.now().replace(microsecond=0)
SMALL = Scale(travellers=400, days=40, crossings_per_day=None, last_day=NOW.date())
NOON = NOW - timedelta(days=5)


@pytest.fixture(autouse=True)
def reference_data() -> None:
    load_reference()


def test_every_crossing_up_to_now_is_there_once_and_none_of_the_future() -> None:
    counts = loading.load(SMALL, until=NOON)
    planned = [one for one in crossings(SMALL) if one.at <= NOON]
    assert counts.crossings == Crossing.objects.count() == len(planned)
    assert len(planned) < sum(1 for _ in crossings(SMALL))
    assert set(Crossing.objects.values_list("crossed_at", flat=True)) == {c.at for c in planned}


def test_only_those_who_crossed_are_on_record_with_the_documents_they_showed() -> None:
    counts = loading.load(SMALL, until=NOON)
    planned = [one for one in crossings(SMALL) if one.at <= NOON]
    assert Traveller.objects.count() == counts.travellers == len({c.traveller for c in planned})
    shown = {(one.traveller, one.document) for one in planned}
    assert TravelDocument.objects.count() == counts.documents == len(shown)
    pairs = Crossing.objects.values_list("traveller_id", "document__traveller_id")
    assert all(one == other for one, other in pairs)
    assert ReportedDocument.objects.count() == counts.reported > 0


def test_keys_are_of_version_7_and_bear_the_time_of_the_event() -> None:
    loading.load(SMALL, until=NOON)
    for key, at in Crossing.objects.values_list("id", "crossed_at")[:200]:
        assert key.version == 7
        assert key.int >> 80 == int(at.timestamp() * 1000)


def test_the_same_name_gives_the_same_key_and_another_name_another() -> None:
    assert rows.key(NOON, "crossing", 1) == rows.key(NOON, "crossing", 1)
    assert rows.key(NOON, "crossing", 1) != rows.key(NOON, "crossing", 2)


def test_going_on_gives_the_same_traffic_as_loading_at_once(monkeypatch) -> None:
    loading.load(SMALL, until=NOON)
    before = set(Crossing.objects.values_list("id", flat=True))
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(days=3))
    more = loading.continue_load()
    after = set(Crossing.objects.values_list("id", flat=True))
    assert len(after - before) == more.crossings > 0
    planned = [one for one in crossings(SMALL) if one.at <= NOON + timedelta(days=3)]
    assert len(after) == len(planned)
    assert Traveller.objects.count() == len({one.traveller for one in planned})


def test_going_on_past_the_end_of_the_plan_says_what_to_do(monkeypatch) -> None:
    loading.load(SMALL, until=NOON)
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(days=2))
    with pytest.raises(RuleBroken, match="--fresh"):
        loading.continue_load()


def test_a_second_load_is_refused_unless_asked_for() -> None:
    loading.load(SMALL, until=NOON)
    with pytest.raises(RuleBroken, match="--again"):
        loading.load(replace(SMALL, seed=2), until=NOON)
    before = Crossing.objects.count()
    loading.load(replace(SMALL, seed=2), until=NOON, again=True)
    assert Crossing.objects.count() > before


def test_the_load_is_one_row_in_a_sound_audit() -> None:
    counts = loading.load(SMALL, until=NOON)
    (entry,) = AuditEntry.objects.filter(action="simulation.load")
    assert entry.actor_name == "safar:simulation"
    assert entry.details["crossings"] == counts.crossings
    assert loading.last_load() == (SMALL, NOON)
    assert audit.verify().sound


def test_roles_of_the_demonstration_took_two_people() -> None:
    users.add()
    assert users.are_there()
    for person in users.EVERYBODY:
        grant = users.user(person).grants.get()
        if person not in users.ADMINISTRATORS:
            assert grant.proposed_by_id != grant.decided_by_id
        assert users.actor(person).roles == {person.role}
        assert users.user(person).check_password(person.password)


def test_adding_the_users_again_adds_nobody() -> None:
    users.add()
    users.add()
    assert users.user(users.ENTRY_OFFICER).grants.count() == 1


def test_a_wrong_verdict_and_a_wrong_finding_are_told() -> None:
    held = next(one for one in eight(NOW.date()) if one.leading == "document.reported")
    right = Scanned(held, users.ENTRY_OFFICER, "hold", "document.reported", "", 1.0)
    assert right.as_expected
    assert not replace(right, verdict="check").as_expected
    assert not replace(right, leading="list.name").as_expected


@pytest.mark.parametrize(
    ("number", "steps", "further"),
    [("PE5520918", 1, "PE5520919"), ("C4VN7P2KL", 9, "C4VN8P1KL"), ("999", 1, "000")],
)
def test_a_document_number_counts_on_in_its_digits(number: str, steps: int, further: str) -> None:
    assert placing.shifted(number, steps) == further


def test_simulate_prints_its_counts_and_refuses_a_second_time() -> None:
    asked = ["--days", "10", "--travellers", "60", "--json"]
    first = CliRunner().invoke(commands.simulate, asked)
    assert first.exit_code == 0
    assert f'"crossings": {Crossing.objects.count()}' in first.stdout
    second = CliRunner().invoke(commands.simulate, asked)
    assert second.exit_code == 1
    assert "already" in second.stderr


def test_a_busy_port_gives_way_to_the_next() -> None:
    with socket.socket() as busy:
        busy.bind((commands.HOST, 0))
        busy.listen()
        port = busy.getsockname()[1]
        assert commands._free_port(port) > port
    assert commands._free_port(port) == port


def test_a_full_disk_is_a_sentence_and_exit_code_3() -> None:
    with pytest.raises(click.ClickException) as caught, commands.in_plain_words():
        raise OSError(errno.ENOSPC, "No space left on device")
    assert caught.value.exit_code == 3
    assert "disk is full" in caught.value.message
    with pytest.raises(OSError, match="Broken pipe"), commands.in_plain_words():
        raise OSError(errno.EPIPE, "Broken pipe")


def test_the_counts_of_nothing_are_nothing() -> None:
    early = datetime(2020, 1, 1, tzinfo=UTC)
    assert loading.load(SMALL, until=early) == Counts()
