"""Pages of an entry: propose, read, publish, propose to lift, lift."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist import actions, queries
from safar.control.watchlist.forms import EntryForm, ReasonForm
from safar.control.watchlist.models import ListEntry
from safar.core.permissions import Request, page
from safar.core.record import get_visible


@page("watchlist.read")
def entry(request: Request, key: UUID) -> HttpResponse:
    """An entry with all it says; that it was opened is on record before it is shown."""
    found = queries.open_entry(request.actor, key)
    context = {"entry": found, "record": queries.hit_record(found.pk), "form": ReasonForm()}
    return render(request, "watchlist/entry.html", context)


@page("watchlist.propose_entry", methods=("GET", "POST"))
def entry_add(request: Request, code: str) -> HttpResponse:
    found = queries.list_of(request.actor, code)
    start = {
        "in_force_from": timezone.localdate(),
        "instruction": found.default_instruction,
        "legal_ground": found.default_ground,
    }
    form = EntryForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        new = actions.propose_entry(request.actor, found, draft=form.draft())
        messages.success(request, _("Proposed. It screens nobody until a second person agrees."))
        return redirect("watchlist:entry", new.pk)
    return render(request, "watchlist/entry_form.html", {"list": found, "form": form})


@page("watchlist.publish_entry", methods=("POST",))
def entry_publish(request: Request, key: UUID) -> HttpResponse:
    actions.publish_entry(request.actor, _entry(request, key))
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
    actions.lift_entry(request.actor, _entry(request, key))
    messages.success(request, _("Lifted. The entry stops nobody any more."))
    return redirect("watchlist:entry", key)


def _entry(request: Request, key: UUID) -> ListEntry:
    return get_visible(ListEntry.objects.all(), request.actor, key)
