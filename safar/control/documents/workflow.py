"""How may the import of an owner's list move?"""

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
