"""Before a page shows something of a case: who opens it, and for what, is on record."""

from django.http import HttpResponse
from django.shortcuts import redirect

from safar.assistance.cases.models import Case
from safar.assistance.cases.queries import files
from safar.assistance.cases.views.case import WHY
from safar.core import audit
from safar.core.permissions import Request


def opened(request: Request, case: Case, what: str) -> HttpResponse | None:
    """Record that the sharing of a case was opened; of a restricted or medical file first ask why.

    Returns:
        Where she says why, if she has not said it yet; else None.
    """
    why = request.session.get(WHY, {}).get(str(case.pk), "")
    if files.asks_why(case) and not why:
        return redirect("cases:case", key=case.pk)
    purpose = f"{what}: {why}" if why else what
    audit.opened(request.actor, "cases.read_sharing", f"Case:{case.pk}", purpose=purpose)
    return None
