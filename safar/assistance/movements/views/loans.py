"""The travel loan of a family: its page, its steps, and the note on paper."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from safar.assistance.cases.views.case import CASEWORK
from safar.assistance.cases.views.opened import asked
from safar.assistance.movements import loan_paper
from safar.assistance.movements.actions import loans as actions
from safar.assistance.movements.forms import loans as forms
from safar.assistance.movements.models import TravelLoan
from safar.assistance.movements.queries import files
from safar.assistance.movements.queries import loan as queries
from safar.core import audit
from safar.core.action import can
from safar.core.permissions import Actor, Request, page
from safar.ui.render import render

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Step:
    """What may be done with a loan: its heading, its form, and the action."""

    title: "StrOrPromise"
    button: "StrOrPromise"
    do: Callable[[Actor, TravelLoan, Any], object]
    form: type[forms.LoanForm] = forms.LoanForm
    about: "StrOrPromise" = ""


STEPS: dict[str, Step] = {
    "sign": Step(
        gettext_lazy("The promissory note is signed"),
        gettext_lazy("Keep the signature"),
        lambda actor, loan, typed: actions.sign_loan(actor, loan, **typed),
        forms.SignForm,
        gettext_lazy("Read the note aloud in the family's language before anybody signs."),
    ),
    "assign": Step(
        gettext_lazy("Who collects the repayments"),
        gettext_lazy("Assign the loan"),
        lambda actor, loan, typed: actions.assign_loan(actor, loan, **typed),
        forms.AssignForm,
    ),
    "repayment": Step(
        gettext_lazy("An instalment was paid"),
        gettext_lazy("Keep the instalment"),
        lambda actor, loan, typed: actions.record_repayment(actor, loan, **typed),
        forms.RepaymentForm,
    ),
    "cancel": Step(
        gettext_lazy("Cancel the promissory note"),
        gettext_lazy("Cancel the note"),
        lambda actor, loan, typed: actions.cancel_loan(actor, loan),
        about=gettext_lazy(
            "Where ages or the family changed, the note is cancelled and drafted anew. "
            "A signed one must be signed again."
        ),
    ),
}


@page("movements.read")
def loan(request: Request, key: UUID) -> HttpResponse:
    """The loan that stands: its sum, its signature, its instalments."""
    file = files.file_of(request.actor, key)
    if ask := asked(request, file.case):
        return ask
    standing = queries.standing_of(request.actor, file.case)
    audit.opened(request.actor, "movements.open_loan", f"Case:{key}", purpose=CASEWORK)
    may = {
        name: standing is not None and can(request.actor, f"movements.{verb}", standing.loan)
        for name, verb in MAY.items()
    }
    context = {
        "file": file,
        "case": file.case,
        "loan": standing,
        "loan_offered": file.scheme.loan_adult is not None,
        "cancelled": list(queries.cancelled(request.actor, file.case)),
        "may_draft": can(request.actor, "movements.draft_loan", file.case),
        "may": may,
    }
    return render(request, "movements/loan.html", context)


MAY = {
    "sign": "sign_loan",
    "assign": "assign_loan",
    "repay": "record_repayment",
    "cancel": "cancel_loan",
}


@page("movements.draft_loan", methods=("POST",))
def draft(request: Request, key: UUID) -> HttpResponse:
    """Draft the note by the scheme's amounts."""
    file = files.file_of(request.actor, key)
    made = actions.draft_loan(request.actor, file.case)
    messages.success(request, _("The note %(number)s is drafted.") % {"number": made.number})
    return redirect("movements:loan", key=key)


@page("movements.read", methods=("GET", "POST"))
def step(request: Request, key: UUID, name: str) -> HttpResponse:
    """One step of the loan; its action asks whether it may be done."""
    chosen, file = STEPS[name], files.file_of(request.actor, key)
    if ask := asked(request, file.case):
        return ask
    standing = queries.loan_of(request.actor, file.case)
    form = chosen.form(request.POST if request.method == "POST" else None, case=file.case)
    if form.is_valid():
        chosen.do(request.actor, standing.loan, form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("movements:loan", key=key)
    context = {"step": chosen, "form": form, "case": file.case, "loan": standing}
    return render(
        request, "movements/loan_step.html", context, status=422 if form.is_bound else 200
    )


@page("movements.read")
def note(request: Request, key: UUID) -> HttpResponse:
    """The promissory note as PDF, in the family's language."""
    file = files.file_of(request.actor, key)
    if ask := asked(request, file.case):
        return ask
    standing = queries.loan_of(request.actor, file.case)
    audit.opened(request.actor, "movements.open_loan", f"Case:{key}", purpose=CASEWORK)
    content = loan_paper.promissory_note(
        standing.loan, list(queries.travellers(file.case)), otherwise=get_language() or "en"
    )
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{standing.loan.number}.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    return response
