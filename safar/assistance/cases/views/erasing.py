"""Pages of the data protection officer: what is over its time, erasure, a person's own copy."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions import erasing, own_data
from safar.assistance.cases.forms.erasing import KeepForm, OwnDataForm, ProposeErasureForm
from safar.assistance.cases.models import Case, Person
from safar.assistance.cases.queries import own_data as own_queries
from safar.assistance.cases.queries import retention as queries
from safar.assistance.cases.views.opened import asked
from safar.core import audit
from safar.core.permissions import Request, page
from safar.core.record import get_visible

ON_A_PAGE = 50


@page("cases.read_retention")
def retention(request: Request) -> HttpResponse:
    """Closed cases over their time, proposals that wait for a second person, what was decided."""
    over = queries.over_time(request.actor, timezone.localdate())
    shown = Paginator(over, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "shown": shown,
        "rows": queries.with_rule(shown.object_list),
        "proposals": queries.proposals(request.actor)[:ON_A_PAGE],
        "decided": queries.decided(request.actor)[:20],
        "may_propose": request.actor.may("cases.propose_erasure"),
    }
    return render(request, "cases/retention.html", context)


@page("cases.propose_erasure", methods=("GET", "POST"))
def erasure_propose(request: Request, key: UUID) -> HttpResponse:
    """Propose that a closed case be erased."""
    case = get_visible(Case.objects.all(), request.actor, key)
    if ask := asked(request, case):
        return ask
    form = ProposeErasureForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        erasing.propose_erasure(request.actor, case, **form.cleaned_data)
        messages.success(request, _("Proposed. A second person decides; nothing is erased yet."))
        return redirect("cases:retention")
    context = {"case": case, "form": form, "kept_until": queries.kept_until(case)}
    status = 422 if form.is_bound else 200
    return render(request, "cases/erasure_propose.html", context, status=status)


@page("cases.read_retention")
def erasure(request: Request, key: UUID) -> HttpResponse:
    """A proposal, with what would go and what would stay, for the second person."""
    found = queries.erasure(request.actor, key)
    context = {
        "erasure": found,
        "case": found.case,
        "kept_until": queries.kept_until(found.case),
        "keep_form": KeepForm(),
    }
    return render(request, "cases/erasure.html", context)


@page("cases.approve_erasure", methods=("POST",))
def erasure_approve(request: Request, key: UUID) -> HttpResponse:
    erasing.approve_erasure(request.actor, queries.erasure(request.actor, key))
    messages.success(request, _("Erased. What is left is counted, and names nobody."))
    return redirect("cases:erasure", key)


@page("cases.decline_erasure", methods=("POST",))
def erasure_decline(request: Request, key: UUID) -> HttpResponse:
    found, form = queries.erasure(request.actor, key), KeepForm(request.POST)
    if form.is_valid():
        erasing.decline_erasure(request.actor, found, **form.cleaned_data)
        messages.success(request, _("The case is kept."))
        return redirect("cases:retention")
    context = {"erasure": found, "case": found.case, "keep_form": form,
               "kept_until": queries.kept_until(found.case)}  # fmt: skip
    return render(request, "cases/erasure.html", context, status=422)


@page("cases.read_own_data")
def own(request: Request, key: UUID) -> HttpResponse:
    """What is kept about a person, for the officer who answers her."""
    person = get_visible(Person.objects.all(), request.actor, key)
    audit.opened(request.actor, "cases.own_data", f"Person:{key}", purpose="own data")
    return _own_page(request, person, None)


@page("cases.give_own_data", methods=("POST",))
def own_give(request: Request, key: UUID) -> HttpResponse:
    """Her copy as one ZIP. The action has written it down, and by whom, before it leaves."""
    person = get_visible(Person.objects.all(), request.actor, key)
    form = _own_form(request, person, request.POST)
    if not form.is_valid():
        return _own_page(request, person, form)
    given = own_data.give_own_data(request.actor, person, **form.chosen())
    answer = HttpResponse(given.content, content_type="application/zip")
    name = f"own-data-{given.copy.given_at:%Y%m%d}-{given.copy.pk.hex[-6:]}.zip"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"], answer["Cache-Control"] = "nosniff", "no-store"
    return answer


def _own_form(request: Request, person: Person, given: object = None) -> OwnDataForm:
    notes = [r.note.pk for of in own_queries.notes_by_case(request.actor, person) for r in of.notes]
    papers = own_queries.shared_documents(request.actor, person).values_list("pk", flat=True)
    letters = own_queries.letters(request.actor, person).values_list("pk", flat=True)
    return OwnDataForm({"notes": notes, "documents": papers, "letters": letters}, given)


def _own_page(request: Request, person: Person, form: OwnDataForm | None) -> HttpResponse:
    actor = request.actor
    context = {
        "person": person,
        "form": form or _own_form(request, person),
        "cases": own_queries.cases_of(actor, person),
        "tables": own_queries.counts(own_queries.rows_about(actor, person)),
        "notes_by_case": own_queries.notes_by_case(actor, person),
        "documents": own_queries.own_documents(actor, person),
        "shared": own_queries.shared_documents(actor, person),
        "letters": own_queries.letters(actor, person),
        "copies": own_queries.copies(actor, person),
    }
    return render(request, "cases/own_data.html", context, status=422 if form else 200)
