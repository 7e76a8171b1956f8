"""Wrapping the cases' keys with another key of the installation."""

from safar.assistance.cases import keys
from safar.assistance.cases.models import CaseKey
from safar.core.action import action, note, role_suffices
from safar.core.permissions import Actor

AT_ONCE = 2_000


@action("cases.rewrap_keys", policies=(role_suffices,))
def rewrap_keys(actor: Actor, target: None = None, *, most: int = AT_ONCE) -> int:
    """Wrap keys anew that an older key of the installation wrapped; return how many it were.

    Raises:
        Unavailable: a key is wrapped with one that the file no longer holds; nothing is changed.
    """
    current = keys.installation_keys().current
    old = CaseKey.objects.filter(destroyed_at=None).exclude(wrapped_by=current)
    done = [key for key in old.select_for_update()[:most] if keys.wrapped_anew(key)]
    CaseKey.objects.bulk_update(done, ["wrapped", "wrapped_by"], batch_size=500)
    note(keys=len(done), by=current)
    return len(done)
