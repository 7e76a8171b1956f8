"""Writes of headquarters and of Safar itself: kinds, consulates, who works where, old drafts."""

import json
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import Agency, User
from safar.control.visas import queries, rules, throttle
from safar.control.visas.choices import Status
from safar.control.visas.models import (
    Application,
    Consulate,
    ConsulatePlacement,
    PermitQuota,
    VisaKind,
)
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.permissions import Actor
from safar.core.workflow import NOT_NOW

SHIPPED: Final = Path(__file__).resolve().parents[1] / "data" / "kinds.json"


@action("visas.load_kinds", policies=(role_suffices,))
def load_kinds(actor: Actor, target: None, *, kinds: list[dict[str, Any]] | None = None) -> int:
    """Loaded the kinds of visas and permits; those that are gone from the file are out of use"""
    rows = json.loads(SHIPPED.read_text("utf-8")) if kinds is None else kinds
    VisaKind.objects.exclude(code__in=[row["code"] for row in rows]).update(in_use=False)
    for order, row in enumerate(rows, 1):
        facts = {"order": order, "in_use": True, **row, "fee": Decimal(row["fee"])}
        VisaKind.objects.update_or_create(code=facts.pop("code"), defaults=facts)
    note(kinds=len(rows))
    return len(rows)


@action("visas.open_consulate", policies=(role_suffices,))
def open_consulate(
    actor: Actor,
    agency: Agency,
    *,
    code: str,
    names: Mapping[str, str],
    country: str,
    on_public_page: bool = True,
) -> Consulate:
    """Opened a place where applications are worked on, or renamed it"""
    return Consulate.objects.update_or_create(
        code=code,
        defaults={
            "names": dict(names),
            "agency": agency,
            "country_id": country,
            "on_public_page": on_public_page,
            "in_use": True,
        },
    )[0]


@action("visas.place_user", policies=(role_suffices,))
def place_user(actor: Actor, consulate: Consulate, *, user: User) -> ConsulatePlacement:
    """Placed a user at a consulate: she sees its applications from now on"""
    if user.pk == actor.user_id:
        raise NotAllowed(_("Nobody places herself at a consulate."))
    if ConsulatePlacement.objects.filter(user=user, consulate=consulate, ended_at=None).exists():
        raise RuleBroken(_("She works there already."), field="user")
    placement = ConsulatePlacement(
        user=user, consulate=consulate, placed_at=timezone.now(), placed_by_id=actor.user_id
    )
    placement.save()
    note(user=str(user.pk))
    return placement


@action("visas.end_placement", policies=(role_suffices,))
def end_placement(actor: Actor, placement: ConsulatePlacement) -> ConsulatePlacement:
    """Ended a placement: the user sees nothing of that consulate any more"""
    if placement.ended_at:
        raise InvalidMove(NOT_NOW)
    placement.ended_at, placement.ended_by_id = timezone.now(), actor.user_id
    placement.save()
    note(user=str(placement.user_id))
    return placement


@action("visas.set_quota", policies=(role_suffices,))
def set_quota(actor: Actor, kind: VisaKind, *, year: int, places: int) -> PermitQuota:
    """Set how many permits of a kind may begin in a year

    Raises:
        RuleBroken: it is no permit, or more are given already.
    """
    if not kind.is_permit:
        raise RuleBroken(_("Only permits have a quota."), field="kind")
    quota = PermitQuota.objects.select_for_update().filter(kind=kind, year=year).first()
    taken = queries.taken(kind, year)
    if places < taken:
        text = _("%(taken)d permits of that year are given already.")
        raise RuleBroken(text % {"taken": taken}, field="places")
    before = quota.places if quota else None
    quota = quota or PermitQuota(kind=kind, year=year)
    quota.places, quota.set_at = places, timezone.now()
    quota.set_by_id, quota.set_by_name = actor.user_id, actor.name
    quota.save()
    note(year=year, places=places, before=before)
    return quota


@action("visas.clear_drafts", policies=(role_suffices,))
def clear_drafts(actor: Actor, target: None) -> int:
    """Deleted applications that were never sent, thirty days after they were last touched"""
    edge = timezone.now() - timedelta(days=rules.DRAFT_DAYS)
    old = Application.objects.filter(status=Status.DRAFT, changed_at__lt=edge)
    count = old.count()
    old.delete()
    note(drafts=count, tries=throttle.forget_old())
    return count
