"""One template, one view: the whole page, or the part of it that htmx swaps."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a template, or its named partial where htmx asked and there is one."""
    swapped = bool(part and request.headers.get("HX-Request"))
    name = f"{template}#{part}" if swapped else template
    answer = render_page(request, name, context, status=status)
    answer["Vary"] = "HX-Request"
    return answer
