"""What the frame of every page shows: demo mark, theme, the languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor of the page frames."""
    return {
        "demo": settings.SAFAR_DEMO,
        "languages": settings.LANGUAGES,
        "language": get_language(),
        "direction": "rtl" if get_language_bidi() else "ltr",
        "actor": getattr(request, "actor", None),
        "idle_minutes": settings.SAFAR_IDLE_MINUTES,
    }
