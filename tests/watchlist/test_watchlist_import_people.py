"""Who prepared an import, and who may agree to one that takes entries off a list?"""

import pytest

from safar.control.watchlist import actions
from safar.control.watchlist.models import ImportRun, ListEntry
from safar.control.watchlist.sources.files import SourceFile
from safar.control.watchlist.sources.table import Columns
from safar.core.errors import NotAllowed
from tests.makers.watchlist import SDN, actor, head, loaded, sdn_row, watch_list

pytestmark = pytest.mark.django_db
COLUMNS = Columns({"key": "no", "name": "name", "birth": "born"})


def nothing(_run: ImportRun) -> None:
    """The work is to begin later."""


def table_of(*numbers: int) -> SourceFile:
    rows = "".join(f"{n},ORLOVA{n} Nina,1962\n" for n in numbers)
    return SourceFile("x.csv", f"no,name,born\n{rows}".encode())


def test_entries_that_an_owners_table_leaves_out_end_by_the_word_of_a_head_of_lists():
    on = watch_list("mia", source_format="table")
    first, second = actor("R. Kadyrov"), actor("B. Osmonalieva")
    files = table_of(*range(20)), table_of(*range(19))
    run = actions.propose_import(first, on, files={"file": files[0]}, columns=COLUMNS)
    actions.approve_import(second, run)  # the control: nothing is taken off
    run = actions.propose_import(first, on, files={"file": files[1]}, columns=COLUMNS)
    assert (run.gone, run.shrinks) == (1, False)
    with pytest.raises(NotAllowed, match="A head of lists decides"):
        actions.approve_import(second, run)
    assert ListEntry.objects.filter(status="published").count() == 20
    actions.approve_import(head(), run)
    assert ListEntry.objects.filter(status="published").count() == 19


def test_what_is_gone_from_a_published_list_of_others_needs_no_head():
    loaded(SDN + sdn_row(7, "KIM, Li"))
    assert loaded(SDN, confirm_shrink=True).gone == 1


def test_whoever_chose_the_columns_prepared_the_import_and_another_person_agrees():
    on = watch_list("mia", source_format="table")
    first, second = actor("R. Kadyrov"), actor("B. Osmonalieva")
    run = actions.propose_import(first, on, files={"file": table_of(1)}, start=nothing)
    assert run.status == "mapping"
    before = run.prepared_at
    run = actions.choose_columns(second, run, columns=COLUMNS)
    assert (run.prepared_by_id, run.prepared_by_name) == (second.user_id, "B. Osmonalieva")
    assert run.prepared_at > before
    with pytest.raises(NotAllowed, match="put this forward yourself"):
        actions.approve_import(second, run)
    assert actions.approve_import(first, run).status == "loaded"
