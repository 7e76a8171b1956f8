"""How may an owner’s new list, a change of the table, and a state’s certificate move?"""

from safar.core.workflow import Workflow

IMPORT = Workflow(
    "documents.import",
    "reading",
    {
        "read": {"reading": "prepared"},
        "load": {"prepared": "loaded"},
        "fail": {"reading": "failed"},
        "read_again": {"failed": "reading"},
        "decline": {"reading": "declined", "prepared": "declined", "failed": "declined"},
    },
    terminal=frozenset({"loaded", "declined"}),
)

SERIES = Workflow(
    "documents.series",
    "proposed",
    {"agree": {"proposed": "agreed"}, "decline": {"proposed": "declined"}},
    terminal=frozenset({"agreed", "declined"}),
)

CERTIFICATE = Workflow(
    "documents.certificate",
    "proposed",
    {
        "trust": {"proposed": "trusted"},
        "decline": {"proposed": "declined"},
        "distrust": {"proposed": "distrusted", "trusted": "distrusted"},
        "propose_again": {"declined": "proposed", "distrusted": "proposed"},
    },
    terminal=frozenset({"declined", "distrusted"}),
)
