"""Does an import survive its page and its worker, and do large ones work at all?"""

import random
from datetime import timedelta

import pytest
from django.db import connection

from safar.control.watchlist import actions, queries, tasks
from safar.control.watchlist.imports import comparing, keeping, loading, progress
from safar.control.watchlist.models import (
    EntryName,
    ImportPiece,
    ImportProgress,
    ImportRun,
    ListEntry,
    Rescreening,
    WatchList,
)
from safar.control.watchlist.sources.files import MB, SourceFile
from safar.control.watchlist.sources.table import Columns
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.permissions import system
from safar.core.record import writing
from tests.makers.watchlist import ALT, SDN, actor, head, ofac_list, person, source, watch_list

pytestmark = pytest.mark.django_db
COLUMNS = Columns({"key": "no", "name": "name", "birth": "born"})
WORKER = system("lists worker")


def nothing(_run: ImportRun) -> None:
    """The work is to begin later; the test does it itself."""


def sent(sdn: str = SDN, *, on: WatchList | None = None) -> ImportRun:
    files = {"sdn": source(sdn), "alt": source(ALT, "ALT.CSV")}
    target = on or WatchList.objects.filter(code="ofac-sdn").first() or ofac_list()
    return actions.propose_import(actor("R. Kadyrov"), target, start=nothing, files=files)


def agreed(sdn: str = SDN) -> ImportRun:
    run = sent(sdn)
    tasks.read_import(str(run.pk))
    return actions.approve_import(
        actor("B. Osmonalieva"), ImportRun.objects.get(pk=run.pk), start=nothing
    )


def status(run: ImportRun) -> str:
    return ImportRun.objects.get(pk=run.pk).status


def test_files_wait_in_the_database_until_they_are_read():
    run = sent()
    assert status(run) == "reading"
    assert not ListEntry.objects.exists()
    tasks.read_import(str(run.pk))
    found = ImportRun.objects.get(pk=run.pk)
    assert (found.status, found.added) == ("prepared", 2)


def test_what_was_agreed_is_loaded_later_and_screens_only_then():
    run = agreed()
    assert status(run) == "loading"
    assert queries.screen(person("SADYKOV<<TIMUR")) == []
    tasks.load_import(str(run.pk))
    assert status(run) == "loaded"
    assert queries.screen(person("SADYKOV<<TIMUR"))


def test_those_who_are_inside_are_to_be_compared_with_what_was_added_or_changed():
    tasks.load_import(str(agreed().pk))
    assert len(Rescreening.objects.get().entries) == 2
    tasks.load_import(str(agreed(SDN.replace("1984", "1985")).pk))
    (key,) = Rescreening.objects.latest("asked_at").entries
    assert ListEntry.objects.get(pk=key).source_key == "1"
    tasks.load_import(str(agreed(SDN.replace("1984", "1985")).pk))
    assert Rescreening.objects.count() == 2  # nothing changed: nobody is asked for


def test_a_job_that_comes_twice_does_nothing_the_second_time():
    run = agreed()
    for task in (tasks.load_import, tasks.load_import, tasks.read_import):
        task(str(run.pk))
    assert status(run) == "loaded"
    assert WatchList.objects.get().published_version == 1


def test_the_background_work_itself_is_not_for_people():
    run = sent()
    for work in (actions.read_import, actions.load_import):
        with pytest.raises(NotAllowed):
            work(actor("R. Kadyrov"), run)


def test_a_torn_file_is_noted_on_its_run_with_file_and_line():
    run = sent(SDN + '4,"X, Y",individual\r\n')
    tasks.read_import(str(run.pk))
    found = ImportRun.objects.get(pk=run.pk)
    assert found.status == "failed"
    assert found.failure is not None
    assert (found.failure["file"], found.failure["line"]) == ("SDN.CSV", 4)


def test_a_list_that_changed_after_the_approval_is_not_overwritten():
    run = agreed()
    with writing():
        WatchList.objects.update(published_version=7, published_at=run.decided_at)
    tasks.load_import(str(run.pk))
    found = ImportRun.objects.get(pk=run.pk)
    assert (found.status, found.failure) == ("failed", {"code": "stale"})
    assert not ListEntry.objects.exists()


def test_a_kept_file_that_was_damaged_is_not_loaded():
    run = agreed()
    with writing():
        ImportPiece.objects.filter(file__part="sdn").update(content=b"x")
    tasks.load_import(str(run.pk))
    assert status(run) == "failed"
    assert not ListEntry.objects.exists()


def break_down(*_args: object, **_more: object) -> None:
    raise RuntimeError("the worker was killed")


@pytest.mark.parametrize(
    "where",
    [
        "safar.control.watchlist.imports.loading._write_identities",
        "safar.control.watchlist.imports.loading._move",
        "safar.control.watchlist.actions.import_work.publish",
    ],
)
def test_a_load_that_breaks_anywhere_leaves_the_old_version_screening(
    where: str, monkeypatch: pytest.MonkeyPatch
):
    tasks.load_import(str(agreed().pk))
    first = SDN.splitlines(keepends=True)[0]
    run = sent(first.replace("1984", "1985") + first.replace("1,", "9,", 1))
    tasks.read_import(str(run.pk))
    run = ImportRun.objects.get(pk=run.pk)
    assert (run.added, run.changed, run.gone) == (1, 1, 1)
    actions.approve_import(actor("B. Osmonalieva"), run, confirm_shrink=True, start=nothing)
    with monkeypatch.context() as broken:
        broken.setattr(where, break_down)
        with pytest.raises(RuntimeError):
            tasks.load_import(str(run.pk))
    assert status(run) == "failed"
    assert ListEntry.objects.filter(status="published").count() == 2
    assert queries.screen(person("SADYKOV<<TIMUR", birth="1984-05-17"))
    actions.restart_import(actor("R. Kadyrov"), ImportRun.objects.get(pk=run.pk), start=nothing)
    tasks.load_import(str(run.pk))
    assert status(run) == "loaded"
    assert queries.screen(person("SADYKOV<<TIMUR", birth="1984-05-17"))[0].source_key != "2"


def test_work_that_goes_on_is_not_started_a_second_time():
    with pytest.raises(InvalidMove):
        actions.restart_import(actor("R. Kadyrov"), sent(), start=nothing)


def test_a_table_without_named_columns_is_refused_where_nobody_can_be_asked():
    file = SourceFile("x.csv", b"no,name\n1,ORLOVA\n")
    on = watch_list("mia", source_format="table")
    with pytest.raises(RuleBroken, match="Name the columns"):
        actions.propose_import(actor("R. Kadyrov"), on, files={"file": file})
    run = actions.propose_import(
        actor("R. Kadyrov"), on, files={"file": file}, columns=Columns({"name": "name"})
    )
    assert run.added == 1


def test_a_large_file_is_kept_in_pieces_and_comes_back_whole(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keeping, "PIECE", 1000)
    content = random.Random(1).randbytes(3 * MB)
    run = sent()
    with writing():
        file = keeping.keep(run, "file", SourceFile("x", content))
    assert file.pieces.count() > 1
    with keeping.kept(run) as files, files["file"].open() as back:
        assert back.read() == content


def test_a_sign_of_life_is_written_down():
    run = sent()
    with writing():
        ImportProgress.objects.filter(run=run).update(alive_at=run.prepared_at - timedelta(hours=1))
    assert not progress.is_alive(ImportProgress.objects.get(run=run))
    signs = progress._Signs(run)
    actions.read_import(WORKER, run, tell=signs.tell)
    signs.give_one()  # here, where what the test wrote is seen; else a thread of its own does it
    found = ImportProgress.objects.get(run=run)
    assert progress.is_alive(found)
    assert (found.done, found.total, found.stage) == (len(SDN) + len(ALT), len(SDN) + len(ALT), "")


def test_what_the_work_is_at_is_told_stage_by_stage(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(loading, "BATCH", 1)
    run, seen = agreed(), []
    actions.load_import(WORKER, run, tell=lambda _done, _total, stage="": seen.append(stage))
    assert list(dict.fromkeys(seen)) == ["writing", "settling", "indexing"]


@pytest.mark.slow
def test_signs_of_life_are_given_while_the_transaction_is_open_and_one_statement_takes_long(
    monkeypatch: pytest.MonkeyPatch,
):
    """The work's own rows are not seen: that is the negative control."""
    sign = (
        "SELECT set_config('application_name', %s::text || '/' || %s::text || %s::text, false),"
        " %s::timestamptz, %s::uuid"
    )
    monkeypatch.setattr(progress, "SIGN", sign)
    monkeypatch.setattr(progress, "EVERY", 0.01)
    run = sent()
    other = connection.copy()
    with progress.told(run) as tell, other.cursor() as cursor:
        tell(5, 20, "settling")
        for said in ("5/20settling", "20/20indexing"):  # it repeats, and takes up what is new
            cursor.execute(SEEN.format(said=said))
            tell(20, 20, "indexing")
        cursor.execute("SELECT count(*) FROM watchlist_importrun WHERE id = %s", [run.pk])
        uncommitted = cursor.fetchone()
    other.close()
    assert uncommitted == (0,)


# Waits until a session bears the name, and fails where none does so within seconds.
SEEN = """
DO $$ BEGIN
    FOR n IN 1..500 LOOP
        PERFORM pg_stat_clear_snapshot();
        IF EXISTS (SELECT 1 FROM pg_stat_activity WHERE application_name = '{said}') THEN
            RETURN;
        END IF;
        PERFORM pg_sleep(0.01);
    END LOOP;
    RAISE EXCEPTION 'nobody said {said}';
END $$
"""


def big(count: int, year: int) -> SourceFile:
    rows = "".join(f"{n},SURNAME{n} Given{n % 900},{year}\n" for n in range(count))
    return SourceFile("big.csv", f"no,name,born\n{rows}".encode())


SOME_LIST = """
INSERT INTO watchlist_listentry SELECT (e).* FROM (
    SELECT jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid(), 'source_key', n::text)) AS e
    FROM watchlist_listentry one, generate_series(1, %s) n WHERE one.source_key = '0'
) made
"""


@pytest.mark.faults
def test_more_entries_than_a_statement_has_room_for_are_changed_and_ended():
    """PostgreSQL's protocol takes 65,535 values in one statement."""
    count = 66_000
    on = watch_list("mia", source_format="table")
    first, second = actor("R. Kadyrov"), head()

    def load(file: SourceFile) -> ImportRun:
        run = actions.propose_import(first, on, files={"file": file}, columns=COLUMNS)
        return actions.approve_import(second, run, confirm_shrink=True)

    load(big(1, 1970))
    with connection.cursor() as cursor:
        cursor.execute(SOME_LIST, [count - 1])
    assert load(big(count, 1980)).changed == count
    assert ListEntry.objects.filter(content_version=2).count() == count
    assert EntryName.objects.count() == count
    assert load(big(1, 1980)).gone == count - 1
    assert ListEntry.objects.filter(status="published").count() == 1


def test_a_list_whose_numbers_all_changed_counts_as_one_that_loses_everything():
    on = watch_list("mia", source_format="table")
    files = [SourceFile("x.csv", f"no,name,born\n{n},ORLOVA,1962\n".encode()) for n in (1, 2)]
    run = actions.propose_import(actor("R. Kadyrov"), on, files={"file": files[0]}, columns=COLUMNS)
    actions.approve_import(actor("B. Osmonalieva"), run)
    run = actions.propose_import(actor("R. Kadyrov"), on, files={"file": files[1]}, columns=COLUMNS)
    assert (run.added, run.gone, run.shrinks) == (1, 1, True)
    with pytest.raises(NotAllowed, match="take entries off"):
        actions.approve_import(actor("B. Osmonalieva"), run, confirm_shrink=True)
    assert [(row["kind"], row["name"]) for row in run.shown] == [
        ("gone", "ORLOVA"),
        ("added", "ORLOVA"),
    ]


def test_batches_leave_nothing_out():
    assert list(comparing.batches(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(comparing.batches([], 2)) == []
