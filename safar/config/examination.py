"""What `safar doctor` looks at, each with a sentence that says what to do."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from safar.assistance.cases.keys import installation_keys
from safar.assistance.cases.models import Case
from safar.config.wings import ROLE, WINGS
from safar.config.working import SILENT
from safar.control.blanks.queries.nights import Night, last_night
from safar.control.border.partitions import has_month, month_after, stray_months
from safar.control.documents.zone_photo import Reader, reader
from safar.control.passports.chips.key_state import chip_key_state
from safar.control.visas.models import VisaListVersion
from safar.control.visas.paper.letter_terms import LetterTermsBroken, letter_terms
from safar.control.visas.queries.checking import newest_list
from safar.control.visas.queries.mails import waiting as mails_waiting
from safar.control.visas.seals.key_state import sealing_state
from safar.core import audit
from safar.reference.models import CrossingPoint

LEAST_FREE = 0.1  # of the disk
LONGEST_WAIT = timedelta(minutes=10)  # of a job that is due
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
        _roles,
        _case_keys,
        _seal,
        _visa_list,
        _chips,
        _mail,
        _letters,
        _blanks,
        _zone_photos,
        _background,
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


def _roles() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(_BOUND_ROLES, {"names": [ROLE.format(wing) for wing in WINGS]})
        bound = {name for (name,) in cursor.fetchall()}
    loose = ", ".join(role for wing in WINGS if (role := ROLE.format(wing)) not in bound)
    text = f"missing, or not bound by the walls: {loose}: run `safar migrate`" if loose else ""
    return Finding("wings' roles", not loose, text or "each wing has its own, and no more")


def _case_keys() -> Finding:
    try:
        keys = len(installation_keys().by_id)
    except ImproperlyConfigured as error:
        return Finding("keys of cases", not Case.objects.exists(), str(error))
    return Finding("keys of cases", True, f"{keys} in the file, the first is used")


def _seal() -> Finding:
    state = sealing_state(date.today())
    return Finding("seals of visas", state.ok, state.text)


def _visa_list() -> Finding:
    """The list for posts: made here within two hours; at a post, not older than it may be."""
    wrong = []
    if settings.SAFAR_VISA_LIST_TO:
        wrong += _late_list(newest_list(imported=False), 2, "made", settings.SAFAR_VISA_LIST_TO)
    if settings.SAFAR_VISA_REGISTER == "list" or settings.SAFAR_VISA_LIST_FROM:
        hours = settings.SAFAR_VISA_LIST_HOURS
        folder = settings.SAFAR_VISA_LIST_FROM
        wrong += _late_list(newest_list(imported=True), hours, "held", folder)
    return Finding("list of visas", not wrong, "; ".join(wrong) or "as new as it should be")


def _late_list(found: VisaListVersion | None, hours: int, what: str, folder: str) -> list[str]:
    if folder and not Path(folder).is_dir():
        return [f"{folder} is no folder"]
    if found is None:
        return [f"none is {what} here: start `safar worker`"]
    age = timezone.now() - found.made_at
    return [f"the one {what} here is {_ago(age)} old"] if age > timedelta(hours=hours) else []


def _chips() -> Finding:
    state = chip_key_state(timezone.localdate())
    return Finding("chips of passports", state.ok, state.text)


def _mail() -> Finding:
    if not settings.SAFAR_MAIL_FROM:
        return Finding("mail to applicants", True, "none is sent: SAFAR_MAIL_FROM is not set")
    late = mails_waiting(timedelta(hours=1)).count()
    text = f"{late} wait for more than an hour: look at SAFAR_MAIL_HOST" if late else "none waits"
    return Finding("mail to applicants", late == 0, text)


def _letters() -> Finding:
    try:
        letter_terms()
    except LetterTermsBroken as error:
        return Finding("letters of refusal", False, str(error))
    named = bool(settings.SAFAR_VISA_LETTER_FILE)
    text = "name the law" if named else "law and time of appeal are filled in by hand"
    return Finding("letters of refusal", True, text)


def _blanks() -> Finding:
    night = last_night()
    return Finding("stock of blanks", night.is_right, _counted(night))


def _counted(night: Night) -> str:
    if not night.has_stock:
        return "no blank was received yet"
    at = f"{night.counted_at:%Y-%m-%d %H:%M} UTC" if night.counted_at else "never"
    said = [f"last counted {at}" + (": start `safar worker`" if night.is_missed else "")]
    said += [f"does not add up at {', '.join(night.wrong)}"] if night.wrong else []
    said += [f"locked boxes: {', '.join(night.locked)}"] if night.locked else []
    said += [f"too long on the way: {'; '.join(night.late)}"] if night.late else []
    return "; ".join(said)


def _zone_photos() -> Finding:
    found = reader()
    if not isinstance(found, Reader):
        return Finding("photos of zones", True, f"not offered. {found}")
    text = "read with the model for machine zones"
    if not found.is_made_for_zones:
        text = "read with the plain model, often wrongly: run `make reader`"
    return Finding("photos of zones", True, text)


_BOUND_ROLES = """
SELECT r.rolname FROM pg_roles r
WHERE r.rolname = ANY (%(names)s) AND NOT r.rolsuper AND NOT r.rolbypassrls
  AND pg_has_role(current_user, r.oid, 'MEMBER')
  AND NOT EXISTS (SELECT FROM pg_tables t WHERE t.tableowner = r.rolname)
"""


def _background() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now() - max(last_heartbeat) FROM procrastinate_workers")
        (silent,) = cursor.fetchone()
        cursor.execute(_OLDEST_DUE, {"silent": SILENT})
        task, waits = cursor.fetchone() or ("", timedelta())
    seen = "no worker is there" if silent is None else f"a worker was seen {_ago(silent)} ago"
    due = f"{task} waits for {_ago(waits)}" if task else "nothing waits"
    if waits > LONGEST_WAIT:
        return Finding("background work", False, f"{due}, {seen}: start `safar worker`")
    return Finding("background work", True, f"{due}, {seen}")


# What waits, and what is done by a worker that gives no sign of life.
_OLDEST_DUE = """
SELECT job.task_name, now() - coalesce(job.scheduled_at, min(event.at)) AS waits
FROM procrastinate_jobs job
LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
LEFT JOIN procrastinate_events event ON event.job_id = job.id
WHERE (job.status = 'todo' OR (job.status = 'doing' AND (
          worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %(silent)s))))
  AND coalesce(job.scheduled_at, now()) <= now()
GROUP BY job.id
ORDER BY waits DESC NULLS LAST
LIMIT 1
"""


def _ago(time: timedelta) -> str:
    seconds = int(time.total_seconds())
    return f"{seconds} s" if seconds < 120 else f"{seconds // 60} min"


def _audit() -> Finding:
    verdict = audit.verify()
    text = f"{verdict.rows} rows, all sound" if verdict.sound else verdict.reason
    return Finding("audit chain", verdict.sound, text)
