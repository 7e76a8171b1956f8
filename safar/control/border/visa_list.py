"""How old is the list of visas that a post holds which is cut off from the register?"""

from datetime import timedelta, tzinfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.control.visas.queries.checking import newest_list
from safar.ui.days import written


def age_of_visa_list(zone: tzinfo | None) -> tuple[str, bool]:
    """When the list was made in a post's own time, how long ago, and whether that is too long.

    Empty where the register itself is asked: `SAFAR_VISA_REGISTER` says which.
    """
    if settings.SAFAR_VISA_REGISTER != "list":
        return "", False
    held = newest_list(imported=True)
    if held is None:
        return _("none here"), True
    age = timezone.now() - held.made_at
    made = held.made_at.astimezone(zone)
    today = timezone.now().astimezone(zone).date() == made.date()
    clock = f"{made:%H:%M}"
    day = clock if today else _("{day}, {time}").format(day=written(made, "j M"), time=clock)
    is_old = age >= timedelta(hours=settings.SAFAR_VISA_LIST_HOURS)
    return _("of {day}, {age}").format(day=day, age=_ago(age)), is_old


def _ago(age: timedelta) -> str:
    if age < timedelta(hours=1):
        return _("{minutes} min ago").format(minutes=max(0, int(age.total_seconds() // 60)))
    if age < timedelta(days=2):
        return _("{hours} h ago").format(hours=int(age.total_seconds() // 3600))
    return _("{days} days ago").format(days=age.days)
