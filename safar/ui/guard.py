"""The last word on every request: no page without a permission, no error without a sentence."""

import sys
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from safar.core.errors import DomainError, NotFound, Unavailable
from safar.core.node import uuid7

FOREIGN_PAGES = (
    "allauth.",
    "django.views.i18n",
)  # sign-in and the language switch guard themselves
DISK_FULL = "53100"  # PostgreSQL's SQLSTATE for "disk full"
Answer = Callable[[HttpRequest], HttpResponseBase]


class UndeclaredPage(Exception):
    """A programming error: a view was served that declares no permission."""


class Guard:
    """Give each request a number, refuse undeclared pages, turn errors into answers."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.number = uuid7().hex  # type: ignore[attr-defined]
        response = self.get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"  # personal pages stay in no browser's cache
        return response

    def process_view(self, request: HttpRequest, view: Any, *_rest: Any) -> None:
        if not hasattr(view, "safar_permission") and not view.__module__.startswith(FOREIGN_PAGES):
            raise UndeclaredPage(f"{view.__module__}.{view.__name__}")

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError | InterfaceError):
            error = database_silent(error)
        return answer(request, error) if isinstance(error, DomainError) else None


def database_silent(error: Exception) -> Unavailable:
    if getattr(error.__cause__, "sqlstate", "") == DISK_FULL:
        return Unavailable(
            _("The disk is full. Call the administrator. Nothing that was recorded is lost."),
            code="E-507",
        )
    return Unavailable(
        _("The database does not answer. Wait a moment and repeat: nothing is recorded twice."),
        code="E-503",
    )


def answer(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Render an error as the caller understands it: fragment, problem+json (RFC 9457) or page."""
    if "application/json" in request.headers.get("Accept", ""):
        problem = {"type": error.code, "status": error.status, "detail": str(error)}
        return JsonResponse(problem, status=error.status, content_type="application/problem+json")
    if request.headers.get("HX-Request"):
        return part(request, error)
    return render(request, "ui/error.html", {"error": error}, status=error.status)


def part(request: HttpRequest | None, error: DomainError) -> HttpResponse:
    """The error beside the form that was posted, which stays whole."""
    response = render(request, "ui/error_part.html", {"error": error}, status=error.status)
    response["HX-Retarget"], response["HX-Reswap"] = "#errors", "innerHTML"
    response["HX-Push-Url"] = "false"  # what was asked for is no page: the address stays
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, NotFound(_("There is nothing here, or it is not yours to see.")))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer what nobody foresaw, without touching the database: it may be what failed."""
    error = sys.exc_info()[1]
    silent = isinstance(error, OperationalError | InterfaceError)
    known = database_silent(error) if silent and isinstance(error, Exception) else None
    if known and request.headers.get("HX-Request"):
        return part(None, known)
    context = {"error": known, "number": getattr(request, "number", "")}
    return render(None, "ui/failure.html", context, status=503 if known else 500)
