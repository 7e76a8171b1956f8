"""A booth without a reader for codes: a photo of the sticker, and the seal that is in it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from safar.control.border.actions import inspecting
from safar.control.border.forms.booth import VisaPhotoForm
from safar.control.border.queries import booth as queries
from safar.control.border.queries.facts import shown_again
from safar.control.border.views.booth import her_booth, work
from safar.control.visas.seals.photos import codes_in
from safar.core.errors import NotFound, RuleBroken
from safar.core.permissions import Request, page
from safar.ui.render import render

SEALS = (b"\xdc", b"{")  # how a sticker's seal begins, and an e-visa's


@page("border.inspect", methods=("GET", "POST"))
def visa_photo(request: Request, key: UUID) -> HttpResponse:
    """Take the photo of a visa, and inspect the traveller anew with the seal that is in it."""
    sign_on = her_booth(request)
    before = queries.undecided(sign_on, str(key))
    if before is None:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    form = VisaPhotoForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            seal = seal_in(form.cleaned_data["photo"].read())
        except RuleBroken as problem:
            form.add_error("photo", str(problem))
        else:
            shown = shown_again(before, seal=seal)
            anew = inspecting.inspect(
                request.actor, sign_on, shown=shown, as_traveller=before.traveller_id
            )
            return work(request, sign_on, anew)
    context = {"form": form, "inspection": before}
    status = 422 if form.is_bound else 200
    return render(request, "border/visa_photo.html", context, status=status)


def seal_in(photo: bytes) -> bytes:
    """The seal in a photo. A page may bear other codes: the one that begins as a seal comes first.

    Raises:
        RuleBroken: it is no picture, or no code is in it.
    """
    codes = codes_in(photo)
    return next((code for code in codes if code[:1] in SEALS), codes[0])
