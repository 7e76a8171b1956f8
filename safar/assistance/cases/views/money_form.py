"""How is a form about money drawn: a page of its own, with the way back."""

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from safar.assistance.cases.models import Case, Purchase
from safar.assistance.cases.views.opened import asked
from safar.core.permissions import Request

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def money_form(
    request: Request,
    form: forms.Form,
    words: "tuple[StrOrPromise, StrOrPromise]",
    *,
    of: Case | Purchase | None = None,
    note: "StrOrPromise" = "",
    back: str = "cases:payments",
) -> HttpResponse:
    """Draw a form under its title, with its button (`words`); `of` says whose money it is."""
    case = of.case if isinstance(of, Purchase) else of
    if case and (ask := asked(request, case)):
        return ask
    if isinstance(of, Purchase):
        leads_back = reverse("cases:purchase", args=[of.pk])
    else:
        leads_back = reverse("cases:case_money", args=[case.pk]) if case else reverse(back)
    title, button = words
    context = {
        "form": form,
        "title": title,
        "button": button,
        "case": case,
        "note": note,
        "back": leads_back,
    }
    return render(request, "cases/money_form.html", context)
