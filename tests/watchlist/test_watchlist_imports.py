"""Does a new version of a list replace the old one whole, by two people, or not at all?"""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from safar.control.watchlist import actions, queries
from safar.control.watchlist.models import EntryName, ImportRun, ListEntry, WatchList
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken, Stale
from safar.core.permissions import system
from safar.core.record import writing
from tests.makers.watchlist import (
    ALT,
    SDN,
    actor,
    alt_row,
    loaded,
    ofac_list,
    person,
    prepared,
    sdn_row,
    source,
    watch_list,
)

pytestmark = pytest.mark.django_db
SURNAMES = [
    "ABENOV",
    "BUKIN",
    "CHOLPONOV",
    "DURDYEV",
    "ERKINOV",
    "FOMIN",
    "GULOMOV",
    "HAMIDI",
    "ISMAILOV",
    "JUMAEV",
]
ROWS = [sdn_row(n, f"{name}, Timur", f"DOB {1950 + n}.") for n, name in enumerate(SURNAMES, 1)]
TEN = "".join(ROWS)
LAST = "JUMAEV<<TIMUR"
NO_ALIAS = alt_row(1, 1, "ABENOV, Temir")


def test_a_dry_run_changes_nothing_and_counts_what_would():
    run = prepared()
    assert (run.added, run.changed, run.gone, run.same, run.bad) == (2, 0, 0, 0, 0)
    assert not ListEntry.objects.exists()
    assert queries.screen(person("SADYKOV<<TIMUR")) == []


def test_what_was_loaded_screens():
    loaded()
    (match,) = queries.screen(person("SADYKOV<<TIMUR", birth="1984-05-17"))
    assert (match.list_code, match.source_key) == ("ofac-sdn", "1")


def test_importing_the_same_files_twice_changes_nothing():
    loaded()
    before = list(ListEntry.objects.values_list("pk", "version", "content_version"))
    run = loaded()
    assert (run.added, run.changed, run.gone, run.same) == (0, 0, 0, 2)
    assert list(ListEntry.objects.values_list("pk", "version", "content_version")) == before
    assert WatchList.objects.get().published_version == 1


def test_a_changed_line_changes_its_entry_and_no_other():
    loaded()
    run = loaded(SDN.replace("1984", "1985"))
    assert (run.added, run.changed, run.gone, run.same) == (0, 1, 0, 1)
    assert queries.screen(person("SADYKOV<<TIMUR", birth="1984-05-18")) == []
    versions = dict(ListEntry.objects.values_list("source_key", "content_version"))
    assert versions == {"1": 2, "2": 1}


def test_a_person_gone_from_the_file_ends_and_may_return():
    loaded(TEN, NO_ALIAS)
    assert loaded("".join(ROWS[:-1]), NO_ALIAS).gone == 1
    assert queries.screen(person(LAST)) == []
    assert ListEntry.objects.get(source_key="10").status == "ended"
    assert loaded(TEN, NO_ALIAS).added == 1
    assert queries.screen(person(LAST, birth="1960"))[0].source_key == "10"


def test_the_second_person_is_another_person():
    run = prepared()
    with pytest.raises(NotAllowed):
        actions.approve_import(actor("R. Kadyrov"), run)
    assert not ListEntry.objects.exists()


def test_a_command_never_confirms_what_a_person_put_forward():
    with pytest.raises(NotAllowed):
        actions.approve_import(system("lists approval"), prepared())


def decide(run: ImportRun, **fields: object) -> None:
    with writing(), transaction.atomic():
        ImportRun.objects.filter(pk=run.pk).update(status="loaded", **fields)


def test_the_database_itself_refuses_one_person_twice():
    run = prepared()
    name, now = run.prepared_by_name, timezone.now()
    with pytest.raises(IntegrityError, match="import_run_two_people"):
        decide(run, decided_at=now, decided_by=run.prepared_by, decided_by_name=name)
    with pytest.raises(IntegrityError, match="import_run_two_people"):
        decide(run, decided_at=now, decided_by=None, decided_by_name="safar:command")
    with pytest.raises(IntegrityError, match="import_run_loaded_by_second"):
        decide(run)
    other = actor("B. Osmonalieva")  # the control: another person passes the same checks
    decide(run, decided_at=now, decided_by_id=other.user_id, decided_by_name=other.name)


def test_the_database_tells_two_system_actors_apart_by_name():
    run = prepared()
    with writing():
        ImportRun.objects.filter(pk=run.pk).update(prepared_by=None, prepared_by_name="safar:one")
    now = timezone.now()
    with pytest.raises(IntegrityError, match="import_run_two_people"):
        decide(run, decided_at=now, decided_by_name="safar:one")
    decide(run, decided_at=now, decided_by_name="safar:two")


def test_a_list_that_loses_more_than_a_tenth_needs_an_explicit_word():
    loaded(TEN, NO_ALIAS)
    run = prepared("".join(ROWS[:5]), NO_ALIAS)
    with pytest.raises(RuleBroken, match="more than a tenth"):
        actions.approve_import(actor("B. Osmonalieva"), run)
    assert len(queries.screen(person(LAST, birth="1960"))) == 1
    assert actions.approve_import(actor("B. Osmonalieva"), run, confirm_shrink=True).gone == 5
    assert queries.screen(person(LAST, birth="1960")) == []


def test_a_dry_run_that_is_older_than_the_list_is_stale():
    first, second = prepared(), prepared(SDN.replace("1984", "1985"))
    actions.approve_import(actor("B. Osmonalieva"), first)
    with pytest.raises(Stale):
        actions.approve_import(actor("B. Osmonalieva"), second)


@pytest.mark.parametrize(
    "text",
    ["", "<html>", SDN[:-9], SDN + '4,"X, Y",individual\r\n', SDN + "\x00", '=cmd|"/c calc"!A1'],
    ids=["empty", "web page", "cut", "column missing", "NUL", "formula"],
)
def test_a_torn_or_hostile_file_changes_nothing_and_names_its_file(text: str):
    loaded()
    before = list(EntryName.objects.order_by("pk").values_list("text", flat=True))
    with pytest.raises(RuleBroken, match=r"SDN\.CSV.*Nothing was changed"):
        prepared(text)
    assert list(EntryName.objects.order_by("pk").values_list("text", flat=True)) == before
    assert ImportRun.objects.count() == 1


def test_a_load_that_breaks_half_way_leaves_the_old_version(monkeypatch: pytest.MonkeyPatch):
    loaded()
    run = prepared(SDN.replace("1984", "1985") + sdn_row(4, "NEWMAN, Paul"))

    def break_down(*_args: object) -> None:
        raise RuntimeError("the cable was cut")

    monkeypatch.setattr("safar.control.watchlist.actions.import_work.publish", break_down)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.approve_import(actor("B. Osmonalieva"), run)
    assert ListEntry.objects.count() == 2
    assert queries.screen(person("SADYKOV<<TIMUR", birth="1984-05-17"))
    assert ImportRun.objects.get(pk=run.pk).status == "prepared"


def test_a_declined_import_cannot_be_loaded():
    run = actions.decline_import(actor("B. Osmonalieva"), prepared(), reason="An old file.")
    with pytest.raises(InvalidMove):
        actions.approve_import(actor("B. Osmonalieva"), run)


def test_declining_needs_a_reason():
    with pytest.raises(RuleBroken):
        actions.decline_import(actor("B. Osmonalieva"), prepared(), reason=" ")


def test_a_list_that_is_kept_by_hand_takes_no_files():
    files = {"sdn": source(SDN), "alt": source(ALT)}
    with pytest.raises(RuleBroken):
        actions.propose_import(actor("R. Kadyrov"), watch_list(), files=files)


def test_an_officer_may_not_import():
    files = {"sdn": source(SDN), "alt": source(ALT)}
    with pytest.raises(NotAllowed):
        actions.propose_import(actor("Sgt Beishenova", "officer"), ofac_list(), files=files)


def test_an_entry_lifted_here_stays_lifted_when_its_source_names_it_again():
    loaded()
    entry = ListEntry.objects.get(source_key="1")
    actions.propose_lifting(actor("R. Kadyrov"), entry, reason="Delisted by court.")
    actions.lift_entry(actor("N. Toktogulova", "list_head"), entry)
    assert loaded(SDN + sdn_row(4, "NEWMAN, Paul")).added == 1
    assert queries.screen(person("SADYKOV<<TIMUR")) == []
