"""The pages of allauth that Safar uses. Sign-up, e-mail and social accounts are not among them."""

from allauth.account.views import account_inactive, login, logout, password_change, reauthenticate
from allauth.mfa.base.views import authenticate, index
from allauth.mfa.base.views import reauthenticate as code_again
from allauth.mfa.recovery_codes.views import generate_recovery_codes, view_recovery_codes
from allauth.mfa.totp.views import activate_totp, deactivate_totp
from allauth.mfa.webauthn.views import (
    add_webauthn,
    edit_webauthn,
    list_webauthn,
    login_webauthn,
    reauthenticate_webauthn,
    remove_webauthn,
)
from django.urls import path

urlpatterns = [
    path("sign-in/", login, name="account_login"),
    path("sign-out/", logout, name="account_logout"),
    path("closed/", account_inactive, name="account_inactive"),
    path("password/", password_change, name="account_change_password"),
    path("confirm/", reauthenticate, name="account_reauthenticate"),
    path("code/", authenticate, name="mfa_authenticate"),
    path("code/confirm/", code_again, name="mfa_reauthenticate"),
    path("second-factor/", index, name="mfa_index"),
    path("app/add/", activate_totp, name="mfa_activate_totp"),
    path("app/remove/", deactivate_totp, name="mfa_deactivate_totp"),
    path("spare-codes/", view_recovery_codes, name="mfa_view_recovery_codes"),
    path("spare-codes/new/", generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("keys/", list_webauthn, name="mfa_list_webauthn"),
    path("keys/add/", add_webauthn, name="mfa_add_webauthn"),
    path("keys/sign-in/", login_webauthn, name="mfa_login_webauthn"),
    path("keys/confirm/", reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("keys/<int:pk>/rename/", edit_webauthn, name="mfa_edit_webauthn"),
    path("keys/<int:pk>/remove/", remove_webauthn, name="mfa_remove_webauthn"),
]
