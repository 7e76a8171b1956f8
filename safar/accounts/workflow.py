"""How may the grant of a role move? Nothing leads from proposed to revoked, or back."""

from safar.accounts.choices import GrantStatus
from safar.core.workflow import Workflow

GRANT = Workflow(
    "accounts.role_grant",
    start=GrantStatus.PROPOSED,
    moves={
        "approve": {GrantStatus.PROPOSED: GrantStatus.ACTIVE},
        "decline": {GrantStatus.PROPOSED: GrantStatus.DECLINED},
        "revoke": {GrantStatus.ACTIVE: GrantStatus.REVOKED},
    },
    terminal=frozenset({GrantStatus.DECLINED, GrantStatus.REVOKED}),
)
