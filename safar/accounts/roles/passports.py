"""The roles of passports: who takes applications, approves, makes, looks again, sees all offices."""

from django.utils.translation import gettext_lazy as _

from safar.accounts.roles.passport_making import AT_DELIVERY, CANCELS, LOOKS_AGAIN, MAKES
from safar.accounts.roles.role import CONTROL, Role


class PassportClerk(Role):
    code = "passport_clerk"
    name = _("Passport clerk")
    description = _("At a passport office: takes applications, fees and papers; hands over.")
    wing = CONTROL
    permissions = (
        frozenset(
            {
                "passports.read",
                "passports.open",
                "passports.begin",
                "passports.write_answers",
                "passports.add_paper",
                "passports.remove_paper",
                "passports.add_consent",
                "passports.remove_consent",
                "passports.discard_draft",
                "passports.submit",
                "passports.answer",
                "passports.take_fee",
                "passports.set_aside_paper",
                "passports.ask_more",
                "passports.check_identity",
                "passports.ask_lists",
                "passports.check",
                "passports.withdraw",
            }
        )
        | AT_DELIVERY
    )


class PassportOfficer(Role):
    code = "passport_officer"
    name = _("Passport officer")
    description = _("Judges who an applicant is, and approves what another checked.")
    wing = CONTROL
    permissions = (
        PassportClerk.permissions
        | CANCELS
        | {
            "passports.judge_identity",
            "passports.judge_listed",
            "passports.send_back",
            "passports.approve",
            "passports.refuse",
            "passports.revoke",
        }
    )
    changes_trust = True


class PassportOperator(Role):
    code = "passport_operator"
    name = _("Passport operator")
    description = _("Prints passports and writes their chips, from the queue of approved ones.")
    wing = CONTROL
    permissions = MAKES


class PassportQuality(Role):
    code = "passport_quality"
    name = _("Passport quality control")
    description = _("Reads back what another made, and passes or rejects it.")
    wing = CONTROL
    permissions = LOOKS_AGAIN


class PassportHead(Role):
    code = "passport_head"
    name = _("Head of passports")
    description = _(
        "Reads what every office has, decides on suspicions and for consulates, places users."
    )
    wing = CONTROL
    permissions = (
        frozenset(
            {
                "passports.read",
                "passports.open",
                "passports.judge_identity",
                "passports.clear_suspicion",
                "passports.judge_listed",
                "passports.check_identity",
                "passports.ask_lists",
                "passports.send_back",
                "passports.approve",
                "passports.refuse",
                "passports.revoke",
                "passports.set_terms",
                "offices.read",
                "offices.place_user",
                "offices.end_placement",
            }
        )
        | CANCELS
    )
    changes_trust = True
    nationwide = True
