"""The visa of a traveller in second line: the same look as at the booth, by scan or by photo."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.control.border.actions.visas import look_at_visa
from safar.control.border.forms.visa import VisaLookForm
from safar.control.border.models import Referral, VisaLook
from safar.control.border.queries import second_line as queries
from safar.control.border.queries.visa_shown import photo_on_visa, visa_looks
from safar.control.border.screen import show
from safar.control.border.views.visa_photo import seal_in
from safar.control.border.wording.findings import tell
from safar.control.visas.rules.seal_text import as_seal
from safar.core.errors import RuleBroken
from safar.core.permissions import Request, page
from safar.lib import mrz
from safar.reference import queries as reference
from safar.ui.render import render


@page("border.look_at_visa", methods=("GET", "POST"))
def visa(request: Request, key: UUID) -> HttpResponse:
    """Read a visa anew, and see what was found of it at each look."""
    found = queries.open_referral(request.actor, key)
    form = VisaLookForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            shown = _read(found, form.cleaned_data)
            is_another = form.cleaned_data["is_another"]
            look_at_visa(request.actor, found, **shown, is_another=is_another)
        except RuleBroken as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        else:
            return redirect("border:referral_visa", key)
    return _show(request, found, form)


def _read(found: Referral, given: dict[str, Any]) -> dict[str, Any]:
    """The seal, or the two lines, from what came.

    Raises:
        RuleBroken: it is neither.
    """
    if given["photo"]:
        return {"seal": seal_in(given["photo"].read())}
    seal = as_seal(given["scan"])
    if seal is not None:
        return {"seal": seal}
    zone = reference.time_zone(found.inspection.post_id)
    reading = mrz.read(given["scan"], today=timezone.now().astimezone(zone).date())
    if reading.kind == "V":
        return {"zone": tuple(reading.lines)}
    raise RuleBroken(_("This is neither the code nor the lines of a visa."), field="scan")


def _show(request: Request, found: Referral, form: VisaLookForm) -> HttpResponse:
    looks = list(visa_looks(request.actor, found.inspection))
    at_booth = [row for row in found.inspection.findings if row["code"].startswith("visa.")]
    context = {
        "referral": found,
        "screen": show(found.inspection, in_second_line=True),
        "form": form,
        "looks": [(look, _told(look.findings)) for look in looks],
        "at_booth": _told(at_booth),
        "last": _last(looks),
        "has_photo": photo_on_visa(found.inspection) is not None,
    }
    return render(request, "border/visa.html", context, status=422 if form.errors else 200)


def _told(findings: list[dict[str, Any]]) -> list[Any]:
    return [tell(row, in_second_line=True) for row in findings]


def _last(looks: list[VisaLook]) -> dict[str, Any] | None:
    """The outcome of the newest look, as the heading of the page."""
    if not looks:
        return None
    told = _told(looks[0].findings)
    tones = [row.tone for row in told]
    tone = next((one for one in ("hold", "check", "info") if one in tones), "clear")
    if looks[0].visa["sound"] and tone == "info":
        tone = "clear"
    return {"tone": tone, "number": looks[0].visa["number"], "sound": looks[0].visa["sound"]}
