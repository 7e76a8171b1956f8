"""What `safar doctor` looks at, each with a sentence that says what to do."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from safar.control.border.partitions import has_month, month_after, stray_months
from safar.core import audit
from safar.reference.models import CrossingPoint

LEAST_FREE = 0.1  # of the disk
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@dataclass(frozen=True)
class Finding:
    """One thing that was examined."""

    name: str
    ok: bool
    text: str


def examine() -> list[Finding]:
    examinations: list[Callable[[], Finding]] = [
        _tables,
        _months,
        _durability,
        _reference,
        _disk,
        _secret,
        _second_factor,
        _audit,
    ]
    return [look() for look in examinations]


def _tables() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    text = f"{len(waiting)} changes wait: run `safar migrate`" if waiting else "up to date"
    return Finding("tables", not waiting, text)


def _months() -> Finding:
    following = month_after(date.today())
    strays = ", ".join(f"{month:%Y-%m}" for month in stray_months())
    if strays:
        text = f"crossings of {strays} lie in no month of their own: run `safar migrate`"
    elif not has_month(following):
        text = f"{following:%Y-%m} is not made: run `safar migrate`"
    else:
        return Finding("months of crossings", True, "the coming month is made")
    return Finding("months of crossings", False, text)


def _durability() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(DURABLE)]
        )
        wrong = [name for name, setting in cursor if setting != DURABLE[name]]
    text = f"set to on in PostgreSQL: {', '.join(wrong)}" if wrong else "commits reach the disk"
    return Finding("durability", not wrong, text)


def _reference() -> Finding:
    posts = CrossingPoint.objects.count()
    text = f"{posts} posts" if posts else "empty: run `safar reference load`"
    return Finding("reference data", posts > 0, text)


def _disk() -> Finding:
    usage = shutil.disk_usage(settings.ROOT)
    free = usage.free / usage.total
    text = f"{free:.0%} free" + ("" if free > LEAST_FREE else ": make room before it is full")
    return Finding("disk", free > LEAST_FREE, text)


def _secret() -> Finding:
    ok = settings.SAFAR_DEMO or len(settings.SECRET_KEY) >= 50
    return Finding("secret key", ok, "set" if ok else "set SAFAR_SECRET_KEY to 50 characters")


def _second_factor() -> Finding:
    ok = settings.SAFAR_REQUIRE_SECOND_FACTOR or settings.SAFAR_DEMO
    text = "required" if settings.SAFAR_REQUIRE_SECOND_FACTOR else "off: right for a demo only"
    return Finding("second factor", ok, text)


def _audit() -> Finding:
    verdict = audit.verify()
    text = f"{verdict.rows} rows, all sound" if verdict.sound else verdict.reason
    return Finding("audit chain", verdict.sound, text)
