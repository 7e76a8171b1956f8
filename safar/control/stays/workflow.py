"""How applications for an extension and rebuttals may move: recorded by one, decided by another."""

from safar.control.stays.choices import ExtensionStatus, RebuttalStatus
from safar.core.workflow import Workflow

EXTENSION = Workflow(
    "stays.extension",
    ExtensionStatus.ASKED,
    {
        "grant": {ExtensionStatus.ASKED: ExtensionStatus.GRANTED},
        "refuse": {ExtensionStatus.ASKED: ExtensionStatus.REFUSED},
        "withdraw": {ExtensionStatus.ASKED: ExtensionStatus.WITHDRAWN},
    },
    terminal=frozenset(
        {ExtensionStatus.GRANTED, ExtensionStatus.REFUSED, ExtensionStatus.WITHDRAWN}
    ),
)
REBUTTAL = Workflow(
    "stays.rebuttal",
    RebuttalStatus.RECORDED,
    {
        "accept": {RebuttalStatus.RECORDED: RebuttalStatus.ACCEPTED},
        "decline": {RebuttalStatus.RECORDED: RebuttalStatus.DECLINED},
    },
    terminal=frozenset({RebuttalStatus.ACCEPTED, RebuttalStatus.DECLINED}),
)
