"""Questionnaires: which there are, asking one in a case, and what came of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions import instruments as actions
from safar.assistance.cases.forms.instruments import AnswerForm, VersionForm
from safar.assistance.cases.queries import files
from safar.assistance.cases.queries import instruments as queries
from safar.assistance.cases.views.reasons import purpose_of
from safar.core import audit
from safar.core.errors import NotFound
from safar.core.permissions import Request, page


@page("cases.import_instrument", methods=("GET", "POST"))
def instruments(request: Request) -> HttpResponse:
    """Every questionnaire with its versions; a new one is handed in as an XLSForm."""
    form = VersionForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        made = actions.import_instrument(request.actor, None, content=content)
        messages.success(request, _("%(form)s is there.") % {"form": made})
        return redirect("cases:instruments")
    context = {"form": form, "versions": queries.all_versions(request.actor)}
    return render(request, "cases/instruments.html", context, status=422 if form.is_bound else 200)


@page("cases.answer_instrument", methods=("GET", "POST"))
def answer(request: Request, key: UUID, code: str) -> HttpResponse:
    """Ask a questionnaire in a case; `follow_up` names the follow-up by which it is asked."""
    case = files.case(request.actor, key)
    if not purpose_of(request, case):
        return redirect("cases:case", key=key)
    version = queries.newest(request.actor, code)
    form = AnswerForm(
        request.POST or None,
        case=case,
        version=version,
        questions=queries.questions_of(version),
        language=(get_language() or "")[:2],
        initial={"answered_on": timezone.localdate()},
    )
    if form.is_valid():
        given = form.answered(_key(request.GET.get("follow_up", "")))
        made = actions.answer_instrument(request.actor, case, given=given)
        return redirect("cases:response", key=made.pk)
    context = {"case": case, "version": version, "form": form}
    return render(request, "cases/answer.html", context, status=422 if form.is_bound else 200)


@page("cases.read_case")
def response(request: Request, key: UUID) -> HttpResponse:
    """What was answered, and what it comes to beside the first time."""
    found = queries.response(request.actor, key)
    purpose = purpose_of(request, found.case)
    if not purpose:
        return redirect("cases:case", key=found.case_id)
    audit.opened(request.actor, "cases.open_response", f"Case:{found.case_id}", purpose=purpose)
    baseline, language = queries.baseline_of(request.actor, found), get_language() or ""
    context = {
        "case": found.case,
        "response": found,
        "baseline": baseline,
        "scores": queries.compared(found, baseline, language),
        "said": queries.said(found, language),
        "may_score_again": queries.may_score_again(request.actor, found),
    }
    return render(request, "cases/response.html", context)


@page("cases.score_again", methods=("POST",))
def score_again(request: Request, key: UUID) -> HttpResponse:
    """Work out what a response comes to by the rule that is in force now."""
    actions.score_again(request.actor, queries.response(request.actor, key))
    return redirect("cases:response", key=key)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound(_("There is nothing here, or it is not yours to see.")) from None
