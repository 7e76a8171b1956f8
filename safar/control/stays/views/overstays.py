"""Who is over the permitted stay, how many, and how one was counted."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from safar.control.border.wording import traveller_file as file_wording
from safar.control.stays import wording
from safar.control.stays.actions.finding import put_on_list as put
from safar.control.stays.forms import LANGUAGES, PURPOSES, FiguresForm, ListForm, PurposeForm
from safar.control.stays.paper import notice as printed
from safar.control.stays.queries import desk, finding, suspects
from safar.control.stays.queries.explaining import Explanation
from safar.control.stays.queries.explaining import explanation as explained
from safar.control.stays.queries.finding import Selection
from safar.control.stays.queries.waiting import suspended
from safar.control.stays.views.purposes import state, stated
from safar.control.travellers.models import TravelDocument
from safar.core.action import can
from safar.core.permissions import Request, page
from safar.reference import queries as reference
from safar.ui.render import render


@page("stays.read")
def overstays(request: Request) -> HttpResponse:
    """The list of a day, the longest first. Names are for who works on stays."""
    form, chosen = _selection(ListForm(request.GET or None))
    number = _page(request)
    found, total = finding.page_over(request.actor, chosen, number)
    papers = TravelDocument.objects.in_bulk([one.document_id for one in found])
    is_today = chosen.day == timezone.localdate()
    crossings = [one.crossing_id for one in found]
    known = desk.on_the_list(request.actor, crossings, closed_too=not is_today)
    context = {
        "form": form,
        "day": chosen.day,
        "rows": [
            {
                "over": one,
                "days": one.days(chosen.day),
                "paper": papers[one.document_id],
                "post": reference.post(one.post_id),
                "row": known.get(one.crossing_id),
            }
            for one in found
        ],
        "total": total,
        "number": number,
        "more": number * finding.PAGE < total,
        "asked": _asked(request),
        "waiting": len(desk.rebuttals_waiting(request.actor)),
        "is_today": is_today,
        "suspended": suspended(request.actor, chosen.day),
        "night": suspects.night_before(chosen.day),
    }
    return render(request, "stays/overstays.html", context, status=422 if form.errors else 200)


@page("stays.count")
def counts(request: Request) -> HttpResponse:
    """Figures alone: by citizenship, post and how long; small groups are not told."""
    form, chosen = _selection(FiguresForm(request.GET or None))
    found = finding.counts_over(request.actor, chosen)
    context = {
        "form": form,
        "day": chosen.day,
        "total": wording.masked(sum(found.values())),
        "tables": wording.tables(found),
        "fewest": finding.FEWEST,
    }
    return render(request, "stays/counts.html", context, status=422 if form.errors else 200)


@page("stays.put_on_list", methods=("POST",))
def put_on_list(request: Request, key: UUID) -> HttpResponse:
    """Put an overstay of today on the list before the night does."""
    return redirect("stays:explanation", put(request.actor, None, crossing_id=key).pk)


@page("stays.open", methods=("GET", "POST"))
def explanation(request: Request, key: UUID) -> HttpResponse:
    """How an overstay was counted; first the purpose, and nothing before it is on record."""
    desk.overstay(request.actor, key)
    purpose = stated(request, key)
    if request.method == "GET" and purpose:
        found = explained(request.actor, key, purpose=purpose)
        return render(request, "stays/explanation.html", _told(request, found, purpose))
    form = PurposeForm(request.POST or None)
    if form.is_valid():
        state(request, key, form.stated())
        return redirect("stays:explanation", key)
    return render(
        request, "stays/purpose.html", {"form": form}, status=422 if form.is_bound else 200
    )


@page("stays.open")
def notice(request: Request, key: UUID) -> HttpResponse:
    """The explanation as a notice for the traveller, in her language and in English."""
    purpose = stated(request, key)
    if not purpose:
        return redirect("stays:explanation", key)
    asked = request.GET.get("language", "")
    language = asked if asked in dict(LANGUAGES) else request.actor.language
    found = explained(request.actor, key, purpose=purpose)
    pdf = printed(found, language=language)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="notice-{key.hex[-8:]}.pdf"'
    return answer


def _told(request: Request, found: Explanation, purpose: str) -> dict[str, Any]:
    row = found.overstay
    return {
        "found": found,
        "row": row,
        "person": file_wording.person(row.document, found.day),
        "lines": wording.lines(found),
        "gaps": wording.gaps(found),
        "calendar": file_wording.calendar(found.days) if found.days else None,
        "months": wording.months(found),
        "rebuttals": desk.rebuttals_of(row),
        "registrations": desk.registrations_of(request.actor, row.crossing_id),
        "notice_languages": LANGUAGES,
        "purpose": dict(PURPOSES).get(purpose, purpose),
        "may_record": can(request.actor, "stays.record_rebuttal", row),
    }


def _selection(form: ListForm) -> tuple[ListForm, Selection]:
    given = form.cleaned_data if form.is_valid() else {}
    return form, Selection(
        given.get("day") or timezone.localdate(),
        given.get("citizenship", ""),
        given.get("post", ""),
        given.get("at_least") or 1,
    )


def _page(request: Request) -> int:
    asked = request.GET.get("page", "")
    return (
        int(asked) if asked.isdecimal() and asked.isascii() and 0 < int(asked[:6]) < 100_000 else 1
    )


def _asked(request: Request) -> str:
    """The filters as they stand in the address, for the link to the next page."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()
