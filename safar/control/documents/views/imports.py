"""Pages of an owner's list of lost documents: the list, a new version of it, the decision."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from safar.control.documents import actions, queries, tasks
from safar.control.documents.forms.reports import ApproveForm, DeclineForm, FileForm, SourceForm
from safar.control.documents.imports.progress import is_alive, refuse_at_work
from safar.control.documents.wording import imports as import_wording
from safar.core.permissions import Request, page
from safar.ui.render import render


@page("documents.add_source", methods=("GET", "POST"))
def add_list(request: Request) -> HttpResponse:
    """Open the list of another owner; its first file comes next."""
    form = SourceForm(request.POST or None)
    if form.is_valid():
        opened = actions.add_source(request.actor, None, **form.cleaned_data)
        return redirect("documents:import_add", opened.code)
    return render(
        request, "documents/list_form.html", {"form": form}, status=422 if form.is_bound else 200
    )


@page("documents.read")
def owners_list(request: Request, code: str) -> HttpResponse:
    """An owner's list: its version in force, and the files that were put forward."""
    found = queries.source(request.actor, code)
    runs = queries.imports(request.actor).filter(source=found)[: queries.PAGE]
    return render(request, "documents/list.html", {"list": found, "imports": runs})


@page("documents.propose_list", methods=("GET", "POST"))
def add(request: Request, code: str) -> HttpResponse:
    """Hand in the file of a new version; it is read in the background."""
    found = queries.source(request.actor, code)
    form = FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        file = form.cleaned_data["file"]
        run = actions.propose_list(
            request.actor, found, name=file.name, content=file, start=tasks.start
        )
        return redirect("documents:import", run.pk)
    context = {"list": found, "form": form, "columns": import_wording.columns()}
    return render(
        request, "documents/import_form.html", context, status=422 if form.is_bound else 200
    )


@page("documents.read")
def page_of_import(request: Request, key: UUID) -> HttpResponse:
    """An import: its progress, then what it would change, then how it ended."""
    run = queries.list_import(request.actor, key)
    progress = queries.progress(run)
    context = {
        "run": run,
        "steps": import_wording.steps(run),
        "progress": progress,
        "is_alive": is_alive(progress),
        "problems": import_wording.problems(run),
        "shown": import_wording.shown(run),
        "failure": import_wording.failure(run),
        "approve_form": ApproveForm(),
        "decline_form": DeclineForm(),
    }
    return render(request, "documents/import.html", context, part="work")


@page("documents.approve_list", methods=("POST",))
def approve(request: Request, key: UUID) -> HttpResponse:
    run = queries.list_import(request.actor, key)
    confirmed = "confirm_shrink" in request.POST
    actions.approve_list(request.actor, run, confirm_shrink=confirmed)
    messages.success(request, _("You agreed. The new version is in force."))
    return redirect("documents:import", key)


@page("documents.decline_list", methods=("POST",))
def decline(request: Request, key: UUID) -> HttpResponse:
    run = queries.list_import(request.actor, key)
    refuse_at_work(run)  # before the action, which would wait for the work's own lock
    actions.decline_list(request.actor, run, reason=request.POST.get("reason", ""))
    messages.success(request, _("The import was declined. The list is as it was."))
    return redirect("documents:import", key)


@page("documents.restart_list", methods=("POST",))
def start_again(request: Request, key: UUID) -> HttpResponse:
    run = queries.list_import(request.actor, key)
    refuse_at_work(run)
    actions.restart_list(request.actor, run, start=tasks.start)
    messages.success(request, _("The work was started again."))
    return redirect("documents:import", key)
