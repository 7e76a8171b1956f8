"""A date as documents carry it: a day or a month may be unknown. Both wings keep such dates."""

from typing import Any

from django.db import models
from django.db.models import Q

from safar.lib.partial_dates import PartialDate

SHAPE = r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"


class PartialDateField(models.CharField):  # type: ignore[type-arg]
    """Keeps a `PartialDate` as ISO text with the missing parts left off: `1984-05`, `1984`, ``."""

    _pyi_private_set_type: PartialDate | str | None  # type: ignore[assignment]
    _pyi_private_get_type: PartialDate | None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_rest: Any) -> PartialDate | None:
        return PartialDate.parse(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        if isinstance(value, PartialDate) or value is None:
            return value
        return PartialDate.parse(value) if value else None

    def get_prep_value(self, value: Any) -> str:
        return str(value) if value else ""


def shape_constraint(field: str, name: str) -> models.CheckConstraint:
    """The database's own check that the field is a partial date."""
    return models.CheckConstraint(condition=Q(**{f"{field}__regex": SHAPE}), name=name)
