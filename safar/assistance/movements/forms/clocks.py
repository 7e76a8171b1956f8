"""By whose clock is a time of a flight written? Tickets speak in the time of each airport."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Where these journeys begin, change planes and end; one clock of each zone is enough.
PLACES: "dict[str, StrOrPromise]" = {
    "Asia/Bishkek": _("Bishkek"),
    "Asia/Almaty": _("Almaty, Astana"),
    "Asia/Tashkent": _("Tashkent"),
    "Asia/Dushanbe": _("Dushanbe"),
    "Asia/Ashgabat": _("Ashgabat"),
    "Asia/Kabul": _("Kabul"),
    "Asia/Dubai": _("Dubai"),
    "Asia/Qatar": _("Doha"),
    "Europe/Istanbul": _("Istanbul"),
    "Europe/Moscow": _("Moscow"),
    "Europe/Helsinki": _("Helsinki, Kyiv"),
    "Europe/Berlin": _("Berlin, Paris, Stockholm, Warsaw"),
    "Europe/London": _("London, Lisbon"),
    "America/New_York": _("New York, Toronto"),
    "America/Chicago": _("Chicago, Winnipeg"),
    "America/Denver": _("Denver, Edmonton"),
    "America/Los_Angeles": _("Los Angeles, Vancouver"),
    "Australia/Sydney": _("Sydney, Melbourne"),
    "Australia/Perth": _("Perth"),
    "Pacific/Auckland": _("Auckland"),
}


def clocks() -> "list[tuple[str, StrOrPromise]]":
    """The clocks to choose from, our own first."""
    ours = timezone.get_current_timezone_name()
    named = {ours: PLACES.get(ours, ours), **PLACES}
    return list(named.items())


def by_the_clock(typed: datetime, clock: str) -> datetime:
    """A time that was read by our clock, as the clock of another place has it; "" is ours."""
    if not clock:
        return typed
    return timezone.localtime(typed).replace(tzinfo=ZoneInfo(clock))
