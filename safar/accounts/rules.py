"""Which passwords are given out, how long a proposal stands, and when a session has gone idle."""

import secrets
from datetime import datetime, timedelta

PROPOSAL_STANDS = timedelta(days=14)
TEMPORARY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another on paper
UNLOCK_TRIES = 5


def temporary_password() -> str:
    """Return four groups of four letters and digits, 79 bits, easy to read out and to type."""
    groups = ("".join(secrets.choice(TEMPORARY_LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def is_stale(proposed_at: datetime, now: datetime) -> bool:
    """Whether a proposal is too old to approve: its reason may no longer hold."""
    return now - proposed_at > PROPOSAL_STANDS


def is_idle(last_seen: float | None, now: float, minutes: int) -> bool:
    """Whether nothing was done for so long that the screen locks. Times are Unix seconds."""
    return last_seen is not None and now - last_seen > minutes * 60
