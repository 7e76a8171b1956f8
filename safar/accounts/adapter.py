"""What Safar changes in allauth: nobody signs herself up, and the audit hears of everything."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safar.accounts import presence
from safar.accounts.models import User
from safar.accounts.queries import actor_of, is_only_second_factor, needs_second_factor
from safar.core import audit


class SafarAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are added by an administrator, and a second person gives them their roles."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The service number or the password is not right."),
        "incorrect_password": _("This password is not right."),
        "enter_current_password": _("This is not the password you have now."),
        "too_many_login_attempts": _("Too many wrong codes. Wait five minutes, then try again."),
        "rate_limited": _("Too many tries. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave wrong passwords to `lockout`: allauth would count them by user alone."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        about = User.objects.filter(username=credentials.get("username")).first()
        locked = bool(getattr(request, "axes_locked_out", False))
        presence.record(request, "accounts.sign_in", audit.REFUSED, about=about, locked_out=locked)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        presence.started(request)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response

    def logout(self, request: HttpRequest) -> None:
        reason = getattr(request, "sign_out_reason", "asked")
        presence.record(request, "accounts.sign_out", audit.DONE, reason=reason)
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        user.password_is_temporary = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:own")

    def send_notification_mail(self, template_prefix: str, user: User, *_: Any, **__: Any) -> None:
        """Write to the audit what allauth would write a letter about (`totp_activated`)."""
        what = template_prefix.rpartition("/")[2]
        presence.record(self.request, f"accounts.{what}", audit.DONE)


class SafarSecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor, which a trusted role cannot be without."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or it was shown too long ago."),
        "cannot_delete_authenticator": _(
            "Your role needs a second factor, and this is the only one. Add another one first."
        ),
    }

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        required = settings.SAFAR_REQUIRE_SECOND_FACTOR
        needed = required and needs_second_factor(actor_of(authenticator.user))
        return not (needed and is_only_second_factor(authenticator))
