"""How blanks, boxes, and proposals to open or destroy may move."""

from safar.core.workflow import Workflow

BLANK = Workflow(
    "blanks.blank",
    "in_hand",
    {
        "send": {"in_hand": "on_the_way"},
        "acknowledge": {"on_the_way": "in_hand"},
        "issue": {"in_hand": "issued"},
        "spoil": {"in_hand": "spoiled", "issued": "spoiled"},
        "lose": {"in_hand": "lost", "on_the_way": "lost", "spoiled": "lost", "found": "lost"},
        "find": {"lost": "found"},
        "destroy": {"in_hand": "destroyed", "spoiled": "destroyed", "found": "destroyed"},
    },
    terminal=frozenset({"destroyed", "issued"}),
)

BOX = Workflow(
    "blanks.box",
    "sealed",
    {
        "send": {"sealed": "on_the_way"},
        "arrive": {"on_the_way": "sealed"},
        "open": {"sealed": "open"},
        "lock": {"sealed": "locked", "on_the_way": "locked"},
        "reseal": {"open": "sealed"},
        "release": {"locked": "open"},
        "condemn": {"locked": "condemned"},
    },
    terminal=frozenset({"condemned"}),
)

OPENING = Workflow(
    "blanks.opening",
    "proposed",
    {
        "open": {"proposed": "opened"},
        "lock": {"proposed": "locked"},
        "decline": {"proposed": "declined"},
    },
    terminal=frozenset({"opened", "locked", "declined"}),
)

DESTRUCTION = Workflow(
    "blanks.destruction",
    "proposed",
    {"destroy": {"proposed": "done"}, "decline": {"proposed": "declined"}},
    terminal=frozenset({"done", "declined"}),
)
