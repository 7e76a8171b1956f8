"""The page of one form about an application: its heading, its button, and the way back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from safar.control.applications.models import ApplicationBase
from safar.core.errors import RuleBroken
from safar.core.permissions import Request

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Words = tuple[StrOrPromise, StrOrPromise, StrOrPromise]


def posted(request: Request) -> Any:
    """What was typed, for a form: an empty answer is an answer too."""
    return request.POST if request.method == "POST" else None


def handed_in(request: Request) -> Any:
    """The files beside it."""
    return request.FILES if request.method == "POST" else None


def form_page(
    request: Request,
    application: ApplicationBase,
    form: Any,
    words: "Words",
    do: Callable[[dict[str, Any]], Any],
    **more: Any,
) -> HttpResponse:
    """Draw a form, or do what it says and go back to the application.

    `words` are the heading, the button, and what is said once it is done.
    """
    home = application._meta.app_label  # each app's pages bear its name
    title, button, done = words
    if form.is_bound and form.is_valid() and _is_done(form, do):
        messages.success(request, str(done))
        return redirect(f"{home}:application", application.pk)
    context = {"application": application, "form": form, "title": title, "button": button, **more}
    status = 422 if form.is_bound else 200
    return render(request, f"{home}/form.html", context, status=status)


def _is_done(form: Any, do: Callable[[dict[str, Any]], Any]) -> bool:
    """Do it. What is refused for an answer is said at the box of that answer."""
    try:
        do(form.cleaned_data)
    except RuleBroken as problem:
        if problem.field not in form.fields:
            raise
        form.add_error(problem.field, str(problem))
        return False
    return True
