"""The roles of blanks: what an office does with its own, and what headquarters does with all."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from safar.accounts.roles.role import CONTROL, Role

AT_AN_OFFICE: Final = frozenset(
    {
        "blanks.read",
        "blanks.acknowledge",
        "blanks.acknowledge_box",
        "blanks.propose_opening",
        "blanks.open_box",
        "blanks.decline_opening",
        "blanks.reseal_box",
        "blanks.spoil",
        "blanks.lose",
        "blanks.propose_destruction",
        "blanks.destroy",
        "blanks.decline_destruction",
    }
)


class StockKeeper(Role):
    code = "stock_keeper"
    name = _("Keeper of blanks")
    description = _(
        "Headquarters: receives blanks and sealed boxes, hands them out, sees every balance."
    )
    wing = CONTROL
    permissions = frozenset(
        {
            "blanks.read",
            "blanks.receive",
            "blanks.receive_box",
            "blanks.hand",
            "blanks.send_box",
            "blanks.release_box",
            "blanks.condemn_box",
            "blanks.spoil",
            "blanks.lose",
            "blanks.find",
            "blanks.propose_destruction",
            "blanks.destroy",
            "blanks.decline_destruction",
        }
    )
    changes_trust = True
    nationwide = True
