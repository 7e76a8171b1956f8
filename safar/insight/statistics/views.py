"""The pages of the figures, and each of their tables as CSV."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.core.errors import NotFound, RuleBroken
from safar.core.permissions import Request, page
from safar.insight.statistics.forms import USUAL_PERIOD, FiguresForm
from safar.insight.statistics.queries import duties as due
from safar.insight.statistics.queries import headline, panels, places, times, traits
from safar.insight.statistics.queries.duties import Duties
from safar.insight.statistics.queries.sources import Sources
from safar.insight.statistics.queries.words import Written, span
from safar.insight.statistics.rules.tables import Table
from safar.ui.csv_out import csv_response
from safar.ui.render import render

TABLES: dict[str, Callable[[Sources], Table]] = {
    "days": times.by_day,
    "weeks": times.by_week,
    "hours": times.by_weekday_and_hour,
    "posts": places.by_post,
    "refusals": places.refusals_by_ground,
    "citizenships": traits.by_citizenship,
    "ages": traits.by_age_and_sex,
    "matrix": traits.by_citizenship_and_post,
}
DUE: dict[str, Callable[[Duties], Table]] = {
    "silence": due.silent_posts,
    "hits": due.hits_by_outcome,
    "waiting": due.amendments_waiting,
    "stays": due.stays_by_day,
    "stays-citizenships": due.stays_by_citizenship,
}


@page("statistics.read")
def crossings(request: Request) -> HttpResponseBase:
    """The page of figures: what is due, and who crossed where and when."""
    duties = Duties(request.actor, timezone.now())
    form = _form(request, duties)
    if not form.is_valid():
        return render(request, "statistics/crossings.html", {"form": form}, status=422)
    sources = Sources(request.actor, form.asked(), duties.now)
    context = {
        "form": form,
        "figures": headline.figures(duties, sources),
        "panels": panels.crossings(sources),
        "due": [Written(DUE[slug](duties)) for slug in ("silence", "hits", "waiting")],
        "span": span(sources.asked.period),
        "address": request.GET.urlencode(),
        "may_export": request.actor.may("statistics.export"),
    }
    return render(request, "statistics/crossings.html", context)


@page("statistics.read")
def stays(request: Request) -> HttpResponseBase:
    """Open stays: those that run out, and those already over."""
    duties = Duties(request.actor, timezone.now())
    tables = [Written(DUE[slug](duties)) for slug in ("stays", "stays-citizenships")]
    context = {"tables": tables, "may_export": request.actor.may("statistics.export")}
    return render(request, "statistics/stays.html", context)


@page("statistics.export")
def crossings_csv(request: Request, slug: str) -> HttpResponseBase:
    """A table of the page, with the same filters, as CSV."""
    duties = Duties(request.actor, timezone.now())
    if slug in DUE:
        return _csv(DUE[slug](duties), duties.now)
    if slug not in TABLES:
        raise NotFound(_("There is no such table."))
    form = _form(request, duties)
    if not form.is_valid():
        raise RuleBroken(_("The filters cannot be read. Open the figures and choose them again."))
    return _csv(TABLES[slug](Sources(request.actor, form.asked(), duties.now)), duties.now)


def _form(request: Request, duties: Duties) -> FiguresForm:
    asked = request.GET or {"period": USUAL_PERIOD}
    return FiguresForm(asked, actor=request.actor, today=duties.today)


def _csv(table: Table, now: datetime) -> HttpResponseBase:
    return csv_response(f"{table.slug}-{now:%Y-%m-%d}.csv", table.columns, table.lines())
