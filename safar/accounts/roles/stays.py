"""The roles of stay: who records and prepares, who decides."""

from django.utils.translation import gettext_lazy as _

from safar.accounts.roles.role import CONTROL, Role


class StayOfficer(Role):
    code = "stay_officer"
    name = _("Stay officer")
    description = _(
        "Migration authority: registers addresses, takes applications to stay longer, "
        "reads overstays and records what travellers say."
    )
    wing = CONTROL
    permissions = frozenset(
        {
            "stays.read",
            "stays.count",
            "stays.open",
            "stays.find",
            "stays.put_on_list",
            "stays.ask_extension",
            "stays.withdraw_extension",
            "stays.register",
            "stays.record_rebuttal",
            "stays.propose_registration_rule",
        }
    )
    nationwide = True


class StayHead(Role):
    code = "stay_head"
    name = _("Head of stay")
    description = _(
        "Migration authority: decides on extensions and rebuttals that another officer recorded, "
        "and agrees to the rule of registration."
    )
    wing = CONTROL
    permissions = StayOfficer.permissions | {
        "stays.grant_extension",
        "stays.refuse_extension",
        "stays.accept_rebuttal",
        "stays.decline_rebuttal",
        "stays.approve_registration_rule",
        "stays.decline_registration_rule",
        "stays.strike_registration",
        "border.extend_stay",
        "border.excuse_overstay",
        "border.propose_amendment",
    }
    nationwide = True
    changes_trust = True
