"""Orientation sessions: the list with free places, one session with its sheet, and its paper."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.accounts.models import Office
from safar.assistance.cases.models import Placement
from safar.assistance.cases.views.case import CASEWORK
from safar.assistance.movements import session_paper
from safar.assistance.movements.actions import sessions as actions
from safar.assistance.movements.forms.sessions import SessionForm, SheetForm
from safar.assistance.movements.queries import sessions as queries
from safar.core import audit
from safar.core.action import can
from safar.core.permissions import Actor, Request, page
from safar.ui.render import render

ON_A_PAGE = 30


@page("movements.read_sessions")
def sessions(request: Request) -> HttpResponse:
    """Sessions to come with their free places; those that are over on another page."""
    past = request.GET.get("past") == "1"
    found = queries.sessions(past=past, today=timezone.localdate())
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "shown": shown,
        "sessions": queries.shown(shown),
        "past": past,
        "may_add": request.actor.may("movements.add_session"),
    }
    return render(request, "movements/sessions.html", context)


@page("movements.add_session", methods=("GET", "POST"))
def add(request: Request) -> HttpResponse:
    """Plan a session."""
    form = SessionForm(_typed(request), offices=_offices(request.actor))
    if form.is_valid():
        made = actions.add_session(request.actor, form.new())
        messages.success(request, _("The session is planned."))
        return redirect("movements:session", key=made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "movements/session_form.html", {"form": form}, status=status)


@page("movements.read_sessions", methods=("GET", "POST"))
def session(request: Request, key: UUID) -> HttpResponse:
    """A session and its sheet; who is in sight is named, of others there is a number."""
    sheet = queries.sheet(request.actor, key)
    form = SheetForm(_typed(request), sheet=sheet)
    if form.is_valid():
        marks = form.marks()
        number = actions.record_attendance(request.actor, sheet.session.row, marks=marks)
        words = ngettext("Kept for one person.", "Kept for %(n)s people.", number)
        messages.success(request, words % {"n": number})
        return redirect("movements:session", key=key)
    audit.opened(request.actor, "movements.open_sheet", f"Session:{key}", purpose=CASEWORK)
    context = {
        "sheet": sheet,
        "session": sheet.session,
        "form": form,
        "may": {
            name: can(request.actor, f"movements.{name}", sheet.session.row)
            for name in ("change_session", "call_off_session", "record_attendance")
        },
    }
    status = 422 if form.is_bound else 200
    return render(request, "movements/session.html", context, status=status)


@page("movements.change_session", methods=("GET", "POST"))
def change(request: Request, key: UUID) -> HttpResponse:
    """Change a session."""
    found = queries.session(request.actor, key)
    form = SessionForm(_typed(request), offices=_offices(request.actor), kept=found.row)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        actions.change_session(request.actor, found.row, new=form.new(), seen=seen)
        messages.success(request, _("The session is changed."))
        return redirect("movements:session", key=key)
    context = {"form": form, "session": found}
    status = 422 if form.is_bound else 200
    return render(request, "movements/session_form.html", context, status=status)


@page("movements.call_off_session", methods=("GET", "POST"))
def call_off(request: Request, key: UUID) -> HttpResponse:
    """Call a session off, and say how many people are to be told."""
    found = queries.session(request.actor, key)
    if request.method != "POST":
        return render(request, "movements/session_call_off.html", {"session": found})
    invited = actions.call_off_session(request.actor, found.row)
    words = ngettext(
        "The session is called off. One person was invited, and is to be told.",
        "The session is called off. %(n)s people were invited, and are to be told.",
        invited,
    )
    messages.warning(request, words % {"n": invited})
    return redirect("movements:session", key=key)


@page("movements.read_sessions")
def paper(request: Request, key: UUID) -> HttpResponse:
    """The attendance list as PDF, to be signed on each day."""
    sheet = queries.sheet(request.actor, key)
    audit.opened(request.actor, "movements.open_sheet", f"Session:{key}", purpose=CASEWORK)
    answer = HttpResponse(session_paper.attendance_list(sheet), content_type="application/pdf")
    name = f"{sheet.session.row.starts_on}-{sheet.session.row.destination}.pdf"
    answer["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    return answer


def _typed(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _offices(actor: Actor) -> Any:
    placed = Placement.objects.filter(user=actor.user_id, programme="movements")
    if placed.filter(office=None).exists():
        return Office.objects.all()
    return Office.objects.filter(pk__in=placed.values("office"))
