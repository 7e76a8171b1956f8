"""When are two deciders two people, and is one a person at all?"""

from typing import Any

from django.db.models import CheckConstraint, F, Q
from django.utils.translation import gettext_lazy as _

from safar.core.permissions import Actor

A_PERSON = _("A named officer does this, not the machine.")


def by_a_person(actor: Actor, target: Any) -> Any:
    """A policy: what a named officer answers for, Safar does not do by itself."""
    return A_PERSON if actor.user_id is None else None


def two_people(first: str, second: str, *, name: str) -> CheckConstraint:
    """Return the constraint that `<second>_at` has a name, and another person than `<first>_by`.

    Safar's own work (no user) is told apart by its name; it never confirms what a person
    proposed.
    """
    undecided = {f"{second}_at": None, f"{second}_by": None, f"{second}_by_name": ""}
    by_user = {f"{second}_at__isnull": False, f"{second}_by__isnull": False}
    by_safar = {
        f"{second}_at__isnull": False,
        f"{second}_by": None,
        f"{first}_by": None,
    }
    named = ~Q(**{f"{second}_by_name": ""})
    other_user = Q(**{f"{first}_by": None}) | ~Q(**{f"{second}_by": F(f"{first}_by")})
    other_name = ~Q(**{f"{second}_by_name": F(f"{first}_by_name")})
    return CheckConstraint(
        condition=Q(**undecided)
        | (Q(**by_user) & named & other_user)
        | (Q(**by_safar) & named & other_name),
        name=name,
    )
