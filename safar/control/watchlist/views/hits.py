"""The page of hits: what the lists found, who judged it and why, for whoever tells the owner."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from safar.control.watchlist import queries
from safar.control.watchlist.forms.lists import HitsForm
from safar.control.watchlist.queries import Wanted
from safar.core.permissions import Request, page

ON_A_PAGE = 50


@page("watchlist.read")
def hits(request: Request) -> HttpResponse:
    """Hits, newest first; that this page of them was opened is on record before it is shown."""
    lists = [(row.code, row.name) for row in queries.lists(request.actor)]
    form = HitsForm(lists, {"status": "open", **request.GET.dict()})
    wanted = _wanted(form)
    found = queries.hits_to_read(request.actor, wanted)
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(hit, queries.reasons_of(hit), queries.decisive(hit)) for hit in shown]
    named = [hit.entry_id for hit in shown]
    queries.opened_hits(request.actor, named, shown=len(rows), found=shown.paginator.count)
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {"form": form, "hits": shown, "rows": rows, "asked": asked.urlencode()}
    context["open_only"] = wanted == Wanted()
    return render(request, "watchlist/hits.html", context)


def _wanted(form: HitsForm) -> Wanted:
    if not form.is_valid():
        return Wanted()
    given = form.cleaned_data
    status = "" if given["status"] == "all" else given["status"] or "open"
    return Wanted(status=status, list_code=given["list"], days=int(given["age"] or 0))
