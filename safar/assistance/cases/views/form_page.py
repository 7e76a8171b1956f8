"""The page of one form about a case: its heading, its button, and the way back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render

from safar.assistance.cases.models import Case
from safar.assistance.cases.views.opened import asked
from safar.core.permissions import Request

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Words:
    """What the page of a form says."""

    title: "StrOrPromise"
    button: "StrOrPromise"
    about: "StrOrPromise" = ""


def form_page(
    request: Request,
    case: Case | None,
    form: Any,
    words: Words,
    template: str = "cases/form.html",
    **more: Any,
) -> HttpResponse:
    """Draw a form; 422 where what was typed cannot be taken."""
    if case and (ask := asked(request, case)):
        return ask
    context = {"case": case, "form": form, "words": words, **more}
    return render(request, template, context, status=422 if form.is_bound else 200)
