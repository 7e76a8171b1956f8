"""Sessions in the database as Django keeps them; every request reads one, so by a prepared read."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from safar.core.prepared import prepared


class SessionStore(db.SessionStore):
    """What `SESSION_ENGINE` names."""

    def _get_session_from_db(self) -> Session | None:
        found = _session(str(self.session_key), timezone.now())
        if not found:
            self._session_key = None
            return None
        return found[0]


@prepared
def _session(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
