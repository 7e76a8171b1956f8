"""Whom would an import have stopped last month? For its page, and for the work behind it."""

from uuid import UUID

from safar.control.watchlist.choices import ImportStatus
from safar.control.watchlist.models import ImportReplay, ImportRun
from safar.core import audit
from safar.core.permissions import Actor


def to_replay(key: UUID) -> ImportReplay | None:
    """The replay, where it is not done yet and its import still waits for a second person."""
    found = ImportReplay.objects.select_related("run__list").filter(pk=key).first()
    waits = found is not None and found.is_open and found.run.status == ImportStatus.PREPARED
    return found if waits else None


def replay_of(actor: Actor, run: ImportRun) -> ImportReplay | None:
    return ImportReplay.objects.visible_to(actor).filter(run=run).first()


def opened_replay(actor: Actor, replay: ImportReplay) -> None:
    """Record that the travellers of a replay were shown, before they leave."""
    audit.opened(actor, "watchlist.read", f"ImportReplay:{replay.pk}", purpose="dry-run")
