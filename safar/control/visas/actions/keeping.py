"""Writes of headquarters and of Safar itself: kinds, quotas, old drafts."""

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.visas import queries, rules, throttle
from safar.control.visas.choices.applications import Status
from safar.control.visas.models import (
    Application,
    PermitQuota,
    VisaKind,
)
from safar.core.action import action, note, role_suffices
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

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
