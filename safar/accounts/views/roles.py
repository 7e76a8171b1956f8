"""Roles: what each may do, and those that wait for a second person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.accounts import actions, queries
from safar.accounts.models import RoleGrant
from safar.accounts.roles import ROLES
from safar.core.action import REGISTRY
from safar.core.permissions import Request, page
from safar.core.record import get_visible


@page("accounts.read")
def roles(request: Request) -> HttpResponse:
    """Every role, and every permission with the roles that have it."""
    permissions = sorted(set().union(*(role.permissions for role in ROLES.values())))
    rows = [
        {
            "name": name,
            "wording": REGISTRY[name].wording if name in REGISTRY else _("Opens the page."),
            "held": [name in role.permissions for role in ROLES.values()],
        }
        for name in permissions
    ]
    return render(request, "accounts/roles.html", {"roles": ROLES.values(), "rows": rows})


@page("accounts.read")
def waiting(request: Request) -> HttpResponse:
    grants = queries.waiting_grants(request.actor)
    return render(request, "accounts/roles_waiting.html", {"grants": grants})


@page("accounts.approve_role", methods=("POST",))
def approve(request: Request, key: UUID) -> HttpResponse:
    actions.approve_role(request.actor, _grant(request, key))
    messages.success(request, _("The role is in force now."))
    return redirect("accounts:roles_waiting")


@page("accounts.decline_role", methods=("POST",))
def decline(request: Request, key: UUID) -> HttpResponse:
    actions.decline_role(request.actor, _grant(request, key))
    messages.success(request, _("The role was declined."))
    return redirect("accounts:roles_waiting")


@page("accounts.revoke_role", methods=("POST",))
def revoke(request: Request, key: UUID) -> HttpResponse:
    grant = actions.revoke_role(request.actor, _grant(request, key))
    messages.success(request, _("The role was revoked, and gives nothing any more."))
    return redirect("accounts:user", grant.user_id)


def _grant(request: Request, key: UUID) -> RoleGrant:
    return get_visible(RoleGrant.objects.all(), request.actor, key)
