"""The roles of neither wing: they keep accounts and read the audit, and see no person's file."""

from django.utils.translation import gettext_lazy as _

from safar.accounts.roles.role import Role


class Administrator(Role):
    code = "administrator"
    name = _("Administrator")
    description = _("Keeps users, posts and reference data. Sees no traveller.")
    permissions = frozenset(
        {
            "accounts.read",
            "accounts.add_user",
            "accounts.change_user",
            "accounts.keep_details",
            "accounts.close_user",
            "accounts.reopen_user",
            "accounts.reset_password",
            "accounts.add_agency",
            "accounts.add_office",
            "accounts.unlock_user",
            "accounts.propose_role",
            "accounts.approve_role",
            "accounts.decline_role",
            "accounts.revoke_role",
            "reference.load",
        }
    )
    changes_trust = True
    nationwide = True


class Auditor(Role):
    code = "auditor"
    name = _("Auditor")
    description = _("Reads the audit chain and checks it. Changes nothing.")
    permissions = frozenset({"audit.read", "accounts.read", "watchlist.read_looks"})
    nationwide = True
