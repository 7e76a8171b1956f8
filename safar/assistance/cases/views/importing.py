"""Lists of cases: hand one in, see what would be written, say that it may be."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as render_page
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import import_wording, importing_tasks
from safar.assistance.cases.actions import importing
from safar.assistance.cases.case_list import COLUMNS
from safar.assistance.cases.forms.importing import ConfirmForm, ListForm
from safar.assistance.cases.models import CaseImport
from safar.assistance.cases.queries import imports as queries
from safar.core import audit
from safar.core.permissions import Request, page
from safar.ui.render import render

ON_A_PAGE = 50
KINDS = {
    "wrong": _("Left out"),
    "possible": _("Perhaps known"),
    "known": _("Known"),
    "all": _("All lines"),
}


@page("cases.hand_in_list", methods=("GET", "POST"))
def imports(request: Request) -> HttpResponse:
    """Hand in a list; it is read in the background. Below: those handed in before."""
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ListForm(*given, actor=request.actor)
    if form.is_valid():
        new = form.new()
        run = importing.hand_in_list(request.actor, new, start=importing_tasks.start)
        return redirect("cases:import", key=run.pk)
    headings = import_wording.headings(COLUMNS)
    shown = Paginator(queries.imports(request.actor), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "shown": shown, "headings": headings}
    return render_page(request, "cases/imports.html", context, status=422 if form.is_bound else 200)


@page("cases.hand_in_list")
def case_import(request: Request, key: UUID) -> HttpResponse:
    """A list: how far it is, what it would write, how it ended. The page may be closed."""
    run = queries.case_import(request.actor, key)
    if run.status == "ready":
        audit.opened(request.actor, "cases.open_list", f"CaseImport:{key}", purpose="casework")
    return render(request, "cases/import.html", _context(request, run), part="work")


@page("cases.confirm_list", methods=("POST",))
def confirm(request: Request, key: UUID) -> HttpResponse:
    """Have the list written."""
    run = queries.case_import(request.actor, key)
    leaves_out = "leaves_out" in request.POST
    start = importing_tasks.start
    importing.confirm_list(request.actor, run, start=start, leaves_out=leaves_out)
    return redirect("cases:import", key=key)


@page("cases.drop_list", methods=("POST",))
def drop(request: Request, key: UUID) -> HttpResponse:
    """Put the list away."""
    importing.drop_list(request.actor, queries.case_import(request.actor, key))
    messages.success(request, _("The list is put away. Nothing of it was written."))
    return redirect("cases:imports")


def _context(request: Request, run: CaseImport) -> dict[str, object]:
    asked = request.GET.get("show", "")
    first = "wrong" if run.refused else "possible" if run.people_possible else "all"
    kind = asked if asked in KINDS else first
    rows = queries.lines(request.actor, run, kind=kind)
    shown = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [
        (one, import_wording.column(one.row), import_wording.why(one.row))
        for one in queries.shown(request.actor, shown)
    ]
    return {
        "run": run,
        "progress": run.progress,
        "is_alive": importing_tasks.is_alive(run.progress),
        "kind": kind,
        "kinds": KINDS.items(),
        "shown": shown,
        "lines": lines,
        "confirm": ConfirmForm(),
        "leaves_out": run.refused + run.left_out,
    }
