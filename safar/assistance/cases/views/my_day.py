"""My day: what is due, overdue, and waiting for me."""

from django.http import HttpResponse
from django.shortcuts import render

from safar.assistance.cases.queries.my_day import my_cases
from safar.core.permissions import Request, page


@page("cases.my_day")
def my_day(request: Request) -> HttpResponse:
    return render(request, "cases/my_day.html", {"cases": my_cases(request.actor)[:50]})
