"""The roles of the assistance wing. None of them sees a traveller, a crossing or a list.

Which cases a user sees is not in her role: it is where she is placed (`cases.Placement`).
"""

from django.utils.translation import gettext_lazy as _

from safar.accounts.roles.role import ASSISTANCE, Role


class Caseworker(Role):
    code = "caseworker"
    name = _("Caseworker")
    description = _("Registers people, opens and works cases of her office and programmes.")
    wing = ASSISTANCE
    permissions = frozenset(
        {
            "cases.my_day",
            "cases.open_case",
            "cases.move_case",
            "cases.hand_over",
            "cases.cover",
        }
    )


class ProgrammeOfficer(Role):
    code = "programme_officer"
    name = _("Programme officer")
    description = _("Leads a programme: agrees to plans, grants and closures that others prepared.")
    wing = ASSISTANCE
    permissions = Caseworker.permissions


class FinanceOfficer(Role):
    code = "finance_officer"
    name = _("Finance officer")
    description = _("Releases payments that others prepared and approved, and reconciles them.")
    wing = ASSISTANCE
    permissions = frozenset({"cases.my_day"})


class HealthWorker(Role):
    code = "health_worker"
    name = _("Health worker")
    description = _("Keeps the medical part of a case, which nobody else reads.")
    wing = ASSISTANCE
    permissions = frozenset({"cases.my_day"})


class DataProtectionOfficer(Role):
    code = "data_protection_officer"
    name = _("Data protection officer")
    description = _("Keeps placements, answers people about their own data, and erases it.")
    wing = ASSISTANCE
    changes_trust = True
    permissions = frozenset({"cases.my_day", "cases.place_user", "cases.end_placement"})
