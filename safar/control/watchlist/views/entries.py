"""Pages of an entry: read, propose, publish, review, lift."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist import actions, conflicts, drafts, policies, queries
from safar.control.watchlist.forms.entries import EntryForm, initial_of
from safar.control.watchlist.forms.lists import ReasonForm, ReviewForm, TiesForm
from safar.control.watchlist.models import ListEntry
from safar.core.permissions import Actor, Request, page
from safar.core.record import get_visible


@page("watchlist.read")
def entry(request: Request, key: UUID) -> HttpResponse:
    """An entry with all it says; that it was opened is on record before it is shown."""
    found = queries.open_entry(request.actor, key)
    context = {
        "entry": found,
        "record": queries.hit_record(found.pk),
        "form": ReasonForm(),
        "review_form": ReviewForm(),
        "stale": _stale(request.actor, found),
        "reviews": queries.reviews_of(request.actor, found)[:5],
        "crossers": queries.recent_crossers(request.actor, found)[:20],
        "rescreening": queries.last_rescreening(request.actor, found),
        **_of_change(request.actor, found),
        **_of_ties(found),
    }
    if queries.may_read_looks(request.actor, found.list):
        context["looks"] = queries.looks(found)[:10]
    return render(request, "watchlist/entry.html", context)


def _stale(actor: Actor, entry: ListEntry) -> Any:
    """Why nobody may agree any more to what is proposed of the entry itself."""
    if entry.status == "proposed":
        return policies.fresh_proposal(actor, entry)
    return policies.fresh_lifting(actor, entry) if entry.status == "lifting" else None


def _of_change(actor: Actor, entry: ListEntry) -> dict[str, Any]:
    change = queries.change_waiting(actor, entry)
    if change is None:
        return {}
    return {
        "change": change,
        "differences": queries.differences_of(change),
        "change_stands_still": policies.fresh_change(actor, change),
        "only_a_head": policies.only_a_head(change),
        "change_ties": conflicts.of_change(change),
        "change_ties_form": TiesForm(auto_id="change_%s"),
    }


def _of_ties(entry: ListEntry) -> dict[str, Any]:
    """The warning of relatives, where somebody is about to decide."""
    if entry.status not in ("proposed", "lifting"):
        return {}
    return {"ties": conflicts.of_entry(entry), "ties_form": TiesForm()}


@page("watchlist.propose_entry", methods=("GET", "POST"))
def entry_add(request: Request, code: str) -> HttpResponse:
    found = queries.list_of(request.actor, code)
    start = {
        "in_force_from": timezone.localdate(),
        "instruction": found.default_instruction,
        "legal_ground": found.default_ground,
    }
    if like := request.GET.get("like"):
        start |= initial_of(drafts.of_entry(queries.open_numbered(request.actor, found, like)))
    form = EntryForm(request.POST or None, request.FILES or None, initial=start)
    if request.method == "POST" and form.is_valid():
        photo = form.cleaned_data["photo"]
        new = actions.propose_entry(request.actor, found, draft=form.draft(), photo=photo)
        messages.success(request, _("Proposed. It screens nobody until a second person agrees."))
        return redirect("watchlist:entry", new.pk)
    return render(request, "watchlist/entry_form.html", {"list": found, "form": form})


@page("watchlist.publish_entry", methods=("POST",))
def entry_publish(request: Request, key: UUID) -> HttpResponse:
    seen = "ties_seen" in request.POST
    actions.publish_entry(request.actor, _entry(request, key), ties_seen=seen)
    messages.success(request, _("Published. It screens at every booth from now on."))
    return redirect("watchlist:entry", key)


@page("watchlist.decline_entry", methods=("POST",))
def entry_decline(request: Request, key: UUID) -> HttpResponse:
    actions.decline_entry(
        request.actor, _entry(request, key), reason=request.POST.get("reason", "")
    )
    messages.success(request, _("Declined."))
    return redirect("watchlist:entry", key)


@page("watchlist.propose_lifting", methods=("POST",))
def lifting_propose(request: Request, key: UUID) -> HttpResponse:
    actions.propose_lifting(
        request.actor, _entry(request, key), reason=request.POST.get("reason", "")
    )
    messages.success(request, _("Proposed. The entry stays in force until a second person agrees."))
    return redirect("watchlist:entry", key)


@page("watchlist.lift_entry", methods=("POST",))
def entry_lift(request: Request, key: UUID) -> HttpResponse:
    seen = "ties_seen" in request.POST
    actions.lift_entry(request.actor, _entry(request, key), ties_seen=seen)
    messages.success(request, _("Lifted. The entry stops nobody any more."))
    return redirect("watchlist:entry", key)


@page("watchlist.read")
def entry_photo(request: Request, key: UUID) -> HttpResponse:
    """The photo of an entry; that it was opened is on record before it is shown."""
    photo = queries.photo_of(request.actor, key)
    response = HttpResponse(bytes(photo.content), content_type=f"image/{photo.kind}")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _entry(request: Request, key: UUID) -> ListEntry:
    return get_visible(ListEntry.objects.all(), request.actor, key)
