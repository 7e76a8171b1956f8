"""How often may somebody try? Counted in the database, for all processes alike.

By quarter of an hour; a mark is a keyed hash, so that the table names neither an address nor a
reference. The count goes up before anything is looked at: two at once are two.
"""

from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address
from typing import Final

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from safar.core.errors import DomainError

WINDOW: Final = 15 * 60  # seconds
FROM_ADDRESS: Final = 60  # a whole dormitory may share one
ON_REFERENCE: Final = 8
NEW_FROM_ADDRESS: Final = 30  # drafts begun
PAPERS_FROM_ADDRESS: Final = 120
COUNT: Final = """
INSERT INTO visas_tries (mark, since, count) VALUES (%s, %s, 1)
ON CONFLICT (mark, since) DO UPDATE SET count = visas_tries.count + 1 RETURNING count
"""


class TooOften(DomainError):
    """Asked too often: by whom or of what is not said."""

    status = 429
    code = "E-429"


def count(request: HttpRequest, what: str, most: int, *, reference: str = "") -> None:
    """Count a try, by the reference where one is given, else by the address.

    Raises:
        TooOften: more than `most` within the quarter of an hour.
    """
    about = f"reference|{reference}" if reference else f"address|{address_of(request)}"
    if _counted(f"{what}|{about}") > most:
        raise TooOften(_("Too many tries. Wait a quarter of an hour, then try again."))


def address_of(request: HttpRequest) -> str:
    """The address that asks; an IPv6 one by its network (/64), which one household has, but one of
    IPv4 that a server on both writes as IPv6 (`::ffff:192.0.2.7`) as it is.

    Behind `SAFAR_PROXIES` proxies of one's own it is what the outermost of them has written.
    """
    asked = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SAFAR_PROXIES:
        passed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        asked = str(passed[-settings.SAFAR_PROXIES :][0]).strip() or asked
    try:
        address = ip_address(_without_port(asked))
    except ValueError:
        return asked[:64]
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return address.exploded[:19]
    return str(getattr(address, "ipv4_mapped", None) or address)


def _without_port(asked: str) -> str:
    """Some proxies write `192.0.2.7:50123` or `[2001:db8::7]:50123`: each connection has another."""
    if asked.startswith("["):
        return asked[1:].partition("]")[0]
    return asked.partition(":")[0] if asked.count(":") == 1 else asked


def forget_old() -> int:
    """Delete the counts of yesterday; return how many there were."""
    with connection.cursor() as cursor:
        before = timezone.now() - timedelta(days=1)
        cursor.execute("DELETE FROM visas_tries WHERE since < %s", [before])
        return int(cursor.rowcount)


def _counted(what: str) -> int:
    now = int(timezone.now().timestamp())
    since = datetime.fromtimestamp(now - now % WINDOW, UTC)
    mark = salted_hmac("safar.visas.tries", what, algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [mark, since])
        return int(cursor.fetchone()[0])
