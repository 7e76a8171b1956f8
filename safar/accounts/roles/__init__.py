"""What each role may do. Read by auditors: a permission is the name of an action or a page."""

from safar.accounts.roles.administration import Administrator, Auditor
from safar.accounts.roles.assistance import (
    Caseworker,
    DataProtectionOfficer,
    FinanceOfficer,
    HealthWorker,
    ProgrammeOfficer,
)
from safar.accounts.roles.control import (
    Analyst,
    ListHead,
    ListManager,
    Officer,
    SecondLineOfficer,
    ShiftLeader,
)
from safar.accounts.roles.role import ASSISTANCE, CONTROL, NEITHER, Role

__all__ = ["ASSISTANCE", "CONTROL", "EVERYBODY", "NEITHER", "ROLES", "Administrator", "Role"]

# What everybody who is signed in may do, whatever her roles.
EVERYBODY = frozenset({"accounts.change_own"})

ROLES: dict[str, type[Role]] = {
    role.code: role
    for role in (
        Officer,
        SecondLineOfficer,
        ShiftLeader,
        ListManager,
        ListHead,
        Analyst,
        Caseworker,
        ProgrammeOfficer,
        FinanceOfficer,
        HealthWorker,
        DataProtectionOfficer,
        Administrator,
        Auditor,
    )
}


def permissions_of(codes: frozenset[str]) -> frozenset[str]:
    """Return every permission that the roles of these codes give together."""
    return EVERYBODY.union(*(ROLES[code].permissions for code in codes if code in ROLES))


def wings_of(codes: frozenset[str]) -> frozenset[str]:
    """The wings that the roles of these codes belong to: one at the most, for every user."""
    return frozenset(ROLES[code].wing for code in codes if code in ROLES) - {NEITHER}
