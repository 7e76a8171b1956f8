"""How issued visas, certificates and proposals to destroy blanks may move."""

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

BLANK = Workflow(
    "visas.blank",
    "in_hand",
    {
        "send": {"in_hand": "on_the_way"},
        "acknowledge": {"on_the_way": "in_hand"},
        "issue": {"in_hand": "issued"},
        "spoil": {"in_hand": "spoiled", "issued": "spoiled"},
        "lose": {"in_hand": "lost", "on_the_way": "lost", "spoiled": "lost"},
        "destroy": {"in_hand": "destroyed", "spoiled": "destroyed", "lost": "destroyed"},
    },
    terminal=frozenset({"destroyed", "issued"}),
)

DESTRUCTION = Workflow(
    "visas.destruction",
    "proposed",
    {"destroy": {"proposed": "done"}, "decline": {"proposed": "declined"}},
    terminal=frozenset({"done", "declined"}),
)
