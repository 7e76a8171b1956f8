"""The shift leader's page, the log of a shift under its nine headings, and the report."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from safar.control.border import shift_report as report
from safar.control.border.actions import shifts as actions
from safar.control.border.choices import ShiftStatus
from safar.control.border.forms.booth import HandOverForm, LogForm
from safar.control.border.models import Shift
from safar.control.border.queries import amendments
from safar.control.border.queries import shifts as queries
from safar.core.action import can
from safar.core.errors import NotFound
from safar.core.permissions import Request, page
from safar.reference import queries as reference
from safar.reference.models import CrossingPoint
from safar.ui.charts import bars
from safar.ui.render import render


@page("border.read_shift")
def shift(request: Request) -> HttpResponse:
    """The shift that runs at a post: hers, or the one she chose."""
    posts = reference.posts_visible(request.actor)
    wanted = request.GET.get("post") or _her_post(request, posts)
    if not wanted:
        return render(request, "border/shift_choose.html", {"posts": posts})
    return _work(request, _post(request, wanted))


@page("border.open_shift", methods=("POST",))
def open_shift(request: Request, code: str) -> HttpResponse:
    """Open a shift at a post."""
    actions.open_shift(request.actor, _post(request, code))
    messages.success(request, _("The shift is open. Officers can sign on."))
    return _back(code)


@page("border.hand_over_shift", methods=("POST",))
def hand_over(request: Request, key: UUID) -> HttpResponse:
    """Hand the shift over, with what the next one must know."""
    found = queries.shift(request.actor, key)
    form = HandOverForm(request.POST)
    if not form.is_valid():
        return _work(request, found.post, hand_over_form=form, status=422)
    actions.hand_over_shift(request.actor, found, **form.cleaned_data)
    messages.success(request, _("Handed over. Whoever takes over opens the next shift."))
    return _back(found.post_id)


@page("border.take_over_shift", methods=("POST",))
def take_over(request: Request, key: UUID) -> HttpResponse:
    """Take over from the shift before."""
    found = actions.take_over_shift(request.actor, queries.shift(request.actor, key))
    messages.success(request, _("You took over. Officers can sign on."))
    return _back(found.post_id)


@page("border.close_shift", methods=("POST",))
def close(request: Request, key: UUID) -> HttpResponse:
    """Close the shift: nobody takes over."""
    found = actions.close_shift(request.actor, queries.shift(request.actor, key))
    messages.success(request, _("The shift is closed."))
    return _back(found.post_id)


@page("border.end_sign_on", methods=("POST",))
def end_sign_on(request: Request, key: UUID) -> HttpResponse:
    """Sign an officer off who left without doing so."""
    found = actions.end_sign_on(request.actor, queries.sign_on(request.actor, key))
    messages.success(request, _("Signed off from lane {lane}.").format(lane=found.lane))
    return _back(found.post_id)


@page("border.read_shift")
def log(request: Request, key: UUID) -> HttpResponse:
    """The whole log of a shift."""
    return _log(request, queries.shift(request.actor, key), LogForm())


@page("border.log_event", methods=("POST",))
def log_event(request: Request, key: UUID) -> HttpResponse:
    """Add a line to the log."""
    found, form = queries.shift(request.actor, key), LogForm(request.POST)
    if not form.is_valid():
        return _log(request, found, form, status=422)
    actions.log_event(request.actor, found, **form.cleaned_data)
    messages.success(request, _("Written into the log."))
    return redirect("border:shift_log", key)


@page("border.read_shift")
def report_page(request: Request, key: UUID) -> HttpResponse:
    """The report of a shift, to read and to print."""
    found, now = queries.shift(request.actor, key), timezone.now()
    context = {
        "shift": found,
        "facts": report.facts(found),
        "numbers": report.numbers(found, now),
        "headings": report.headings(found, now),
        "zone": reference.time_zone(found.post_id),
    }
    return render(request, "border/shift_report.html", context)


@page("border.read_shift")
def report_pdf(request: Request, key: UUID) -> HttpResponse:
    """The report of a shift as PDF, in the reader's language."""
    found = queries.shift(request.actor, key)
    pdf = report.shift_report(found, timezone.now(), language=request.actor.language)
    answer = HttpResponse(pdf, content_type="application/pdf")
    name = f"shift-{found.post_id}-{found.opened_at:%Y-%m-%d-%H%M}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def _her_post(request: Request, posts: tuple[CrossingPoint, ...]) -> str:
    """The post where she is signed on, or her only one; none where she has to choose."""
    return posts[0].code if len(posts) == 1 else queries.signed_on_at(request.actor)


def _post(request: Request, code: str) -> CrossingPoint:
    found = next((row for row in reference.posts_visible(request.actor) if row.code == code), None)
    if found is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    return found


def _back(post: str) -> HttpResponse:
    return redirect(f"{reverse('border:shift')}?{urlencode({'post': post})}")


def _work(
    request: Request,
    post: CrossingPoint,
    *,
    hand_over_form: HandOverForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    found = queries.current_or_none(request.actor, post.code)
    context = {
        "post": post,
        "posts": reference.posts_visible(request.actor),
        "shift": found,
        "is_open": found is not None and found.status == ShiftStatus.OPEN,
        "zone": post.zone,
        "now": now,
        "hand_over_form": hand_over_form or HandOverForm(),
        "referrals": queries.open_referrals(request.actor, post.code),
        "amendments": amendments.waiting(request.actor, post.code),
        "past": queries.last_shifts(request.actor, post.code),
        "may": _may(request, found, post),
        **(_running(found) if found else {}),
    }
    return render(request, "border/shift.html", context, status=status)


def _running(found: Shift) -> dict[str, Any]:
    now = timezone.now()
    crossings = queries.passed(found, now)
    hours = queries.by_lane_and_hour(found, crossings, now)
    return {
        "figures": queries.figures(found, crossings, now),
        "on_duty": queries.on_duty(found, crossings, now),
        "hours": hours,
        "by_hour": bars(
            [(f"{at:%H:%M}", n) for at, n in zip(hours.hours, hours.sums, strict=False)],
            title=_("Travellers by hour"),
            columns=(_("Hour"), _("Travellers")),
        ),
        "headings": report.headings(found, now),
    }


def _may(request: Request, found: Shift | None, post: CrossingPoint) -> dict[str, bool]:
    actor, names = request.actor, ("hand_over_shift", "close_shift", "take_over_shift", "log_event")
    own = {name: found is not None and can(actor, f"border.{name}", found) for name in names}
    return {
        **own,
        "open_shift": can(actor, "border.open_shift", post),
        "end_sign_on": actor.may("border.end_sign_on"),
        "second_line": actor.may("border.second_line"),
        "amendments": actor.may("border.propose_amendment"),
    }


def _log(request: Request, found: Shift, form: LogForm, *, status: int = 200) -> HttpResponse:
    context = {
        "shift": found,
        "headings": report.headings(found, timezone.now()),
        "form": form,
        "zone": reference.time_zone(found.post_id),
        "may_write": found.status == ShiftStatus.OPEN
        and can(request.actor, "border.log_event", found),
    }
    return render(request, "border/shift_log.html", context, status=status)
