"""The booth: sign on, scan, the verdict; what the officer decides is in `deciding`."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from safar.control.border.actions import inspecting, shifts
from safar.control.border.forms.booth import CrossingForm, SignOnForm, TypedDocumentForm
from safar.control.border.models import Inspection, SignOn
from safar.control.border.queries import booth as queries
from safar.control.border.queries.facts import Shown, shown_again
from safar.control.border.screen import Screen, show, strip
from safar.control.documents import zone_photo
from safar.control.travellers.read_document import ReadDocument
from safar.control.visas.rules.seal_text import LONGEST as LONGEST_SEAL
from safar.control.visas.rules.seal_text import as_seal
from safar.core.errors import NotFound, RuleBroken
from safar.core.node import uuid7
from safar.core.permissions import Request, page
from safar.lib import mrz
from safar.reference import queries as reference
from safar.ui.render import render

LONGEST_SCAN = 2000  # characters; three lines of 30 are 90


@page("border.booth")
def booth(request: Request) -> HttpResponse:
    """The empty booth, waiting for the next document."""
    sign_on = queries.sign_on_or_none(request.actor)
    if sign_on is None:
        return redirect("border:sign_on")
    return work(request, sign_on)


@page("border.inspect", methods=("POST",))
def scan(request: Request) -> HttpResponse:
    """Read what the reader typed, inspect, and show the verdict."""
    sign_on = her_booth(request)
    today = timezone.now().astimezone(reference.time_zone(sign_on.post_id)).date()
    typed_in = request.POST.get("scan", "")
    seal = as_seal(typed_in[:LONGEST_SEAL])
    if seal is not None:
        return with_visa(request, sign_on, seal=seal)
    reading = mrz.read(typed_in[:LONGEST_SCAN], today=today)
    if reading.kind == "V":
        return with_visa(request, sign_on, visa_zone=tuple(reading.lines))
    if reading.format is None:
        return work(request, sign_on, unread=_unread(reading))
    shown = Shown(ReadDocument.from_reading(reading), reading)
    inspection = inspecting.inspect(request.actor, sign_on, shown=shown)
    if request.htmx:
        return work(request, sign_on, inspection, fresh=True)
    return redirect("border:inspection", inspection.pk)


@page("border.inspect", methods=("GET", "POST"))
def typed(request: Request) -> HttpResponse:
    """Type a document by hand."""
    sign_on = her_booth(request)
    form = TypedDocumentForm(request.POST or None)
    if form.is_valid():
        shown = Shown(form.document())
        inspection = inspecting.inspect(request.actor, sign_on, shown=shown)
        return redirect("border:inspection", inspection.pk)
    return render(request, "border/typed.html", {"form": form, "sign_on": sign_on})


@page("border.inspect")
def inspection(request: Request, key: UUID) -> HttpResponse:
    """The verdict on one inspection: what a page without scripts comes to after a scan."""
    found = queries.own_inspection(request.actor, key)
    if found.officer_id != request.actor.user_id:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return work(request, her_booth(request), found)


@page("border.sign_on", methods=("GET", "POST"))
def sign_on(request: Request) -> HttpResponse:
    """Choose post, lane and direction."""
    if queries.sign_on_or_none(request.actor):
        return redirect("border:booth")
    posts = [(post.code, post.name) for post in reference.posts_visible(request.actor)]
    form = SignOnForm(request.POST or None, posts=posts)
    if form.is_valid():
        post = reference.post(form.cleaned_data["post"])
        assert post is not None  # noqa: S101 - the choices come from the same table
        shifts.sign_on(
            request.actor,
            post,
            lane=form.cleaned_data["lane"],
            direction=form.cleaned_data["direction"],
        )
        return redirect("border:booth")
    return render(request, "border/sign_on.html", {"form": form, "has_posts": bool(posts)})


@page("border.sign_off", methods=("POST",))
def sign_off(request: Request) -> HttpResponse:
    """Leave the booth."""
    shifts.sign_off(request.actor, her_booth(request))
    return redirect("border:sign_on")


def with_visa(request: Request, sign_on: SignOn, **visa: Any) -> HttpResponse:
    """Inspect the traveller on the screen anew, with what was scanned of her visa."""
    before = queries.undecided(sign_on, request.POST.get("inspection", ""))
    if before is None:
        what = _("This is the zone of a visa. Read the passport’s.")
        unread = what if "visa_zone" in visa else _("This is a visa. Scan the passport first.")
        return work(request, sign_on, unread=unread)
    shown = replace(shown_again(before), **visa)
    inspection = inspecting.inspect(
        request.actor, sign_on, shown=shown, as_traveller=before.traveller_id
    )
    if request.htmx:
        return work(request, sign_on, inspection, fresh=True)
    return redirect("border:inspection", inspection.pk)


def her_booth(request: Request) -> SignOn:
    """Return the booth that she is signed on to.

    Raises:
        RuleBroken: she is signed on to none.
    """
    found = queries.sign_on_or_none(request.actor)
    if found is None:
        raise RuleBroken(_("Sign on to a booth first."))
    return found


def work(
    request: Request,
    sign_on: SignOn,
    inspection: Inspection | None = None,
    *,
    form: CrossingForm | None = None,
    fresh: bool = False,
    **more: Any,
) -> HttpResponse:
    """Render the booth: empty, or with an inspection's verdict and the form to decide it."""
    screen: Screen | None = show(inspection) if inspection else None
    if inspection and form is None:
        answers = queries.usual_answers(inspection)
        form = CrossingForm(None, initial={**answers, "key": uuid7()}, possible=inspection.possible)
        more["guessed"] = bool(answers)
    context = {
        "sign_on": sign_on,
        "inspection": inspection,
        "screen": screen,
        "form": form,
        "decided": queries.decision_or_none(inspection) if inspection and not fresh else None,
        "asks_until": inspection is not None
        and inspection.direction == "entry"
        and inspection.permitted_until is None,
        "exit_key": uuid4(),
        "fresh": fresh,  # a scan leaves what the last crossing shows as it is
        "zone_photo": zone_photo.missing() is None,
        "last": None if fresh else queries.last_crossing(sign_on),
        "strip": SimpleLazyObject(lambda: strip(sign_on)),
        **more,
    }
    return render(request, "border/booth.html", context, part="work")


def _unread(reading: mrz.Reading) -> str:
    return " ".join(_(mrz.CODES[f.code]).format_map(f.params) for f in reading.findings[:2])
