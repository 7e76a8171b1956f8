"""The kernel's tables: people, cases, and what is done for them."""

from safar.assistance.cases.models.approvals import Approval, ApprovalStep
from safar.assistance.cases.models.cases import (
    Case,
    CaseAccess,
    CaseCounter,
    CaseMember,
    CaseMove,
    CaseOpening,
)
from safar.assistance.cases.models.erasing import Erasure, OwnDataCopy
from safar.assistance.cases.models.households import Household, HouseholdMember
from safar.assistance.cases.models.imports import CaseImport, CaseImportProgress, CaseImportRow
from safar.assistance.cases.models.instruments import (
    Instrument,
    InstrumentVersion,
    Question,
    QuestionChoice,
    Response,
    Score,
)
from safar.assistance.cases.models.money import Grant, Payment
from safar.assistance.cases.models.papers import CaseKey, Document, DocumentVersion, Note
from safar.assistance.cases.models.partners import Partner, SharingAgreement
from safar.assistance.cases.models.people import (
    Contact,
    ExternalNumber,
    Person,
    PersonChange,
    PersonJudgement,
    PersonName,
    Relationship,
)
from safar.assistance.cases.models.placements import Placement
from safar.assistance.cases.models.plans import Plan, PlanItem
from safar.assistance.cases.models.projects import BudgetLine, Donor, Project
from safar.assistance.cases.models.purchases import Purchase, Quote, Vendor
from safar.assistance.cases.models.referrals import IncomingReferral, Referral, ReferralMove
from safar.assistance.cases.models.sharing import (
    Consent,
    ConsentRecipient,
    Disclosure,
    WithdrawalNotice,
)
from safar.assistance.cases.models.work import Attempt, FollowUp, Service, Task

__all__ = [
    "Approval",
    "ApprovalStep",
    "Attempt",
    "BudgetLine",
    "Case",
    "CaseAccess",
    "CaseCounter",
    "CaseImport",
    "CaseImportProgress",
    "CaseImportRow",
    "CaseKey",
    "CaseMember",
    "CaseMove",
    "CaseOpening",
    "Consent",
    "ConsentRecipient",
    "Contact",
    "Disclosure",
    "Document",
    "DocumentVersion",
    "Donor",
    "Erasure",
    "ExternalNumber",
    "FollowUp",
    "Grant",
    "Household",
    "HouseholdMember",
    "IncomingReferral",
    "Instrument",
    "InstrumentVersion",
    "Note",
    "OwnDataCopy",
    "Partner",
    "Payment",
    "Person",
    "PersonChange",
    "PersonJudgement",
    "PersonName",
    "Placement",
    "Plan",
    "PlanItem",
    "Project",
    "Purchase",
    "Question",
    "QuestionChoice",
    "Quote",
    "Referral",
    "ReferralMove",
    "Relationship",
    "Response",
    "Score",
    "Service",
    "SharingAgreement",
    "Task",
    "Vendor",
    "WithdrawalNotice",
]
