"""Tasks of a case: added, changed, finished."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions import tasks
from safar.assistance.cases.forms.working import ChangeTaskForm, FinishForm, TaskForm
from safar.assistance.cases.queries import files, work
from safar.assistance.cases.views.case import CASEWORK
from safar.assistance.cases.views.form_page import Words, form_page
from safar.assistance.cases.views.opened import asked
from safar.core import audit
from safar.core.action import can
from safar.core.permissions import Request, page

NEW = Words(_("Something to do"), _("Add the task"))


@page("cases.add_task", methods=("GET", "POST"))
def add(request: Request, key: UUID) -> HttpResponse:
    """Add something to do to a case."""
    case = files.case(request.actor, key)
    form = TaskForm(request.POST or None, case=case)
    if form.is_valid():
        tasks.add_task(request.actor, case, new=form.new())
        messages.success(request, _("The task is on the list."))
        return redirect("cases:case", key=key)
    return form_page(request, case, form, NEW)


@page("cases.read_case", methods=("GET", "POST"))
def task(request: Request, key: UUID) -> HttpResponse:
    """One task: how it stands, and what can be done with it."""
    found = work.task(request.actor, key)
    if ask := asked(request, found.case):
        return ask
    audit.opened(request.actor, "cases.open_task", f"Case:{found.case_id}", purpose=CASEWORK)
    form = ChangeTaskForm(request.POST or None, record=found)
    if form.is_valid() and form.saved_by(partial(_change, request, found)):
        messages.success(request, _("Your changes were saved."))
        return redirect("cases:task", key=key)
    may = {name: can(request.actor, f"cases.{name}_task", found)
           for name in ("change", "begin", "finish", "reopen")}  # fmt: skip
    context = {"task": found, "case": found.case, "form": form, "finish": FinishForm(), "may": may}
    return render(request, "cases/task.html", context, status=422 if form.is_bound else 200)


@page("cases.begin_task", methods=("POST",))
def begin(request: Request, key: UUID) -> HttpResponse:
    """Say that somebody works on it."""
    found = tasks.begin_task(request.actor, work.task(request.actor, key))
    return redirect("cases:task", key=found.pk)


@page("cases.finish_task", methods=("POST",))
def finish(request: Request, key: UUID) -> HttpResponse:
    """Say what came of it."""
    found, form = work.task(request.actor, key), FinishForm(request.POST)
    if not form.is_valid():
        return form_page(request, found.case, form, Words(found.title, _("Finish the task")))
    tasks.finish_task(request.actor, found, **form.cleaned_data)
    messages.success(request, _("Finished."))
    return redirect("cases:case", key=found.case_id)


@page("cases.reopen_task", methods=("POST",))
def reopen(request: Request, key: UUID) -> HttpResponse:
    """Take back that it was finished."""
    found = tasks.reopen_task(request.actor, work.task(request.actor, key))
    return redirect("cases:task", key=found.pk)


def _change(request: Request, found: object, seen: int, changes: dict[str, object]) -> object:
    return tasks.change_task(request.actor, found, seen=seen, changes=changes)  # type: ignore[arg-type]
