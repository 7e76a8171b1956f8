"""Finding somebody, and the page of a person."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from safar.assistance.cases.forms.people import FindForm
from safar.assistance.cases.queries import duplicates, people, search
from safar.core import audit
from safar.core.permissions import Request, page


@page("cases.find", methods=("GET", "POST"))
def find(request: Request) -> HttpResponse:
    """Look for a person or a case. By POST, so that no name stands in an address or a log."""
    form, found = FindForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        terms = form.cleaned_data["terms"]
        found = search.find(request.actor, terms)
        audit.searched(request.actor, "cases.find", terms=terms, found=len(found))
    context = {"form": form, "found": found, "most": search.MOST}
    return render(request, "cases/find.html", context)


@page("cases.read_person")
def person(request: Request, key: UUID) -> HttpResponse:
    """A person with all that is known of her; that she was opened is on record first."""
    actor, found = request.actor, people.get(request.actor, key)
    audit.opened(actor, "cases.read_person", f"Person:{key}", purpose="casework")
    around = duplicates.around(actor, found)
    context = {
        "person": found,
        "names": people.names_of(found),
        "citizenships": people.citizenships_of(found),
        "numbers": people.numbers_of(found),
        "reaches": people.reaches_of(actor, found),
        "relatives": people.relatives_of(actor, found),
        "homes": people.homes_of(actor, found),
        "memberships": people.cases_of(actor, [key]).get(key, []),
        "possible": [one for one in around if one.judged is None],
        "judged": [one for one in around if one.judged],
        "changes": found.changes.visible_to(actor).select_related("changed_by")[:20],
    }
    return render(request, "cases/person.html", context)
