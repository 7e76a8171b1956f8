"""The page where an administrator enters what tells a user's relatives; nobody reads it again."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.accounts import queries, staff
from safar.accounts.models import StaffMarks
from safar.accounts.staff_actions import keep_details
from safar.core.permissions import Request, page

LABELS = {
    "birth": _("Date of birth"),
    "birth_place": _("Place of birth"),
    "address": _("Address"),
    "phone": _("Private telephone"),
}


class DetailsForm(forms.Form):
    birth = forms.DateField(
        label=LABELS["birth"], widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    birth_place = forms.CharField(label=LABELS["birth_place"], max_length=120, required=False)
    address = forms.CharField(label=LABELS["address"], max_length=200, required=False)
    phone = forms.CharField(label=LABELS["phone"], max_length=40, required=False)

    def facts(self) -> dict[str, str]:
        return {field: str(self.cleaned_data[field] or "") for field in staff.FIELDS}


@page("accounts.keep_details", methods=("GET", "POST"))
def details(request: Request, key: UUID) -> HttpResponse:
    """The form is always empty: what was entered can be compared, and replaced, not shown."""
    user = queries.user(request.actor, key)
    form = DetailsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keep_details(request.actor, user, facts=form.facts())
        messages.success(request, _("Kept, in a form that nobody can read."))
        return redirect("accounts:user", key)
    kept = StaffMarks.objects.filter(user=user).first()
    known = [LABELS[field] for field in staff.FIELDS if kept and getattr(kept, field)]
    context = {"form": form, "subject": user, "known": known}
    return render(request, "accounts/staff_details.html", context)
