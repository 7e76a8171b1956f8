"""A new application: its answers on one page, then its papers and consents, and it is sent."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.control.applications.views import posted
from safar.control.passports import actions, queries
from safar.control.passports.choices.applications import AttachmentKind, Status
from safar.control.passports.forms.filling import (
    ApplicationForm,
    ConsentForm,
    PaperForm,
    SendForm,
)
from safar.control.passports.models import Application, Attachment, Consent
from safar.control.passports.wording import applications as wording
from safar.core.errors import NotAllowed
from safar.core.permissions import Request, page
from safar.core.record import get_visible
from safar.ui.uploads import takes_files

BOTH = ("GET", "POST")
NOWHERE = _("You are not placed at an office for passports. Headquarters places you.")


@page("passports.begin", methods=BOTH)
def new(request: Request) -> HttpResponse:
    """Begin one, with all its answers, at an office where she works."""
    offices = queries.offices_of(request.actor)
    if not offices:
        raise NotAllowed(NOWHERE)
    form = ApplicationForm(None, posted(request), offices=offices)
    if form.is_valid():
        at = next(one for one in offices if one.pk == form.cleaned_data["office"])
        begun = actions.begin(request.actor, at, kind=form.cleaned_data["kind"], who=form.who())
        actions.write_answers(request.actor, begun, answers=form.asked())
        return redirect("passports:papers", begun.pk)
    return _answers_page(request, None, form)


@page("passports.write_answers", methods=BOTH)
def fill(request: Request, key: UUID) -> HttpResponse:
    """The answers of a draft, or of one of which more is asked."""
    reads = queries.open_application if request.method == "GET" else queries.application
    found = reads(request.actor, key)
    form = ApplicationForm(found, posted(request))
    if form.is_valid():
        actions.write_answers(request.actor, found, answers=form.who())
        found = queries.application(request.actor, key)
        actions.write_answers(request.actor, found, answers=form.asked())
        return redirect("passports:papers", key)
    return _answers_page(request, found, form)


def _answers_page(
    request: Request, found: Application | None, form: ApplicationForm
) -> HttpResponse:
    context = {"application": found, "form": form}
    return render(request, "passports/fill.html", context, status=422 if form.is_bound else 200)


@takes_files
@page("passports.add_paper", methods=BOTH)
def papers(request: Request, key: UUID) -> HttpResponse:
    """What is handed in: papers, and for a child the consents; a draft is sent from here."""
    reads = queries.open_application if request.method == "GET" else queries.application
    found = reads(request.actor, key)
    there = queries.paper_kinds(found)
    wanted = [one for one in queries.wanted_papers(found) if one not in there]
    form = PaperForm(wanted, posted(request), request.FILES if posted(request) else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        name, content = given["file"].name, given["content"]
        actions.add_paper(request.actor, found, kind=given["kind"], name=name, content=content)
        messages.success(request, _("The paper is there."))
        return redirect("passports:papers", key)
    return _papers_page(request, found, form, wanted)


def _papers_page(
    request: Request, found: Application, form: PaperForm, wanted: list[str]
) -> HttpResponse:
    is_draft = found.status == Status.DRAFT
    context = {
        "application": found,
        "form": form,
        "wanted": [AttachmentKind(one).label for one in wanted],
        "papers": queries.papers(found),
        "is_draft": is_draft,
        "is_child": queries.is_child(found),
        "consents": found.consents.all(),
        "consent_form": ConsentForm(prefix="consent"),
        "missing": [wording.lacking(one) for one in queries.missing(found)],
        "problems": [wording.sentence(one) for one in queries.problems(found)],
        "remarks": [wording.sentence(one) for one in queries.remarks(found)],
        "send_form": SendForm(prefix="send"),
    }
    return render(request, "passports/papers.html", context, status=422 if form.is_bound else 200)


@page("passports.add_consent", methods=("POST",))
def consent_add(request: Request, key: UUID) -> HttpResponse:
    found = queries.application(request.actor, key)
    form = ConsentForm(request.POST, prefix="consent")
    if form.is_valid():
        actions.add_consent(request.actor, found, **form.cleaned_data)
        messages.success(request, _("The consent is written down."))
    else:
        messages.error(request, _("A consent needs a relation, a name, a document and a day."))
    return redirect("passports:papers", key)


@page("passports.remove_consent", methods=("POST",))
def consent_remove(request: Request, key: UUID) -> HttpResponse:
    consent = get_visible(Consent.objects.select_related("application"), request.actor, key)
    actions.remove_consent(request.actor, consent)
    messages.success(request, _("Removed."))
    return redirect("passports:papers", consent.application_id)


@page("passports.remove_paper", methods=("POST",))
def paper_remove(request: Request, key: UUID) -> HttpResponse:
    paper = get_visible(Attachment.objects.defer("content"), request.actor, key)
    actions.remove_paper(request.actor, paper)
    messages.success(request, _("Removed."))
    return redirect("passports:papers", paper.application_id)


@page("passports.submit", methods=("POST",))
def send(request: Request, key: UUID) -> HttpResponse:
    found = queries.application(request.actor, key)
    form = SendForm(request.POST, prefix="send")
    if not form.is_valid():
        messages.error(request, _("The applicant signs that it is true. Tick it, then send."))
        return redirect("passports:papers", key)
    actions.submit(request.actor, found)
    messages.success(request, _("Received. Its reference: %s") % found.number)
    return redirect("passports:application", key)


@page("passports.discard_draft", methods=("POST",))
def discard(request: Request, key: UUID) -> HttpResponse:
    actions.discard_draft(request.actor, queries.application(request.actor, key))
    messages.success(request, _("Deleted. Nothing of it is kept."))
    return redirect("passports:desk")
