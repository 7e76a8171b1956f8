"""Pages of the lists: overview, a list with its entries, imports and their second person."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist import actions, queries
from safar.control.watchlist.forms import ApproveForm, FilesForm, ReasonForm, SearchForm
from safar.control.watchlist.parsed import PROBLEMS
from safar.core.permissions import Request, page

ON_A_PAGE = 50


@page("watchlist.read")
def lists(request: Request) -> HttpResponse:
    context = {
        "lists": queries.lists(request.actor),
        "new_hits": queries.new_hits(request.actor),
    }
    return render(request, "watchlist/lists.html", context)


@page("watchlist.read", methods=("GET", "POST"))
def watch_list(request: Request, code: str) -> HttpResponse:
    """A list and its entries. A search comes by POST: no name stands in an address or a log."""
    found = queries.list_of(request.actor, code)
    asked = request.POST if request.method == "POST" else request.GET
    form = SearchForm(request.POST or None)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    entries = queries.entries(request.actor, found, search=words)
    context = {
        "list": found,
        "form": form,
        "words": words,
        "entries": Paginator(entries, ON_A_PAGE).get_page(asked.get("page")),
        "to_decide": queries.to_decide(request.actor, found),
        "imports": queries.imports(request.actor, found)[:5],
    }
    return render(request, "watchlist/list.html", context, status=422 if form.errors else 200)


@page("watchlist.propose_import", methods=("GET", "POST"))
def import_add(request: Request, code: str) -> HttpResponse:
    found = queries.list_of(request.actor, code)
    form = FilesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        run = actions.propose_import(request.actor, found, **form.files_given())
        messages.success(request, _("The files were read. Nothing has changed yet."))
        return redirect("watchlist:import", run.pk)
    return render(request, "watchlist/import_form.html", {"list": found, "form": form})


@page("watchlist.read")
def import_run(request: Request, key: UUID) -> HttpResponse:
    run = queries.import_run(request.actor, key)
    problems = [{**row, "wrong": PROBLEMS.get(row["code"], row["code"])} for row in run.problems]
    context = {
        "run": run,
        "problems": problems,
        "approve_form": ApproveForm(),
        "decline_form": ReasonForm(),
    }
    return render(request, "watchlist/import.html", context)


@page("watchlist.approve_import", methods=("POST",))
def import_approve(request: Request, key: UUID) -> HttpResponse:
    run = queries.import_run(request.actor, key)
    confirmed = "confirm_shrink" in request.POST
    actions.approve_import(request.actor, run, confirm_shrink=confirmed)
    messages.success(
        request, _("The new version is loaded. It screens at every booth from now on.")
    )
    return redirect("watchlist:import", key)


@page("watchlist.decline_import", methods=("POST",))
def import_decline(request: Request, key: UUID) -> HttpResponse:
    run = queries.import_run(request.actor, key)
    actions.decline_import(request.actor, run, reason=request.POST.get("reason", ""))
    messages.success(request, _("The import was declined. The list is as it was."))
    return redirect("watchlist:import", key)
