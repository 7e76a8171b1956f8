"""From an empty database to a country at work: which steps does the demonstration take?"""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from safar.accounts.models import Agency
from safar.control import watchlist as watchlist_app
from safar.control.border.models import Crossing, Inspection
from safar.control.documents import actions as documents
from safar.control.documents.files import series as series_file
from safar.control.watchlist import actions as watchlist
from safar.control.watchlist.actions.lists import NewList
from safar.control.watchlist.choices import Instruction, ListKind, SourceFormat
from safar.control.watchlist.models import WatchList
from safar.control.watchlist.sources.files import SourceFile
from safar.core.permissions import system
from safar.reference import actions as reference
from safar.simulation import (
    booths,
    consulates,
    life,
    loading,
    movements_past,
    movements_year,
    passport_offices,
    returns_year,
    specimens,
    stays_office,
    users,
    wanted,
)
from safar.simulation.loading import Progress
from safar.simulation.world import UTC_OFFSET, Scale

OFAC = Path(watchlist_app.__file__).parent / "data" / "ofac"
LIST = "ofac-sdn"
DAYS_AHEAD = 30  # so long the same traffic goes on, before the demonstration must begin anew
Step = tuple[str, Callable[[Progress], str]]


def today_scale(*, days: int = 90, travellers: int = 12_000) -> Scale:
    """The demonstration's traffic: so many days up to today, and some more to come."""
    today = (timezone.now() + UTC_OFFSET).date()
    return loading.with_days_ahead(Scale(travellers, days, last_day=today), DAYS_AHEAD)


def steps() -> list[Step]:
    """The steps in their order; each answers with what it did, or that nothing was to do."""
    return [
        ("Reference data", _reference),
        ("Users", _users),
        ("OFAC's list", _list),
        ("Own list", lambda _progress: wanted.add()),
        ("Specimens of documents", lambda _progress: specimens.add()),
        ("Traffic of ninety days", _traffic),
        ("Consulates and visas", lambda _progress: consulates.add()),
        ("A passport office", lambda _progress: passport_offices.add()),
        ("Stays and overstays", lambda _progress: stays_office.add()),
        ("A mission's year of returns", lambda _progress: returns_year.add()),
        ("A mission's year of movements", lambda _progress: movements_year.add()),
        ("Departures of 2005 to 2010", lambda _progress: movements_past.add()),
        ("Shifts and booths", _booths),
        ("Travellers of today", _today),
    ]


def run(step: Callable[[Progress], str], progress: Progress) -> tuple[str, float]:
    """Take one step; return what it did, and its seconds."""
    began = time.perf_counter()
    return step(progress), time.perf_counter() - began


def _reference(progress: Progress) -> str:
    outcomes = reference.load(system("demo"), None)
    changed = sum(len(outcome.added) + len(outcome.changed) for outcome in outcomes)
    kinds = documents.load_series(system("demo"), None, rows=series_file.rows())
    changed += kinds.added + kinds.changed
    return f"{changed:,} rows" if changed else "up to date"


def _users(progress: Progress) -> str:
    if users.are_there():
        return "there already"
    users.add()
    return f"{len(users.EVERYBODY)} users"


def _list(progress: Progress) -> str:
    """Two list managers bring the list in: one proposes the files, the other approves."""
    known = WatchList.objects.filter(code=LIST).first()
    if known and known.published_version:
        return "there already"
    opened = known or _open_list()
    proposer, approver = map(users.actor, (users.LIST_MANAGER, users.SECOND_LIST_MANAGER))
    files = {part: _file(f"{part}_dev.csv") for part in ("sdn", "alt")}
    progress("reading and comparing the files")
    run = watchlist.propose_import(proposer, opened, files=files)
    progress("loading")
    loaded = watchlist.approve_import(approver, run)
    return f"{loaded.added:,} entries"


def _open_list() -> WatchList:
    owner = Agency.objects.get(code=users.FINANCE)
    new = NewList(
        code=LIST,
        name="OFAC: Specially Designated Nationals",
        owner_id=owner.pk,
        contact=f"{owner.name}, duty officer, line 4410",
        kind=ListKind.SANCTIONS,
        source_format=SourceFormat.OFAC,
        default_instruction=Instruction.INQUIRY,
        default_ground="OFAC, Specially Designated Nationals list",
    )
    return watchlist.add_list(system("demo"), None, new=new)


def _file(name: str) -> SourceFile:
    return SourceFile(name, (OFAC / name).read_bytes())


def _traffic(progress: Progress) -> str:
    if not Crossing.objects.exists():
        counts = loading.load(today_scale(), progress, roster=users.roster())
        return f"{counts.crossings:,} crossings of {counts.travellers:,} travellers"
    counts = loading.continue_load(progress, roster=users.roster())
    return f"{counts.crossings:,} crossings since the last time"


def _booths(progress: Progress) -> str:
    booths.man()
    return f"{len(booths.PLACES)} officers signed on"


def _today(progress: Progress) -> str:
    since = timezone.now() - timedelta(hours=12)
    officers = [users.user(person).pk for person in users.BOOTHS]
    if Inspection.objects.filter(inspected_at__gte=since, officer__in=officers).exists():
        return "there already"
    counts = life.let_some_pass(loading.last_load()[0])
    return ", ".join(f"{count} {what}" for what, count in counts.items())
