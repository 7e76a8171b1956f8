"""The programme's report of a year."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from safar.assistance.returns.choices import PlanKind
from safar.assistance.returns.queries import report as queries
from safar.core.permissions import Request, page
from safar.reference import queries as reference


@page("returns.report")
def report(request: Request) -> HttpResponse:
    """Who arrived in a year, what became of the plans, and what donors gave: sums alone."""
    years = queries.years(request.actor)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else next(iter(years), None)
    context: dict[str, Any] = {"years": years, "year": year}
    if year:
        arrivals = queries.arrivals(request.actor, year)
        money = request.actor.may("cases.read_payments")
        granted = queries.granted(request.actor, year) if money else []
        context |= {
            "arrivals": arrivals,
            "sending": [
                (reference.country_name(code), number) for code, number in arrivals.by_sending
            ],
            "granted": granted,
            "totals": queries.totals(granted),
            "plans": [
                (PlanKind(kind).label, chosen, done)
                for kind, chosen, done in queries.plans(request.actor, year)
            ],
        }
    return render(request, "returns/report.html", context)
