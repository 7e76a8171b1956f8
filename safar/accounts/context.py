"""What every page knows of its reader: the main pages that she may open, and her theme."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from safar.accounts import navigation as pages
from safar.accounts.choices import Theme


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `navigation` (a list of `label`, `url`, `is_current`) and `theme`.

    `public_pages`: those for everybody (`label`, `url`), where there is no main page to offer.
    `theme` is `day`, `night`, or empty where the device decides.
    """
    items = pages.items(getattr(request, "actor", None))
    match = request.resolver_match
    here = match.view_name if match else ""
    chosen = getattr(getattr(request, "user", None), "theme", Theme.AUTO)
    public = () if items else pages.FOR_EVERYBODY
    return {
        "public_pages": [{"label": label, "url": reverse(name)} for label, name in public],
        "theme": "" if chosen == Theme.AUTO else chosen,
        "navigation": [
            {"label": label, "url": reverse(name), "is_current": name == here}
            for label, name, _permission in items
        ],
    }
