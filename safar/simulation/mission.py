"""Who works in the demonstration's mission, in which offices, on which programmes?"""

from dataclasses import dataclass

from safar.accounts import actions
from safar.accounts.actions import Particulars
from safar.accounts.models import Agency, Office, User
from safar.accounts.queries import actor_of
from safar.assistance.cases.actions.placing import place_user
from safar.assistance.cases.choices.case import Compartment
from safar.assistance.movements.programme import MOVEMENTS
from safar.assistance.returns.programme import RETURNS
from safar.core.action import action, note, role_suffices
from safar.core.permissions import Actor, system
from safar.simulation import users

AGENCY = ("KG-MIG", "Migration agency, mission in Kyrgyzstan")
OFFICES = {"BIS": "Bishkek", "OSH": "Osh"}
PASSWORDS = {
    "caseworker": "river-stone-lullaby",
    "programme_officer": "white-yurt-morning",
    "finance_officer": "saffron-ledger-moon",
    "health_worker": "mountain-mint-tea",
    "data_protection_officer": "quiet-lantern-gate",
}


@dataclass(frozen=True)
class Colleague:
    """A user of the mission; without an office she works in all of them."""

    username: str
    name: str
    role: str
    office: str = ""
    compartments: tuple[str, ...] = (Compartment.PROGRAMME,)
    language: str = "en"

    @property
    def password(self) -> str:
        return PASSWORDS[self.role]


CASEWORKER = Colleague("asel", "Mamytova Asel", "caseworker", "BIS")
SECOND_CASEWORKER = Colleague("nurlan", "Isakov Nurlan", "caseworker", "BIS", language="ru")
IN_OSH = Colleague("odina", "Karimova Odina", "caseworker", "OSH", language="ru")
OFFICER = Colleague("begimai", "Sultanova Begimai", "programme_officer")
FINANCE = Colleague("timur", "Nazarov Timur", "finance_officer")
HEALTH = Colleague(
    "venera",
    "Sadykova Venera",
    "health_worker",
    compartments=(Compartment.PROGRAMME, Compartment.MEDICAL),
)
PROTECTION = Colleague("dinara", "Orozova Dinara", "data_protection_officer")
EVERYBODY = (CASEWORKER, SECOND_CASEWORKER, IN_OSH, OFFICER, FINANCE, HEALTH, PROTECTION)
PROGRAMMES = (RETURNS.code, MOVEMENTS.code)


def user(colleague: Colleague) -> User:
    return User.objects.get_by_natural_key(colleague.username)


def actor(colleague: Colleague) -> Actor:
    return actor_of(user(colleague))


def office(code: str) -> Office:
    return Office.objects.get(code=code)


def are_there() -> bool:
    names = [one.username for one in EVERYBODY]
    return User.objects.filter(username__in=names).count() == len(names)


@action("simulation.add_mission", policies=(role_suffices,))
def add_mission(actor: Actor, target: None) -> None:
    """Added the mission of the demonstration: its offices, its people, where they are placed."""
    agency = _agency(actor)
    for code, name in OFFICES.items():
        if not Office.objects.filter(code=code).exists():
            actions.add_office(actor, agency, code=code, name=name)
    proposer, approver = map(users.actor, users.ADMINISTRATORS)
    known = set(User.objects.values_list("username", flat=True))
    for one in EVERYBODY:
        if one.username not in known:
            _add(proposer, approver, agency, one)
    note(people=len(EVERYBODY))


def add() -> None:
    add_mission(system("simulation"), None)


def _agency(actor: Actor) -> Agency:
    code, name = AGENCY
    if not Agency.objects.filter(code=code).exists():
        actions.add_agency(actor, None, code=code, name=name)
    return Agency.objects.get(code=code)


def _add(proposer: Actor, approver: Actor, agency: Agency, one: Colleague) -> None:
    particulars = Particulars(one.name, agency, language=one.language)
    added = actions.add_user(
        proposer, None, username=one.username, password=one.password, particulars=particulars
    )
    grant = actions.propose_role(proposer, added, role=one.role, reason=users.REASON)
    actions.approve_role(approver, grant)
    added.password_is_temporary = False
    added.save(update_fields=["password_is_temporary"])
    for programme in PROGRAMMES:
        place_user(
            system("simulation"),
            added,
            programme=programme,
            office=office(one.office) if one.office else None,
            compartments=one.compartments,
        )
