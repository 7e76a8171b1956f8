"""Pages of an import: hand in files, choose columns, see what would change, decide."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist import actions, policies, queries, tasks
from safar.control.watchlist.actions.import_work import TornImport
from safar.control.watchlist.choices import ImportStatus
from safar.control.watchlist.forms.imports import ApproveForm, ColumnsForm, FilesForm, LayoutForm
from safar.control.watchlist.forms.lists import ReasonForm
from safar.control.watchlist.imports.keeping import kept
from safar.control.watchlist.imports.progress import is_alive
from safar.control.watchlist.models import ImportProgress, ImportRun, SourceMapping
from safar.control.watchlist.sources import table
from safar.control.watchlist.sources.formats import FILE, FORMATS
from safar.control.watchlist.sources.parsed import TornFileError
from safar.control.watchlist.wording import imports as import_wording
from safar.core.errors import NotFound
from safar.core.permissions import Request, page
from safar.ui.render import render


@page("watchlist.propose_import", methods=("GET", "POST"))
def add(request: Request, code: str) -> HttpResponse:
    """Hand in the files of a new version; they are read in the background."""
    found = queries.list_of(request.actor, code)
    if found.source_format not in FORMATS:
        raise NotFound(_("This list is kept by hand: it takes no files."))
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FilesForm(found.source_format, *given)
    if form.is_valid():
        run = actions.propose_import(
            request.actor, found, start=tasks.start, files=form.files_given()
        )
        return redirect(_next_page(run), run.pk)
    context = {"list": found, "form": form}
    return render(
        request, "watchlist/import_form.html", context, status=422 if form.is_bound else 200
    )


@page("watchlist.read")
def page_of_import(request: Request, key: UUID) -> HttpResponse:
    """An import: its progress, then what it would change, then how it ended."""
    run = queries.import_run(request.actor, key)
    progress = ImportProgress.objects.visible_to(request.actor).filter(run=run).first()
    replay = queries.replay_of(request.actor, run) if run.status == ImportStatus.PREPARED else None
    if replay and replay.shown:
        queries.opened_replay(request.actor, replay)
    context = {
        "run": run,
        "steps": import_wording.steps(run),
        "progress": progress,
        "is_alive": is_alive(progress),
        "problems": import_wording.problems(run),
        "stage": import_wording.stage(progress),
        "replay": replay,
        "travellers": import_wording.travellers(replay),
        "shown": import_wording.shown(run, replay),
        "only_a_head": policies.only_a_head(run),
        "what_changed": import_wording.what_changed(run),
        "failure": import_wording.failure(run),
        "approve_form": ApproveForm(),
        "decline_form": ReasonForm(),
    }
    return render(request, "watchlist/import.html", context, part="work")


@page("watchlist.choose_columns", methods=("GET", "POST"))
def columns(request: Request, key: UUID) -> HttpResponse:
    """Choose which column of a table is what, beside its first rows."""
    run = queries.import_run(request.actor, key)
    if run.status != ImportStatus.MAPPING:
        return redirect("watchlist:import", key)
    layout = LayoutForm(request.GET or None)
    seen = _preview(run, **layout.layout())
    form = ColumnsForm(seen, request.POST or None, initial=_remembered(run, seen))
    if request.method == "POST" and form.is_valid():
        actions.choose_columns(request.actor, run, columns=form.columns(), start=tasks.start)
        return redirect("watchlist:import", key)
    sheets = seen.layout.sheets
    context = {
        "run": run,
        "seen": seen,
        "form": form,
        "layout": LayoutForm(request.GET or None, sheets_there=sheets),
        "decline_form": ReasonForm(),
        "asked": request.GET.urlencode(),
    }
    return render(
        request, "watchlist/import_columns.html", context, status=422 if form.is_bound else 200
    )


@page("watchlist.approve_import", methods=("POST",))
def approve(request: Request, key: UUID) -> HttpResponse:
    run = queries.import_run(request.actor, key)
    confirmed = "confirm_shrink" in request.POST
    actions.approve_import(request.actor, run, confirm_shrink=confirmed, start=tasks.start)
    messages.success(request, _("You agreed. The new version is being loaded."))
    return redirect("watchlist:import", key)


@page("watchlist.decline_import", methods=("POST",))
def decline(request: Request, key: UUID) -> HttpResponse:
    run = queries.import_run(request.actor, key)
    actions.decline_import(request.actor, run, reason=request.POST.get("reason", ""))
    messages.success(request, _("The import was declined. The list is as it was."))
    return redirect("watchlist:import", key)


@page("watchlist.restart_import", methods=("POST",))
def start_again(request: Request, key: UUID) -> HttpResponse:
    run = queries.import_run(request.actor, key)
    actions.restart_import(request.actor, run, start=tasks.start)
    messages.success(request, _("The work was started again."))
    return redirect("watchlist:import", key)


def _next_page(run: ImportRun) -> str:
    chosen = run.status != ImportStatus.MAPPING
    return "watchlist:import" if chosen else "watchlist:import_columns"


def _preview(run: ImportRun, **layout: str) -> table.Preview:
    with kept(run) as files:
        try:
            return table.preview(files[FILE], **layout)
        except TornFileError as torn:
            raise TornImport(torn) from torn


def _remembered(run: ImportRun, seen: table.Preview) -> dict[str, Any]:
    """The columns of the list's last file where they are still there, else what headings say."""
    held = SourceMapping.objects.filter(list=run.list_id).first()
    if held is None:
        return dict(seen.guess)
    still = {name: text for name, text in held.columns.items() if text in seen.heading}
    return {**seen.guess, **still, "dates": held.dates}
