"""The roles of issued visas: what counters and headquarters do with visas, seals and lists."""

from django.utils.translation import gettext_lazy as _

from safar.accounts.roles.blanks import AT_AN_OFFICE
from safar.accounts.roles.role import CONTROL, Role

# What a clerk at a counter does beside applications.
AT_THE_COUNTER = (
    frozenset(
        {
            "visas.read_issued",
            "visas.print_visa",
            "visas.issue_visa",
            "visas.reprint_visa",
        }
    )
    | AT_AN_OFFICE
)
ENDS_VISAS = frozenset({"visas.annul_visa", "visas.revoke_visa"})


class SealKeeper(Role):
    code = "seal_keeper"
    name = _("Keeper of seals")
    description = _("Proposes and agrees to certificates, never both on one; revokes; makes lists.")
    wing = CONTROL
    permissions = frozenset(
        {
            "visas.read_signers",
            "visas.propose_certificate",
            "visas.trust_certificate",
            "visas.decline_certificate",
            "visas.revoke_certificate",
            "visas.export_list",
            "visas.import_list",
        }
    )
    changes_trust = True
    nationwide = True
