"""A traveller's document beside a specimen of its kind: the picture this once, the features kept."""

import base64
from typing import Any
from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from safar.control.border.actions.specimens import look_at_specimen
from safar.control.border.forms.specimen import FeaturesForm, PictureForm
from safar.control.border.models import Referral
from safar.control.border.queries import second_line as queries
from safar.control.border.screen import show
from safar.control.documents import queries as documents
from safar.control.documents.models import Specimen
from safar.control.documents.wording import series as series_wording
from safar.control.travellers.read_document import ReadDocument
from safar.core.action import can
from safar.core.errors import NotFound, RuleBroken
from safar.core.permissions import Request, page
from safar.ui.render import render


@page("border.look_at_specimen")
def specimens(request: Request, key: UUID) -> HttpResponse:
    """Straight to the specimen where one fits the document; else a choice of them."""
    found = queries.open_referral(request.actor, key)
    fitting = _fitting(request, found)
    if len(fitting) == 1:
        return redirect("border:referral_specimen", key, fitting[0].pk)
    context = {"referral": found, "screen": _screen(found), "rows": fitting}
    return render(request, "border/specimens.html", context)


@page("border.look_at_specimen", methods=("GET", "POST"))
@csp_update({"img-src": [SELF, "data:"]})  # type: ignore[arg-type]  # the picture has no address
def specimen(request: Request, key: UUID, specimen_key: UUID) -> HttpResponse:
    """Take a picture and see it beside the specimen, or record what the features show."""
    found = queries.open_referral(request.actor, key)
    beside = documents.specimen(request.actor, specimen_key)
    if not beside.in_use:
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    given = request.POST if request.method == "POST" else None
    features = FeaturesForm(given, specimen=beside)
    picture = PictureForm()
    if given is not None and "show" in given:
        picture = PictureForm(given, request.FILES)
        picture.is_valid()
    elif features.is_valid():
        try:
            _record(request, found, beside, features)
        except RuleBroken as problem:
            features.add_error(None, str(problem))
        else:
            return redirect("border:referral", key)
    return _show(request, found, beside, picture, features)


def _record(request: Request, found: Referral, beside: Specimen, form: FeaturesForm) -> None:
    look_at_specimen(
        request.actor,
        found,
        specimen=beside,
        found=form.found(),
        remark=form.cleaned_data["remark"],
    )
    messages.success(request, _("Recorded with this traveller."))


def _show(
    request: Request,
    found: Referral,
    beside: Specimen,
    picture: PictureForm,
    features: FeaturesForm,
) -> HttpResponse:
    drawn = picture.drawn
    context: dict[str, Any] = {
        "referral": found,
        "screen": _screen(found),
        "specimen": beside,
        "state": series_wording.state(beside.issuer),
        "picture_form": picture,
        "features_form": features,
        "picture": drawn,
        "data": base64.b64encode(drawn.content).decode() if drawn else "",
        "others": [row for row in _fitting(request, found) if row.pk != beside.pk],
        "may_record": found.status in queries.OPEN
        and can(request.actor, "border.look_at_specimen", found),
    }
    status = 422 if picture.errors or features.errors else 200
    answer = render(request, "border/specimen.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _fitting(request: Request, found: Referral) -> list[Specimen]:
    document = ReadDocument.from_json(found.inspection.document)
    return documents.specimens(request.actor, document.issuer, document.kind)


def _screen(found: Referral) -> Any:
    return show(found.inspection, in_second_line=True)
