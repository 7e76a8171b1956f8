"""Pages of the lists: the overview, and a list with its entries."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from safar.control.watchlist import queries
from safar.control.watchlist.forms.lists import SearchForm
from safar.core.permissions import Request, page

ON_A_PAGE = 50


@page("watchlist.read")
def lists(request: Request) -> HttpResponse:
    context = {
        "lists": queries.lists(request.actor),
        "new_hits": queries.new_hits(request.actor),
        "to_know": queries.to_know(request.actor).count(),
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
