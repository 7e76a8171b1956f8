"""The page of a case's notes: read them, write one, correct one by another."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.notes import add_note
from safar.assistance.cases.forms.papers import NoteForm
from safar.assistance.cases.models import Case
from safar.assistance.cases.queries import notes as queries
from safar.assistance.cases.views.reasons import purpose_of
from safar.core import audit
from safar.core.permissions import Request, page
from safar.core.record import get_visible

ON_A_PAGE = 30


@page("cases.read_papers")
def notes(request: Request, key: UUID) -> HttpResponse:
    """The notes of a case, newest first, with the box for another."""
    case = get_visible(Case.objects.all(), request.actor, key)
    if not (purpose := purpose_of(request, case)):
        return redirect("cases:case", key)
    audit.opened(request.actor, "cases.notes", f"Case:{case.pk}", purpose=purpose)
    asked = request.GET.get("corrects") or None
    form = NoteForm(request.actor, case, initial={"corrects": asked} if asked else None)
    return _page(request, case, form)


@page("cases.add_note", methods=("POST",))
def note_add(request: Request, key: UUID) -> HttpResponse:
    """Write a note; one that is refused stays in its box."""
    case = get_visible(Case.objects.all(), request.actor, key)
    form = NoteForm(request.actor, case, request.POST)
    if form.is_valid():
        add_note(request.actor, case, **form.cleaned_data)
        messages.success(request, _("The note was added."))
        return redirect("cases:notes", key)
    return _page(request, case, form, status=422)


def _page(request: Request, case: Case, form: NoteForm, status: int = 200) -> HttpResponse:
    found = queries.notes_of(request.actor, case)
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "case": case,
        "shown": shown,
        "notes": queries.opened(case, shown.object_list),
        "form": form,
        "corrected": queries.corrected(request.actor, case, form["corrects"].value()),
    }
    return render(request, "cases/notes.html", context, status=status)
