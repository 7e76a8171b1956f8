"""Pages of referrals out: my referrals, draft, preview and sending, answers."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import paper
from safar.assistance.cases.actions import referring as actions
from safar.assistance.cases.actions.disclosing import fingerprint
from safar.assistance.cases.choices.sharing import ReferralStatus
from safar.assistance.cases.forms.referrals import (
    AnswerForm,
    DraftForm,
    ListForm,
    SendForm,
    initial_of,
)
from safar.assistance.cases.models import Consent, Partner, Referral
from safar.assistance.cases.queries import referrals as queries
from safar.assistance.cases.queries import sharing
from safar.assistance.cases.views.opened import opened
from safar.assistance.cases.workflow import REFERRAL
from safar.core.permissions import Request, page
from safar.core.record import get_visible

ON_A_PAGE = 50


@page("cases.read_sharing")
def referrals(request: Request) -> HttpResponse:
    """Referrals to partners, what is due first."""
    form = ListForm(REFERRAL.statuses(), request.GET)
    asked = form.cleaned_data if form.is_valid() else {"status": "", "whose": ""}
    found = queries.sent_out(request.actor, mine=asked["whose"] != "all", status=asked["status"])
    context = {
        "form": form,
        "rows": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "asked": request.GET.urlencode() and f"status={asked['status']}&whose={asked['whose']}",
        "unanswered": queries.unanswered(request.actor),
    }
    return render(request, "cases/referrals.html", context)


@page("cases.draft_referral", methods=("GET", "POST"))
def referral_add(request: Request, key: UUID, partner: UUID) -> HttpResponse:
    """Draft a referral on a consent, to a partner that it names."""
    consent = get_visible(Consent.objects.select_related("case"), request.actor, key)
    to = get_visible(Partner.objects.all(), request.actor, partner)
    if ask := opened(request, consent.case, "referral"):
        return ask
    form = DraftForm(consent, to, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.draft_referral(request.actor, consent, partner=to, draft=form.draft())
        return redirect("cases:referral", made.pk)
    context = {"case": consent.case, "consent": consent, "partner": to, "form": form}
    status = 422 if form.errors else 200
    return render(request, "cases/referral_form.html", context, status=status)


@page("cases.change_referral", methods=("GET", "POST"))
def referral_change(request: Request, key: UUID) -> HttpResponse:
    found = _referral(request, key)
    if ask := opened(request, found.case, f"referral {found.purpose}"):
        return ask
    form = DraftForm(found.consent, found.partner, request.POST or None, initial=initial_of(found))
    meanwhile = form.is_valid() and form.cleaned_data["version"] != found.version
    if form.is_valid() and not meanwhile:
        actions.change_referral(request.actor, found, version=found.version, draft=form.draft())
        return redirect("cases:referral", key)
    if meanwhile:  # her words stay; saved once more, they go over what she now sees
        form = DraftForm(found.consent, found.partner, _over(request, found))
    context = {
        "case": found.case,
        "consent": found.consent,
        "partner": found.partner,
        "referral": found,
        "form": form,
        "meanwhile": sharing.in_words(_content(found)) if meanwhile else None,
    }
    status = 409 if meanwhile else 422 if form.errors else 200
    return render(request, "cases/referral_form.html", context, status=status)


@page("cases.read_sharing")
def referral(request: Request, key: UUID) -> HttpResponse:
    """A referral: exactly what leaves or left, the answers, and what may be done next."""
    found = _referral(request, key)
    if ask := opened(request, found.case, f"referral {found.purpose}"):
        return ask
    return render(request, "cases/referral.html", _context(request, found))


@page("cases.send_referral", methods=("POST",))
def referral_send(request: Request, key: UUID) -> HttpResponse:
    """Send what was seen; otherwise it is shown again as it is now."""
    found, form = _referral(request, key), SendForm(request.POST)
    if not form.is_valid():
        if ask := opened(request, found.case, "referral"):
            return ask
        return render(request, "cases/referral.html", _context(request, found), status=422)
    actions.send_referral(request.actor, found, **form.cleaned_data)
    messages.success(request, _("Recorded as sent. Print the letter, or send it as a file."))
    return redirect("cases:referral", key)


@page("cases.answer_referral", methods=("POST",))
def referral_answer(request: Request, key: UUID) -> HttpResponse:
    found = _referral(request, key)
    form = AnswerForm(found, request.POST)
    if not form.is_valid():
        if ask := opened(request, found.case, "referral"):
            return ask
        context = _context(request, found) | {"answer_form": form}
        return render(request, "cases/referral.html", context, status=422)
    actions.answer_referral(request.actor, found, answer=form.answer())
    messages.success(request, _("Recorded."))
    return redirect("cases:referral", key)


@page("cases.expire_referral", methods=("POST",))
def referral_expire(request: Request, key: UUID) -> HttpResponse:
    actions.expire_referral(request.actor, _referral(request, key))
    messages.success(request, _("Closed: no answer came in time."))
    return redirect("cases:referral", key)


@page("cases.read_sharing")
def referral_pdf(request: Request, key: UUID) -> HttpResponse:
    """The letter: of a sent referral what was sent, of a draft what would be."""
    found = _referral(request, key)
    if ask := opened(request, found.case, f"referral {found.purpose}"):
        return ask
    answer = HttpResponse(
        paper.referral_letter(found, _content(found)), content_type="application/pdf"
    )
    answer["Content-Disposition"] = f'inline; filename="referral-{found.reference}.pdf"'
    return answer


def _context(request: Request, found: Referral) -> dict[str, object]:
    content = _content(found)
    draft = found.status == ReferralStatus.DRAFT
    context: dict[str, object] = {
        "referral": found,
        "case": found.case,
        "content": sharing.in_words(content),
        "moves": found.moves.select_related("moved_by"),
        "answers": AnswerForm(found).fields["move"].choices,  # type: ignore[attr-defined]
        "answer_form": AnswerForm(found),
    }
    if draft:
        seen = {"seen": fingerprint(dict(content))}
        context["send_form"] = SendForm(initial=seen)
        context["why_not"] = actions.may_leave(request.actor, found)
    return context


def _over(request: Request, found: Referral) -> QueryDict:
    """What she typed, on top of what is saved now."""
    typed = request.POST.copy()
    typed["version"] = str(found.version)
    return typed


def _content(found: Referral) -> list[tuple[str, str]]:
    """What left with it; before that, what would."""
    if found.disclosure:
        return sharing.sent_content(found.disclosure) or []
    if found.status != ReferralStatus.DRAFT:
        return []  # withdrawn or expired before anything left
    return list(actions.letter_content(found).items())


def _referral(request: Request, key: UUID) -> Referral:
    return get_visible(queries.whole(), request.actor, key)
