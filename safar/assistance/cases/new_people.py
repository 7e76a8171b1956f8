"""Who is registered and what is opened, as it is typed: before anything of it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safar.accounts.models import Office
from safar.assistance.cases.choices.case import MemberRole
from safar.assistance.cases.choices.people import ContactKind, NameKind, Script
from safar.assistance.cases.models import Person, Project
from safar.assistance.cases.name_keys import script_of
from safar.lib.partial_dates import PartialDate


@dataclass(frozen=True)
class NameAsWritten:
    """One name, as it stands in a document or as the person writes it."""

    surname: str
    given_names: str
    patronymic: str = ""
    kind: str = NameKind.LEGAL
    script: str = ""  # found from the letters, where none is named

    @property
    def letters(self) -> str:
        return self.script or script_of(f"{self.surname} {self.given_names}") or Script.OTHER


@dataclass(frozen=True)
class WayToReach:
    """A telephone or an address, and what may be done with it."""

    value: str
    kind: str = ContactKind.PHONE
    may_contact: bool = False
    may_say_who: bool = False
    when: str = ""


@dataclass(frozen=True)
class NewPerson:
    """What is asked of a person when she is registered."""

    names: Sequence[NameAsWritten]
    sex: str = ""
    birth: PartialDate | None = None
    birth_is_estimated: bool = False
    citizenships: Sequence[str] = ()
    languages: Sequence[str] = ()
    numbers: Sequence[tuple[str, str]] = ()  # (system, value)
    contacts: Sequence[WayToReach] = ()


@dataclass(frozen=True)
class NewMember:
    """A person who belongs to the new case: one whom we know, or a new one."""

    person: Person | NewPerson
    role: str = MemberRole.APPLICANT


@dataclass(frozen=True)
class NewCase:
    """What opens a case. Office and programme decide who will see it."""

    programme: str
    office: Office
    purpose: str
    members: Sequence[NewMember]
    scheme: str = ""
    project: Project | None = None
    compartment: str = ""
    team: str = ""
    opened_on: date | None = None
