"""Opening a case: for somebody who is known already, or for a new person."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions import opening
from safar.assistance.cases.forms.opening import ApplicantForm, NewCaseForm, known_person
from safar.assistance.cases.forms.people import WhoForm
from safar.assistance.cases.queries import duplicates
from safar.core.permissions import Request, page


@page("cases.open_case", methods=("GET", "POST"))
def open_case(request: Request) -> HttpResponse:
    """Open a case; whoever may be known already is asked about before anything is written."""
    known = known_person(request.actor, request.GET.get("person", ""))
    form = NewCaseForm(request.POST or None, actor=request.actor)
    applicant = None if known else ApplicantForm(request.POST or None, prefix="applicant")
    complete = form.is_valid() and (applicant is None or applicant.is_valid())
    possible, question = _possible(request, applicant) if complete else ([], None)
    if complete and (question is None or question.is_valid()):
        same = question.chosen(possible) if question else None
        person: Any = known or same or (applicant and applicant.person())
        case = opening.open_case(request.actor, form.new(person))
        messages.success(request, _("The case is open. Its other people are added on its page."))
        return redirect("cases:case", key=case.pk)
    context = {"form": form, "applicant": applicant, "known": known, "possible": possible,
               "question": question}  # fmt: skip
    status = 422 if form.is_bound and not possible else 200
    return render(request, "cases/open.html", context, status=status)


def _possible(
    request: Request, applicant: ApplicantForm | None
) -> tuple[list[duplicates.Possible], WhoForm | None]:
    if applicant is None:
        return [], None
    found = duplicates.of_new(request.actor, applicant.person())
    answered = request.POST if "who" in request.POST else None
    return found, WhoForm(found, answered) if found else None
