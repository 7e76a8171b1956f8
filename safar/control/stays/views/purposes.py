"""The purpose that was stated for a person's explanation; it holds for a quarter of an hour."""

from datetime import timedelta

from django.utils import timezone

from safar.core.permissions import Request

STATED = "stated_stays"  # in the session: {key: [purpose, until]}
HOLDS = timedelta(minutes=15)


def state(request: Request, key: object, purpose: str) -> None:
    """Remember a purpose for one explanation."""
    now = timezone.now()
    kept = {
        k: row for k, row in request.session.get(STATED, {}).items() if row[1] > now.timestamp()
    }
    request.session[STATED] = {**kept, str(key): [purpose, (now + HOLDS).timestamp()]}


def stated(request: Request, key: object) -> str:
    """The purpose stated a moment ago, or nothing; every look is recorded with it."""
    purpose, until = request.session.get(STATED, {}).get(str(key), ("", 0))
    return str(purpose) if until > timezone.now().timestamp() else ""
