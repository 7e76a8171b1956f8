"""The page of one form about an application: its heading, its button, and the way back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from safar.control.passports.models import Application
from safar.core.permissions import Request

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    Words = tuple[StrOrPromise, StrOrPromise, StrOrPromise]


def posted(request: Request) -> Any:
    """What was typed, for a form: an empty answer is an answer too."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: Request,
    application: Application,
    form: Any,
    words: "Words",
    do: Callable[[dict[str, Any]], Any],
    **more: Any,
) -> HttpResponse:
    """Draw a form, or do what it says and go back to the application.

    `words` are the heading, the button, and what is said once it is done.
    """
    title, button, done = words
    if form.is_bound and form.is_valid():
        do(form.cleaned_data)
        messages.success(request, str(done))
        return redirect("passports:application", application.pk)
    context = {"application": application, "form": form, "title": title, "button": button, **more}
    status = 422 if form.is_bound else 200
    return render(request, "passports/form.html", context, status=status)
