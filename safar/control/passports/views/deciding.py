"""The page of the decision, and the letter of a refusal."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.control.applications.forms import ReasonForm, RefuseForm
from safar.control.applications.queries import last_photo
from safar.control.applications.views import form_page, posted
from safar.control.passports import actions, queries
from safar.control.passports.choices.applications import OPEN, Ground, Status
from safar.control.passports.forms.desk import ApproveForm
from safar.control.passports.paper import letter
from safar.control.passports.policies import applications as policies
from safar.control.passports.queries import identity
from safar.control.passports.views.answered import groups
from safar.control.passports.views.desk import of_identity, of_lists, still
from safar.control.passports.wording import applications as wording
from safar.core.errors import NotFound
from safar.core.permissions import Request, page


@page("passports.approve", methods=("GET", "POST"))
def decide(request: Request, key: UUID) -> HttpResponse:
    """Approve or refuse. The two forms stand beside each other; a button sends its own alone."""
    found = queries.open_application(request.actor, key, purpose="decision")
    approving, refusing = "approve" in request.POST, "refuse" in request.POST
    approve = ApproveForm(request.POST if approving else None, prefix="approve")
    refuse = RefuseForm(Ground.choices, request.POST if refusing else None, prefix="refuse")
    if approving and approve.is_valid():
        actions.approve(request.actor, found, **approve.cleaned_data)
        messages.success(request, _("Approved. It goes to be made."))
        return redirect("passports:application", key)
    if refusing and refuse.is_valid():
        actions.refuse(request.actor, found, **refuse.cleaned_data)
        messages.success(request, _("Refused. Print the letter with the grounds."))
        return redirect("passports:application", key)
    papers = list(queries.papers(found))
    context = {
        "application": found,
        "approve_form": approve,
        "refuse_form": refuse,
        "groups": groups(found),
        "papers": papers,
        "portrait": last_photo(papers),
        "consents": found.consents.all(),
        "still": [wording.lacking(one) for one in still(request.actor, found)],
        "remarks": [wording.sentence(one) for one in queries.remarks(found)],
        "why_not": policies.not_checker(request.actor, found),
        "not_here": policies.decided_where_it_belongs(request.actor, found),
        "is_read_abroad": identity.is_abroad(found) and request.actor.nationwide,
        "is_checked": found.status == Status.CHECKED,
        "is_open": found.status in OPEN,
        **of_identity(request.actor, found),
        **of_lists(request.actor, found),
    }
    failed = approving or refusing
    return render(request, "passports/decide.html", context, status=422 if failed else 200)


@page("passports.revoke", methods=("GET", "POST"))
def revoke(request: Request, key: UUID) -> HttpResponse:
    found = queries.open_application(request.actor, key, purpose="decision")
    return form_page(
        request, found, ReasonForm(posted(request)),
        (_("Stop what was approved"), _("Stop it"), _("Stopped. No document is made of it.")),
        lambda given: actions.revoke(request.actor, found, **given),
    )  # fmt: skip


@page("passports.open")
def refusal_letter(request: Request, key: UUID) -> HttpResponse:
    """The letter of a refusal as PDF, in the officer's language and in English."""
    found = queries.open_application(request.actor, key, purpose="letter")
    if found.status != Status.REFUSED:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    pdf = letter.printed_refusal(found, language=request.actor.language)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="refusal-{found.number}.pdf"'
    return answer
