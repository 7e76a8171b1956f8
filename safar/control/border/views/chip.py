"""The chip of a traveller's document in second line: the files of a reader, the verdict."""

import base64
from typing import Any
from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpResponse

from safar.control.border.actions.chips import Checked, check_chip
from safar.control.border.forms.chip import ChipForm
from safar.control.border.models import Referral
from safar.control.border.queries import second_line as queries
from safar.control.border.screen import show
from safar.control.border.wording.findings import tell
from safar.control.documents.files.faces import picture_of
from safar.control.documents.wording import chips as chip_wording
from safar.core.errors import RuleBroken
from safar.core.permissions import Request, page
from safar.ui.render import render


@page("border.check_chip", methods=("GET", "POST"))
@csp_update({"img-src": [SELF, "data:"]})  # type: ignore[arg-type]  # the picture has no address
def chip(request: Request, key: UUID) -> HttpResponse:
    """Hand over the files of a chip; the answer is the verdict, with the picture this once."""
    found = queries.open_referral(request.actor, key)
    form = ChipForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            done = check_chip(request.actor, found, files=form.cleaned_data["chip"])
        except RuleBroken as problem:
            form.add_error("chip", str(problem))
        else:
            return _show(request, found, ChipForm(), done)
    return _show(request, found, form, None)


def _show(request: Request, found: Referral, form: ChipForm, done: Checked | None) -> HttpResponse:
    context: dict[str, Any] = {
        "referral": found,
        "screen": show(found.inspection, in_second_line=True),
        "form": form,
        "earlier": queries.chip_checks(request.actor, found),
    }
    if done:
        context |= _told(done)
    return render(request, "border/chip.html", context, status=422 if form.errors else 200)


def _told(done: Checked) -> dict[str, Any]:
    check, verdict = done.check, done.verdict
    picture = picture_of(verdict.face) if verdict.face else None
    return {
        "check": check,
        "tone": chip_wording.TONES[check.outcome],
        "sentence": chip_wording.OUTCOMES[check.outcome],
        "findings": chip_wording.lines(check.findings),
        "differs": [tell(row, in_second_line=True) for row in check.differs],
        "groups": chip_wording.groups(check.groups),
        "zone": verdict.zone.lines if verdict.zone else (),
        "holder": verdict.holder,
        "issue": verdict.issue,
        "has_face": verdict.face is not None,
        "face_signed": check.groups.get("DG2") == "signed",
        "face": base64.b64encode(picture).decode() if picture else "",
    }
