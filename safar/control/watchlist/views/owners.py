"""Pages about a list as a whole: its figures, its threshold, whom its owner is to know of."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist import actions, policies, queries
from safar.control.watchlist.forms.lists import NumberForm, ReasonForm, ThresholdForm
from safar.control.watchlist.models import RecentCrosser, ThresholdChange
from safar.control.watchlist.wording import figures as figure_charts
from safar.core.permissions import Request, page
from safar.core.record import get_visible
from safar.ui.csv_out import csv_response


@page("watchlist.read")
def figures(request: Request, code: str) -> HttpResponse:
    found = queries.list_of(request.actor, code)
    counted = queries.figures(request.actor, found)
    context = {
        "list": found,
        "figures": counted,
        "charts": figure_charts.charts(counted),
        "clear": figure_charts.time_to_clear(counted),
        "silent": queries.silent_entries(request.actor, found)[: queries.MOST_SILENT],
    }
    return render(request, "watchlist/figures.html", context)


@page("watchlist.read")
def figures_csv(request: Request, code: str) -> StreamingHttpResponse:
    found = queries.list_of(request.actor, code)
    rows = figure_charts.rows(queries.figures(request.actor, found))
    return csv_response(f"{found.code}-figures.csv", figure_charts.HEADER, rows)


@page("watchlist.read", methods=("GET", "POST"))
def threshold(request: Request, code: str) -> HttpResponse:
    """The threshold, the one that waits, and what another would have meant; POST tries a value."""
    found = queries.list_of(request.actor, code)
    form = ThresholdForm(request.POST or None, initial={"after": found.threshold})
    tried = None
    if request.method == "POST" and (value := _tried(form)) is not None:
        tried = (value, queries.outlook(found, value))
    change = queries.threshold_proposal(request.actor, found)
    context = {
        "list": found,
        "form": form if request.method == "POST" else ThresholdForm(initial=form.initial),
        "tried": tried,
        "change": change,
        "only_a_head": policies.only_a_head(change) if change else None,
        "outlook": queries.outlook(found, change.after) if change else None,
        "trial": queries.trial(change) if change else None,
        "past": queries.thresholds(request.actor, found).exclude(status="proposed")[:10],
        "reason_form": ReasonForm(auto_id="decline_%s"),
    }
    return render(request, "watchlist/threshold.html", context)


def _tried(form: ThresholdForm) -> float | None:
    """The value that was typed, whether or not there is a reason yet."""
    form.is_valid()
    value: float | None = form.cleaned_data.get("after")
    return value


@page("watchlist.propose_threshold", methods=("POST",))
def threshold_propose(request: Request, code: str) -> HttpResponse:
    found = queries.list_of(request.actor, code)
    form = ThresholdForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give a likeness from 0.5 to 1, and the reason."))
        return redirect("watchlist:threshold", code)
    given = form.cleaned_data
    actions.propose_threshold(request.actor, found, after=given["after"], reason=given["reason"])
    messages.success(request, _("Proposed. The list stops whom it stopped until then."))
    return redirect("watchlist:threshold", code)


@page("watchlist.approve_threshold", methods=("POST",))
def threshold_approve(request: Request, key: UUID) -> HttpResponse:
    change = actions.approve_threshold(request.actor, _threshold(request, key))
    messages.success(request, _("The list screens with the new threshold from now on."))
    return redirect("watchlist:threshold", change.list.code)


@page("watchlist.decline_threshold", methods=("POST",))
def threshold_decline(request: Request, key: UUID) -> HttpResponse:
    reason = request.POST.get("reason", "")
    change = actions.decline_threshold(request.actor, _threshold(request, key), reason=reason)
    messages.success(request, _("Declined. The threshold is as it was."))
    return redirect("watchlist:threshold", change.list.code)


@page("watchlist.read")
def to_know(request: Request) -> HttpResponse:
    """Who is inside and like an entry of one's own agency's lists; each is a look at the entry."""
    found = list(queries.to_know(request.actor)[:100])
    named = [row.entry_id for row in found]
    queries.opened_hits(request.actor, named, shown=len(found), found=len(found), what="to-know")
    return render(request, "watchlist/to_know.html", {"found": found})


@page("watchlist.see_recent_crosser", methods=("POST",))
def crosser_seen(request: Request, key: UUID) -> HttpResponse:
    found = get_visible(RecentCrosser.objects.all(), request.actor, key)
    actions.see_recent_crosser(request.actor, found)
    messages.success(request, _("Taken note of."))
    return redirect("watchlist:to_know")


@page(queries.LOOKS)
def looks(request: Request, key: UUID) -> HttpResponse:
    """Who opened an entry, without what it says of the person; that this was read is on record."""
    entry = queries.entry_for_looks(request.actor, key=key)
    rows = queries.looks(entry)[:200]
    queries.looked_at_looks(request.actor, entry)
    return render(request, "watchlist/looks.html", {"entry": entry, "looks": rows})


@page(queries.LOOKS, methods=("GET", "POST"))
def looks_of(request: Request) -> HttpResponse:
    """An auditor names an entry by its number."""
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entry = queries.entry_for_looks(request.actor, number=form.cleaned_data["number"])
        return redirect("watchlist:looks", entry.pk)
    return render(request, "watchlist/looks_of.html", {"form": form})


def _threshold(request: Request, key: UUID) -> ThresholdChange:
    return get_visible(ThresholdChange.objects.select_related("list"), request.actor, key)
