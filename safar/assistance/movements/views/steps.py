"""A step of a member on its own page, and the same step of several at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safar.assistance.cases.views.opened import asked
from safar.assistance.movements.actions import steps as actions
from safar.assistance.movements.choices import StepKind
from safar.assistance.movements.forms import steps as forms
from safar.assistance.movements.models import Interview, Step
from safar.assistance.movements.policies import done_here
from safar.assistance.movements.queries import files
from safar.assistance.movements.queries import steps as queries
from safar.assistance.movements.views.form_page import Words, form_page
from safar.assistance.movements.workflow import STEP
from safar.core.action import can
from safar.core.errors import NotFound, RuleBroken
from safar.core.permissions import Actor, Request, page
from safar.core.record import get_visible
from safar.ui.render import render

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Move:
    """What may be done with a step: its name, its button, its form, the action."""

    name: "StrOrPromise"
    button: "StrOrPromise"
    form: type[forms.StepForm]
    do: Callable[[Actor, Step, Any], object]


# In the order of the buttons; the first that is possible is shown.
MOVES = {
    "set_interview": Move(
        gettext_lazy("Interview"),
        gettext_lazy("Keep the interview"),
        forms.InterviewForm,
        lambda actor, step, form: actions.set_interview(actor, step, new=form.interview()),
    ),
    "ask": Move(
        gettext_lazy("Asked for"),
        gettext_lazy("It is asked for"),
        forms.AskForm,
        lambda actor, step, form: actions.ask(actor, step, **form.cleaned_data),
    ),
    "finish": Move(
        gettext_lazy("Done"),
        gettext_lazy("It is done"),
        forms.FinishForm,
        lambda actor, step, form: actions.finish(actor, step, got=form.got()),
    ),
    "send_back": Move(
        gettext_lazy("Sent back"),
        gettext_lazy("It came back"),
        forms.SendBackForm,
        lambda actor, step, form: actions.send_back(actor, step, **form.cleaned_data),
    ),
    "refuse": Move(
        gettext_lazy("Refused"),
        gettext_lazy("They refused"),
        forms.RefuseForm,
        lambda actor, step, form: actions.refuse(actor, step, **form.cleaned_data),
    ),
    "waive": Move(
        gettext_lazy("Not needed"),
        gettext_lazy("It is not needed"),
        forms.WaiveForm,
        lambda actor, step, form: actions.waive(actor, step, **form.cleaned_data),
    ),
    "need": Move(
        gettext_lazy("Needed after all"),
        gettext_lazy("It is needed"),
        forms.NeedForm,
        lambda actor, step, form: actions.need(actor, step, **form.cleaned_data),
    ),
    "again": Move(
        gettext_lazy("Once more"),
        gettext_lazy("Begin once more"),
        forms.AgainForm,
        lambda actor, step, form: actions.again(actor, step, **form.cleaned_data),
    ),
}


@page("movements.read", methods=("GET", "POST"))
def step(request: Request, key: UUID) -> HttpResponse:
    """How a step stands, and the one form of what is done with it."""
    found = queries.step(request.actor, key)
    if ask := asked(request, found.case):
        return ask
    moves = possible(request.actor, found)
    name = _chosen(request, moves)
    if request.method == "POST" and not name:
        raise NotFound(_("This cannot be done with the step as it stands."))
    form = _form(request, found, name) if name else None
    if form is not None and form.is_valid():
        MOVES[name].do(request.actor, found, form)
        messages.success(request, _("Kept."))
        return redirect("movements:case", key=found.case_id)
    context = {
        "step": found,
        "case": found.case,
        "form": form,
        "chosen": MOVES.get(name),
        "do": name,
        "moves": [(code, MOVES[code].name) for code in moves],
        "interviews": found.interviews.order_by("-at", "-set_at"),
        "asks": queries.scheme_step(found),
        "elsewhere": _elsewhere(request.actor, found),
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "movements/step.html", context, status=status)


def possible(actor: Actor, found: Step) -> list[str]:
    """What she may do with a step as it stands."""
    return [name for name in MOVES if _fits(found, name) and can(actor, f"movements.{name}", found)]


def _fits(found: Step, name: str) -> bool:
    if name == "set_interview":
        opens = STEP.allows(found.status, "ask") or found.status == "asked"
        return found.kind == StepKind.INTERVIEW and opens
    return STEP.allows(found.status, name)


def _chosen(request: Request, moves: list[str]) -> str:
    asked_for = request.POST.get("do", "") or request.GET.get("do", "")
    if asked_for:
        return asked_for if asked_for in moves else ""
    return moves[0] if moves and request.method == "GET" else ""


def _form(request: Request, found: Step, name: str) -> forms.StepForm:
    return MOVES[name].form(
        request.POST or None, step=found, usually_until=queries.usually_until(found)
    )


def _elsewhere(actor: Actor, found: Step) -> dict[str, str] | None:
    """Where a step is done that is not done on this page."""
    why = done_here(actor, found)
    if not why:
        return None
    return {"why": str(why), "url": queries.elsewhere(found.case_id, found.kind)}


@page("movements.finish_for", methods=("GET", "POST"))
def several(request: Request, key: UUID, step: str) -> HttpResponse:
    """The same step is done for several of a family at once."""
    file = files.file_of(request.actor, key)
    if ask := asked(request, file.case):
        return ask
    offered = queries.open_steps(file.case, step)
    if not offered:
        raise RuleBroken(_("Nobody of this family needs this step any more."))
    form = forms.SeveralForm(
        request.POST or None,
        step=offered[0],
        offered=offered,
        usually_until=queries.usually_until(offered[0]),
    )
    if form.is_valid():
        chosen = list(form.cleaned_data["steps"])
        actions.finish_for(request.actor, file.case, steps=chosen, got=form.got())
        messages.success(request, _("Kept."))
        return redirect("movements:case", key=key)
    words = Words(offered[0].get_kind_display(), _("They have it"))
    return form_page(request, file.case, form, words, steps=offered)


@page("movements.tell_family", methods=("POST",))
def tell(request: Request, key: UUID) -> HttpResponse:
    """The family was told of an interview."""
    found = get_visible(Interview.objects.select_related("case"), request.actor, key)
    form = forms.TellForm(request.POST)
    on: date | None = form.cleaned_data["on"] if form.is_valid() else None
    if on is None:
        raise NotFound(_("Say on which day the family was told."))
    actions.tell_family(request.actor, found, on=on)
    messages.success(request, _("Kept."))
    return redirect("movements:step", key=found.step_id)
