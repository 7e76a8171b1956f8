"""The migration authority of the demonstration: stays made longer, addresses, overstays answered."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import islice
from typing import Final

from django.utils import timezone

from safar.control.border.choices import Direction
from safar.control.border.models import Crossing
from safar.control.stays.actions import extending, finding, rebutting, registering
from safar.control.stays.actions.extending import Asked
from safar.control.stays.actions.rebutting import Said
from safar.control.stays.actions.registering import Address
from safar.control.stays.models import ExtensionApplication, Overstay
from safar.core import node
from safar.core.permissions import system
from safar.simulation import users

DEMO: Final = system("demo")
WAITING, GRANTED, REFUSED = "waiting", "granted", "refused"
EXTENSIONS: Final = (
    ("illness", "A letter of the regional hospital", GRANTED),
    ("study", "Enrolled at the university for the spring term", GRANTED),
    ("work", "An invitation without a permit", REFUSED),
    ("transport", "The airline cancelled the flight; the new ticket is shown", WAITING),
    ("family", "A birth in the family", WAITING),
)
ADDRESSES: Final = (
    ("Chui 114, flat 9, Bishkek", "Bishkek", "host", "Isaev Bakyt"),
    ("Hotel Ala-Too, Bishkek", "Bishkek", "hotel", "Hotel Ala-Too"),
    ("Toktogul 88, Osh", "Osh", "herself", ""),
    ("Hotel Issyk-Kul, Cholpon-Ata", "Issyk-Kul", "hotel", "Hotel Issyk-Kul"),
)
SAID: Final = (
    Said("hospital", "I lay in hospital with typhoid and could not travel.",
         "A letter of the hospital with a stamp", None),
    Said("other_post", "I left by the road at Karkyra. Nobody was at the post.",
         "A stamp of the neighbour", None),
)  # fmt: skip


def add() -> str:
    """Count the overstays of the traffic as a night does, and let the officers work a little."""
    if ExtensionApplication.objects.exists():
        return "there already"
    found, _closed = finding.find_overstays(DEMO, None)
    entries = _open_entries(len(EXTENSIONS) + len(ADDRESSES))
    for entry, story in zip(entries, EXTENSIONS, strict=False):
        _extend(entry, *story)
    for entry, home in zip(entries[len(EXTENSIONS) :], ADDRESSES, strict=False):
        _register(entry, *home)
    answered = _answer(list(Overstay.objects.filter(closed_at=None).order_by("-since")[:2]))
    return f"{found} overstays, {answered} answered, {min(len(entries), 5)} extensions"


def _open_entries(most: int) -> list[Crossing]:
    """Foreigners who entered lately, may stay a while yet, and were not seen since."""
    today = timezone.localdate()
    rows = Crossing.objects.filter(
        direction=Direction.ENTRY,
        crossed_at__lte=timezone.now(),
        crossed_at__gte=timezone.now() - timedelta(days=30),
        permitted_until__gt=today + timedelta(days=2),
    )
    rows = rows.exclude(citizenship=node.country()).order_by("-crossed_at")
    here = (row for row in rows[:400] if not _seen_since(row))
    return list(islice(here, most))


def _seen_since(entry: Crossing) -> bool:
    later = Crossing.objects.filter(
        traveller=entry.traveller_id, crossed_at__gt=entry.crossed_at,
        crossed_at__lte=timezone.now(),
    )  # fmt: skip
    return later.exists()


def _extend(entry: Crossing, ground: str, note: str, end: str) -> None:
    officer, head = users.actor(users.STAY_OFFICER), users.actor(users.STAY_HEAD)
    if entry.permitted_until is None:
        return
    until = entry.permitted_until + timedelta(days=30)
    receipt = f"E-{entry.pk.hex[-8:]}"
    asked = extending.ask_extension(officer, entry, asked=Asked(until, ground, note, receipt))
    if end == GRANTED:
        extending.grant_extension(head, asked, until=until)
    if end == REFUSED:
        extending.refuse_extension(head, asked, reason="Work needs a permit first.")


def _register(entry: Crossing, address: str, region: str, kind: str, host: str) -> None:
    came = timezone.localdate(entry.crossed_at)
    until = entry.permitted_until or came + timedelta(days=30)
    lives = Address(address, region, came, until, kind, host)
    registering.register(users.actor(users.STAY_OFFICER), entry, lives=lives)


def _answer(overstays: Sequence[Overstay]) -> int:
    """One answer is accepted, one waits for a second person."""
    officer, head = users.actor(users.STAY_OFFICER), users.actor(users.STAY_HEAD)
    for row, said in zip(overstays, SAID, strict=False):
        until = timezone.localdate() if said.ground == "hospital" else None
        told = Said(said.ground, said.said, said.evidence, until)
        rebuttal = rebutting.record_rebuttal(officer, row, said=told)
        if until:
            rebutting.accept_rebuttal(head, rebuttal, reason="The hospital confirms it.")
    return min(len(overstays), len(SAID))
