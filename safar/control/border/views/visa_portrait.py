"""The photo that was printed on the visa of a traveller, beside whom the officer stands."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from safar.control.border.models import Inspection
from safar.control.border.queries import booth, second_line
from safar.control.border.queries.visa_shown import photo_on_visa
from safar.core import audit
from safar.core.errors import NotFound
from safar.core.permissions import Actor, Request, page

NOTHING = _("There is nothing here, or it is not yours to see.")


@page("border.inspect")
def at_booth(request: Request, key: UUID) -> HttpResponse:
    """Of an inspection of her own."""
    found = booth.own_inspection(request.actor, key)
    if found.officer_id != request.actor.user_id:
        raise NotFound(NOTHING)
    return _shown(request.actor, found, "border.inspect")


@page("border.look_at_visa")
def in_second_line(request: Request, key: UUID) -> HttpResponse:
    """Of a traveller who was referred."""
    found = second_line.referral(request.actor, key)
    return _shown(request.actor, found.inspection, "border.look_at_visa")


def _shown(actor: Actor, inspection: Inspection, action: str) -> HttpResponse:
    photo = photo_on_visa(inspection)
    if photo is None:
        raise NotFound(NOTHING)
    audit.opened(actor, action, f"Inspection:{inspection.pk}", purpose="photo of the visa")
    answer = HttpResponse(bytes(photo.content), content_type=photo.file_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
