"""The catalogue: every component in its states, for those who build pages."""

from django.conf import settings
from django.http import HttpResponse

from safar.core.errors import NotFound
from safar.core.permissions import PUBLIC, Request, page
from safar.ui import specimens
from safar.ui.render import render


@page(PUBLIC)
def catalogue(request: Request) -> HttpResponse:
    """All components with made-up contents; not served by a real installation."""
    if not (settings.DEBUG or settings.SAFAR_DEMO):
        raise NotFound("There is nothing here.")
    return render(request, "ui/catalogue.html", specimens.everything())
