"""The page of the decision: all that speaks for and against, the terms, or the grounds."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.control.applications.forms import RefuseForm
from safar.control.applications.queries import last_photo
from safar.control.visas import actions, queries
from safar.control.visas.choices.applications import Ground, Status
from safar.control.visas.forms.desk import GrantForm
from safar.control.visas.models import Application
from safar.control.visas.policies import applications as policies
from safar.control.visas.views.about import known_of
from safar.control.visas.views.manual import by_manual
from safar.control.visas.views.steps import groups
from safar.control.visas.wording import applications as wording
from safar.core.permissions import Request, page


@page("visas.grant", methods=("GET", "POST"))
def decide(request: Request, key: UUID) -> HttpResponse:
    """Grant or refuse. The two forms stand beside each other; a button sends its own alone."""
    found = queries.open_application(request.actor, key, purpose="decision")
    granting, refusing = "grant" in request.POST, "refuse" in request.POST
    grant = GrantForm(found, request.POST if granting else None, prefix="grant")
    refuse = RefuseForm(Ground.choices, request.POST if refusing else None, prefix="refuse")
    if granting and grant.is_valid():
        reason = grant.cleaned_data["reason"]
        actions.grant(request.actor, found, terms=grant.terms(), reason=reason)
        messages.success(request, _("Granted."))
        return redirect("visas:application", key)
    if refusing and refuse.is_valid():
        actions.refuse(request.actor, found, **refuse.cleaned_data)
        messages.success(request, _("Refused. The grounds are written down."))
        return redirect("visas:application", key)
    context = {"grant_form": grant, "refuse_form": refuse, **_of(request, found)}
    failed = granting or refusing
    return render(request, "visas/decide.html", context, status=422 if failed else 200)


def _of(request: Request, found: Application) -> dict[str, Any]:
    papers = list(queries.papers(found))
    kind = found.kind
    permit = kind and kind.is_permit and found.arrives_on
    return {
        "application": found,
        "groups": groups(found),
        **by_manual(found),
        **known_of(request.actor, found),
        "word": queries.word_of_preparer(found),
        "portrait": last_photo(papers),
        "papers": papers,
        "still": [wording.lacking(one) for one in queries.still_to_decide(found)],
        "why_not": policies.not_preparer(request.actor, found),
        "is_prepared": found.status == Status.PREPARED,
        "interviews": queries.interviews(found),
        "quota": queries.quota(kind, found.arrives_on) if permit else None,  # type: ignore[arg-type]
    }
