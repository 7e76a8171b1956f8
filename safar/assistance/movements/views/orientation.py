"""Places in orientation sessions for the people of one case."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.assistance.cases.views.opened import asked
from safar.assistance.movements.actions import orientation as actions
from safar.assistance.movements.forms.sessions import InviteForm
from safar.assistance.movements.models import Attendance
from safar.assistance.movements.queries import files, sessions
from safar.assistance.movements.queries.orientation import orientation_of
from safar.core.permissions import Request, page
from safar.core.record import get_visible
from safar.reference import queries as reference
from safar.ui.render import render


@page("movements.invite", methods=("GET", "POST"))
def invite(request: Request, key: UUID) -> HttpResponse:
    """Give members of a family places in a session."""
    file = files.file_of(request.actor, key)
    if ask := asked(request, file.case):
        return ask
    people = orientation_of(request.actor, file.case)
    open_ones = sessions.open_to(file.destination, timezone.localdate())
    typed = request.POST if request.method == "POST" else None
    form = InviteForm(typed, sessions=open_ones, people=people)
    if form.is_valid():
        chosen, members = form.session_chosen(), form.members_chosen()
        actions.invite(request.actor, file.case, session=chosen, members=members)
        messages.success(request, _("They are invited."))
        return redirect("movements:case", key=key)
    context = {
        "case": file.case,
        "form": form,
        "country": reference.country_name(file.destination),
        "full": [one for one in open_ones if not one.open],
    }
    status = 422 if form.is_bound else 200
    return render(request, "movements/invite.html", context, status=status)


@page("movements.take_out", methods=("POST",))
def take_out(request: Request, key: UUID) -> HttpResponse:
    """Give a place back."""
    place = get_visible(Attendance.objects.select_related("case"), request.actor, key)
    actions.take_out(request.actor, place)
    messages.success(request, _("The place is free again."))
    return redirect("movements:case", key=place.case_id)
