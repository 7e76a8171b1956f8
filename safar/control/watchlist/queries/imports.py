"""Imports of a list, for the pages of list managers."""

from uuid import UUID

from django.db.models import QuerySet

from safar.control.watchlist.models import ImportRun, WatchList
from safar.core.permissions import Actor
from safar.core.record import get_visible


def imports(actor: Actor, of: WatchList) -> QuerySet[ImportRun]:
    return ImportRun.objects.visible_to(actor).filter(list=of)


def import_run(actor: Actor, key: UUID) -> ImportRun:
    return get_visible(ImportRun.objects.select_related("list__owner"), actor, key)
