"""A booth without a reader: a photo of the machine zone becomes text that the officer confirms."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.control.border.forms.zone_photo import ZonePhotoForm
from safar.control.border.views.booth import her_booth
from safar.control.documents.zone_photo import Reader, ZonePhoto, read_photo, reader
from safar.core.errors import DomainError, NotFound
from safar.core.permissions import Request, page
from safar.lib import mrz
from safar.reference import queries as reference
from safar.ui.render import render
from safar.ui.uploads import takes_files


@takes_files
@page("border.inspect", methods=("GET", "POST"))
def zone_photo(request: Request) -> HttpResponse:
    """Read a photo and show its lines to be compared; nothing is inspected, and no photo kept."""
    sign_on = her_booth(request)
    tool = reader()
    if not isinstance(tool, Reader):
        raise NotFound(str(tool))
    posted = request.method == "POST"
    form = ZonePhotoForm(request.POST if posted else None, request.FILES if posted else None)
    context: dict[str, Any] = {"form": form, "reader": tool}
    today = timezone.now().astimezone(reference.time_zone(sign_on.post_id)).date()
    if form.is_valid():
        try:
            found = read_photo(form.cleaned_data["photo"].read(), today=today)
        except DomainError as problem:
            form.add_error("photo", str(problem))
        else:
            context |= {"found": found, "doubts": doubts(found), "lines": "\n".join(found.lines)}
    status = 422 if form.is_bound and "found" not in context else 200
    return render(request, "border/zone_photo.html", context, status=status)


def doubts(found: ZonePhoto) -> list[str]:
    """What does not fit in the lines, in words: which field to compare first."""
    return [_(mrz.CODES[each.code]).format_map(each.params) for each in found.reading.findings]
