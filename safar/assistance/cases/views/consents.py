"""Pages of consents: what a case shares, giving a consent, and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import paper
from safar.assistance.cases.actions import consents as actions
from safar.assistance.cases.choices.sharing import LetterLanguage
from safar.assistance.cases.forms.sharing import (
    ConfirmForm,
    GiveConsentForm,
    NoticeForm,
    WithdrawForm,
)
from safar.assistance.cases.models import Case, Consent, WithdrawalNotice
from safar.assistance.cases.queries import referrals, sharing
from safar.assistance.cases.views.opened import opened
from safar.core.permissions import Request, page
from safar.core.record import get_visible

PDF = "application/pdf"


@page("cases.read_sharing")
def case_sharing(request: Request, key: UUID) -> HttpResponse:
    """All that a case shares: consents, referrals, what left."""
    case = get_visible(Case.objects.all(), request.actor, key)
    if ask := opened(request, case, "sharing"):
        return ask
    context = {
        **sharing.part(request.actor, case),
        "consents": sharing.consents(request.actor, case),
        "referrals": referrals.of_case(request.actor, case),
        "disclosures": sharing.shown(sharing.disclosures(request.actor, case)[:50]),
        "arrivals": referrals.came_in(request.actor, status="in_service").filter(case=case),
        "today": timezone.localdate(),
    }
    return render(request, "cases/sharing.html", context)


@page("cases.give_consent", methods=("GET", "POST"))
def consent_add(request: Request, key: UUID) -> HttpResponse:
    case = get_visible(Case.objects.all(), request.actor, key)
    if ask := opened(request, case, "consent"):
        return ask
    form = GiveConsentForm(case, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.give_consent(request.actor, case, terms=form.terms())
        messages.success(request, _("Recorded. Give the person a copy."))
        return redirect("cases:consent", made.pk)
    context = {"case": case, "form": form, "languages": LetterLanguage.choices}
    return render(request, "cases/consent_add.html", context, status=422 if form.errors else 200)


@page("cases.read_sharing")
def consent(request: Request, key: UUID) -> HttpResponse:
    """A consent: its terms, what left on it, and who was told that it is withdrawn."""
    found = _consent(request, key)
    if ask := opened(request, found.case, f"consent {found.purpose}"):
        return ask
    left = sharing.disclosures(request.actor, found.case).filter(consent=found)
    context = {
        "consent": found,
        "case": found.case,
        "disclosures": sharing.shown(left),
        "notices": found.notices.select_related("recipient"),
        "withdraw_form": WithdrawForm(),
        "notice_form": NoticeForm(),
        "confirm_form": ConfirmForm(),
        "languages": LetterLanguage.choices,
    }
    return render(request, "cases/consent.html", context)


@page("cases.withdraw_consent", methods=("POST",))
def consent_withdraw(request: Request, key: UUID) -> HttpResponse:
    form = WithdrawForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    withdrawal = actions.Withdrawal(_consent(request, key))
    actions.withdraw_consent(request.actor, withdrawal, reason=reason)
    messages.success(
        request, _("Withdrawn. Nothing more is sent on it. Tell those who got something, today.")
    )
    return redirect("cases:consent", key)


@page("cases.send_notice", methods=("POST",))
def notice_sent(request: Request, key: UUID) -> HttpResponse:
    notice = _notice(request, key)
    actions.send_notice(request.actor, notice, channel=request.POST.get("channel", ""))
    messages.success(request, _("Recorded. It stays on your day until they confirm it."))
    return redirect("cases:consent", notice.consent_id)


@page("cases.acknowledge_notice", methods=("POST",))
def notice_acknowledged(request: Request, key: UUID) -> HttpResponse:
    notice = _notice(request, key)
    told_by = request.POST.get("told_by", "")
    actions.acknowledge_notice(request.actor, notice, told_by=told_by)
    messages.success(request, _("Recorded. They know."))
    return redirect("cases:consent", notice.consent_id)


@page("cases.read_sharing")
def notice_pdf(request: Request, key: UUID) -> HttpResponse:
    """The letter of a withdrawal."""
    notice = _notice(request, key)
    if ask := opened(request, notice.consent.case, "notice"):
        return ask
    language = paper.language_of(request.GET.get("language", ""), request.actor.language)
    return HttpResponse(paper.notice_letter(notice, language), content_type=PDF)


@page("cases.read_sharing")
def consent_pdf(request: Request, key: UUID) -> HttpResponse:
    """The consent as it was given: the copy for the person."""
    found = _consent(request, key)
    if ask := opened(request, found.case, f"consent {found.purpose}"):
        return ask
    language = paper.language_of(request.GET.get("language", ""), request.actor.language)
    return HttpResponse(paper.consent_paper(found, language), content_type=PDF)


@page("cases.read_sharing")
def consent_form_pdf(request: Request) -> HttpResponse:
    """The empty consent form, to be read out and signed."""
    language = paper.language_of(request.GET.get("language", ""), request.actor.language)
    return HttpResponse(paper.consent_paper(None, language), content_type=PDF)


def _consent(request: Request, key: UUID) -> Consent:
    found = Consent.objects.select_related("case", "person", "withdrawn_by", "recorded_by")
    return get_visible(found, request.actor, key)


def _notice(request: Request, key: UUID) -> WithdrawalNotice:
    found = WithdrawalNotice.objects.select_related("recipient", "consent__case__office__agency")
    return get_visible(found, request.actor, key)
