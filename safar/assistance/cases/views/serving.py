"""Help that was given to the people of a case."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions import serving
from safar.assistance.cases.forms.working import ServiceForm, TakeBackForm
from safar.assistance.cases.queries import files, work
from safar.assistance.cases.views.case import CASEWORK
from safar.assistance.cases.views.form_page import Words, form_page
from safar.assistance.cases.views.opened import asked
from safar.core import audit
from safar.core.permissions import Request, page

ON_A_PAGE = 50
NEW = Words(_("Help that was given"), _("Record the help"))
BACK = Words(
    _("Recorded by mistake"),
    _("Take it back"),
    _("It stays on record with your reason, and is counted no more."),
)


@page("cases.record_service", methods=("GET", "POST"))
def add(request: Request, key: UUID) -> HttpResponse:
    """Record help; the same form sent twice counts once."""
    case = files.case(request.actor, key)
    form = ServiceForm(request.POST or None, case=case)
    if form.is_valid():
        form_key = form.cleaned_data["form_key"]
        serving.record_service(request.actor, case, form_key=form_key, new=form.new())
        messages.success(request, _("The help is recorded."))
        return redirect("cases:case", key=key)
    return form_page(request, case, form, NEW)


@page("cases.read_case")
def services(request: Request, key: UUID) -> HttpResponse:
    """All help that the people of a case got."""
    case = files.case(request.actor, key)
    if ask := asked(request, case):
        return ask
    audit.opened(request.actor, "cases.open_services", f"Case:{key}", purpose=CASEWORK)
    found = work.services_of(request.actor, case)
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "cases/services.html", {"case": case, "shown": shown})


@page("cases.take_back_service", methods=("GET", "POST"))
def take_back(request: Request, key: UUID) -> HttpResponse:
    """Take back what was recorded by mistake."""
    found = work.service(request.actor, key)
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        serving.take_back_service(request.actor, found, why=form.cleaned_data["why"])
        return redirect("cases:services", key=found.case_id)
    return form_page(request, found.case, form, BACK)
