"""The page of hits: what the lists found that nobody has judged, for whoever tells the owner."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from safar.control.watchlist import queries
from safar.core.permissions import Request, page

ON_A_PAGE = 50


@page("watchlist.read")
def hits(request: Request) -> HttpResponse:
    """Hits, newest first; that this page of them was opened is on record before it is shown."""
    found = queries.hits_to_read(request.actor)
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(hit, queries.reasons_of(hit)) for hit in shown]
    queries.opened_hits(request.actor, shown=len(rows), found=shown.paginator.count)
    return render(request, "watchlist/hits.html", {"hits": shown, "rows": rows})
