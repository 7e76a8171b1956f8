"""Whom does the made-up country itself look for? A list of its own, as its officers write names."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils import timezone

from safar.accounts.models import Agency
from safar.control.watchlist import actions as watchlist
from safar.control.watchlist.actions.lists import NewList
from safar.control.watchlist.choices import Instruction, ListKind
from safar.control.watchlist.drafts import Draft
from safar.control.watchlist.models import WatchList
from safar.control.watchlist.sources.parsed import ParsedEntry
from safar.core.permissions import system
from safar.lib.partial_dates import PartialDate
from safar.lib.screening.entity import Birth
from safar.simulation import users

LIST: Final = "kg-wanted"
CALL: Final = "Duty officer, line 4402"


@dataclass(frozen=True)
class Wanted:
    """Somebody who is looked for; all are made up."""

    names: tuple[str, ...]
    birth: str
    sex: str
    citizenship: str
    instruction: Instruction
    ground: str
    waits: bool = False  # for a second person


PEOPLE: Final = (
    Wanted(("ЖУМАБАЕВ, Нурлан Асанович",), "1986-03-09", "M", "KGZ",
           Instruction.DETAIN, "Criminal Procedure Code, art. 171: wanted, theft"),
    Wanted(("ХУДОЙБЕРДИЕВ, Шавкат",), "1979", "M", "UZB",
           Instruction.REFUSE_ENTRY, "Law on External Migration, art. 9: entry ban of 2025"),
    Wanted(("Токтосун кызы Айжаркын",), "2009-07-21", "F", "KGZ",
           Instruction.PROTECT, "Reported missing by her family, 2 November 2026"),
    Wanted(("ШАРИФЗОДА, Дилшод", "ШАРИПОВ, Дильшод"), "1991-11-30", "M", "TJK",
           Instruction.INQUIRY, "Request of a court: address for summons"),
    Wanted(("ГАДЖИЕВ, Магомед Алиевич",), "1983-01-17", "M", "RUS",
           Instruction.INFORM, "Customs Code, art. 322: inform the owner"),
    Wanted(("АБДРАХМАНОВА, Гүлнара",), "1974-05-02", "F", "KGZ",
           Instruction.INQUIRY, "Request of a court: witness", waits=True),
)  # fmt: skip


def add() -> str:
    """Open the list and put everybody on it, by two list managers; say what was done."""
    if WatchList.objects.filter(code=LIST).exists():
        return "there already"
    owner = Agency.objects.get(code=users.BORDER)
    new = NewList(
        code=LIST, name="Wanted, missing and refused", owner_id=owner.pk, contact=CALL,
        kind=ListKind.WANTED,
    )  # fmt: skip
    opened = watchlist.add_list(system("demo"), None, new=new)
    proposer, approver = map(users.actor, (users.LIST_MANAGER, users.SECOND_LIST_MANAGER))
    for one in PEOPLE:
        entry = watchlist.propose_entry(proposer, opened, draft=_draft(one))
        if not one.waits:
            watchlist.publish_entry(approver, entry)
    return f"{len(PEOPLE)} entries, {sum(one.waits for one in PEOPLE)} waiting"


def _draft(one: Wanted) -> Draft:
    born, today = PartialDate.parse(one.birth), timezone.localdate()
    person = ParsedEntry(
        key="",
        names=tuple((name, False) for name in one.names),
        births=(Birth(born),) if born else (),
        sex=one.sex,
        citizenships=(one.citizenship,),
    )
    return Draft(
        person,
        instruction=one.instruction,
        legal_ground=one.ground,
        in_force_from=today,
        in_force_until=today + timedelta(days=365),
        contact=CALL,
        review_due=today + timedelta(days=180),
    )
