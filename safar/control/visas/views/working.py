"""Pages of the desk on which something is done: fee, lists, interview, more asked for, prepared."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from safar.control.applications.forms import FeeForm, ListedForm, ReasonForm, WordForm
from safar.control.applications.queries import reasons
from safar.control.applications.views import form_page, posted
from safar.control.visas import actions, queries
from safar.control.visas.forms.desk import InterviewForm, MoreForm
from safar.control.visas.models import Application, Paper, ScreeningMatch
from safar.core.permissions import Request, page
from safar.core.record import get_visible

BOTH = ("GET", "POST")


@page("visas.take_fee", methods=BOTH)
def fee(request: Request, key: UUID) -> HttpResponse:
    found = _application(request, key)
    form = FeeForm(found, posted(request))
    return form_page(
        request, found, form,
        (_("Fee"), _("Record it"), _("Recorded.")),
        lambda _given: actions.take_fee(request.actor, found, money=form.money()),
    )  # fmt: skip


@page("visas.screen", methods=("POST",))
def screen(request: Request, key: UUID) -> HttpResponse:
    actions.screen(request.actor, _application(request, key))
    messages.success(request, _("The lists were asked. What they say stands below."))
    return redirect("visas:application", key)


@page("visas.judge_match", methods=BOTH)
def judge(request: Request, key: UUID) -> HttpResponse:
    match = get_visible(
        ScreeningMatch.objects.select_related("entry__list__owner", "screening"),
        request.actor,
        key,
    )
    found = queries.open_application(request.actor, match.application_id, purpose="likeness")
    shown = next(
        row for row in queries.matches(request.actor, match.screening) if row.pk == match.pk
    )
    return form_page(
        request, found, ListedForm(posted(request)),
        (_("Is she this person?"), _("Record the judgement"), _("Judged.")),
        lambda given: actions.judge_match(request.actor, match, **given),
        match=shown, reasons=reasons(shown),
    )  # fmt: skip


@page("visas.hold_interview", methods=BOTH)
def interview(request: Request, key: UUID) -> HttpResponse:
    found = _application(request, key)
    return form_page(
        request, found, InterviewForm(posted(request)),
        (_("Interview"), _("Write it down"), _("The interview is written down.")),
        lambda given: actions.hold_interview(request.actor, found, **given),
    )  # fmt: skip


@page("visas.set_aside_paper", methods=BOTH)
def set_aside(request: Request, key: UUID) -> HttpResponse:
    paper = get_visible(Paper.objects.defer("content"), request.actor, key)
    found = _application(request, paper.application_id)
    return form_page(
        request, found, ReasonForm(posted(request)),
        (_("Set the paper aside"), _("Set it aside"), _("It counts as missing.")),
        lambda given: actions.set_aside_paper(request.actor, paper, **given),
        about=paper.get_kind_display(),
    )  # fmt: skip


@page("visas.ask_more", methods=BOTH)
def ask_more(request: Request, key: UUID) -> HttpResponse:
    found = _application(request, key)
    return form_page(
        request, found, MoreForm(posted(request)),
        (_("Ask for more"), _("Ask her"), _("She is asked. She reads it under her reference.")),
        lambda given: actions.ask_more(request.actor, found, **given),
    )  # fmt: skip


@page("visas.answer", methods=("POST",))
def answered(request: Request, key: UUID) -> HttpResponse:
    """What was asked for came to the consulate on paper, and was added there."""
    actions.answer(request.actor, _application(request, key))
    messages.success(request, _("Received."))
    return redirect("visas:application", key)


@page("visas.prepare", methods=BOTH)
def prepare(request: Request, key: UUID) -> HttpResponse:
    found = _application(request, key)
    return form_page(
        request, found, WordForm(posted(request)),
        (_("Prepare for the decision"), _("It is ready"), _("Prepared. Another officer decides.")),
        lambda given: actions.prepare(request.actor, found, **given),
    )  # fmt: skip


@page("visas.send_back", methods=BOTH)
def send_back(request: Request, key: UUID) -> HttpResponse:
    found = _application(request, key)
    return form_page(
        request, found, ReasonForm(posted(request)),
        (_("Send it back"), _("Send it back"), _("Sent back to be prepared again.")),
        lambda given: actions.send_back(request.actor, found, **given),
    )  # fmt: skip


@page("visas.withdraw", methods=BOTH)
def withdraw(request: Request, key: UUID) -> HttpResponse:
    found = _application(request, key)
    return form_page(
        request, found, ReasonForm(posted(request)),
        (_("The applicant withdraws"), _("Take note of it"), _("Withdrawn.")),
        lambda given: actions.withdraw(request.actor, found, **given),
    )  # fmt: skip


def _application(request: Request, key: UUID) -> Application:
    return queries.application(request.actor, key)
