"""The plan of a case: drafted, changed by two at once without loss, submitted."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions import planning
from safar.assistance.cases.choices.work import PlanStatus
from safar.assistance.cases.forms.working import ChangePlanForm, ItemForm, PlanForm
from safar.assistance.cases.models import PlanItem
from safar.assistance.cases.queries import files, work
from safar.assistance.cases.views.case import CASEWORK
from safar.assistance.cases.views.form_page import Words, form_page
from safar.assistance.cases.views.opened import asked
from safar.core import audit
from safar.core.action import can
from safar.core.permissions import Request, page
from safar.core.record import get_visible

NEW = Words(_("A plan"), _("Begin the plan"), _("Another person agrees to it once it is ready."))
ITEM = Words(_("One thing of the plan"), _("Add to the plan"))


@page("cases.draft_plan", methods=("GET", "POST"))
def add(request: Request, key: UUID) -> HttpResponse:
    """Begin a new version of the plan."""
    case = files.case(request.actor, key)
    form = PlanForm(request.POST or None)
    if form.is_valid():
        plan = planning.draft_plan(request.actor, case, **form.cleaned_data)
        return redirect("cases:plan", key=plan.pk)
    return form_page(request, case, form, NEW)


@page("cases.read_case", methods=("GET", "POST"))
def plan(request: Request, key: UUID) -> HttpResponse:
    """One version of a plan, with its items."""
    found = work.plan(request.actor, key)
    if ask := asked(request, found.case):
        return ask
    audit.opened(request.actor, "cases.open_plan", f"Case:{found.case_id}", purpose=CASEWORK)
    form = ChangePlanForm(request.POST or None, record=found)
    if form.is_valid() and form.saved_by(partial(_change, request, found)):
        messages.success(request, _("Your changes were saved."))
        return redirect("cases:plan", key=key)
    draft = found.status == PlanStatus.DRAFT
    context = {
        "plan": found, "case": found.case, "items": work.items_of(found), "form": form,
        "versions": work.plans_of(request.actor, found.case),
        "may_change": draft and can(request.actor, "cases.change_plan", found),
    }  # fmt: skip
    return render(request, "cases/plan.html", context, status=422 if form.is_bound else 200)


@page("cases.add_plan_item", methods=("GET", "POST"))
def add_item(request: Request, key: UUID) -> HttpResponse:
    """Add one thing to a draft."""
    found = work.plan(request.actor, key)
    form = ItemForm(request.POST or None, case=found.case)
    if form.is_valid():
        planning.add_plan_item(request.actor, found, new=form.new())
        return redirect("cases:plan", key=key)
    return form_page(request, found.case, form, ITEM)


@page("cases.remove_plan_item", methods=("POST",))
def remove_item(request: Request, key: UUID) -> HttpResponse:
    """Take one thing out of a draft."""
    item = get_visible(PlanItem.objects.select_related("plan"), request.actor, key)
    planning.remove_plan_item(request.actor, item)
    return redirect("cases:plan", key=item.plan_id)


@page("cases.submit_plan", methods=("POST",))
def submit(request: Request, key: UUID) -> HttpResponse:
    """Ask another person to agree."""
    planning.submit_plan(request.actor, work.plan(request.actor, key))
    messages.success(request, _("The plan waits for another person’s agreement."))
    return redirect("cases:plan", key=key)


def _change(request: Request, found: object, seen: int, changes: dict[str, object]) -> object:
    return planning.change_plan(request.actor, found, seen=seen, changes=changes)  # type: ignore[arg-type]
