"""Are the lists counted right, however many imports and entries they have?"""

from typing import Any

import pytest

from safar.control.watchlist import actions, queries
from safar.control.watchlist.models import WatchList
from safar.core.errors import RuleBroken
from tests.makers.watchlist import actor, draft, entry, loaded, prepared, watch_list

pytestmark = pytest.mark.django_db


def counted(code: str) -> tuple[int, int, int]:
    """Entries in force, proposals, imports that wait."""
    found: Any = queries.list_of(actor("R. Kadyrov"), code)
    return found.in_force, found.proposals, found.waiting


def test_entries_proposals_and_imports_are_counted_apart():
    loaded()
    for _ in range(3):
        prepared()
    manager, own, _empty = actor("R. Kadyrov"), watch_list(), watch_list("empty")
    kept, lifting = entry("SEITOV, Marat"), entry("SEITOV, Temir")
    actions.propose_lifting(manager, lifting, reason="Found.")
    actions.propose_entry(manager, own, draft=draft("SEITOV, Azamat"))
    assert counted("ofac-sdn") == (2, 0, 3)
    assert counted("wanted") == (2, 2, 0)
    assert counted("empty") == (0, 0, 0)
    assert kept.list_id == own.pk


def test_no_two_kinds_of_rows_are_joined_to_count_them():
    outer = str(queries.lists(actor("R. Kadyrov")).query).upper()
    for table in ("WATCHLIST_LISTENTRY", "WATCHLIST_IMPORTRUN"):
        assert table in outer  # the control: it is read
        assert f'JOIN "{table}"' not in outer


@pytest.mark.parametrize("code", ["hits", "imports", "entries", "reviews", "to-know", "looks"])
def test_a_list_takes_no_address_of_a_page(code: str):
    with pytest.raises(RuleBroken):
        watch_list(code)
    assert not WatchList.objects.exists()
