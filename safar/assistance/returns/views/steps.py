"""The steps of a return: each is a form and the action that it is for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safar.assistance.cases.models import Case, Person
from safar.assistance.cases.views.opened import asked
from safar.assistance.returns.actions import before, journey, planning, reintegration
from safar.assistance.returns.forms import steps as forms
from safar.assistance.returns.models import FeasibilityOption
from safar.assistance.returns.queries import files
from safar.core.errors import NotFound
from safar.core.permissions import Actor, Request, page
from safar.core.record import get_visible

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Step:
    """A step as a page: its heading, its form, and what is done with what was typed.

    `do` gives False where a colleague was quicker, and both are to be shown.
    """

    title: "StrOrPromise"
    button: "StrOrPromise"
    do: Callable[[Actor, Case, Any, Person | None], object]
    form: type[forms.StepForm | forms.FlightForm] = forms.StepForm
    about: "StrOrPromise" = ""
    of_person: bool = False


STEPS: dict[str, Step] = {
    "counsel": Step(
        gettext_lazy("Begin counselling"),
        gettext_lazy("Begin"),
        lambda actor, case, form, person: before.counsel(actor, case),
        about=gettext_lazy(
            "Explain what the return means, what help there is, and that it is her own choice, "
            "which she may take back at any time."
        ),
    ),
    "order": Step(
        gettext_lazy("Deportation order"),
        gettext_lazy("Keep the answer"),
        lambda actor, case, form, person: before.record_order(actor, case, **form.cleaned_data),
        forms.OrderForm,
        about=gettext_lazy("Where one stands, the return is not voluntary: help is not lawful."),
    ),
    "screen": Step(
        gettext_lazy("Questions on vulnerability"),
        gettext_lazy("Keep the answers"),
        lambda actor, case, form, person: before.screen(
            actor, case, person=_needed(person), answers=form.cleaned_data
        ),
        forms.ScreeningForm,
        about=gettext_lazy("Ask alone, in her own language. Tick what she says yes to."),
        of_person=True,
    ),
    "sign": Step(
        gettext_lazy("Declaration of voluntary return"),
        gettext_lazy("Keep the declaration"),
        lambda actor, case, form, person: before.sign(
            actor, case, person=_needed(person), signed=form.signed()
        ),
        forms.DeclarationForm,
        of_person=True,
    ),
    "declare": Step(
        gettext_lazy("Everybody has declared"),
        gettext_lazy("Go on to the journey"),
        lambda actor, case, form, person: before.declare(actor, case),
    ),
    "withdraw": Step(
        gettext_lazy("Take the declaration back"),
        gettext_lazy("Take it back"),
        lambda actor, case, form, person: before.withdraw(
            actor, case, declaration=_standing(case, person), **form.cleaned_data
        ),
        forms.WithdrawalForm,
        about=gettext_lazy("Nobody asks why. What is booked is cancelled."),
        of_person=True,
    ),
    "flight": Step(
        gettext_lazy("The flight home"),
        gettext_lazy("Keep the booking"),
        lambda actor, case, form, person: form.saved_by(
            lambda seen, changes: journey.arrange_travel(
                actor, case, flight=form.booked(changes), seen=seen
            )
        ),
        forms.FlightForm,
    ),
    "depart": Step(
        gettext_lazy("Confirm the departure"),
        gettext_lazy("They are on board"),
        lambda actor, case, form, person: journey.depart(actor, case),
    ),
    "receive": Step(
        gettext_lazy("At the airport"),
        gettext_lazy("Keep what happened"),
        lambda actor, case, form, person: journey.receive(actor, case, handed=form.handed()),
        forms.ReceptionForm,
        about=gettext_lazy("Money is given against a receipt, or not at all."),
    ),
    "weigh": Step(
        gettext_lazy("What can work at home"),
        gettext_lazy("Keep this way"),
        lambda actor, case, form, person: planning.weigh(actor, case, weighed=form.weighed()),
        forms.OptionForm,
    ),
    "grant": Step(
        gettext_lazy("Give a grant"),
        gettext_lazy("Give the grant"),
        lambda actor, case, form, person: reintegration.grant(actor, case, **form.grant()),
        forms.GrantForm,
        about=gettext_lazy(
            "The scheme says how much at the most; the budget line, how much is left."
        ),
    ),
    "finish": Step(
        gettext_lazy("Every tranche is paid"),
        gettext_lazy("Only visits are left"),
        lambda actor, case, form, person: reintegration.finish_help(actor, case),
    ),
    "complete": Step(
        gettext_lazy("Close the return"),
        gettext_lazy("Close it"),
        lambda actor, case, form, person: reintegration.complete(actor, case),
    ),
    "end": Step(
        gettext_lazy("End the return early"),
        gettext_lazy("End it"),
        lambda actor, case, form, person: before.end(actor, case, **form.cleaned_data),
        forms.EndForm,
    ),
}


@page("returns.read", methods=("GET", "POST"))
def step(request: Request, key: UUID, name: str) -> HttpResponse:
    """One step of a return; its action asks whether it may be done."""
    if name not in STEPS:
        raise NotFound(_("There is no such step."))
    chosen, file = STEPS[name], files.file_of(request.actor, key)
    if ask := asked(request, file.case):
        return ask
    person = _person(request, file.case) if chosen.of_person else None
    typed = request.POST if request.method == "POST" else None
    form = chosen.form(typed, case=file.case)
    if form.is_valid() and chosen.do(request.actor, file.case, form, person) is not False:
        messages.success(request, _("Kept."))
        return redirect("returns:case", key=key)
    context = {"step": chosen, "form": form, "file": file, "case": file.case, "person": person}
    return render(request, "returns/step.html", context, status=422 if form.is_bound else 200)


@page("returns.choose", methods=("POST",))
def choose(request: Request, key: UUID) -> HttpResponse:
    """Choose one of the ways that were weighed."""
    option = get_visible(FeasibilityOption.objects.all(), request.actor, key)
    planning.choose(request.actor, option.case, option=option)
    return redirect("returns:case", key=option.case_id)


def _person(request: Request, case: Case) -> Person:
    key = request.GET.get("person") or request.POST.get("person", "")
    found = Person.objects.filter(memberships__case=case, pk=key).first() if _is_key(key) else None
    if found is None:
        raise NotFound(_("This person does not belong to the case."))
    return found


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _needed(person: Person | None) -> Person:
    if person is None:
        raise NotFound(_("This person does not belong to the case."))
    return person


def _standing(case: Case, person: Person | None) -> Any:
    found = case.declarations.filter(person=_needed(person), withdrawn_on=None).first()
    if found is None:
        raise NotFound(_("There is no declaration that could be taken back."))
    return found
