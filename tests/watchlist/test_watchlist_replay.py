"""Does a dry run say whom it would newly have stopped last month, and which rows are doubtful?"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.control.border import handing_over
from safar.control.border.models import Crossing
from safar.control.watchlist import actions
from safar.control.watchlist.conflicts import Surnames
from safar.control.watchlist.models import ImportReplay, ImportRun, WatchList
from safar.control.watchlist.queries import screen
from safar.control.watchlist.screening import replaying
from safar.control.watchlist.screening.replaying import Crossed, Replay, rescaled
from safar.control.watchlist.sources.files import SourceFile
from safar.control.watchlist.sources.table import Columns
from safar.core.models import AuditEntry
from safar.lib.screening.score import probability, weights
from tests import cast
from tests.makers import accounts, border
from tests.makers.watchlist import actor, entry, person, watch_list

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
COLUMNS = Columns({"key": "no", "name": "name", "birth": "born", "document": "passport"})
MARAT = "1,SEITOV Marat,1987-11-09,"


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False


def dry_run(*rows: str, on: WatchList | None = None, by: str = "R. Kadyrov") -> ImportRun:
    text = "no,name,born,passport\n" + "".join(f"{row}\n" for row in rows)
    target = on or watch_list("mia", source_format="table")
    files = {"file": SourceFile("mia.csv", text.encode())}
    return actions.propose_import(actor(by), target, files=files, columns=COLUMNS)


def replayed(run: ImportRun) -> ImportReplay:
    handing_over.replay_import(ImportReplay.objects.get(run=run).pk)
    return ImportReplay.objects.get(run=run)


def came(days: float = 3, **document: Any) -> Crossing:
    shown = border.document(**{"surname": "SEITOV", "given_names": "MARAT", **document})
    return border.crossed(cast.aida(), shown, when=timezone.now() - timedelta(days=days))


def page(run: ImportRun, name: str = "B. Osmonalieva") -> str:
    client = Client()
    accounts.sign_in(client, accounts.user(name, "list_manager"))
    return client.get(reverse("watchlist:import", args=[run.pk])).content.decode()


def why(replay: ImportReplay) -> dict[str, list[str]]:
    return {row["key"]: [one["code"] for one in row["why"]] for row in replay.doubts}


def test_who_crossed_last_month_and_is_like_a_new_entry_is_counted_and_explained():
    came()
    came(surname="SOKOLOVA", given_names="ANNA", sex="F")
    replay = replayed(dry_run(MARAT))
    assert (replay.status, replay.travellers, replay.done, replay.stopped) == ("done", 2, 2, 1)
    assert (replay.entries, replay.tried, replay.is_part) == (1, 1, False)
    (shown,) = replay.shown
    assert (shown["name"], shown["key"], shown["post"]) == ("SEITOV MARAT", "1", border.MANAS)
    assert {"name.alike", "birth.agrees"} <= {reason["code"] for reason in shown["why"]}
    assert not screen(person("SEITOV<<MARAT", birth="1987-11-09")), "no booth sees any of it"


def test_the_answer_is_the_one_that_the_booth_gives_once_it_is_loaded():
    entry("SEITOV, Murat", births=("1960",))
    run = dry_run(MARAT, "2,OMUROV Bakyt,1961-02-03,")
    came()
    replay = replayed(run)
    assert replay.stopped == 1
    actions.approve_import(actor("B. Osmonalieva"), ImportRun.objects.get(pk=run.pk))
    (match,) = screen(person("SEITOV, MARAT", birth="1987-11-09", sex="M", citizenship="RUS"))
    assert match.source_key == "1"
    assert replay.shown[0]["score"] == pytest.approx(match.score, abs=0.02)


def test_whom_a_list_stops_already_is_not_newly_stopped():
    entry("SEITOV, Marat", births=("1987-11-09",))
    came()
    replay = replayed(dry_run(MARAT))
    assert (replay.stopped, replay.shown) == (0, [])
    assert why(replay) == {"1": ["crossed"]}, "but the row says that she crossed"


def test_who_contradicts_the_entry_or_came_before_the_month_is_not_counted():
    came(birth="1950-01-20")
    came(days=40)
    assert replayed(dry_run(MARAT)).stopped == 0


def test_a_document_stops_under_any_name():
    came(number="AC1234567", issuer="KGZ", surname="ORLOVA", given_names="NADEZHDA", sex="F")
    replay = replayed(dry_run("1,SEITOV Marat,1950-02-03,AC1234567"))
    assert replay.stopped == 1
    assert "document.as_known" in {reason["code"] for reason in replay.shown[0]["why"]}


def test_a_traveller_who_crossed_twice_counts_once_with_her_last_crossing():
    shown = border.document(surname="SEITOV", given_names="MARAT")
    for days, direction in ((5, "entry"), (2, "exit")):
        when = timezone.now() - timedelta(days=days)
        border.crossed(cast.aida(), shown, direction, when=when)
    replay = replayed(dry_run(MARAT))
    assert (replay.travellers, replay.stopped) == (1, 1)
    assert replay.shown[0]["direction"] == "exit"


def test_a_name_that_many_bear_is_put_before_the_others():
    for _ in range(replaying.COMMON):
        came()
    came(surname="OMUROV", given_names="BAKYT")
    run = dry_run("2,OMUROV Bakyt,1987,", "1,SEITOV Marat,1987,")
    replay = replayed(run)
    assert list(why(replay).items()) == [("1", ["common", "crossed"]), ("2", ["crossed"])]
    text = page(run)
    assert "Common name" in text
    assert f"would have stopped {replaying.COMMON} travellers in 30 days" in text


def test_an_entry_that_would_end_although_its_person_crossed_lately_is_shown_first():
    on = watch_list("mia", source_format="table")
    first = dry_run(MARAT, "2,OMUROV Bakyt,1961,", on=on)
    actions.approve_import(actor("B. Osmonalieva"), first)
    came(days=1.5)
    run = dry_run("2,OMUROV Bakyt,1962,", on=on)
    replay = replayed(run)
    (gone,) = replay.doubts
    assert (gone["kind"], gone["key"]) == ("gone", "1")
    text = page(run)
    assert "Crossed lately" in text
    assert "Manas" in text
    assert "1 day, 12 hours ago" in text.replace("\xa0", " ")


def test_a_surname_of_an_officer_is_a_reason_to_ask():
    accounts.user("B. Toktosunova", "officer")
    run = dry_run("1,TOKTOSUNOV Ruslan,1993,", "2,OMUROV Bakyt,1961,")
    replay = replayed(run)
    assert why(replay) == {"1": ["staff"]}
    text = page(run)
    assert "Surname of an officer" in text
    assert "Toktosunova" not in text, "whose it is stays with those who decide on people"


def test_surnames_are_one_family_s_in_both_forms_and_in_any_script():
    accounts.user("Toktosunova Bermet", "officer")
    held = Surnames()
    for name in ("TOKTOSUNOV, Ruslan", "Токтосунов, Руслан", "TOKTOSUNOVA, Aida"):
        assert held.are_borne_by([(name, False)]), name
    assert not held.are_borne_by([("OMUROV, Toktosun", False)])


def test_the_page_shows_the_figures_and_puts_the_look_on_record():
    came()
    run = dry_run(MARAT)
    waiting = page(run)
    assert "Being worked out. You may close this page." in waiting
    assert 'hx-trigger="every 10s"' in waiting
    looks = AuditEntry.objects.filter(target__startswith="ImportReplay:", outcome="opened")
    assert not looks.exists()
    replayed(run)
    text = page(run)
    assert "Newly stopped" in text
    assert "SEITOV MARAT" in text
    assert "Both were born on 1987-11-09." in text
    assert "hx-trigger" not in text.partition('id="work"')[2][:300]
    assert looks.count() == 1


def test_once_it_is_decided_the_travellers_are_forgotten_and_no_work_goes_on():
    came()
    run = dry_run(MARAT)
    replayed(run)
    actions.approve_import(actor("B. Osmonalieva"), run)
    replay = ImportReplay.objects.get(run=run)
    assert (replay.stopped, replay.shown) == (1, [])
    other = dry_run("5,OMUROV Bakyt,1961,", on=WatchList.objects.get())
    actions.decline_import(actor("B. Osmonalieva"), other, reason="Wrong file.")
    assert replayed(other).status == "waiting"


def test_an_import_that_is_decided_on_while_it_is_tried_ends_the_work(monkeypatch):
    for _ in range(3):
        came()
    run = dry_run(MARAT)
    monkeypatch.setattr(handing_over, "REPLAY_PAGE", 1)
    monkeypatch.setattr(handing_over, "REPLAY_TOLD", -1.0)
    real = Replay.pass_by

    def decide(self: Replay, some: Any) -> None:
        real(self, some)
        if self.tally.done == 1:
            actions.approve_import(actor("B. Osmonalieva"), ImportRun.objects.get(pk=run.pk))

    monkeypatch.setattr(Replay, "pass_by", decide)
    replay = replayed(run)
    assert (replay.status, replay.done, replay.shown) == ("done", 1, [])


def test_where_time_is_up_a_fair_part_is_carried_over_to_all(monkeypatch):
    for _ in range(4):
        came()
    monkeypatch.setattr(handing_over, "REPLAY_PAGE", 2)
    monkeypatch.setattr(handing_over, "REPLAY_FOR", -1.0)
    run = dry_run(MARAT)
    replay = replayed(run)
    assert (replay.done, replay.travellers, replay.stopped) == (2, 4, 2)
    assert (replay.is_part, replay.stopped_in_all) == (True, 4)
    assert "In all, about" in page(run)


def test_of_very_many_entries_some_are_drawn_by_chance(monkeypatch):
    monkeypatch.setattr(replaying, "MOST_ENTRIES", 5)
    came()
    replay = replayed(dry_run(*(f"{n},SEITOV Marat,1987-11-09," for n in range(20))))
    assert (replay.entries, replay.tried, replay.stopped_in_all) == (20, 5, 4)


def test_a_score_among_more_names_is_lower_as_the_engine_would_say():
    evidence = np.array([12.0], np.float32)
    few, many = (float(probability(evidence, names)[0]) for names in (1000, 100_000))
    pseudo = weights()["pseudo_names"]
    assert rescaled(few, (100_000 + pseudo) / (1000 + pseudo)) == pytest.approx(many, abs=1e-3)
    assert (rescaled(1.0, 5), rescaled(0.5, 1)) == (1.0, 0.5)


def test_it_begins_anew_where_it_broke_off():
    came()
    run = dry_run(MARAT)
    key = ImportReplay.objects.get(run=run).pk
    worker = handing_over.WORKER
    so_far = {"done": 7, "stopped": 7, "travellers": 7}
    actions.report_replay(worker, ImportReplay.objects.get(pk=key), so_far=so_far)
    assert replayed(run).stopped == 1
    handing_over.replay_import(key)  # a job that comes twice
    assert ImportReplay.objects.get(pk=key).done == 1


def test_what_a_manager_is_told_of_who_decides():
    on = watch_list("mia", source_format="table")
    actions.approve_import(actor("B. Osmonalieva"), dry_run(MARAT, "2,OMUROV Bakyt,1961,", on=on))
    taking = dry_run(MARAT, on=on, by="N. Toktogulova")
    text = page(taking)
    assert "A head of lists decides on it. Whoever proposed it cannot." in text
    assert "A second person decides on this." not in text
    adding = dry_run(MARAT, "2,OMUROV Bakyt,1961,", "3,ASANOV Nurlan,1970,", on=on)
    assert "A second person decides on this." in page(adding, "R. Kadyrov")


def test_nobody_who_has_never_crossed_is_made_up():
    who = Crossed(
        traveller_id=uuid4(), name="X", birth="", citizenship="", document="",
        crossed_at=timezone.now(), direction="entry", post=border.MANAS, person=person("X"),
    )  # fmt: skip
    tried = Replay(dry_run(MARAT))
    tried.pass_by([who])
    assert (tried.tally.done, tried.tally.stopped) == (1, 0)
    assert replayed(dry_run(MARAT, on=WatchList.objects.get())).travellers == 0
