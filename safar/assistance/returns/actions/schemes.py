"""Loading the schemes of sending states from their file."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from safar.assistance.returns.models import Scheme, SchemeLine
from safar.core.action import action, note, role_suffices
from safar.core.permissions import Actor


@action("returns.load_schemes", policies=(role_suffices,))
def load_schemes(actor: Actor, target: None, *, rows: Sequence[Mapping[str, str]]) -> int:
    """Load the schemes of sending states; a version that is known already stays as it is."""
    loaded = 0
    for (code, valid_from), lines in groupby(rows, key=itemgetter("code", "valid_from")):
        if not Scheme.objects.filter(code=code, valid_from=valid_from).exists():
            _load(list(lines))
            loaded += 1
    note(loaded=loaded)
    return loaded


def _load(lines: list[Mapping[str, str]]) -> None:
    head = lines[0]
    scheme = Scheme.objects.create(
        code=head["code"],
        sending=head["sending"],
        name=head["name"],
        valid_from=date.fromisoformat(head["valid_from"]),
        valid_to=date.fromisoformat(head["valid_to"]) if head["valid_to"] else None,
        claim_months=int(head["claim_months"]),
        source=head["source"],
        confidence=head["confidence"],
    )
    SchemeLine.objects.bulk_create(
        SchemeLine(
            scheme=scheme,
            purpose=line["purpose"],
            given=line["given"],
            per=line["per"],
            ceiling=Decimal(line["ceiling"]),
            currency=line["currency"],
        )
        for line in lines
    )
