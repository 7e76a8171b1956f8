"""The roles of issued visas: what counters and headquarters do with stickers, seals and lists."""

from django.utils.translation import gettext_lazy as _

from safar.accounts.roles.role import CONTROL, Role

# What a clerk at a counter does beside applications.
AT_THE_COUNTER = frozenset(
    {
        "visas.read_issued",
        "visas.print_visa",
        "visas.issue_visa",
        "visas.reprint_visa",
        "visas.read_stock",
        "visas.acknowledge_blanks",
        "visas.spoil_blanks",
        "visas.lose_blanks",
        "visas.propose_destruction",
        "visas.destroy_blanks",
        "visas.decline_destruction",
    }
)
ENDS_VISAS = frozenset({"visas.annul_visa", "visas.revoke_visa"})


class StockKeeper(Role):
    code = "stock_keeper"
    name = _("Keeper of stickers")
    description = _("Headquarters: receives blank stickers, hands them out, sees every balance.")
    wing = CONTROL
    permissions = frozenset(
        {
            "visas.read_stock",
            "visas.receive_blanks",
            "visas.hand_blanks",
            "visas.spoil_blanks",
            "visas.lose_blanks",
            "visas.propose_destruction",
            "visas.destroy_blanks",
            "visas.decline_destruction",
        }
    )
    nationwide = True


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
