"""The visa manual: asked by everybody, kept by two people."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.visas.actions import manual as actions
from safar.control.visas.forms.manual import AskForm, EndingForm, RuleForm
from safar.control.visas.models import Application
from safar.control.visas.models.manual import EntryRule, RuleEnding
from safar.control.visas.queries import manual as queries
from safar.control.visas.rules.manual import Answer
from safar.control.visas.wording import manual as wording
from safar.core.permissions import PUBLIC, Request, page
from safar.core.record import get_visible


@page(PUBLIC)
def needed(request: Request) -> HttpResponse:
    """Do I need a visa? For everybody, in their language."""
    return render(request, "visas/needed.html", _asked(request))


@page("visas.read_manual")
def manual(request: Request) -> HttpResponse:
    """The lines of the manual, what waits for a second person, and a question to it."""
    rules = list(queries.rules(request.actor))
    context = {
        **_asked(request),
        "rules": [one for one in rules if one.approved_at],
        "waiting": [one for one in rules if one.is_open],
        "endings": queries.endings(request.actor),
        "today": timezone.localdate(),
    }
    return render(request, "visas/manual.html", context)


@page("visas.propose_rule", methods=("GET", "POST"))
def rule_add(request: Request) -> HttpResponse:
    """Propose a line."""
    form = RuleForm(request.POST or None)
    if form.is_valid():
        actions.propose_rule(request.actor, None, new=form.new())
        messages.success(request, _("Proposed. It holds once somebody else agrees."))
        return redirect("visas:manual")
    status = 422 if form.is_bound else 200
    return render(request, "visas/rule_add.html", {"form": form}, status=status)


@page("visas.read_manual")
def rule(request: Request, key: UUID) -> HttpResponse:
    """One line, by whom it was proposed and agreed to, and how it ends."""
    found = get_visible(EntryRule.objects.all(), request.actor, key)
    return _rule_page(request, found, EndingForm())


@page("visas.approve_rule", methods=("POST",))
def rule_approve(request: Request, key: UUID) -> HttpResponse:
    found = get_visible(EntryRule.objects.all(), request.actor, key)
    actions.approve_rule(request.actor, found)
    messages.success(request, _("The line holds from the day that it names."))
    return redirect("visas:manual")


@page("visas.decline_rule", methods=("POST",))
def rule_decline(request: Request, key: UUID) -> HttpResponse:
    found = get_visible(EntryRule.objects.all(), request.actor, key)
    actions.decline_rule(request.actor, found)
    messages.success(request, _("Declined."))
    return redirect("visas:manual")


@page("visas.propose_ending", methods=("POST",))
def ending_add(request: Request, key: UUID) -> HttpResponse:
    """Propose the last day of a line."""
    found = get_visible(EntryRule.objects.all(), request.actor, key)
    form = EndingForm(request.POST)
    if not form.is_valid():
        return _rule_page(request, found, form)
    actions.propose_ending(request.actor, found, **form.cleaned_data)
    messages.success(request, _("Proposed. The line goes on until somebody else agrees."))
    return redirect("visas:manual")


@page("visas.approve_ending", methods=("POST",))
def ending_approve(request: Request, key: UUID) -> HttpResponse:
    found = get_visible(RuleEnding.objects.all(), request.actor, key)
    actions.approve_ending(request.actor, found)
    messages.success(request, _("The line ends on that day."))
    return redirect("visas:manual")


@page("visas.decline_ending", methods=("POST",))
def ending_decline(request: Request, key: UUID) -> HttpResponse:
    found = get_visible(RuleEnding.objects.all(), request.actor, key)
    actions.decline_ending(request.actor, found)
    messages.success(request, _("Declined."))
    return redirect("visas:manual")


def _rule_page(request: Request, found: EntryRule, form: EndingForm) -> HttpResponse:
    context = {"rule": found, "form": form, "words": wording.stay(found.as_rule()),
               "papers": wording.papers(found.as_rule())}  # fmt: skip
    return render(request, "visas/rule.html", context, status=422 if form.is_bound else 200)


def by_manual(application: Application) -> dict[str, Any]:
    """What the manual answers on an applicant, for the consul's pages; empty where it cannot."""
    found = queries.answer_for(application)
    return {} if found is None else {"manual": _answered(found)}


def _asked(request: Request) -> dict[str, Any]:
    """The form of the question, and the answer where one was asked."""
    if "citizenship" not in request.GET:
        return {"form": AskForm(initial={"day": timezone.localdate(), "passport": "ordinary"})}
    form = AskForm(request.GET)
    if not form.is_valid():
        return {"form": form}
    return {"form": form, **_answered(queries.may_enter(**form.cleaned_data))}


def _answered(found: Answer) -> dict[str, Any]:
    return {
        "tone": wording.TONES[found.way],
        "headline": wording.headline(found),
        "at_posts": wording.at_posts(found),
        "stay": wording.stay(found.rule),
        "papers": wording.papers(found.rule),
        "reasons": wording.reasons(found),
    }
