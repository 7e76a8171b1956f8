"""The rule of registration: proposed, read, agreed to or declined by another."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.stays.actions import ruling
from safar.control.stays.forms import RuleForm
from safar.control.stays.queries import desk
from safar.control.stays.views.form_page import form_page, posted
from safar.core.permissions import Request, page
from safar.reference import queries as reference
from safar.ui.render import render


@page("stays.propose_registration_rule", methods=("GET", "POST"))
def propose(request: Request) -> HttpResponse:
    """Propose a rule."""
    form = RuleForm(posted(request), initial={"from_day": timezone.localdate()})

    def do() -> None:
        given = form.cleaned_data["from_day"]
        ruling.propose_registration_rule(request.actor, None, term=form.term(), from_day=given)

    return form_page(
        request,
        form,
        (
            _("The rule of registration"),
            _("Propose the rule"),
            _("Proposed. It holds once somebody else agrees."),
        ),
        do,
        back=reverse("stays:registrations"),
    )


@page("stays.read")
def rule(request: Request, key: UUID) -> HttpResponse:
    """One rule, by whom it was proposed and agreed to."""
    found = desk.rule(request.actor, key)
    names = {row.code: row.name for row in reference.countries()}
    free = [names.get(code, code) for code in found.free]
    return render(request, "stays/rule.html", {"rule": found, "free": free})


@page("stays.approve_registration_rule", methods=("POST",))
def approve(request: Request, key: UUID) -> HttpResponse:
    ruling.approve_registration_rule(request.actor, desk.rule(request.actor, key))
    messages.success(request, _("Agreed to. What was registered before stays as it was counted."))
    return redirect("stays:registrations")


@page("stays.decline_registration_rule", methods=("POST",))
def decline(request: Request, key: UUID) -> HttpResponse:
    ruling.decline_registration_rule(request.actor, desk.rule(request.actor, key))
    messages.success(request, _("Declined."))
    return redirect("stays:registrations")
