"""A new application at the consulate: the same five steps, typed by an officer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.control.applications.views import handed_in, posted
from safar.control.visas import actions, queries
from safar.control.visas.choices.applications import PaperKind, Status
from safar.control.visas.forms.filling import DeskWhoForm, PaperForm, SendForm
from safar.control.visas.models import Application, Paper
from safar.control.visas.views import steps
from safar.control.visas.wording import applications as wording
from safar.core.errors import NotAllowed, NotFound
from safar.core.permissions import Request, page
from safar.core.record import get_visible
from safar.ui.uploads import takes_files

BOTH = ("GET", "POST")
NOWHERE = _("You are not placed at a consulate. Headquarters places you.")


@page("visas.begin", methods=BOTH)
def new(request: Request) -> HttpResponse:
    """Begin one: who applies. It belongs to the consulate where she works; she may change it."""
    consulates = queries.consulates_of(request.actor)
    if not consulates:
        raise NotAllowed(NOWHERE)
    form = DeskWhoForm(None, posted(request))
    if form.is_valid():
        at, who = consulates[0], form.answers()
        begun = actions.begin(request.actor, at, who=who, channel=actions.came_to(at))
        return redirect("visas:fill", begun.pk, "passport")
    return _draw(request, None, "who", form)


@takes_files
@page("visas.write_answers", methods=BOTH)
def fill(request: Request, key: UUID, step: str) -> HttpResponse:
    """One of the steps of a draft; of what is sent, the papers alone."""
    reads = queries.open_application if request.method == "GET" else queries.application
    found = reads(request.actor, key)
    if step not in steps.STEPS:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    if step == "papers":
        return _papers(request, found)
    if found.status != Status.DRAFT:
        return redirect("visas:application", key)
    if step == "check":
        return _check(request, found)
    form = steps.form_of(
        step, found, posted(request),
        consulates=queries.consulates_of(request.actor), public=False,
    )  # fmt: skip
    if form.is_valid():
        actions.write_answers(request.actor, found, answers=form.answers())  # type: ignore[attr-defined]
        return redirect("visas:fill", key, steps.after(step))
    return _draw(request, found, step, form)


def _papers(request: Request, found: Application) -> HttpResponse:
    needs = queries.needs(found.kind)
    there = queries.paper_kinds(found)
    wanted = [one for one in (needs.papers if needs else ()) if one not in there]
    form = PaperForm(wanted, posted(request), handed_in(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.add_paper(
            request.actor, found,
            kind=given["kind"], name=given["file"].name, content=given["content"],
        )  # fmt: skip
        messages.success(request, _("The paper is there."))
        return redirect("visas:fill", found.pk, "papers")
    more = {
        "papers": queries.papers(found),
        "wanted": [PaperKind(one).label for one in wanted],
        "may_remove": found.status == Status.DRAFT,
    }
    return _draw(request, found, "papers", form, **more)


def _check(request: Request, found: Application) -> HttpResponse:
    form = SendForm(posted(request))
    form.fields["is_true"].label = _("The applicant has signed that this is true.")
    if form.is_valid():
        actions.submit(request.actor, found)
        messages.success(request, _("Received. Its reference: %s") % found.number)
        return redirect("visas:application", found.pk)
    more = {
        "groups": steps.groups(found, "visas:fill", found.pk),
        "papers": queries.papers(found),
        "missing": [wording.lacking(one) for one in queries.missing(found)],
        "problems": [wording.sentence(one) for one in queries.problems(found)],
    }
    return _draw(request, found, "check", form, **more)


@page("visas.remove_paper", methods=("POST",))
def paper_remove(request: Request, key: UUID) -> HttpResponse:
    paper = get_visible(Paper.objects.defer("content"), request.actor, key)
    actions.remove_paper(request.actor, paper)
    messages.success(request, _("Removed."))
    return redirect("visas:fill", paper.application_id, "papers")


@page("visas.discard_draft", methods=("POST",))
def discard(request: Request, key: UUID) -> HttpResponse:
    actions.discard_draft(request.actor, queries.application(request.actor, key))
    messages.success(request, _("Deleted. Nothing of it is kept."))
    return redirect("visas:desk")


def _draw(
    request: Request, found: Application | None, step: str, form: object, **more: object
) -> HttpResponse:
    context = {
        "application": found,
        "step": step,
        "number": steps.STEPS.index(step) + 1,
        "title": steps.DESK_TITLES[step],
        "before": steps.before(step) if found else "",
        "form": form,
        **more,
    }
    bound = getattr(form, "is_bound", False)
    return render(request, "visas/fill.html", context, status=422 if bound else 200)
