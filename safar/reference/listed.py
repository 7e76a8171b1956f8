"""What do all code lists have in common: an own code, names, and no row that ever disappears?"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from safar.core.permissions import Actor
from safar.core.record import Record

FALLBACK = "en"


class Listed(Record):
    """A row of a code list, known by its own code.

    Crossings of past years point here: a row that is gone from the files stays, not in use.
    """

    id = None  # type: ignore[assignment]  # the code is the key
    code = models.CharField(max_length=40, primary_key=True)
    in_use = models.BooleanField(default=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        """Code lists are no secret."""
        return Q()


class Named(Listed):
    """A row with a name in each language: `{"en": "Germany", "ky": "Германия", …}`."""

    names = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page, in English where there is none."""
        return self.name_in(get_language() or FALLBACK)

    def name_in(self, language: str) -> str:
        """Return the name in a language (`ky`, `en-gb`), in English where there is none."""
        names: dict[str, str] = self.names
        return names.get(language.partition("-")[0]) or names.get(FALLBACK) or self.code


class Ordered(Named):
    """A named row with its place in the list that an officer chooses from."""

    order = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering: ClassVar[Any] = ("order", "code")


def has_english(model: str) -> models.CheckConstraint:
    """Return the constraint that a row is never without a name."""
    return models.CheckConstraint(
        condition=Q(names__has_key=FALLBACK) & ~Q(names__en=""),
        name=f"reference_{model}_has_english_name",
    )


def one_of(column: str, choices: type[models.TextChoices], model: str) -> models.CheckConstraint:
    """Return the constraint that a column holds one of the words of its list."""
    return models.CheckConstraint(
        condition=Q(**{f"{column}__in": choices.values}), name=f"reference_{model}_{column}_known"
    )
