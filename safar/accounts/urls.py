"""The addresses of accounts: home, lock, one's own page, users, roles, the audit."""

from django.urls import path

from safar.accounts import audit_views, role_views, staff_views, user_views, views

app_name = "accounts"
urlpatterns = [
    path("", views.home, name="home"),
    path("lock/", views.lock, name="lock"),
    path("locked/", views.locked, name="locked"),
    path("unlock/", views.unlock, name="unlock"),
    path("locked/other/", views.other, name="other"),
    path("me/", views.own, name="own"),
    path("language/", views.language, name="language"),
    path("users/", user_views.users, name="users"),
    path("users/add/", user_views.add, name="user_add"),
    path("users/<uuid:key>/", user_views.user, name="user"),
    path("users/<uuid:key>/change/", user_views.change, name="user_change"),
    path("users/<uuid:key>/details/", staff_views.details, name="user_details"),
    path("users/<uuid:key>/close/", user_views.close, name="user_close"),
    path("users/<uuid:key>/reopen/", user_views.reopen, name="user_reopen"),
    path("users/<uuid:key>/unlock/", user_views.unlock, name="user_unlock"),
    path("users/<uuid:key>/password/", user_views.reset_password, name="user_reset_password"),
    path("users/<uuid:key>/roles/", user_views.propose_role, name="user_propose_role"),
    path("agencies/", user_views.agencies, name="agencies"),
    path("offices/add/", user_views.office_add, name="office_add"),
    path("roles/", role_views.roles, name="roles"),
    path("roles/waiting/", role_views.waiting, name="roles_waiting"),
    path("roles/<uuid:key>/approve/", role_views.approve, name="role_approve"),
    path("roles/<uuid:key>/decline/", role_views.decline, name="role_decline"),
    path("roles/<uuid:key>/revoke/", role_views.revoke, name="role_revoke"),
    path("audit/", audit_views.audit, name="audit"),
    path("audit/check/", audit_views.check, name="audit_check"),
]
