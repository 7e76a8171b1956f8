"""Who works in the demonstration, with which roles, passwords and posts?"""

from collections.abc import Iterable
from dataclasses import dataclass

from safar.accounts import actions
from safar.accounts.actions import FirstAccount, Particulars
from safar.accounts.models import Agency, User
from safar.accounts.queries import actor_of
from safar.core.action import action, note, role_suffices
from safar.core.permissions import Actor, system
from safar.simulation.loading import Roster

BORDER, FINANCE, FOREIGN_AFFAIRS = "KG-SBS", "KG-SFIS", "KG-MFA"
REGISTRATION = "KG-SRS"
AGENCIES = {
    BORDER: "State Border Service",
    FINANCE: "State Financial Intelligence Service",
    FOREIGN_AFFAIRS: "Ministry of Foreign Affairs",
    REGISTRATION: "State Registration Service",
}
MANAS, DOSTUK, AK_ZHOL = "KG-MAN", "KG-DOS", "KG-AKZ"
REASON = "Demonstration"
PASSWORDS = {
    "officer": "apricot-garden-wall",
    "second_line": "walnut-forest-path",
    "shift_leader": "eagle-over-ala-too",
    "list_manager": "felt-carpet-loom",
    "list_head": "juniper-stone-bridge",
    "document_expert": "saddle-maker-thread",
    "visa_clerk": "willow-stamp-morning",
    "consul": "brass-lamp-terrace",
    "visa_officer": "long-corridor-rug",
    "stock_keeper": "iron-box-ledger",
    "seal_keeper": "amber-wax-thread",
    "visa_manual_keeper": "paper-crane-window",
    "passport_clerk": "linen-thread-counter",
    "passport_officer": "oak-table-lamp",
    "passport_operator": "ink-press-roller",
    "passport_quality": "magnifier-glass-light",
    "passport_head": "marble-stair-hall",
    "stay_officer": "poplar-street-register",
    "stay_head": "north-gate-archive",
    "analyst": "blue-lake-ripple",
    "administrator": "copper-kettle-steam",
    "auditor": "silver-pass-lantern",
}


@dataclass(frozen=True)
class Person:
    """A user of the demonstration; `posts` may be empty."""

    username: str
    name: str
    rank: str
    role: str
    posts: tuple[str, ...] = ()
    language: str = "en"

    @property
    def password(self) -> str:
        return PASSWORDS[self.role]


ENTRY_OFFICER = Person("aida", "Asanova Aida", "Lt", "officer", (MANAS,))
EXIT_OFFICER = Person("bakyt", "Bakirov Bakyt", "Lt", "officer", (MANAS,))
SECOND_LINE = Person("cholpon", "Chynybaeva Cholpon", "Sr Lt", "second_line", (MANAS,))
LEADER = Person("daniyar", "Duishenov Daniyar", "Capt", "shift_leader", (MANAS,))
LIST_MANAGER = Person("elmira", "Esenova Elmira", "Maj", "list_manager")
SECOND_LIST_MANAGER = Person("farid", "Fayzullaev Farid", "Maj", "list_manager")
LIST_HEAD = Person("kubat", "Kasymov Kubat", "Lt Col", "list_head")
DOCUMENT_EXPERTS = (
    Person("nurbek", "Nurmatov Nurbek", "Capt", "document_expert"),
    Person("oksana", "Ostapenko Oksana", "Capt", "document_expert"),
)
VISA_CLERK = Person("zarina", "Zhumabekova Zarina", "", "visa_clerk")
CONSUL = Person("ruslan", "Rakhimov Ruslan", "", "consul")
AT_CONSULATES = (VISA_CLERK, CONSUL)
MANUAL_KEEPERS = (
    Person("maksat", "Mambetov Maksat", "", "visa_manual_keeper"),
    Person("perizat", "Pulatova Perizat", "", "visa_manual_keeper"),
)
STOCK_KEEPER = Person("urmat", "Usenov Urmat", "", "stock_keeper")
VISAS = (
    *AT_CONSULATES,
    *MANUAL_KEEPERS,
    Person("tolgonai", "Toktosunova Tolgonai", "", "visa_officer"),
    STOCK_KEEPER,
    Person("wasila", "Wahidova Wasila", "", "seal_keeper"),
)
PASSPORT_CLERK = Person("altynai", "Alieva Altynai", "", "passport_clerk")
PASSPORT_OFFICER = Person("sanjar", "Sultanov Sanjar", "", "passport_officer")
OPERATOR = Person("temir", "Temirov Temirlan", "", "passport_operator")
QUALITY = Person("uulkan", "Usubalieva Uulkan", "", "passport_quality")
AT_PASSPORTS = (PASSPORT_CLERK, PASSPORT_OFFICER, OPERATOR, QUALITY)
PASSPORTS = (*AT_PASSPORTS, Person("nargiza", "Niyazova Nargiza", "", "passport_head"))
STAY_OFFICER = Person("ermek", "Esenaliev Ermek", "", "stay_officer")
STAY_HEAD = Person("bermet", "Bekova Bermet", "", "stay_head")
STAYS = (STAY_OFFICER, STAY_HEAD)
ADMINISTRATORS = (
    Person("husan", "Holmatov Husan", "", "administrator"),
    Person("irina", "Ivanova Irina", "", "administrator"),
)
# Those whom a visitor of the demonstration is told of, in the order of a tour.
SHOWN = (
    ENTRY_OFFICER,
    EXIT_OFFICER,
    SECOND_LINE,
    LEADER,
    LIST_MANAGER,
    SECOND_LIST_MANAGER,
    LIST_HEAD,
    *DOCUMENT_EXPERTS,
    *VISAS,
    *PASSPORTS,
    *STAYS,
    Person("gulnara", "Galieva Gulnara", "", "analyst"),
    *ADMINISTRATORS,
    Person("jamila", "Jumaeva Jamila", "", "auditor"),
)
BOOTHS = (
    Person("1011", "Kadyrova Meerim", "Lt", "officer", (MANAS,), "ky"),
    Person("1012", "Sydykov Azamat", "Lt", "officer", (MANAS,), "ru"),
    Person("1013", "Toktosunova Nurgul", "Sgt", "officer", (MANAS,), "ky"),
    Person("2011", "Abdyldaev Ulan", "Lt", "officer", (DOSTUK,), "ru"),
    Person("2012", "Mamatova Zarina", "Lt", "officer", (DOSTUK,), "ky"),
    Person("2013", "Ergeshov Sherzod", "Sgt", "officer", (DOSTUK,), "ru"),
    Person("3011", "Omurbekov Talant", "Lt", "officer", (AK_ZHOL,), "ky"),
    Person("3012", "Petrenko Olga", "Sgt", "officer", (AK_ZHOL,), "ru"),
)
LEADERS = (
    Person("2001", "Isakova Gulmira", "Capt", "shift_leader", (DOSTUK,), "ru"),
    Person("3001", "Jumabaev Erkin", "Capt", "shift_leader", (AK_ZHOL,), "ky"),
)
EVERYBODY = (*SHOWN, *BOOTHS, *LEADERS)


def user(person: Person) -> User:
    """Return the account of a person of the demonstration."""
    return User.objects.get_by_natural_key(person.username)


def actor(person: Person) -> Actor:
    return actor_of(user(person))


def are_there() -> bool:
    names = [person.username for person in EVERYBODY]
    return User.objects.filter(username__in=names).count() == len(names)


def roster() -> Roster:
    """Return who serves where: officers first, the leader of each post last."""
    found: Roster = {}
    for person in (ENTRY_OFFICER, EXIT_OFFICER, *BOOTHS, LEADER, *LEADERS):
        key = user(person).pk
        for post in person.posts:
            found.setdefault(post, []).append(key)
    return found


@action("simulation.add_people", policies=(role_suffices,))
def add_people(actor: Actor, target: None) -> None:
    """Added the users of the demonstration.

    The two administrators are the installation's first accounts; one of them proposes every
    other role and the other approves it, as in life. Only the passwords, which are printed,
    need not be changed at the first sign-in.
    """
    agency = _agencies(actor)
    for person in ADMINISTRATORS:
        _appoint(actor, person)
    proposer, approver = (actor_of(user(person)) for person in ADMINISTRATORS)
    others = _missing(person for person in EVERYBODY if person not in ADMINISTRATORS)
    for person in others:
        particulars = Particulars(person.name, agency, person.rank, person.language,
                                  post_codes=person.posts)  # fmt: skip
        added = actions.add_user(
            proposer, None, username=person.username, password=person.password,
            particulars=particulars,
        )  # fmt: skip
        grant = actions.propose_role(proposer, added, role=person.role, reason=REASON)
        actions.approve_role(approver, grant)
        added.password_is_temporary = False
        added.save(update_fields=["password_is_temporary"])
    note(added=len(others))


def add() -> None:
    """Add the users of the demonstration who are missing."""
    add_people(system("simulation"), None)


def _agencies(actor: Actor) -> Agency:
    for code, name in AGENCIES.items():
        if not Agency.objects.filter(code=code).exists():
            actions.add_agency(actor, None, code=code, name=name)
    return Agency.objects.get(code=BORDER)


def _appoint(actor: Actor, person: Person) -> None:
    if _missing([person]):
        account = FirstAccount(person.username, person.password, person.name, BORDER)
        actions.appoint_first(
            actor, None, account=account, role=person.role, agency_name=AGENCIES[BORDER]
        )


def _missing(people: Iterable[Person]) -> list[Person]:
    known = set(User.objects.values_list("username", flat=True))
    return [person for person in people if person.username not in known]
