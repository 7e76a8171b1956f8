"""Makers of lists, entries and people who work on them, through the real actions."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from safar.accounts.models import Agency
from safar.control.watchlist import actions, drafts, queries
from safar.control.watchlist.actions.changes import Proposed
from safar.control.watchlist.actions.entries import Draft
from safar.control.watchlist.actions.lists import NewList
from safar.control.watchlist.models import (
    EntryChange,
    Hit,
    ImportRun,
    ListEntry,
    ThresholdChange,
    WatchList,
)
from safar.control.watchlist.rules import Person
from safar.control.watchlist.sources.files import SourceFile
from safar.control.watchlist.sources.parsed import ParsedEntry
from safar.core.permissions import Actor, system
from safar.core.record import writing
from safar.lib.partial_dates import PartialDate
from safar.lib.screening.entity import Birth
from tests.makers import accounts

RAISER = system("screening")
END = "\x1a"


def agency(code: str = "MIA") -> Agency:
    return accounts.agency(code, f"Agency {code}")


def actor(name: str, role: str = "list_manager", *, extra: tuple[str, ...] = ()) -> Actor:
    """A person of one role; the same name is the same person."""
    found = accounts.actor(accounts.user(name, role))
    return replace(found, permissions=found.permissions | set(extra))


def watch_list(code: str = "wanted", **fields: Any) -> WatchList:
    new = {"name": f"List {code}", "owner_id": agency().pk, "contact": "desk 24 h", **fields}
    return actions.add_list(system("test"), None, new=NewList(code=code, **new))


def ofac_list(**fields: Any) -> WatchList:
    return watch_list("ofac-sdn", source_format="ofac", kind="sanctions", **fields)


def draft(*names: str, births: tuple[str, ...] = (), **fields: Any) -> Draft:
    """An entry: `births` as `1984-05-17`, `1984`, `~1984`; further fields of Draft or its person."""
    person = {key: fields.pop(key) for key in ("sex", "citizenships", "documents") if key in fields}
    today = timezone.localdate()
    given = {
        "instruction": "inquiry",
        "legal_ground": "Criminal procedure, art. 171",
        "in_force_from": today,
        "in_force_until": today + timedelta(days=365),
        **fields,
    }
    return Draft(
        ParsedEntry(
            key="",
            names=tuple((name.removeprefix("weak "), name.startswith("weak ")) for name in names),
            births=tuple(map(_birth, births)),
            **person,
        ),
        **given,
    )


def _birth(text: str) -> Birth:
    known = PartialDate.parse(text.removeprefix("~"))
    assert known is not None
    return Birth(known, approximate=text.startswith("~"))


def entry(
    *names: str, on: WatchList | None = None, births: tuple[str, ...] = (), **fields: Any
) -> ListEntry:
    """A published entry, put forward by one manager and published by another."""
    target = on or WatchList.objects.filter(code="wanted").first() or watch_list()
    new = draft(*names, births=births, **fields)
    proposed = actions.propose_entry(actor("R. Kadyrov"), target, draft=new)
    return actions.publish_entry(actor("B. Osmonalieva"), proposed)


def lifted(of: ListEntry, reason: str = "Found.") -> ListEntry:
    """An entry taken off its list: proposed by a manager, agreed to by the head of lists."""
    proposed = actions.propose_lifting(actor("R. Kadyrov"), of, reason=reason)
    return actions.lift_entry(head(), proposed)


def head(name: str = "N. Toktogulova") -> Actor:
    return actor(name, "list_head")


def change(of: ListEntry, reason: str = "A new passport.", **fields: Any) -> EntryChange:
    """A change that a manager proposes: `names`, `births` and what else Draft or its person has."""
    before = drafts.of_entry(of)
    person = {
        key: fields.pop(key)
        for key in ("names", "births", "sex", "citizenships", "documents", "remarks")
        if key in fields
    }
    if "names" in person:
        person["names"] = tuple((name, False) for name in person["names"])
    if "births" in person:
        person["births"] = tuple(map(_birth, person["births"]))
    after = replace(before, person=replace(before.person, **person), **fields)
    proposed = Proposed(after, reason)
    return actions.propose_change(actor("R. Kadyrov"), of, proposed=proposed)


def changed(of: ListEntry, **fields: Any) -> ListEntry:
    """The entry after a change that a second manager agreed to."""
    actions.publish_change(actor("B. Osmonalieva"), change(of, **fields))
    return ListEntry.objects.get(pk=of.pk)


def ago(record: ListEntry | EntryChange | ThresholdChange, days: int, *fields: str) -> Any:
    """Let something have been proposed (or what the fields say) so many days ago."""
    wanted = fields or ("proposed_at",)
    then = timezone.now() - timedelta(days=days)
    with writing():
        type(record).objects.filter(pk=record.pk).update(**dict.fromkeys(wanted, then))
    return type(record).objects.get(pk=record.pk)


def due(of: ListEntry, days: int) -> ListEntry:
    """Let an entry's review be due in so many days, or so many days ago where negative."""
    with writing():
        ListEntry.objects.filter(pk=of.pk).update(
            review_due=timezone.localdate() + timedelta(days=days)
        )
    return ListEntry.objects.get(pk=of.pk)


def homonyms(number: int, name: str = "AHMED, Muhammad Ali") -> list[str]:
    """Entries of one name, each born on another day; returns these days."""
    births = [f"{1950 + n % 50}-{n % 12 + 1:02}-{13 + n // 50:02}" for n in range(number)]
    for birth in births:
        entry(name, births=(birth,))
    return births


def person(*names: str, birth: str = "", **facts: Any) -> Person:
    return Person(names, PartialDate.parse(birth), **facts)


def hits(
    who: Person,
    *,
    traveller: UUID | None = None,
    inspection: UUID | None = None,
    raiser: Actor = RAISER,
) -> list[Hit]:
    """The hits that one inspection of this person raises."""
    return actions.raise_hits(
        raiser,
        None,
        traveller_id=traveller or uuid4(),
        inspection_id=inspection or uuid4(),
        matches=queries.screen(who),
        person=who,
    )


def sdn_row(number: int, name: str, remarks: str = "-0- ", kind: str = "individual") -> str:
    nothing = ",".join(["-0- "] * 6)
    return f'{number},"{name}",{kind},SDGT,-0- ,{nothing},"{remarks}"\r\n'


def alt_row(number: int, alias: int, name: str) -> str:
    return f'{number},{alias},aka,"{name}",-0- \r\n'


SDN = (
    sdn_row(1, "SADYKOV, Timur", "DOB 17 May 1984; nationality Kyrgyzstan; Gender Male.")
    + sdn_row(2, "ORLOVA, Nadezhda", "DOB circa 1962; Passport 51 AB-204 (Russia).")
    + sdn_row(3, "SEA STAR", kind="vessel")
)
ALT = alt_row(1, 11, "SADIKOV, Temur")


def source(text: str, name: str = "SDN.CSV") -> SourceFile:
    return SourceFile(name, text.encode())


def prepared(sdn: str = SDN, alt: str = ALT, *, on: WatchList | None = None) -> ImportRun:
    target = on or WatchList.objects.filter(code="ofac-sdn").first() or ofac_list()
    files: dict[str, Any] = {"sdn": source(sdn), "alt": source(alt, "ALT.CSV")}
    return actions.propose_import(actor("R. Kadyrov"), target, files=files)


def loaded(sdn: str = SDN, alt: str = ALT, *, confirm_shrink: bool = False) -> ImportRun:
    run = prepared(sdn, alt)
    return actions.approve_import(actor("B. Osmonalieva"), run, confirm_shrink=confirm_shrink)


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)
