"""Pages of who belongs to whom, who lives together, and whether two people are one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions import households, judging, relating
from safar.assistance.cases.forms.families import (
    JudgeForm,
    MoveInForm,
    MoveOutForm,
    RelativeForm,
)
from safar.assistance.cases.forms.people import ReasonForm
from safar.assistance.cases.models import HouseholdMember, Person, Relationship
from safar.assistance.cases.queries import people
from safar.core import audit
from safar.core.permissions import Request, page

BOTH = ("GET", "POST")


@page("cases.relate", methods=BOTH)
def relative_add(request: Request, key: UUID) -> HttpResponse:
    person = people.get(request.actor, key)
    form = RelativeForm(people.near(request.actor, person), request.POST or None)
    if request.method == "POST" and form.is_valid():
        relating.relate(request.actor, person, **form.cleaned_data)
        return _done(request, person, _("Kept, for both of them."))
    return _form(request, person, form, _("Add a relative"), _("Add the relative"))


@page("cases.unrelate", methods=("POST",))
def relative_remove(request: Request, key: UUID) -> HttpResponse:
    relationship = people.get_row(request.actor, Relationship, key)
    relating.unrelate(request.actor, relationship)
    return _done(request, relationship.person, _("Taken back, for both of them."))


@page("cases.move_in", methods=BOTH)
def move_in(request: Request, key: UUID) -> HttpResponse:
    person = people.get(request.actor, key)
    form = MoveInForm(people.households_near(request.actor, person), request.POST or None)
    if request.method == "POST" and form.is_valid():
        households.move_in(request.actor, person, **form.cleaned_data)
        return _done(request, person, _("The household is noted."))
    return _form(request, person, form, _("Moves into a household"), _("Move in"))


@page("cases.move_out", methods=BOTH)
def move_out(request: Request, key: UUID) -> HttpResponse:
    member = people.get_row(request.actor, HouseholdMember, key)
    form = MoveOutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        households.move_out(request.actor, member, on=form.cleaned_data["on"])
        return _done(request, member.person, _("The moving out is noted."))
    return _form(request, member.person, form, _("Moves out"), _("Move out"))


@page("cases.judge_people", methods=BOTH)
def judge(request: Request, key: UUID, other: UUID) -> HttpResponse:
    """Two people beside each other, and the question."""
    person, second = people.get(request.actor, key), people.get(request.actor, other)
    form = JudgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        judging.judge(request.actor, person, other=second, **form.cleaned_data)
        return _done(request, person, _("Kept. It can be taken back."))
    for each in (key, other):
        audit.opened(request.actor, "cases.read_person", f"Person:{each}", purpose="comparison")
    context = {"person": person, "form": form, "both": people.beside(request.actor, person, second)}
    return render(request, "cases/person_judge.html", context)


@page("cases.take_back_judgement", methods=BOTH)
def judgement_take_back(request: Request, key: UUID, other: UUID) -> HttpResponse:
    person, second = people.get(request.actor, key), people.get(request.actor, other)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        judging.take_back(request.actor, person, other=second, reason=reason)
        return _done(request, person, _("Taken back. The question is open again."))
    return _form(request, person, form, _("Take the judgement back"), _("Take it back"), second)


def _form(
    request: Request, person: Person, form: Any, title: Any, act: Any, about: Any = ""
) -> HttpResponse:
    context = {"person": person, "form": form, "title": title, "act": act, "about": about}
    return render(request, "cases/person_form.html", context)


def _done(request: Request, person: Person, words: Any) -> HttpResponse:
    messages.success(request, words)
    return redirect("cases:person", person.pk)
