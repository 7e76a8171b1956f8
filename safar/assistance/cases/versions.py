"""What is written onto a record that somebody else may have changed meanwhile."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from safar.core.errors import Stale
from safar.core.record import Versioned


def changed(record: Versioned, seen: int, changes: Mapping[str, Any]) -> None:
    """Write changes onto a record that was read as version `seen`, without saving it.

    Raises:
        Stale: it has changed since; whoever typed is shown both (`forms.editing`).
    """
    if record.version != seen:
        raise Stale(_("Somebody else changed this meanwhile. Look at both before you save."))
    for name, value in changes.items():
        setattr(record, name, value)
