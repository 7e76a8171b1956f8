"""What each role may do. Read by auditors: a permission is the name of an action or a page."""

from safar.accounts.roles.administration import Administrator, Auditor
from safar.accounts.roles.assistance import (
    Caseworker,
    DataProtectionOfficer,
    FinanceOfficer,
    HealthWorker,
    ProgrammeOfficer,
)
from safar.accounts.roles.blanks import StockKeeper
from safar.accounts.roles.control import (
    Analyst,
    DocumentExpert,
    ListHead,
    ListManager,
    Officer,
    SecondLineOfficer,
    ShiftLeader,
    VisaManualKeeper,
)
from safar.accounts.roles.passports import (
    PassportClerk,
    PassportHead,
    PassportOfficer,
    PassportOperator,
    PassportQuality,
)
from safar.accounts.roles.role import ASSISTANCE, CONTROL, NEITHER, Role
from safar.accounts.roles.stays import StayHead, StayOfficer
from safar.accounts.roles.visas import Consul, VisaClerk, VisaOfficer
from safar.accounts.roles.visas_issued import SealKeeper

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
        DocumentExpert,
        Analyst,
        VisaClerk,
        Consul,
        VisaOfficer,
        VisaManualKeeper,
        StayOfficer,
        StayHead,
        StockKeeper,
        SealKeeper,
        PassportClerk,
        PassportOfficer,
        PassportOperator,
        PassportQuality,
        PassportHead,
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
