"""The public page: apply in five steps, come back later, ask how it stands. Nobody signs in.

A browser holds one application, by its key in the session. Who comes back with a reference and
its code, or asks with a birth date, is counted first (`throttle`).
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.control.applications.views import handed_in, posted
from safar.control.visas import actions, numbers, queries, throttle
from safar.control.visas.applicant import applicant
from safar.control.visas.choices.applications import PaperKind, Status
from safar.control.visas.forms.desk import BackForm, StatusForm
from safar.control.visas.forms.filling import PaperForm, SendForm, WhoForm
from safar.control.visas.models import Application
from safar.control.visas.rules import DRAFT_DAYS
from safar.control.visas.views import steps
from safar.control.visas.wording import applications as wording
from safar.core.errors import InvalidMove, NotFound
from safar.core.permissions import PUBLIC, Actor, Request, page
from safar.ui.uploads import takes_files

BOTH = ("GET", "POST")
KEY = "visa"
NOT_FOUND = _("We find no application with this reference and this answer. Look at both once more.")
OTHER_TAB = _(
    "Another application is open in this browser by now."
    " Come back to yours with its reference and code."
)
NOTHING = _("There is nothing here, or it is not yours to see.")


@page(PUBLIC)
def start(request: Request) -> HttpResponse:
    """What there is, what it costs, what is needed; begin, come back, or ask how it stands."""
    kinds = [(one, _papers_of(one)) for one in queries.kinds(public=True)]
    context = {"kinds": kinds, "own": own_of(request), "days": DRAFT_DAYS}
    return render(request, "visas/public/start.html", context)


@takes_files
@page(PUBLIC, methods=BOTH)
def step(request: Request, step: str) -> HttpResponse:
    """One of the five steps of the application that this browser holds."""
    if step not in steps.STEPS:
        raise NotFound(NOTHING)
    found = own_of(request)
    if found is None:
        return _begin(request) if step == "who" else redirect("visas:apply")
    if found.status == Status.MORE_ASKED and step == "papers":
        return _papers(request, found)
    if found.status != Status.DRAFT:
        return redirect("visas:sent")
    if step == "papers":
        return _papers(request, found)
    return _check(request, found) if step == "check" else _answers(request, found, step)


def _begin(request: Request) -> HttpResponse:
    """The first answers begin it; the code to come back with is shown once, and not kept."""
    form = WhoForm(None, posted(request))
    if not form.is_valid():
        return _draw(request, None, "who", form)
    throttle.count(request, "begin", throttle.NEW_FROM_ADDRESS)
    code = numbers.new_code()
    begun = actions.begin(_actor(request), None, who=form.answers(), code=code)
    _hold(request, begun)
    context = {"application": begun, "code": code, "days": DRAFT_DAYS, "next": "passport"}
    return render(request, "visas/public/kept.html", context)


def _answers(request: Request, found: Application, step: str) -> HttpResponse:
    form = steps.form_of(
        step, found, posted(request), consulates=queries.consulates(public=True), public=True
    )
    if not form.is_valid():
        return _draw(request, found, step, form)
    actions.write_answers(_actor(request), found, answers=form.answers())  # type: ignore[attr-defined]
    if "later" in request.POST:
        return redirect("visas:later")
    whole = steps.first_open(queries.own(str(found.pk)) or found) == "check"
    return redirect("visas:step", "check" if whole else steps.after(step))


def _papers(request: Request, found: Application) -> HttpResponse:
    needs, there = queries.needs(found.kind), queries.paper_kinds(found)
    wanted = [one for one in (needs.papers if needs else ()) if one not in there]
    form = PaperForm(wanted, posted(request), handed_in(request))
    if request.method == "POST":
        throttle.count(request, "paper", throttle.PAPERS_FROM_ADDRESS)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.add_paper(
            _actor(request), found,
            kind=given["kind"], name=given["file"].name, content=given["content"],
        )  # fmt: skip
        messages.success(request, _("The paper is there."))
        return redirect("visas:step", "papers")
    more = {
        "papers": queries.papers(found),
        "wanted": [PaperKind(one).label for one in wanted],
        "may_remove": found.status == Status.DRAFT,
        "asked": _asked(found),
    }
    return _draw(request, found, "papers", form, **more)


def _check(request: Request, found: Application) -> HttpResponse:
    form = SendForm(posted(request))
    if form.is_valid():
        actions.submit(_actor(request), found)
        return redirect("visas:sent")
    more = {
        "groups": steps.groups(found, "visas:step"),
        "papers": queries.papers(found),
        "missing": [wording.lacking(one) for one in queries.missing(found)],
        "problems": [wording.sentence(one) for one in queries.problems(found)],
        "first": steps.first_open(found),
    }
    return _draw(request, found, "check", form, **more)


@page(PUBLIC, methods=("POST",))
def paper_remove(request: Request, key: UUID) -> HttpResponse:
    found = _held(request)
    paper = found.papers.defer("content").filter(pk=key).first()
    if paper is None:
        raise NotFound(NOTHING)
    actions.remove_paper(_actor(request), paper)
    return redirect("visas:step", "papers")


@page(PUBLIC, methods=BOTH)
def sent(request: Request) -> HttpResponse:
    """What was sent, its reference, and what comes next; what more is asked is sent from here."""
    found = own_of(request)
    if found is None:
        return _come_back(request)
    if found.status == Status.DRAFT:
        return redirect("visas:step", steps.first_open(found))
    if request.method == "POST":
        actions.answer(_actor(request), found)
        messages.success(request, _("Sent. The consulate looks at it again."))
        return redirect("visas:sent")
    return render(request, "visas/public/sent.html", _standing(found) | {"is_own": True})


@page(PUBLIC, methods=BOTH)
def later(request: Request) -> HttpResponse:
    """Saved. POST gives out a new code, for who has lost the first."""
    found = own_of(request)
    if found is None:
        return _come_back(request)
    code = ""
    if request.method == "POST":
        code = numbers.new_code()
        actions.renew_code(_actor(request), found, code=code)
    context = {"application": found, "code": code, "days": DRAFT_DAYS, "is_later": True}
    return render(request, "visas/public/kept.html", context)


@page(PUBLIC, methods=("POST",))
def leave(request: Request) -> HttpResponse:
    """This browser forgets the application: somebody else may use it next."""
    request.session.pop(KEY, None)
    return redirect("visas:apply")


@page(PUBLIC, methods=("POST",))
def delete(request: Request) -> HttpResponse:
    """Delete a draft at once."""
    actions.discard_draft(_actor(request), _held(request))
    request.session.pop(KEY, None)
    messages.success(request, _("Deleted. Nothing of it is kept."))
    return redirect("visas:apply")


@page(PUBLIC, methods=("POST",))
def withdraw(request: Request) -> HttpResponse:
    """The applicant takes it back: by whoever holds the code, a birth date does not do."""
    actions.withdraw(_actor(request), _held(request))
    messages.success(request, _("Withdrawn."))
    return redirect("visas:sent")


@page(PUBLIC)
def help_page(request: Request) -> HttpResponse:
    """Where one is helped for nothing, and for whom these pages work."""
    context = {"consulates": queries.consulates(public=True), "days": DRAFT_DAYS}
    return render(request, "visas/public/help.html", context)


@page(PUBLIC, methods=BOTH)
def back(request: Request) -> HttpResponse:
    """Come back with reference and code. Wrong in either, the answer is the same."""
    form = BackForm(posted(request))
    if form.is_valid():
        given = form.cleaned_data
        _count(request, "back", given["reference"])
        found = queries.by_code(_actor(request), given["reference"], given["code"])
        if found:
            _hold(request, found)
            return redirect("visas:sent")
        form.add_error(None, NOT_FOUND)
    return render(request, "visas/public/back.html", {"form": form}, status=_status(form))


@page(PUBLIC, methods=BOTH)
def status(request: Request) -> HttpResponse:
    """How does it stand? Wrong in reference or birth date, the answer is the same."""
    form = StatusForm(posted(request))
    if form.is_valid():
        given = form.cleaned_data
        count_status(request, given["reference"])
        found = queries.by_birth(_actor(request), given["reference"], given["birth"])
        if found:
            context = _standing(found) | {"asked_with": form.data}
            return render(request, "visas/public/sent.html", context)
        form.add_error(None, NOT_FOUND)
    return render(request, "visas/public/status.html", {"form": form}, status=_status(form))


def count_status(request: Request, reference: str) -> None:
    """Count a question by reference and birth date, whatever is asked for with them."""
    _count(request, "status", reference)


def _count(request: Request, what: str, reference: str) -> None:
    throttle.count(request, what, throttle.FROM_ADDRESS)
    tidy = numbers.tidy(reference)
    throttle.count(request, what, throttle.ON_REFERENCE, reference=tidy)


def _standing(found: Application) -> dict[str, Any]:
    """What may be known by reference: how it stands. No name, no number, no ground."""
    return {
        "application": found,
        "asked": _asked(found),
        "is_settled": queries.is_settled(found),
        "has_e_visa": queries.e_visa_of(found) is not None,
    }


def _asked(found: Application) -> str:
    """What more the consulate asks for, in its own words."""
    if found.status != Status.MORE_ASKED:
        return ""
    last = found.moves.filter(move="ask_more").first()
    return last.note if last else ""


def own_of(request: Request) -> Application | None:
    """The application that this browser holds.

    Raises:
        InvalidMove: the form was drawn for another, in a tab that is still open.
    """
    key = request.session.get(KEY)
    found = queries.own(str(key)) if key else None
    meant = request.POST.get("of", "")
    if found and meant and meant != found.number:
        raise InvalidMove(OTHER_TAB)
    return found


def _held(request: Request) -> Application:
    found = own_of(request)
    if found is None:
        raise NotFound(NOTHING)
    return found


def _come_back(request: Request) -> HttpResponse:
    """This browser holds none, or none any more."""
    messages.info(request, _("Type the reference and its code to come back to your application."))
    return redirect("visas:back")


def _hold(request: Request, found: Application) -> None:
    """From now on this browser holds it; the session gets another key than before."""
    request.session.cycle_key()
    request.session[KEY] = str(found.pk)


def _actor(request: Request) -> Actor:
    return applicant(request.number)


def _papers_of(kind: Any) -> list[Any]:
    needs = queries.needs(kind)
    return [PaperKind(one).label for one in (needs.papers if needs else ())]


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200


def _draw(
    request: Request, found: Application | None, step: str, form: Any, **more: Any
) -> HttpResponse:
    context = {
        "application": found,
        "step": step,
        "number": steps.STEPS.index(step) + 1,
        "minutes": steps.MINUTES_LEFT[step],
        "title": steps.TITLES[step],
        "before": steps.before(step) if found else "",
        "form": form,
        **more,
    }
    return render(request, "visas/public/step.html", context, status=_status(form))
