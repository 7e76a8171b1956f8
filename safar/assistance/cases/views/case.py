"""The page of a case, everything that happened in it, and the way off it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from safar.accounts import presence
from safar.assistance.cases.actions.reasons import say_why
from safar.assistance.cases.forms.leading import WhyForm
from safar.assistance.cases.models import Case
from safar.assistance.cases.queries import case_page, files
from safar.core import audit
from safar.core.permissions import PUBLIC, Request, page

ON_A_PAGE = 50
# What the audit is told: it is kept for ever, and so holds no word of a case.
CASEWORK = "casework"
WHY = "cases.why"  # in the session: the key of what she said, by case


@page("cases.read_case")
def case(request: Request, key: UUID) -> HttpResponse:
    """A case and all its parts; who opens it, and for what, is written down first."""
    found = files.case(request.actor, key)
    if files.asks_why(found) and not _why(request, found):
        return _ask(request, found, WhyForm())
    purpose = _why(request, found) or CASEWORK
    audit.opened(request.actor, "cases.open", f"Case:{key}", purpose=purpose)
    return render(request, "cases/case.html", case_page.page(request.actor, found))


@page("cases.read_case", methods=("POST",))
def why(request: Request, key: UUID) -> HttpResponse:
    """Say for what a restricted or medical file is opened."""
    found, form = files.case(request.actor, key), WhyForm(request.POST)
    if not form.is_valid():
        return _ask(request, found, form)
    said = say_why(request.actor, found, why=form.cleaned_data["purpose"])
    request.session[WHY] = {**request.session.get(WHY, {}), str(key): str(said.pk)}
    return redirect("cases:case", key=key)


@page("cases.read_case")
def everything(request: Request, key: UUID) -> HttpResponse:
    """The whole time line, newest first."""
    found = files.case(request.actor, key)
    if files.asks_why(found) and not _why(request, found):
        return redirect("cases:case", key=key)
    purpose = _why(request, found) or CASEWORK
    audit.opened(request.actor, "cases.open_time_line", f"Case:{key}", purpose=purpose)
    events = case_page.time_line(request.actor, found)
    shown = Paginator(events, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [case_page.event_row(one) for one in shown]
    return render(request, "cases/everything.html", {"case": found, "shown": shown, "rows": rows})


@page(PUBLIC)
def away(request: Request) -> HttpResponse:
    """A page that says nothing of anybody: what a worker shows who is looked over the shoulder."""
    if getattr(request, "actor", None):
        presence.lock(request, reason="left in a hurry")
    return render(request, "cases/away.html")


def _why(request: Request, case: Case) -> str:
    return str(request.session.get(WHY, {}).get(str(case.pk), ""))


def _ask(request: Request, case: Case, form: WhyForm) -> HttpResponse:
    context = {"case": case, "form": form}
    return render(request, "cases/why.html", context, status=422 if form.is_bound else 200)
