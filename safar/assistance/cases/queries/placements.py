"""Who works where, and which files she may see there."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from safar.assistance.cases import programmes
from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.models import Placement
from safar.core.permissions import Actor


def placements(actor: Actor, words: str = "") -> QuerySet[Placement]:
    """Placements in sight, by user."""
    found = Placement.objects.visible_to(actor).select_related("user", "office")
    for word in words.split():
        found = found.filter(Q(user__full_name__icontains=word) | Q(user__username__icontains=word)
                             | Q(office__name__icontains=word) | Q(office__code__iexact=word))  # fmt: skip
    return found.order_by("user__full_name", "programme", "office__code")


def rows(placements: Iterable[Placement]) -> list[dict[str, Any]]:
    """Placements as the page lists them."""
    named = {one.code: str(one.name) for one in programmes.known()}
    return [
        {
            "placement": one,
            "programme": named.get(one.programme, one.programme),
            "files": [str(Compartment(code).label) for code in one.compartments],
        }
        for one in placements
    ]
