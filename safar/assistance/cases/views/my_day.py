"""My day: what is due, overdue, and waiting for me; and the list of cases."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from safar.assistance.cases.forms.leading import CasesForm
from safar.assistance.cases.queries import files
from safar.assistance.cases.queries import my_day as mornings
from safar.core.permissions import Request, page

ON_A_PAGE = 50


@page("cases.my_day")
def my_day(request: Request) -> HttpResponse:
    """Her day, her files, and what others left with her."""
    words = request.GET.get("words", "").strip()[:60]
    return render(request, "cases/my_day.html", mornings.my_day(request.actor, words))


@page("cases.read_case")
def cases(request: Request) -> HttpResponse:
    """Cases in sight, a page at a time."""
    form = CasesForm(request.GET, actor=request.actor)
    found = files.cases(request.actor, form.wanted())
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {"form": form, "shown": shown, "rows": files.rows(shown), "asked": asked.urlencode()}
    return render(request, "cases/cases.html", context)
