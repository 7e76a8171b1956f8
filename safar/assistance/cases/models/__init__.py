"""The kernel's tables: people, cases, and what is done for them."""

from safar.assistance.cases.models.cases import Case, CaseAccess, CaseCounter, CaseMember, CaseMove
from safar.assistance.cases.models.households import Household, HouseholdMember
from safar.assistance.cases.models.people import (
    Contact,
    ExternalNumber,
    Person,
    PersonJudgement,
    PersonName,
    Relationship,
)
from safar.assistance.cases.models.placements import Placement
from safar.assistance.cases.models.projects import BudgetLine, Donor, Project

__all__ = [
    "BudgetLine",
    "Case",
    "CaseAccess",
    "CaseCounter",
    "CaseMember",
    "CaseMove",
    "Contact",
    "Donor",
    "ExternalNumber",
    "Household",
    "HouseholdMember",
    "Person",
    "PersonJudgement",
    "PersonName",
    "Placement",
    "Project",
    "Relationship",
]
