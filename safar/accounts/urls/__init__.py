"""The addresses of accounts: home, lock, one's own page, users, roles, the audit."""

from django.urls import path

from safar.accounts.views import audit, own, roles, staff, users

app_name = "accounts"
urlpatterns = [
    path("", own.home, name="home"),
    path("lock/", own.lock, name="lock"),
    path("locked/", own.locked, name="locked"),
    path("unlock/", own.unlock, name="unlock"),
    path("locked/other/", own.other, name="other"),
    path("me/", own.own, name="own"),
    path("language/", own.language, name="language"),
    path("users/", users.users, name="users"),
    path("users/add/", users.add, name="user_add"),
    path("users/<uuid:key>/", users.user, name="user"),
    path("users/<uuid:key>/change/", users.change, name="user_change"),
    path("users/<uuid:key>/details/", staff.details, name="user_details"),
    path("users/<uuid:key>/close/", users.close, name="user_close"),
    path("users/<uuid:key>/reopen/", users.reopen, name="user_reopen"),
    path("users/<uuid:key>/unlock/", users.unlock, name="user_unlock"),
    path("users/<uuid:key>/password/", users.reset_password, name="user_reset_password"),
    path("users/<uuid:key>/roles/", users.propose_role, name="user_propose_role"),
    path("agencies/", users.agencies, name="agencies"),
    path("offices/add/", users.office_add, name="office_add"),
    path("roles/", roles.roles, name="roles"),
    path("roles/waiting/", roles.waiting, name="roles_waiting"),
    path("roles/<uuid:key>/approve/", roles.approve, name="role_approve"),
    path("roles/<uuid:key>/decline/", roles.decline, name="role_decline"),
    path("roles/<uuid:key>/revoke/", roles.revoke, name="role_revoke"),
    path("audit/", audit.audit, name="audit"),
    path("audit/check/", audit.check, name="audit_check"),
]
