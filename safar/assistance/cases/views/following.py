"""Follow-ups of a case, with every call and visit."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions import following
from safar.assistance.cases.forms.working import AttemptForm, CloseForm, FollowUpForm
from safar.assistance.cases.queries import files, instruments, work
from safar.assistance.cases.views.case import CASEWORK
from safar.assistance.cases.views.form_page import Words, form_page
from safar.assistance.cases.views.opened import asked
from safar.core import audit
from safar.core.action import can
from safar.core.permissions import Request, page

NEW = Words(_("A follow-up"), _("Plan the follow-up"), _("When is somebody to ask how she is?"))


@page("cases.plan_follow_up", methods=("GET", "POST"))
def add(request: Request, key: UUID) -> HttpResponse:
    """Plan a follow-up within a window."""
    case = files.case(request.actor, key)
    form = FollowUpForm(request.POST or None, case=case)
    if form.is_valid():
        following.plan_follow_up(request.actor, case, new=form.new())
        messages.success(request, _("The follow-up is planned."))
        return redirect("cases:case", key=key)
    return form_page(request, case, form, NEW)


@page("cases.read_case")
def follow_up(request: Request, key: UUID) -> HttpResponse:
    """One follow-up and everything that was tried."""
    found = work.follow_up(request.actor, key)
    if ask := asked(request, found.case):
        return ask
    audit.opened(request.actor, "cases.open_follow_up", f"Case:{found.case_id}", purpose=CASEWORK)
    context = {
        "follow_up": found,
        "case": found.case,
        "attempts": found.attempts.select_related("tried_by"),
        "attempt": AttemptForm(prefix="attempt"),
        "close": CloseForm(prefix="close"),
        "may_try": found.closed_at is None and can(request.actor, "cases.record_attempt", found),
        "may_close": found.closed_at is None and can(request.actor, "cases.close_follow_up", found),
        **instruments.part_of(request.actor, found),
    }
    return render(request, "cases/follow_up.html", context)


@page("cases.record_attempt", methods=("POST",))
def attempt(request: Request, key: UUID) -> HttpResponse:
    """Keep a call or a visit."""
    found, form = work.follow_up(request.actor, key), AttemptForm(request.POST, prefix="attempt")
    if not form.is_valid():
        return form_page(request, found.case, form, Words(found.title, _("Keep the attempt")))
    following.record_attempt(request.actor, found, tried=form.tried())
    messages.success(request, _("Kept."))
    return redirect("cases:follow_up", key=key)


@page("cases.close_follow_up", methods=("POST",))
def close(request: Request, key: UUID) -> HttpResponse:
    """Say what came of it."""
    found, form = work.follow_up(request.actor, key), CloseForm(request.POST, prefix="close")
    if not form.is_valid():
        return form_page(request, found.case, form, Words(found.title, _("Close the follow-up")))
    following.close_follow_up(request.actor, found, **form.cleaned_data)
    messages.success(request, _("The follow-up is closed."))
    return redirect("cases:case", key=found.case_id)
