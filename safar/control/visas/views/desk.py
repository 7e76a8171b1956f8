"""The consular desk: what waits, one application with all that belongs to it, its papers."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.applications.forms import DeskForm
from safar.control.applications.queries import last_photo
from safar.control.applications.views import posted, served
from safar.control.visas import queries
from safar.control.visas.choices.applications import Language, Status
from safar.control.visas.models import Application
from safar.control.visas.views.about import known_of
from safar.control.visas.views.manual import by_manual
from safar.control.visas.views.steps import groups
from safar.control.visas.wording import applications as wording
from safar.core import audit
from safar.core.permissions import Actor, Request, page

SOON: Final = timedelta(days=3)  # before the journey
WORDS: Final = _("Surname, reference or document number")


@page("visas.read", methods=("GET", "POST"))
def desk(request: Request) -> HttpResponse:
    """What waits for her, and the applications of her consulates. A search comes by POST."""
    form = DeskForm(WORDS, Status.choices, posted(request))
    given = form.cleaned_data if form.is_valid() else {}
    words = given.get("words", "")
    found = list(queries.desk(request.actor, status=given.get("status", ""), words=words))
    if words:
        audit.searched(request.actor, "visas.read", terms=words, found=len(found))
    context = {
        "form": form,
        "searched": words,
        "applications": found,
        "waiting": queries.waits_for(request.actor),
        "soon": timezone.localdate() + SOON,
        "consulates": queries.consulates_of(request.actor),
    }
    return render(request, "visas/desk.html", context, status=422 if form.errors else 200)


@page("visas.open")
def application(request: Request, key: UUID) -> HttpResponse:
    """One application; that it was opened is on record before it is shown."""
    found = queries.open_application(request.actor, key)
    papers = list(queries.papers(found))
    is_open = found.status in (Status.SUBMITTED, Status.PREPARED, Status.MORE_ASKED)
    context = {
        "application": found,
        "groups": groups(found),
        "papers": papers,
        "portrait": last_photo(papers),
        "fees": queries.fees(found),
        "is_settled": queries.is_settled(found),
        "interviews": queries.interviews(found),
        "timeline": [
            {"at": one.at, "word": wording.move(one.move), "by": one.by_name, "note": one.note}
            for one in queries.moves(found)
        ],
        "grounds": wording.grounds(found),
        "letter_languages": Language.choices,
        "still": [wording.lacking(one) for one in _still(request.actor, found)] if is_open else [],
        "is_open": is_open,
        **by_manual(found),
        **known_of(request.actor, found),
    }
    return render(request, "visas/application.html", context)


def _still(actor: Actor, found: Application) -> list[str]:
    return queries.still_to_decide(found) if actor.may("visas.grant") else queries.still(found)


@page("visas.open")
def paper(request: Request, key: UUID) -> HttpResponse:
    """A paper as it was handed in, to be kept or opened; on record before it leaves."""
    found = queries.open_paper(request.actor, key)
    return served(found, "attachment")


@page("visas.open")
def portrait(request: Request, key: UUID) -> HttpResponse:
    """The photo, in the page."""
    return served(queries.open_paper(request.actor, key), "inline")
