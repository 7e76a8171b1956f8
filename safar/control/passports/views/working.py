"""Pages of the desk on which something is done: fee, register, lists, more asked for, checked."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.control.applications.forms import FeeForm, ListedForm, MoreForm, ReasonForm, WordForm
from safar.control.applications.queries import last_photo, reasons
from safar.control.applications.views import form_page, posted, served
from safar.control.passports import actions, faces, queries
from safar.control.passports.forms.desk import IdentityForm, TermsForm
from safar.control.passports.models import (
    Application,
    Attachment,
    IdentityMatch,
    ListMatch,
    PaperTerms,
)
from safar.control.passports.policies.applications import UNSEEN
from safar.control.passports.queries import identity, listed
from safar.control.passports.views.answered import nationality
from safar.control.passports.wording import identity as alike
from safar.core.errors import NotAllowed
from safar.core.permissions import Request, page
from safar.core.record import get_visible
from safar.ui.forms import typed

BOTH = ("GET", "POST")


@page("passports.take_fee", methods=BOTH)
def fee(request: Request, key: UUID) -> HttpResponse:
    found = _application(request, key)
    form = FeeForm(found, posted(request))
    return form_page(
        request, found, form,
        (_("Fee"), _("Record it"), _("Recorded.")),
        lambda _given: actions.take_fee(request.actor, found, money=form.money()),
    )  # fmt: skip


@page("passports.check_identity", methods=("POST",))
def look(request: Request, key: UUID) -> HttpResponse:
    looked = actions.check_identity(request.actor, _application(request, key))
    if looked.found:
        messages.success(request, _("Somebody like her was found. Another officer judges it."))
    else:
        messages.success(request, _("Nobody like her was found."))
    return redirect("passports:application", key)


@page("passports.judge_identity", methods=BOTH)
def judge(request: Request, key: UUID) -> HttpResponse:
    """The applicant beside a candidate: names, birth, numbers, photos, and the reasons."""
    match = identity.match(request.actor, key)
    found = queries.open_application(request.actor, match.application_id, purpose="identity")
    if not identity.may_see(request.actor, match):
        raise NotAllowed(UNSEEN)
    identity.opened(request.actor, match)
    form = IdentityForm(posted(request))
    if form.is_valid():
        clears = request.actor.may("passports.clear_suspicion")
        do = actions.clear_suspicion if clears else actions.judge_identity
        do(request.actor, match, **form.cleaned_data)
        messages.success(request, _("Judged."))
        return redirect("passports:application", found.pk)
    context = {
        "application": found,
        "match": match,
        "form": form,
        "reasons": alike.reasons(match.reasons),
        "two": [_shown(found), _candidate(match)],
        "faces_on": faces.comparison() is not None,
    }
    return render(request, "passports/identity.html", context, status=422 if form.errors else 200)


def _shown(one: Application) -> dict[str, Any]:
    return {
        "name": one.name,
        "written": one.name_written,
        "former": one.former_names,
        "birth": typed(one.birth) if one.birth else "",
        "place": one.birth_place,
        "sex": one.get_sex_display(),
        "nationality": nationality(one.nationality),
        "personal": one.personal_number,
        "document": f"{one.earlier_issuer} {one.earlier_number}".strip(),
        "about": one.get_kind_display(),
        "number": one.number,
        "status": one.get_status_display(),
        "office": one.office.name,
        "at": one.begun_at,
        "photo": last_photo(queries.papers(one)),
    }


def _candidate(match: IdentityMatch) -> dict[str, Any]:
    if match.other:
        return _shown(match.other)
    shown = match.document
    if shown is None:  # the border's records of it have ended
        return {}
    return {
        "name": shown.name,
        "written": shown.name_written,
        "birth": typed(shown.birth) if shown.birth else "",
        "sex": shown.get_sex_display(),
        "nationality": nationality(shown.nationality),
        "personal": shown.personal_number,
        "document": f"{shown.issuer} {shown.number}",
        "about": _("Shown at a border"),
        "at": shown.first_seen_at,
    }


@page("passports.judge_identity")
def candidate_photo(request: Request, key: UUID) -> HttpResponse:
    """The candidate's photo, for whoever judges: it may be another office's."""
    match = identity.match(request.actor, key)
    if not identity.may_see(request.actor, match):
        raise NotAllowed(UNSEEN)
    identity.opened(request.actor, match, purpose="photo")
    found = queries.portrait(match.other) if match.other else None
    return served(found, "inline") if found else HttpResponse(status=404)


@page("passports.ask_lists", methods=("POST",))
def ask_lists(request: Request, key: UUID) -> HttpResponse:
    actions.ask_lists(request.actor, _application(request, key))
    messages.success(request, _("The lists were asked. What they say stands below."))
    return redirect("passports:application", key)


@page("passports.judge_listed", methods=BOTH)
def judge_listed(request: Request, key: UUID) -> HttpResponse:
    rows = ListMatch.objects.select_related("entry__list__owner", "screening")
    match = get_visible(rows, request.actor, key)
    found = queries.open_application(request.actor, match.application_id, purpose="likeness")
    shown = next(
        row for row in listed.matches(request.actor, match.screening) if row.pk == match.pk
    )
    return form_page(
        request, found, ListedForm(posted(request)),
        (_("Is she this person?"), _("Record the judgement"), _("Judged.")),
        lambda given: actions.judge_listed(request.actor, match, **given),
        match=shown, reasons=reasons(shown), asks_nobody=queries.is_protected(found.kind),
    )  # fmt: skip


@page("passports.set_aside_paper", methods=BOTH)
def set_aside(request: Request, key: UUID) -> HttpResponse:
    paper = get_visible(Attachment.objects.defer("content"), request.actor, key)
    found = _application(request, paper.application_id)
    return form_page(
        request, found, ReasonForm(posted(request)),
        (_("Set the paper aside"), _("Set it aside"), _("It counts as missing.")),
        lambda given: actions.set_aside_paper(request.actor, paper, **given),
        about=paper.get_kind_display(),
    )  # fmt: skip


@page("passports.ask_more", methods=BOTH)
def ask_more(request: Request, key: UUID) -> HttpResponse:
    found = _application(request, key)
    return form_page(
        request, found, MoreForm(posted(request)),
        (_("Ask for more"), _("Ask her"), _("It is written down what she is asked for.")),
        lambda given: actions.ask_more(request.actor, found, **given),
    )  # fmt: skip


@page("passports.answer", methods=("POST",))
def answered(request: Request, key: UUID) -> HttpResponse:
    actions.answer(request.actor, _application(request, key))
    messages.success(request, _("Received."))
    return redirect("passports:application", key)


@page("passports.check", methods=BOTH)
def check(request: Request, key: UUID) -> HttpResponse:
    found = _application(request, key)
    return form_page(
        request, found, WordForm(posted(request)),
        (_("Everything is checked"), _("It is checked"), _("Checked. Another officer decides.")),
        lambda given: actions.check(request.actor, found, **given),
    )  # fmt: skip


@page("passports.send_back", methods=BOTH)
def send_back(request: Request, key: UUID) -> HttpResponse:
    found = _application(request, key)
    return form_page(
        request, found, ReasonForm(posted(request)),
        (_("Send it back"), _("Send it back"), _("Sent back to be checked again.")),
        lambda given: actions.send_back(request.actor, found, **given),
    )  # fmt: skip


@page("passports.withdraw", methods=BOTH)
def withdraw(request: Request, key: UUID) -> HttpResponse:
    found = _application(request, key)
    return form_page(
        request, found, ReasonForm(posted(request)),
        (_("The applicant withdraws"), _("Take note of it"), _("Withdrawn.")),
        lambda given: actions.withdraw(request.actor, found, **given),
    )  # fmt: skip


@page("passports.set_terms", methods=BOTH)
def terms(request: Request) -> HttpResponse:
    """What each kind costs and how long it is valid."""
    form = TermsForm(posted(request))
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        actions.set_terms(request.actor, None, kind=kind, terms=form.terms())
        messages.success(request, _("Set. What was sent before keeps its fee."))
        return redirect("passports:terms")
    context = {"form": form, "rows": PaperTerms.objects.visible_to(request.actor)}
    return render(request, "passports/terms.html", context, status=422 if form.errors else 200)


def _application(request: Request, key: UUID) -> Application:
    return queries.application(request.actor, key)
