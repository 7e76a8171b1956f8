"""Which main pages an actor is offered, and which is her first."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from safar.core.permissions import Actor

Item = tuple[Any, str, str]

# (label, URL name, permission), in the order of the bar.
ITEMS: tuple[Item, ...] = (
    (_("Booth"), "border:booth", "border.booth"),
    (_("Second line"), "border:second_line", "border.second_line"),
    (_("Shift"), "border:shift", "border.open_shift"),
    (_("Travellers"), "border:search", "travellers.search"),
    (_("Lists"), "watchlist:lists", "watchlist.read"),
    (_("Who looked"), "watchlist:looks_of", "watchlist.read_looks"),
    (_("Documents"), "documents:documents", "documents.read"),
    (_("Visas"), "visas:desk", "visas.read"),
    (_("Passports"), "passports:desk", "passports.read"),
    (_("Making passports"), "passports:queue", "passports.read_jobs"),
    (_("Giving out"), "passports:counter", "passports.read_issued"),
    (_("Visa manual"), "visas:manual", "visas.read_manual"),
    (pgettext_lazy("issuing", "Offices"), "offices:offices", "offices.read"),
    (_("Blanks"), "blanks:stock", "blanks.read"),
    (_("Seals"), "visas:seals", "visas.read_signers"),
    (_("Stays"), "stays:overstays", "stays.read"),
    (_("Overstays in figures"), "stays:counts", "stays.count"),
    (_("Crossings"), "statistics:crossings", "statistics.read"),
    (_("My day"), "cases:my_day", "cases.my_day"),
    (_("Cases"), "cases:cases", "cases.read_case"),
    (_("Find"), "cases:find", "cases.find"),
    (_("Referrals"), "cases:referrals", "cases.read_sharing"),
    (_("Payments"), "cases:payments", "cases.read_payments"),
    (_("Budgets"), "cases:budgets", "cases.read_budgets"),
    (_("Placements"), "cases:placements", "cases.place_user"),
    (_("Retention"), "cases:retention", "cases.read_retention"),
    (_("Returns"), "returns:report", "returns.report"),
    (_("Movements"), "movements:report", "movements.report"),
    (_("Departures"), "movements:departures", "movements.read"),
    (_("Sessions"), "movements:sessions", "movements.read_sessions"),
    (_("Health"), "movements:health_day", "movements.read_health"),
    (_("Users"), "accounts:users", "accounts.read"),
    (_("Audit"), "accounts:audit", "audit.read"),
)
# (label, URL name): what everybody may open, offered to who has not signed in.
FOR_EVERYBODY = (
    (_("Apply for a visa"), "visas:apply"),
    (_("How does my application stand?"), "visas:status"),
    (_("Do I need a visa?"), "visas:needed"),
)
# (role, URL name): the first of her roles in this order decides where she begins her day.
HOMES = (
    ("shift_leader", "border:shift"),
    ("second_line", "border:second_line"),
    ("officer", "border:booth"),
    ("list_head", "watchlist:lists"),
    ("list_manager", "watchlist:lists"),
    ("document_expert", "documents:documents"),
    ("analyst", "statistics:crossings"),
    ("consul", "visas:desk"),
    ("visa_clerk", "visas:desk"),
    ("passport_officer", "passports:desk"),
    ("passport_clerk", "passports:desk"),
    ("passport_head", "passports:desk"),
    ("passport_operator", "passports:queue"),
    ("passport_quality", "passports:queue"),
    ("visa_officer", "visas:desk"),
    ("visa_manual_keeper", "visas:manual"),
    ("stock_keeper", "blanks:stock"),
    ("stay_head", "stays:overstays"),
    ("stay_officer", "stays:overstays"),
    ("seal_keeper", "visas:seals"),
    ("caseworker", "cases:my_day"),
    ("programme_officer", "cases:my_day"),
    ("finance_officer", "cases:my_day"),
    ("health_worker", "cases:my_day"),
    ("data_protection_officer", "cases:my_day"),
    ("administrator", "accounts:users"),
    ("auditor", "accounts:audit"),
)


def items(actor: Actor | None) -> list[Item]:
    """Return the main pages that the actor may open: label, URL name, permission."""
    if actor is None:
        return []
    return [item for item in ITEMS if actor.may(item[2])]


def home(actor: Actor) -> str | None:
    """Return the address of the actor's main page, or None where she has no role."""
    name = next((name for role, name in HOMES if role in actor.roles), None)
    return reverse(name) if name else None
