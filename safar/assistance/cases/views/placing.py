"""Who works where: placements, kept by the data protection officer."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions import placing
from safar.assistance.cases.forms.leading import PlacementForm
from safar.assistance.cases.models import Placement
from safar.assistance.cases.queries import placements as lists
from safar.core.permissions import Request, page
from safar.core.record import get_visible

ON_A_PAGE = 50


@page("cases.place_user", methods=("GET", "POST"))
def placements(request: Request) -> HttpResponse:
    """Who works where and sees which files; a form for one more."""
    form = PlacementForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        who = form.cleaned_data.pop("user")
        placing.place_user(request.actor, who, **form.cleaned_data)
        messages.success(request, _("The placement holds from now on."))
        return redirect("cases:placements")
    words = request.GET.get("words", "").strip()[:60]
    found = lists.placements(request.actor, words)
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "rows": lists.rows(shown), "shown": shown, "words": words}
    return render(request, "cases/placements.html", context, status=422 if form.is_bound else 200)


@page("cases.end_placement", methods=("POST",))
def end(request: Request, key: UUID) -> HttpResponse:
    """End a placement: what she saw by it is out of her sight from the next page on."""
    found = get_visible(Placement.objects.all(), request.actor, key)
    placing.end_placement(request.actor, found)
    messages.success(request, _("The placement has ended."))
    return redirect("cases:placements")
