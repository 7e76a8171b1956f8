"""How may a job of personalisation, and the document that comes of it, move?"""

from safar.core.workflow import Workflow

JOB = Workflow(
    "passports.job",
    "taken",
    {
        "print": {"taken": "printed"},
        "pass": {"printed": "passed"},
        "fail": {"taken": "failed", "printed": "failed"},
    },
    terminal=frozenset({"passed", "failed"}),
)

PASSPORT = Workflow(
    "passports.passport",
    "in_making",
    {
        "finish": {"in_making": "made"},
        "spoil": {"in_making": "spoiled"},
        "deliver": {"made": "delivered"},
        "cancel": {"made": "cancelled", "delivered": "cancelled"},
        "restore": {"cancelled": "delivered"},
    },
    terminal=frozenset({"cancelled", "spoiled"}),
)
