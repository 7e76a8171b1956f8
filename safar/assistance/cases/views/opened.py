"""Before a page shows something of a case: who opens it, and for what, is on record."""

from django.http import HttpResponse
from django.shortcuts import redirect

from safar.assistance.cases.models import Case
from safar.assistance.cases.queries import files
from safar.assistance.cases.views.case import WHY
from safar.core import audit
from safar.core.permissions import Request


def asked(request: Request, case: Case) -> HttpResponse | None:
    """Ask first why a restricted or medical file is opened, also where a part of it is opened.

    Whoever may not open the file itself (she pays, or answers for its erasure) sees that one part
    of it, and her role is why.

    Returns:
        Where she says why, if she has not said it yet; else None.
    """
    if files.asks_why(case) and request.actor.may("cases.read_case") and not _why(request, case):
        return redirect("cases:case", key=case.pk)
    return None


def opened(request: Request, case: Case, what: str) -> HttpResponse | None:
    """Record that the sharing of a case was opened; of a restricted or medical file first ask why.

    Returns:
        Where she says why, if she has not said it yet; else None.
    """
    why = _why(request, case)
    if files.asks_why(case) and not why:
        return redirect("cases:case", key=case.pk)
    purpose = f"{what}: {why}" if why else what
    audit.opened(request.actor, "cases.read_sharing", f"Case:{case.pk}", purpose=purpose)
    return None


def _why(request: Request, case: Case) -> str:
    return str(request.session.get(WHY, {}).get(str(case.pk), ""))
