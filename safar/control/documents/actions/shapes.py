"""Writes: which shapes the numbers have that crossed, handed over by the app that knows."""

from collections.abc import Mapping

from safar.control.documents.models import NumberShape
from safar.core.action import action, note, role_suffices
from safar.core.permissions import Actor

FEWEST = 2  # a shape of one number could be told from its holder's: it is not kept


@action("documents.learn_shapes", policies=(role_suffices,))
def learn_shapes(actor: Actor, target: None, *, seen: Mapping[tuple[str, str, str], int]) -> int:
    """Learned anew which shapes the numbers of documents have that crossed; counts alone"""
    NumberShape.objects.all().delete()
    rows = [
        NumberShape(issuer=issuer, kind=kind, shape=shape, seen=count)
        for (issuer, kind, shape), count in seen.items()
        if count >= FEWEST
    ]
    NumberShape.objects.bulk_create(rows, batch_size=1000)
    note(shapes=len(rows))
    return len(rows)
