"""Loading the schemes of receiving states, and the steps that they ask for, from their file."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from safar.assistance.movements.models import MovementScheme, SchemeStep
from safar.core.action import action, note, role_suffices
from safar.core.permissions import Actor

Row = Mapping[str, str]


@action("movements.load_schemes", policies=(role_suffices,))
def load_schemes(actor: Actor, target: None, *, rows: Sequence[Row]) -> int:
    """Load the schemes of receiving states; a version that is known already stays as it is."""
    loaded = 0
    for (code, valid_from), steps in groupby(rows, key=itemgetter("code", "valid_from")):
        if not MovementScheme.objects.filter(code=code, valid_from=valid_from).exists():
            _load(list(steps))
            loaded += 1
    note(loaded=loaded)
    return loaded


def _load(rows: list[Row]) -> None:
    scheme = _scheme(rows[0])
    SchemeStep.objects.bulk_create(
        _step(scheme, number, row) for number, row in enumerate(rows, start=1)
    )


def _scheme(row: Row) -> MovementScheme:
    return MovementScheme.objects.create(
        code=row["code"],
        destination=row["destination"],
        name=row["name"],
        selection=row["selection"],
        fare=row["fare"],
        payer=row["payer"],
        loan_adult=Decimal(row["loan_adult"]) if row["loan_adult"] else None,
        loan_child=Decimal(row["loan_child"]) if row["loan_child"] else None,
        loan_currency=row["loan_currency"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        source=row["source"],
        confidence=row["confidence"],
    )


def _step(scheme: MovementScheme, number: int, row: Row) -> SchemeStep:
    return SchemeStep(
        scheme=scheme,
        kind=row["step"],
        number=number,
        from_age=int(row["from_age"]),
        for_applicant_only=row["applicant_only"] == "yes",
        expires=row["expires"] == "yes",
        valid_months=int(row["valid_months"]) if row["valid_months"] else None,
        days=int(row["days"]) if row["days"] else None,
        papers=row["papers"],
    )
