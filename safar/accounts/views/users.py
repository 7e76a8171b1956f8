"""The administrator's pages of users: the list, adding, changing, closing, letting in again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.accounts import actions, queries, rules
from safar.accounts.forms import AgencyForm, NewUserForm, OfficeForm, RoleForm, UserForm
from safar.accounts.models import Agency, Office, User
from safar.core.permissions import Request, page

NO_MORE = ("revoked", "declined")


@page("accounts.read")
def users(request: Request) -> HttpResponse:
    words = request.GET.get("words", "")[:120]
    context = {
        "users": queries.users(request.actor, words=words),
        "words": words,
        "waiting": queries.waiting_grants(request.actor).count(),
    }
    return render(request, "accounts/users.html", context)


@page("accounts.add_user", methods=("GET", "POST"))
def add(request: Request) -> HttpResponse:
    form = NewUserForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        password = rules.temporary_password()
        user = actions.add_user(
            request.actor,
            None,
            username=form.cleaned_data["username"],
            password=password,
            particulars=form.particulars(),
        )
        return _show_password(request, user, password, is_new=True)
    return render(request, "accounts/user_form.html", {"form": form})


@page("accounts.read")
def user(request: Request, key: UUID) -> HttpResponse:
    return _show(request, queries.user(request.actor, key))


@page("accounts.change_user", methods=("GET", "POST"))
def change(request: Request, key: UUID) -> HttpResponse:
    user = queries.user(request.actor, key)
    form = UserForm(request.POST or None, actor=request.actor, initial=_as_entered(user))
    if request.method == "POST" and form.is_valid():
        actions.change_user(request.actor, user, particulars=form.particulars())
        messages.success(request, _("The changes were saved."))
        return redirect("accounts:user", key)
    return render(request, "accounts/user_form.html", {"form": form, "subject": user})


@page("accounts.close_user", methods=("POST",))
def close(request: Request, key: UUID) -> HttpResponse:
    actions.close_user(request.actor, queries.user(request.actor, key))
    messages.success(request, _("The account was closed, and its roles were revoked."))
    return redirect("accounts:user", key)


@page("accounts.reopen_user", methods=("POST",))
def reopen(request: Request, key: UUID) -> HttpResponse:
    actions.reopen_user(request.actor, queries.user(request.actor, key))
    messages.success(request, _("The account is open again. Its roles must be given anew."))
    return redirect("accounts:user", key)


@page("accounts.unlock_user", methods=("POST",))
def unlock(request: Request, key: UUID) -> HttpResponse:
    actions.unlock_user(request.actor, queries.user(request.actor, key))
    messages.success(request, _("This person can sign in again now."))
    return redirect("accounts:user", key)


@page("accounts.reset_password", methods=("POST",))
def reset_password(request: Request, key: UUID) -> HttpResponse:
    password = rules.temporary_password()
    user = queries.user(request.actor, key)
    actions.reset_password(request.actor, user, password=password)
    return _show_password(request, user, password, is_new=False)


@page("accounts.propose_role", methods=("POST",))
def propose_role(request: Request, key: UUID) -> HttpResponse:
    user = queries.user(request.actor, key)
    form = RoleForm(request.POST, standing=_standing(request, user))
    if not form.is_valid():
        return _show(request, user, form=form, status=422)
    actions.propose_role(request.actor, user, **form.cleaned_data)
    messages.success(request, _("The role was proposed. It waits for a second administrator."))
    return redirect("accounts:user", key)


@page("accounts.add_agency", methods=("GET", "POST"))
def agencies(request: Request) -> HttpResponse:
    form = AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_agency(request.actor, None, **form.cleaned_data)
        messages.success(request, _("The agency was added."))
        return redirect("accounts:agencies")
    return _agencies(request, form, OfficeForm(actor=request.actor, prefix="office"))


@page("accounts.add_office", methods=("POST",))
def office_add(request: Request) -> HttpResponse:
    form = OfficeForm(request.POST, actor=request.actor, prefix="office")
    if form.is_valid():
        given = form.cleaned_data
        actions.add_office(request.actor, given["agency"], code=given["code"], name=given["name"])
        messages.success(request, _("The office was added."))
        return redirect("accounts:agencies")
    return _agencies(request, AgencyForm(), form, status=422)


def _agencies(
    request: Request, form: AgencyForm, office: OfficeForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "office_form": office,
        "agencies": Agency.objects.visible_to(request.actor),
        "offices": Office.objects.visible_to(request.actor).select_related("agency"),
    }
    return render(request, "accounts/agencies.html", context, status=status)


def _show(
    request: Request, user: User, *, form: RoleForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "subject": user,
        "grants": queries.grants_of(request.actor, user),
        "is_locked_out": queries.is_locked_out(user),
        "has_second_factor": queries.has_second_factor(user),
        "form": form or RoleForm(standing=_standing(request, user)),
    }
    return render(request, "accounts/user.html", context, status=status)


def _standing(request: Request, user: User) -> set[str]:
    grants = queries.grants_of(request.actor, user).exclude(status__in=NO_MORE)
    return set(grants.values_list("role", flat=True))


def _as_entered(user: User) -> dict[str, object]:
    names = ("full_name", "rank", "agency", "phone", "language")
    posts = [posting.post_id for posting in user.postings.all()]
    return {name: getattr(user, name) for name in names} | {"posts": posts}


def _show_password(request: Request, user: User, password: str, *, is_new: bool) -> HttpResponse:
    context = {"subject": user, "password": password, "is_new": is_new}
    return render(request, "accounts/temporary_password.html", context)
