"""The desk of a passport office: what waits, one application with all that belongs to it."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from safar.control.applications.forms import DeskForm
from safar.control.applications.queries import last_photo, reasons
from safar.control.applications.views import posted, served
from safar.control.passports import queries
from safar.control.passports.choices.applications import OPEN, Status
from safar.control.passports.models import Application
from safar.control.passports.queries import identity, listed
from safar.control.passports.views.answered import groups
from safar.control.passports.wording import applications as wording
from safar.control.passports.wording import identity as alike
from safar.core import audit
from safar.core.permissions import Actor, Request, page

WORDS: Final = _("Surname, reference, personal or document number")


@page("passports.read", methods=("GET", "POST"))
def desk(request: Request) -> HttpResponse:
    """What waits for her, and the applications of her offices. A search comes by POST."""
    form = DeskForm(WORDS, Status.choices, posted(request))
    given = form.cleaned_data if form.is_valid() else {}
    words, status = given.get("words", ""), given.get("status", "")
    found = list(queries.desk(request.actor, status=status, words=words))
    if words:
        audit.searched(request.actor, "passports.read", terms=words, found=len(found))
    context = {
        "form": form,
        "applications": found,
        "counts": queries.counts(request.actor),
        "waiting": [(one, _next(request.actor, one)) for one in queries.waits_for(request.actor)],
        "offices": queries.offices_of(request.actor),
    }
    return render(request, "passports/desk.html", context, status=422 if form.errors else 200)


def _next(actor: Actor, application: Application) -> str:
    """What is to be done next, as far as she may know: a code of the page."""
    if application.status in (Status.DRAFT, Status.CHECKED):
        return {Status.DRAFT: "finish", Status.CHECKED: "decide"}[Status(application.status)]
    open_ones = identity.open_matches(application, whole=actor.nationwide)
    return "judge" if open_ones.exists() else "check"


@page("passports.open")
def application(request: Request, key: UUID) -> HttpResponse:
    """One application; that it was opened is on record before it is shown."""
    found = queries.open_application(request.actor, key)
    papers = list(queries.papers(found))
    context = {
        "application": found,
        "groups": groups(found),
        "papers": papers,
        "portrait": last_photo(papers),
        "consents": found.consents.all(),
        "fees": found.fees.all(),
        "is_settled": queries.is_settled(found),
        "timeline": [
            {"at": one.at, "word": wording.move(one.move), "by": one.by_name, "note": one.note}
            for one in found.moves.all()
        ],
        "grounds": wording.grounds(found),
        "remarks": [wording.sentence(one) for one in queries.remarks(found)],
        "still": [wording.lacking(one) for one in still(request.actor, found)],
        "is_open": found.status in OPEN,
        "is_child": queries.is_child(found),
        **of_identity(request.actor, found),
        **of_lists(request.actor, found),
    }
    return render(request, "passports/application.html", context)


def still(actor: Actor, found: Application) -> list[str]:
    """What is still to be done, as far as it is hers to know."""
    if found.status not in OPEN:
        return []
    all_of_it = actor.may("passports.judge_identity")
    if not all_of_it:
        return queries.still(found)
    return queries.still_to_approve(found, whole=actor.nationwide)


def of_identity(actor: Actor, found: Application) -> dict[str, Any]:
    """The last look into the register, and each candidate as far as she may see it."""
    rows = [
        {
            "match": row,
            "seen": identity.may_see(actor, row),
            "withheld": identity.is_withheld(row),
            "reasons": alike.reasons(row.reasons),
        }
        for row in identity.shown_to(actor, found)
    ]
    last = found.identity_checks.first()
    return {
        "identity_check": last,
        "identity_holds": last is not None and identity.last_check(found) == last,
        "candidates": rows,
    }


def of_lists(actor: Actor, found: Application) -> dict[str, Any]:
    """The last look at the lists, with what she may see of it, and whether it still holds."""
    last = found.screenings.first()
    if last is None:
        return {}
    return {
        "screening": last,
        "screening_holds": listed.last_screening(found) == last,
        "list_matches": [(row, reasons(row)) for row in listed.matches(actor, last)],
        "judges_lists": actor.may("passports.judge_listed"),
        "asks_nobody": queries.is_protected(found.kind),
    }


@page("passports.open")
def paper(request: Request, key: UUID) -> HttpResponse:
    """A paper as it was handed in, to be kept or opened; on record before it leaves."""
    return served(queries.open_paper(request.actor, key), "attachment")


@page("passports.open")
def portrait(request: Request, key: UUID) -> HttpResponse:
    """The photo, in the page."""
    return served(queries.open_paper(request.actor, key), "inline")
