"""Telling missions: what would leave is shown before it leaves, and kept as it left."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _

from safar.assistance.cases import shared_fields
from safar.assistance.cases.models import Partner
from safar.assistance.cases.views.opened import asked
from safar.assistance.movements import notice_paper
from safar.assistance.movements.actions import notices as actions
from safar.assistance.movements.choices import NoticeKind
from safar.assistance.movements.forms.notices import ReceiptForm, TellForm
from safar.assistance.movements.models import BookingNotice, MovementJourney
from safar.assistance.movements.queries.notices import taken_back
from safar.core import audit
from safar.core.errors import NotAllowed, NotFound
from safar.core.permissions import Request, page
from safar.core.record import get_visible
from safar.ui.render import render


@page("movements.send_notice", methods=("GET", "POST"))
def tell(request: Request, key: UUID, partner: UUID) -> HttpResponse:
    """What a mission would read, and the consent on which it is sent."""
    rows = MovementJourney.objects.select_related("case")
    journey = get_visible(rows, request.actor, key)
    mission = Partner.objects.filter(pk=partner).first()
    if mission is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    if ask := asked(request, journey.case):
        return ask
    letter = actions.letter_of(journey, mission, request.GET.get("consent", ""))
    typed = request.POST if request.method == "POST" else None
    form = TellForm(typed, initial={"seen": letter.seen})
    if form.is_valid() and letter.consent:
        actions.send_notice(
            request.actor, journey, recipient=mission, consent=letter.consent, **form.cleaned_data
        )
        messages.success(request, _("Told. The notice can be printed, and taken away as data."))
        return redirect("movements:journey", key=journey.case_id)
    context = {
        "form": form,
        "case": journey.case,
        "mission": mission,
        "letter": letter,
        "kind": NoticeKind(letter.kind).label if letter.kind else "",
        "rows": [(shared_fields.label_of(code), words) for code, words in letter.content.items()],
    }
    audit.opened(
        request.actor, "movements.see_notice", f"Case:{journey.case_id}", purpose=str(mission)
    )
    return render(request, "movements/tell.html", context, status=422 if form.is_bound else 200)


@page("movements.acknowledge", methods=("GET", "POST"))
def receipt(request: Request, key: UUID) -> HttpResponse:
    """The mission's word that it has read a notice."""
    rows = BookingNotice.objects.select_related("case", "recipient", "disclosure")
    notice = get_visible(rows, request.actor, key)
    if ask := asked(request, notice.case):
        return ask
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.acknowledge(request.actor, notice, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("movements:journey", key=notice.case_id)
    context = {
        "form": form,
        "case": notice.case,
        "title": _("%(name)s has read it") % {"name": notice.recipient},
        "button": _("Keep the answer"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "movements/journey_form.html", context, status=status)


@page("movements.send_notice")
def sent(request: Request, key: UUID, kind: str) -> HttpResponse:
    """A notice as it was sent: as PDF, or as data, with what changed against the one before;
    never after somebody who is named took her consent back."""
    rows = BookingNotice.objects.select_related(
        "case__office__agency", "recipient", "disclosure__consent"
    )
    notice = get_visible(rows, request.actor, key)
    if kind not in ("pdf", "json"):
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    if ask := asked(request, notice.case):
        return ask
    if taken_back(notice):
        raise NotAllowed(
            _("Somebody who is named took her consent back. The notice is not handed out any more.")
        )
    audit.opened(request.actor, "movements.take_notice", f"Case:{notice.case_id}", purpose=kind)
    lines = notice_paper.lines_of(notice)
    if kind == "pdf":
        body, media = notice_paper.letter(notice, lines), "application/pdf"
    else:
        body, media = notice_paper.as_data(notice, lines), "application/json"
    answer = HttpResponse(body, content_type=media)
    name = f"{slugify(f'{notice.case}-notice-{notice.number}')}.{kind}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
