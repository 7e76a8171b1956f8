"""What a worker finds in the morning, put together for her page."""

from typing import Any

from safar.assistance.cases.choices.sharing import ReferralStatus
from safar.assistance.cases.models import Case, IncomingReferral
from safar.assistance.cases.queries import agenda, files, referrals, work
from safar.core.permissions import Actor

SHOWN_TO_US = 5


def my_day(actor: Actor, words: str) -> dict[str, Any]:
    """The context of the page: her day, her files, and what others left with her."""
    today = agenda.local_today()
    day = agenda.day(actor, today)
    coming = (*day.late, *day.now, *day.soon)
    found = files.soonest(actor, words, [one.case.pk for one in coming])
    return {
        "day": day,
        "late": [(one, agenda.days_late(one, today)) for one in day.late],
        "soon": day.soon[: agenda.SHOWN_SOON],
        "soon_count": len(day.soon),
        "waiting": [(one, agenda.waits_days(one, today)) for one in day.waiting],
        "appointments": sorted((one for one in day.now if one.at), key=lambda one: str(one.at)),
        "done": list(work.done_today(actor, today)),
        "chart": agenda.ahead(day),
        "fullest": agenda.fullest(day),
        "files": files.rows(found[: files.SHOWN], coming, today),
        "more": len(found) > files.SHOWN,
        "count": files.my_cases(actor).count(),
        "lent": files.lent(actor),
        "to_us": _to_us(actor),
        "words": words,
    }


def _to_us(actor: Actor) -> list[IncomingReferral]:
    """Referrals to us without an answer, or without a case yet; what is due first."""
    if not actor.may("cases.accept_incoming"):
        return []
    waiting = (ReferralStatus.RECEIVED, ReferralStatus.ACCEPTED)
    return list(referrals.came_in(actor).filter(status__in=waiting)[:SHOWN_TO_US])


def my_cases(actor: Actor) -> Any:
    """Cases that she leads and that are not closed."""
    return files.my_cases(actor)


def is_mine(actor: Actor, case: Case) -> bool:
    return case.lead_id == actor.user_id
