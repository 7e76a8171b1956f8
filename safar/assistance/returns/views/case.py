"""One return, and the referral that opens one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from safar.accounts.models import Office
from safar.assistance.cases.models import Placement
from safar.assistance.cases.views.case import CASEWORK
from safar.assistance.cases.views.opened import asked
from safar.assistance.returns.actions.before import receive_referral
from safar.assistance.returns.forms.referral import Family, ReferralForm
from safar.assistance.returns.policies import why_nobody_returns
from safar.assistance.returns.programme import RETURNS
from safar.assistance.returns.queries import files
from safar.assistance.returns.queries.steps import steps
from safar.core import audit
from safar.core.permissions import Actor, Request, page


@page("returns.read")
def case(request: Request, key: UUID) -> HttpResponse:
    """How far a return is, and what comes next."""
    file = files.file_of(request.actor, key)
    if ask := asked(request, file.case):
        return ask
    audit.opened(request.actor, "returns.open", f"Case:{key}", purpose=CASEWORK)
    people = files.travellers(request.actor, file.case)
    context = {
        "file": file,
        "case": file.case,
        "people": people,
        "journey": files.journey_of(file.case),
        "lines": files.entitled(file, people),
        "claims": files.other_claims(request.actor, file.case),
        "plan_due": files.plan_due_on(file),
        "options": file.case.options.all(),
        "reports": file.case.mission_reports.select_related(
            "disclosure__recipient", "disclosure__consent"
        ),
        "steps": steps(
            request.actor, file, people, why_nobody_returns(request.actor, file.case) or ""
        ),
    }
    return render(request, "returns/case.html", context)


@page("returns.receive_referral", methods=("GET", "POST"))
def referral(request: Request) -> HttpResponse:
    """Write down a mission's referral."""
    form = ReferralForm(request.POST or None, offices=_offices(request.actor))
    family = Family(request.POST or None, prefix="family")
    if form.is_valid() and family.is_valid():
        file = receive_referral(request.actor, form.referral(family))
        messages.success(request, _("The return is open: %(case)s.") % {"case": file.case})
        return redirect("returns:case", key=file.case_id)
    status = 422 if form.is_bound else 200
    return render(request, "returns/referral.html", {"form": form, "family": family}, status=status)


def _offices(actor: Actor) -> object:
    placed = Placement.objects.filter(user=actor.person_id, programme=RETURNS.code)
    if placed.filter(office=None).exists():
        return Office.objects.all()
    return Office.objects.filter(pk__in=placed.values("office"))
