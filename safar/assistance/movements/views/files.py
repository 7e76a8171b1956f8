"""A movement as a whole: accepted or not, put aside, taken up, ended, together with another."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from safar.assistance.cases.models import Case
from safar.assistance.cases.views.opened import asked
from safar.assistance.movements.actions import opening, together
from safar.assistance.movements.forms import files as forms
from safar.assistance.movements.models import TravelTogether
from safar.assistance.movements.queries import files
from safar.assistance.movements.views.form_page import Words, form_page
from safar.core.permissions import Actor, Request, page
from safar.core.record import get_visible


@dataclass(frozen=True)
class Act:
    """What may be done with a movement: the words of its page, its form, the action."""

    words: Words
    form: type[forms.FileForm]
    do: Callable[[Actor, Case, Any], object]


ACTS = {
    "accept": Act(
        Words(
            gettext_lazy("The receiving state accepts"),
            gettext_lazy("They are accepted"),
            gettext_lazy("Everybody's steps begin on the day of the letter."),
        ),
        forms.AcceptForm,
        lambda actor, case, typed: opening.accept(actor, case, **typed),
    ),
    "not_accepted": Act(
        Words(
            gettext_lazy("The receiving state does not accept"),
            gettext_lazy("Close the movement"),
            gettext_lazy("Tell the family yourself, and what else they can do."),
        ),
        forms.ReasonForm,
        lambda actor, case, typed: opening.not_accepted(actor, case, **typed),
    ),
    "put_aside": Act(
        Words(gettext_lazy("Put the movement aside"), gettext_lazy("Put aside")),
        forms.ReasonForm,
        lambda actor, case, typed: opening.put_aside(actor, case, **typed),
    ),
    "take_up": Act(
        Words(gettext_lazy("Take the movement up again"), gettext_lazy("Take up")),
        forms.ReasonForm,
        lambda actor, case, typed: opening.take_up(actor, case, **typed),
    ),
    "end": Act(
        Words(gettext_lazy("End the movement before departure"), gettext_lazy("End it")),
        forms.EndForm,
        lambda actor, case, typed: opening.end(actor, case, **typed),
    ),
    "together": Act(
        Words(
            gettext_lazy("Another case travels along"),
            gettext_lazy("They travel together"),
            gettext_lazy("Both cases keep their own bookings, on the same flights."),
        ),
        forms.TogetherForm,
        lambda actor, case, typed: together.travel_together(actor, case, **typed),
    ),
}


@page("movements.read", methods=("GET", "POST"))
def act(request: Request, key: UUID, name: str) -> HttpResponse:
    """One thing that is done with a movement; its action asks whether it may be."""
    chosen, file = ACTS[name], files.file_of(request.actor, key)
    if ask := asked(request, file.case):
        return ask
    form = chosen.form(request.POST or None, actor=request.actor, case=file.case)
    if form.is_valid():
        chosen.do(request.actor, file.case, form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("movements:case", key=key)
    return form_page(request, file.case, form, chosen.words)


@page("movements.complete_steps", methods=("POST",))
def complete_steps(request: Request, key: UUID) -> HttpResponse:
    """Give those who joined the family later their steps."""
    file = files.file_of(request.actor, key)
    made = opening.complete_steps(request.actor, file.case)
    words = ngettext("%(n)s step was added.", "%(n)s steps were added.", made)
    messages.success(request, words % {"n": made})
    return redirect("movements:case", key=key)


@page("movements.apart", methods=("POST",))
def apart(request: Request, key: UUID) -> HttpResponse:
    """They do not travel together after all."""
    pair = get_visible(TravelTogether.objects.all(), request.actor, key)
    case_key = request.POST.get("case", "")
    back = pair.other_id if case_key == str(pair.other_id) else pair.one_id
    together.apart(request.actor, pair)
    messages.success(request, _("They do not travel together any more."))
    return redirect("movements:case", key=back)
