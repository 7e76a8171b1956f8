"""Where foreigners live, which registrations were late, and by which rule."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.stays.actions import registering
from safar.control.stays.forms import MistakeForm, RegisterForm
from safar.control.stays.queries import desk
from safar.control.stays.queries.entries import open_stay
from safar.control.stays.views.form_page import form_page, posted
from safar.core.permissions import Request, page
from safar.ui.render import render


@page("stays.read")
def registrations(request: Request) -> HttpResponse:
    late = request.GET.get("late") == "1"
    rules = desk.rules(request.actor)
    context = {
        "rows": desk.registrations(request.actor, late=late),
        "late": late,
        "may_strike": request.actor.may("stays.strike_registration"),
        "term": desk.term_on(timezone.localdate()),
        "rules": [one for one in rules if not one.is_open],
        "waiting": [one for one in rules if one.is_open],
        "shown": desk.REGISTRATIONS_SHOWN,
    }
    return render(request, "stays/registrations.html", context)


@page("stays.register", methods=("GET", "POST"))
def register(request: Request, key: UUID) -> HttpResponse:
    found = open_stay(request.actor, key, purpose="registration")
    initial = {"from_day": found.entered_on, "until": found.until}
    form = RegisterForm(posted(request), initial=initial)
    return form_page(
        request,
        form,
        (_("Register an address"), _("Register"), _("Registered.")),
        lambda: registering.register(request.actor, found.crossing, lives=form.lives()),
        back=reverse("stays:registrations"),
        stay=found,
        term=desk.term_on(timezone.localdate()),
        counts_late=True,
    )


@page("stays.strike_registration", methods=("GET", "POST"))
def strike(request: Request, key: UUID) -> HttpResponse:
    """Strike out what was written by mistake; the row stays, with the reason beside it."""
    found = desk.registration(request.actor, key, purpose="registration")
    form = MistakeForm(posted(request))
    return form_page(
        request,
        form,
        (
            _("Strike out this registration"),
            _("Strike it out"),
            _("Struck out. It counts for nothing."),
        ),
        lambda: registering.strike_registration(request.actor, found, **form.cleaned_data),
        back=reverse("stays:registrations"),
        registration=found,
    )
