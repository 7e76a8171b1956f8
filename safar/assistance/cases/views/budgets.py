"""Projects and the lines of their budgets: planned, committed, paid, and what is left."""

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions import budgeting
from safar.assistance.cases.forms.money import LineAmountForm, LineForm, ProjectForm
from safar.assistance.cases.models import BudgetLine, Project
from safar.assistance.cases.queries import budgets as queries
from safar.assistance.cases.views.money_form import money_form
from safar.core.permissions import Request, page
from safar.core.record import get_visible


@page("cases.read_budgets")
def budgets(request: Request) -> HttpResponse:
    """Every project with its lines, and the donors' totals in each currency."""
    lines = queries.by_line()
    projects = [(first, list(rows)) for first, rows in groupby(lines, lambda row: row.line.project)]
    context = {
        "projects": projects,
        "donors": queries.donors_of(lines),
        "may_add_project": request.actor.may("cases.add_project"),
        "may_add_line": request.actor.may("cases.add_line"),
        "may_change_line": request.actor.may("cases.change_line"),
        "empty": Project.objects.filter(lines=None),
    }
    return render(request, "cases/budgets.html", context)


@page("cases.add_project", methods=("GET", "POST"))
def project_add(request: Request) -> HttpResponse:
    form = ProjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        budgeting.add_project(request.actor, form.new())
        return redirect("cases:budgets")
    return money_form(request, form, (_("Add a project"), _("Add")), back="cases:budgets")


@page("cases.add_line", methods=("GET", "POST"))
def line_add(request: Request, key: UUID) -> HttpResponse:
    project = get_visible(Project.objects.all(), request.actor, key)
    form = LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        budgeting.add_line(request.actor, project, **form.cleaned_data)
        return redirect("cases:budgets")
    title = _("Add a line to %(project)s") % {"project": project.code}
    return money_form(request, form, (title, _("Add")), back="cases:budgets")


@page("cases.change_line", methods=("GET", "POST"))
def line_change(request: Request, key: UUID) -> HttpResponse:
    line = get_visible(BudgetLine.objects.select_related("project"), request.actor, key)
    form = LineAmountForm(request.POST or None, initial={"amount": line.amount})
    if request.method == "POST" and form.is_valid():
        budgeting.change_line(request.actor, line, **form.cleaned_data)
        messages.success(request, _("The line is changed."))
        return redirect("cases:budgets")
    title = _("Change line %(line)s") % {"line": f"{line.project.code} {line.code}"}
    return money_form(request, form, (title, _("Change")), back="cases:budgets")
