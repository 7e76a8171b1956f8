"""Pages of what is done to an entry in force: a change proposed and agreed to, a review."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist import actions, drafts, queries
from safar.control.watchlist.actions.changes import Proposed
from safar.control.watchlist.forms.entries import ChangeForm, initial_of
from safar.control.watchlist.forms.lists import OwnerForm, ReviewForm
from safar.control.watchlist.models import EntryChange, ListEntry
from safar.core.permissions import Request, page
from safar.core.record import get_visible


@page("watchlist.propose_change", methods=("GET", "POST"))
def change_add(request: Request, key: UUID) -> HttpResponse:
    """The form holds the entry as it reads now: opening it is a look at the entry."""
    entry = queries.open_entry(request.actor, key)
    start = initial_of(drafts.of_entry(entry))
    form = ChangeForm(request.POST or None, request.FILES or None, initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        proposed = Proposed(form.draft(), given["why"], given["photo"], given["removes_photo"])
        actions.propose_change(request.actor, entry, proposed=proposed)
        messages.success(
            request, _("Proposed. The entry screens as before until a second person agrees.")
        )
        return redirect("watchlist:entry", key)
    context = {"list": entry.list, "entry": entry, "form": form}
    return render(request, "watchlist/change_form.html", context)


@page("watchlist.publish_change", methods=("POST",))
def change_publish(request: Request, key: UUID) -> HttpResponse:
    seen = "ties_seen" in request.POST
    change = actions.publish_change(request.actor, _change(request, key), ties_seen=seen)
    messages.success(request, _("Changed. It screens like this at every booth from now on."))
    return redirect("watchlist:entry", change.entry_id)


@page("watchlist.decline_change", methods=("POST",))
def change_decline(request: Request, key: UUID) -> HttpResponse:
    reason = request.POST.get("reason", "")
    change = actions.decline_change(request.actor, _change(request, key), reason=reason)
    messages.success(request, _("Declined. The entry is as it was."))
    return redirect("watchlist:entry", change.entry_id)


@page("watchlist.read")
def change_photo(request: Request, key: UUID) -> HttpResponse:
    """The photo that a change would put in the place of the entry's."""
    photo = queries.photo_of_change(request.actor, key)
    response = HttpResponse(bytes(photo.content), content_type=f"image/{photo.kind}")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@page("watchlist.review_entry", methods=("POST",))
def entry_review(request: Request, key: UUID) -> HttpResponse:
    entry = get_visible(ListEntry.objects.all(), request.actor, key)
    form = ReviewForm(request.POST)
    lifts = "lift" in request.POST
    until = None if lifts else form["keep_until"].value()
    if not form.is_valid() or not (lifts or until):
        messages.error(request, _("Give the day of the next review, and the reason."))
        return redirect("watchlist:entry", key)
    given = form.cleaned_data
    keep_until = None if lifts else given["keep_until"]
    actions.review_entry(request.actor, entry, reason=given["reason"], keep_until=keep_until)
    said = _("Reviewed; the lifting is proposed.") if lifts else _("Reviewed and kept.")
    messages.success(request, said)
    return redirect("watchlist:entry", key)


@page("watchlist.read")
def reviews(request: Request) -> HttpResponse:
    """What has to be looked at, of all lists or of one owner's."""
    owners = [(row.code, row.name) for row in queries.owners(request.actor)]
    form = OwnerForm(owners, request.GET or None)
    owner = form.cleaned_data["owner"] if form.is_valid() else ""
    context = {
        "form": form,
        "queue": queries.review_queue(request.actor, owner=owner),
        "waiting": queries.waiting(request.actor, owner=owner),
    }
    return render(request, "watchlist/reviews.html", context)


def _change(request: Request, key: UUID) -> EntryChange:
    return get_visible(EntryChange.objects.select_related("entry__list"), request.actor, key)
