"""The roles of visas: who prepares an application, who decides on it, who sees all consulates."""

from django.utils.translation import gettext_lazy as _

from safar.accounts.roles.role import CONTROL, Role
from safar.accounts.roles.visas_issued import AT_THE_COUNTER, ENDS_VISAS


class VisaClerk(Role):
    code = "visa_clerk"
    name = _("Visa clerk")
    description = _("At a consulate: takes applications, fees and papers, and prepares decisions.")
    wing = CONTROL
    permissions = (
        frozenset(
            {
                "visas.read",
                "visas.read_manual",
                "visas.open",
                "visas.begin",
                "visas.write_answers",
                "visas.add_paper",
                "visas.remove_paper",
                "visas.discard_draft",
                "visas.submit",
                "visas.answer",
                "visas.take_fee",
                "visas.screen",
                "visas.hold_interview",
                "visas.set_aside_paper",
                "visas.ask_more",
                "visas.prepare",
                "visas.withdraw",
            }
        )
        | AT_THE_COUNTER
    )


class Consul(Role):
    code = "consul"
    name = _("Consul")
    description = _("Decides on applications that another officer prepared, and judges likenesses.")
    wing = CONTROL
    permissions = (
        VisaClerk.permissions
        | ENDS_VISAS
        | {
            "visas.judge_match",
            "visas.send_back",
            "visas.grant",
            "visas.refuse",
        }
    )
    changes_trust = True


class VisaOfficer(Role):
    code = "visa_officer"
    name = _("Visa officer at headquarters")
    description = _("Reads the applications of every consulate; places users, sets quotas.")
    wing = CONTROL
    permissions = (
        frozenset(
            {
                "visas.read",
                "visas.read_manual",
                "visas.open",
                "visas.judge_match",
                "offices.read",
                "offices.place_user",
                "offices.end_placement",
                "visas.set_quota",
                "visas.read_issued",
                "visas.print_visa",
            }
        )
        | ENDS_VISAS
    )
    changes_trust = True
    nationwide = True
