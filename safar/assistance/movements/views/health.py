"""The medical file of a movement, and the day of a health worker. What is opened is on record."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safar.assistance.cases.actions.reasons import say_why
from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.forms.papers import PurposeForm
from safar.assistance.cases.models import CaseMember
from safar.assistance.cases.views.form_page import Words
from safar.assistance.cases.views.opened import asked
from safar.assistance.movements.actions import health as actions
from safar.assistance.movements.actions.preflight import check_before_flight
from safar.assistance.movements.forms.health import ExaminationForm, FitnessForm, PreflightForm
from safar.assistance.movements.models import TravelHealth
from safar.assistance.movements.queries import health_work, medical
from safar.core import audit
from safar.core.action import can
from safar.core.permissions import Request, page
from safar.ui.render import render

ON_A_PAGE = 50
WHY = "movements.why_medical"  # in the session: the row in which she said why she opened a file
EXAMINE = Words(
    gettext_lazy("Keep an examination"),
    gettext_lazy("Keep the examination"),
    gettext_lazy("It stays in the medical file. What the journey may know is said apart from it."),
)
FITNESS = Words(
    gettext_lazy("Fitness to travel"),
    gettext_lazy("Tell the journey"),
    gettext_lazy(
        "Movement staff see the word, until when it holds, the needs and the escort. Not why."
    ),
)
PREFLIGHT = Words(
    gettext_lazy("Check before the flight"),
    gettext_lazy("May board"),
    gettext_lazy("Whoever may not board is put on medical hold instead."),
)


@page("movements.read_health")
def day(request: Request) -> HttpResponse:
    """Flights to check before, holds to look at again, people to be examined."""
    today = timezone.localdate()
    people = health_work.to_examine(request.actor).select_related("case", "member__person")
    found = people.prefetch_related("member__person__names").order_by("due_on", "pk")
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    audit.opened(request.actor, "movements.health_day", "Programme:movements", purpose="casework")
    context = {
        "checks": health_work.checks(request.actor, today),
        "holds": health_work.holds(request.actor, today),
        "shown": shown,
        "today": today,
    }
    return render(request, "movements/health_day.html", context)


@page("movements.read_health", methods=("GET", "POST"))
def file(request: Request, key: UUID) -> HttpResponse:
    """The medical file of a family. Why it is opened is asked, and written down first."""
    found = medical.medical_file(request.actor, key)
    form = PurposeForm(request.POST if request.method == "POST" else None)
    said = request.session.get(WHY, {}).get(str(key), "")
    if form.is_valid():
        why, wall = form.cleaned_data["purpose"], Compartment.MEDICAL
        said = str(say_why(request.actor, found.case, why=why, compartment=wall).pk)
        request.session[WHY] = {**request.session.get(WHY, {}), str(key): said}
        return redirect("movements:health", key=key)
    if not said:
        context = {"case": found.case, "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "movements/health_why.html", context, status=status)
    audit.opened(request.actor, "movements.open_health", f"Case:{key}", purpose=said)
    context = {
        "case": found.case,
        "file": found,
        "patients": medical.patients(request.actor, found.case),
        "may_examine": can(request.actor, "movements.examine", found.case),
    }
    return render(request, "movements/health.html", context)


@page("movements.examine", methods=("GET", "POST"))
def examine(request: Request, key: UUID) -> HttpResponse:
    """Keep an examination of a member."""
    member = medical.member(request.actor, key)
    if ask := asked(request, member.case):
        return ask
    form = ExaminationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.examine(
            request.actor, member.case, member=member, found=form.found(), key=form.key_given()
        )
        messages.success(request, _("The examination is in the medical file."))
        return redirect("movements:fitness", key=key)
    return _form(request, member, form, EXAMINE)


@page("movements.say_fitness", methods=("GET", "POST"))
def fitness(request: Request, key: UUID) -> HttpResponse:
    """Say how a member may travel."""
    member = medical.member(request.actor, key)
    if ask := asked(request, member.case):
        return ask
    now = medical.said_of(request.actor, member)
    kept = TravelHealth.objects.visible_to(request.actor).filter(member=member).first()
    typed = request.POST if request.method == "POST" else None
    form = FitnessForm(typed, now=now, kept=kept)
    if form.is_valid():
        said, seen = form.said(), form.cleaned_data["seen"]
        actions.say_fitness(request.actor, member.case, member=member, said=said, seen=seen)
        messages.success(request, _("The journey knows now."))
        return redirect("movements:health", key=member.case_id)
    return _form(request, member, form, FITNESS, now=now)


@page("movements.check_before_flight", methods=("GET", "POST"))
def preflight(request: Request, key: UUID) -> HttpResponse:
    """Keep that a member was looked at, and may board."""
    member = medical.member(request.actor, key)
    if ask := asked(request, member.case):
        return ask
    form = PreflightForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        check_before_flight(request.actor, member.case, member=member, at=form.cleaned_data["at"])
        messages.success(request, _("The check before the flight is kept."))
        return redirect("movements:health", key=member.case_id)
    more = {"now": medical.said_of(request.actor, member), "flight": medical.flight_of(member)}
    return _form(request, member, form, PREFLIGHT, **more)


def _form(
    request: Request, member: CaseMember, form: Any, words: Words, **more: Any
) -> HttpResponse:
    context = {"case": member.case, "member": member, "form": form, "words": words, **more}
    status = 422 if form.is_bound else 200
    return render(request, "movements/health_form.html", context, status=status)
