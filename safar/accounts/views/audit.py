"""The auditor's pages: what was done, refused and opened, and whether the chain is whole."""

from dataclasses import asdict

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from safar.accounts.audit_queries import PAGE, Wanted, check_chain, entries
from safar.accounts.forms import AuditFilterForm
from safar.core.permissions import Request, page


@page("audit.read")
def audit(request: Request) -> HttpResponse:
    form = AuditFilterForm(request.GET or None)
    wanted = Wanted(**form.cleaned_data) if form.is_valid() else Wanted()
    found = entries(request.actor, wanted, before=_number(request.GET.get("before", "")))
    rows = found[:PAGE]
    older = _older(wanted, rows[-1].number) if len(found) > PAGE else ""
    context = {"form": form, "entries": rows, "older": older, "is_filtered": bool(request.GET)}
    return render(request, "accounts/audit.html", context)


@page("audit.read", methods=("POST",))
def check(request: Request) -> HttpResponse:
    return render(request, "accounts/audit_check.html", {"checked": check_chain(request.actor)})


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _older(wanted: Wanted, before: int) -> str:
    narrowing = {name: value for name, value in asdict(wanted).items() if value}
    return urlencode({**narrowing, "before": before})
