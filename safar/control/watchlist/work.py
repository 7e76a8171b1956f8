"""How is long work handed to the queue by an app that must not know who does it?"""

from uuid import UUID

from procrastinate.contrib.django import app

QUEUE = "lists"
RESCREEN, TRY_THRESHOLD = "border.rescreen", "border.try_threshold"
REPLAY = "border.replay_import"


def defer(task: str, key: UUID) -> None:
    """Put a task into the queue, in the transaction that is open: no commit, no work.

    The tasks that need to know who crossed are the border's, which stands above: they are
    called by name.
    """
    app.configure_task(task, queue=QUEUE, allow_unknown=True).defer(key=str(key))
