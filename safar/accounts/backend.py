"""Sign-in by service number and password, and who a session belongs to, with her rights."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from safar.accounts.models import User
from safar.accounts.queries import with_rights


class ByPassword(AuthenticationBackend):  # type: ignore[misc]
    """Every request asks who it is from: one prepared read brings her roles and posts too."""

    def get_user(self, user_id: Any) -> User | None:
        user = next(iter(with_rights(UUID(str(user_id)))), None)
        return user if user is not None and self.user_can_authenticate(user) else None
