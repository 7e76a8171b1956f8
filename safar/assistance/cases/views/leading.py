"""What is done with a case as a whole: changed, moved, handed over, lent to a colleague."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions import changing, moving
from safar.assistance.cases.forms.leading import (
    ChangeCaseForm,
    CoverForm,
    HandOverForm,
    MoveForm,
)
from safar.assistance.cases.queries import case_page, colleagues, files
from safar.assistance.cases.views.form_page import Words, form_page
from safar.assistance.cases.views.opened import asked
from safar.core.errors import InvalidMove, NotFound
from safar.core.permissions import Request, page
from safar.core.workflow import NOT_NOW

HAND_OVER = Words(
    _("Hand the case over"),
    _("Hand it over"),
    _("From now on your colleague leads it. It is written down, with the reason."),
)
COVER = Words(
    _("Somebody stands in for you"),
    _("Give the case to her hands"),
    _("She sees this case until the day you name. What she opens is recorded."),
)


@page("cases.change_case", methods=("GET", "POST"))
def change(request: Request, key: UUID) -> HttpResponse:
    """Change what is said of a case; where two do so at once, the second sees both."""
    case = files.case(request.actor, key)
    if ask := asked(request, case):
        return ask
    form = ChangeCaseForm(request.POST or None, record=case)
    if form.is_valid() and form.saved_by(partial(_change, request, case)):
        messages.success(request, _("Your changes were saved."))
        return redirect("cases:case", key=key)
    context = {"case": case, "form": form}
    return render(request, "cases/change.html", context, status=422 if form.is_bound else 200)


@page("cases.move_case", methods=("GET", "POST"))
def move(request: Request, key: UUID, name: str) -> HttpResponse:
    """One move of the programme's workflow; only those that it leaves to this page."""
    case = files.case(request.actor, key)
    title = dict(case_page.moves(request.actor, case)).get(name)
    if title is None:
        raise InvalidMove(NOT_NOW, move=name, status=case.status)
    form = MoveForm(request.POST or None, closes=case_page.closes(case, name))
    if form.is_valid():
        moving.move_case(request.actor, case, move=name, **form.cleaned_data)
        messages.success(request, _("The case has moved on."))
        return redirect("cases:case", key=key)
    return form_page(request, case, form, Words(title, title))


@page("cases.hand_over", methods=("GET", "POST"))
def hand_over(request: Request, key: UUID) -> HttpResponse:
    """Hand a case over to a colleague."""
    case = files.case(request.actor, key)
    form = HandOverForm(request.POST or None, case=case)
    if form.is_valid():
        moving.hand_over(request.actor, case, **form.cleaned_data)
        messages.success(request, _("Your colleague leads the case now."))
        return redirect("cases:my_day")
    return form_page(request, case, form, HAND_OVER)


@page("cases.cover", methods=("GET", "POST"))
def cover(request: Request, key: UUID) -> HttpResponse:
    """Let a colleague stand in until a day."""
    case = files.case(request.actor, key)
    form = CoverForm(request.POST or None, case=case, actor=request.actor)
    if form.is_valid():
        moving.cover(request.actor, case, **form.cleaned_data)
        messages.success(request, _("Your colleague sees the case now."))
        return redirect("cases:case", key=key)
    named = colleagues.who_cover(request.actor, case)
    return form_page(request, case, form, COVER, template="cases/cover.html", named=named)


@page("cases.end_cover", methods=("POST",))
def end_cover(request: Request, key: UUID, user: UUID) -> HttpResponse:
    """End a colleague's cover of a case."""
    case = files.case(request.actor, key)
    named = colleagues.who_cover(request.actor, case).filter(user=user).first()
    if named is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    moving.end_cover(request.actor, case, by=named.user)
    messages.success(request, _("Your colleague no longer stands in."))
    if user == request.actor.user_id:
        return redirect("cases:my_day")
    return redirect("cases:case", key=key)


def _change(request: Request, case: object, seen: int, changes: dict[str, object]) -> object:
    return changing.change_case(request.actor, case, seen=seen, changes=changes)  # type: ignore[arg-type]
