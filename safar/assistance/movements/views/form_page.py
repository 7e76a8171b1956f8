"""The page of one form about a movement: its heading, its button, and the way back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from safar.assistance.cases.models import Case
from safar.core.permissions import Request
from safar.ui.render import render

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Words:
    """What the page of a form says."""

    title: "StrOrPromise"
    button: "StrOrPromise"
    about: "StrOrPromise" = ""


def form_page(request: Request, case: Case, form: Any, words: Words, **more: Any) -> HttpResponse:
    """Draw a form; 422 where what was typed cannot be taken."""
    context = {"case": case, "form": form, "words": words, **more}
    status = 422 if form.is_bound else 200
    return render(request, "movements/form.html", context, status=status)
