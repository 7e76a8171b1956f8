"""What is known of a visa that is shown at a booth: plain values, no database."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from safar.control.visas.rules.sealed import Sealed, SealRead
from safar.lib.partial_dates import PartialDate

Found = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Holder:
    """The traveller as her passport says."""

    number: str
    surname: str
    given_names: str
    birth: PartialDate | None
    nationality: str

    @property
    def name(self) -> str:
        return f"{self.surname} {self.given_names}".strip()


@dataclass(frozen=True)
class Registered:
    """A visa as the register holds it. `seal` empty where it was issued without one."""

    number: str
    status: str
    ended_on: date | None
    ground: str
    seal: bytes
    content: Sealed


@dataclass(frozen=True)
class Register:
    """What the register (`here`), or the list that a post holds (`list`), says of a number.

    `listed`: why it stands in the list, empty where it does not. `blank`: the state of the blank
    of this number. `uses`: entries on record. `days_used`: days of stay on it before today.
    `age`: of the list; None where there is none. `old_after`: from then on it is told as old.
    """

    source: Literal["here", "list"]
    visa: Registered | None = None
    listed: str = ""
    since: date | None = None
    blank: str = ""
    uses: int = 0
    last_used: date | None = None
    age: timedelta | None = None
    days_used: int = 0
    old_after: timedelta = timedelta(hours=24)


@dataclass(frozen=True)
class VisaFacts:
    """Everything that is looked at. `zone`: the printed lines of the sticker, where they were read."""

    host: str
    today: date
    entering: bool
    holder: Holder
    seal: SealRead | None
    zone: tuple[str, ...] = ()
    zone_content: Sealed | None = None
    register: Register = Register("here")

    @property
    def content(self) -> Sealed | None:
        """What the sealed visa says; of a zone alone, what is printed there."""
        return self.seal.content if self.seal else self.zone_content

    @property
    def granted(self) -> Sealed | None:
        """The same, and of a zone alone what the register says: passport, entries, days of stay."""
        held = self.register.visa
        return held.content if held and self.seal is None and self.zone_content else self.content


@dataclass(frozen=True)
class VisaSeen:
    """The outcome: `found` heaviest first as told, and what a sound visa permits.

    `counts`: whoever is admitted with it has used an entry. So it is of a sound visa; and of one
    against which nothing stands but that her passport is a new one, or that the code cannot be
    read, while the register holds it.
    """

    found: tuple[Found, ...]
    sound: bool = False
    counts: bool = False
    number: str = ""
    entries: int = 0
    until: date | None = None
