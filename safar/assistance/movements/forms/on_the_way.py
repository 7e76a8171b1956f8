"""A booking that stands, as it is typed further: tickets, escorts, what happened on the way."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.movements.actions.departing import NewEvent, Rebooked
from safar.assistance.movements.actions.escorts import NewEscort
from safar.assistance.movements.choices import EscortKind, JourneyEventKind
from safar.assistance.movements.forms.bookings import MOMENT, typed_legs
from safar.assistance.movements.queries.journey import Journey
from safar.ui.forms import DateField


class JourneyForm(forms.Form):
    """A form about one booking."""

    def __init__(self, *args: Any, journey: Journey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.journey = journey


class TicketForm(JourneyForm):
    """The number of each passenger's ticket."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for seat in self.journey.seats:
            self.fields[f"ticket-{seat.member_id}"] = forms.CharField(
                label=str(seat.member.person), max_length=20, initial=seat.ticket
            )

    def tickets(self) -> dict[Any, str]:
        return {
            one.member_id: self.cleaned_data[f"ticket-{one.member_id}"]
            for one in self.journey.seats
        }


class CancelForm(JourneyForm):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class EscortForm(JourneyForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=[one for one in EscortKind.choices if one[0]])
    name = forms.CharField(label=_("Name"), max_length=120)
    passport = forms.CharField(label=_("Passport"), max_length=20)
    passport_until = DateField(label=_("Passport holds until"))
    visa_until = DateField(label=_("Visa holds until"), required=False)
    returns_on = DateField(label=_("Returns on"))

    def escort(self) -> NewEscort:
        return NewEscort(**self.cleaned_data)


class ReportForm(JourneyForm):
    on = DateField(label=_("Reported on"), initial=timezone.localdate)
    words = forms.CharField(
        label=_("Report"), max_length=500, widget=forms.Textarea(attrs={"rows": 5})
    )


COUNTED_ELSEWHERE = (
    JourneyEventKind.CLOTHING, JourneyEventKind.MISSED, JourneyEventKind.REBOOKED,
)  # fmt: skip


class EventForm(JourneyForm):
    kind = forms.ChoiceField(
        label=_("What"),
        choices=[one for one in JourneyEventKind.choices if one[0] not in COUNTED_ELSEWHERE],
    )
    at = forms.DateTimeField(label=_("When"), widget=MOMENT, initial=timezone.localtime)
    place = forms.CharField(label=_("Where"), max_length=60, required=False)
    words = forms.CharField(label=_("What happened"), max_length=300, required=False)

    def event(self) -> NewEvent:
        return NewEvent(**self.cleaned_data)


class ClothingForm(JourneyForm):
    pieces = forms.IntegerField(label=_("How many pieces"), min_value=1, max_value=500)
    at = forms.DateTimeField(label=_("When"), widget=MOMENT, initial=timezone.localtime)
    place = forms.CharField(label=_("Where"), max_length=60, required=False)
    words = forms.CharField(label=_("What was given"), max_length=300, required=False)
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def event(self) -> NewEvent:
        typed = self.cleaned_data
        return NewEvent(JourneyEventKind.CLOTHING, typed["at"], typed["place"], typed["words"])


class MissedForm(JourneyForm):
    """A missed connection; the flights instead are a set of legs beside it."""

    after = forms.TypedChoiceField(label=_("The last flight that was flown"), coerce=int)
    at = forms.DateTimeField(label=_("When"), widget=MOMENT, initial=timezone.localtime)
    place = forms.CharField(label=_("Where"), max_length=60, required=False)
    words = forms.CharField(label=_("Why"), max_length=300, required=False)
    reference = forms.CharField(label=_("New booking reference"), max_length=10, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].choices = [  # type: ignore[attr-defined]
            (leg.number, str(leg)) for leg in self.journey.legs[:-1] or self.journey.legs
        ]

    def rebooked(self, legs: Any) -> Rebooked:
        return Rebooked(legs=typed_legs(legs), **self.cleaned_data)


class ArrivalForm(JourneyForm):
    on = DateField(label=_("Arrived on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lands = timezone.localdate(self.journey.legs[-1].arrives_at)
        self.fields["on"].initial = min(lands, timezone.localdate())
