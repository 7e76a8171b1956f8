"""How issued visas and certificates may move."""

from safar.core.workflow import Workflow

VISA = Workflow(
    "visas.visa",
    "valid",
    {"annul": {"valid": "annulled"}, "revoke": {"valid": "revoked"}},
    terminal=frozenset({"annulled", "revoked"}),
)

CERTIFICATE = Workflow(
    "visas.certificate",
    "proposed",
    {
        "trust": {"proposed": "trusted"},
        "decline": {"proposed": "declined"},
        "revoke": {"trusted": "revoked"},
    },
    terminal=frozenset({"declined", "revoked"}),
)
