"""The page of one form: its heading, its button, what stands beside it, and the way back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from safar.core.errors import RuleBroken
from safar.core.permissions import Request
from safar.ui.render import render

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Words = tuple[StrOrPromise, StrOrPromise, StrOrPromise]


def posted(request: Request) -> Any:
    """What was typed, for a form: an empty answer is an answer too."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: Request,
    form: Any,
    words: "Words",
    do: Callable[[], Any],
    *,
    back: str,
    **more: Any,
) -> HttpResponse:
    """Draw a form, or do what it says and go back. What a rule refuses stands beside its box.

    `words` are the heading, the button, and what is said once it is done.
    """
    title, button, done = words
    if form.is_bound and form.is_valid() and _done(form, do):
        messages.success(request, str(done))
        return redirect(back)
    context = {"form": form, "title": title, "button": button, "back": back, **more}
    return render(request, "stays/form.html", context, status=422 if form.is_bound else 200)


def _done(form: Any, do: Callable[[], Any]) -> bool:
    try:
        do()
    except RuleBroken as refused:
        if refused.field not in form.fields:
            raise
        form.add_error(refused.field, str(refused))
        return False
    return True
