"""A booking as it is typed: the flights, who sits in them, tickets, escorts, what happened."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case, CaseMember, Partner
from safar.assistance.movements.actions.booking_checks import NewBooking, Seat
from safar.assistance.movements.choices import Fare, Payer
from safar.assistance.movements.forms.clocks import by_the_clock, clocks
from safar.assistance.movements.models import MovementFile
from safar.assistance.movements.queries.journey import Journey
from safar.assistance.movements.rules.booking import LegFacts
from safar.ui.forms import DateField

MOMENT = forms.DateTimeInput(
    attrs={"type": "datetime-local", "class": "w-m"}, format="%Y-%m-%dT%H:%M"
)
MOST_LEGS = 6
OF_A_LEG = tuple(LegFacts.__dataclass_fields__)


class BookingForm(forms.Form):
    """The carrier's side of a booking, and which missions are concerned."""

    carrier = forms.CharField(label=_("Carrier"), max_length=60)
    reference = forms.CharField(label=_("Booking reference"), max_length=10)
    fare = forms.ChoiceField(label=_("Fare"), choices=Fare.choices)
    agreement = forms.CharField(
        label=_("Agreement with the carrier"),
        help_text=_("Its number, where the fare is given by an agreement."),
        max_length=40,
        required=False,
    )
    held_until = DateField(label=_("Tickets held until"), required=False)
    help_from = forms.DateTimeField(
        label=_("Help at the airport from"), widget=MOMENT, required=False
    )
    receiving = forms.ModelChoiceField(
        Partner.objects.none(), label=_("Receiving mission"), required=False
    )
    transit = forms.ModelChoiceField(
        Partner.objects.none(), label=_("Transit mission"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("receiving", "transit"):
            self.fields[name].queryset = Partner.objects.all()  # type: ignore[attr-defined]


class LegForm(forms.Form):
    """One flight; an empty row is none."""

    mark_optional = False
    flight = forms.CharField(
        label=_("Flight"), max_length=10, required=False,
        widget=forms.TextInput(attrs={"class": "w-s mono"}),
    )  # fmt: skip
    from_place = forms.CharField(label=_("From"), max_length=60, required=False)
    departs_at = forms.DateTimeField(label=_("Departs"), widget=MOMENT, required=False)
    departs_by = forms.ChoiceField(
        label=_("Departs by the clock of"), choices=clocks, required=False
    )
    to_place = forms.CharField(label=_("To"), max_length=60, required=False)
    arrives_at = forms.DateTimeField(label=_("Lands"), widget=MOMENT, required=False)
    arrives_by = forms.ChoiceField(label=_("Lands by the clock of"), choices=clocks, required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if any(typed.get(name) for name in OF_A_LEG):
            for name in OF_A_LEG:
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, _("Write this down too, or leave the whole row empty."))
        return typed

    def leg(self) -> LegFacts:
        """The flight, its times as instants."""
        facts = {name: self.cleaned_data[name] for name in OF_A_LEG}
        for at, clock in (("departs_at", "departs_by"), ("arrives_at", "arrives_by")):
            facts[at] = by_the_clock(facts[at], self.cleaned_data[clock])
        return LegFacts(**facts)


Legs = forms.formset_factory(LegForm, extra=0, max_num=MOST_LEGS)


class SeatForm(forms.Form):
    """One member: whether she travels, what it costs and who pays."""

    mark_optional = False
    travels = forms.BooleanField(label=_("Travels"), required=False)
    cost = forms.DecimalField(
        label=_("Cost"),
        max_digits=10,
        decimal_places=2,
        min_value=Decimal(0),
        required=False,
        widget=forms.NumberInput(attrs={"class": "w-m"}),
    )
    currency = forms.RegexField(
        r"^[A-Z]{3}$", label=_("Currency"), max_length=3, required=False,
        widget=forms.TextInput(attrs={"class": "w-s mono"}),
    )  # fmt: skip
    payer = forms.ChoiceField(label=_("Who pays"), choices=Payer.choices)

    def __init__(self, data: Any, member: CaseMember, initial: dict[str, Any]) -> None:
        super().__init__(data, prefix=f"seat-{member.pk.hex[-12:]}", initial=initial)
        self.member = member
        self.fields["travels"].label = str(member.person)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("travels"):
            for name in ("cost", "currency"):
                if typed.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, _("Write this down for everybody who travels."))
        return typed


class WholeBooking:
    """The three forms of a booking together: its facts, its legs, its seats."""

    def __init__(
        self, data: Any, case: Case, members: Sequence[CaseMember], given: Journey | None = None
    ) -> None:
        self.facts = BookingForm(data, initial=_facts(case, given))
        self.legs = Legs(data, prefix="legs", initial=_legs(given))
        seats = _seats(case, members, given)
        self.seats = [SeatForm(data, one, seats[one.pk]) for one in members]

    @property
    def is_bound(self) -> bool:
        return self.facts.is_bound

    def is_valid(self) -> bool:
        parts = [self.facts.is_valid(), self.legs.is_valid()]
        return all(parts + [seat.is_valid() for seat in self.seats])

    def booking(self) -> NewBooking:
        """What was typed, as the actions take it."""
        typed = dict(self.facts.cleaned_data)
        taken = [one for one in self.seats if one.cleaned_data["travels"]]
        return NewBooking(
            legs=typed_legs(self.legs),
            passengers=[
                Seat(
                    one.member, *(one.cleaned_data[name] for name in ("cost", "currency", "payer"))
                )
                for one in taken
            ],
            **typed,
        )


def typed_legs(formset: Any) -> list[LegFacts]:
    """The rows of a set of legs that are not empty."""
    return [one.leg() for one in formset if one.cleaned_data.get("flight")]


def _facts(case: Case, given: Journey | None) -> dict[str, Any]:
    if given is None:
        return {"fare": MovementFile.objects.select_related("scheme").get(case=case).scheme.fare}
    row = given.row
    found = {name: getattr(row, name) for name in BookingForm.base_fields}
    if row.case_id != case.pk:
        found["reference"] = ""
    return found


def _legs(given: Journey | None) -> list[dict[str, Any]]:
    rows = [
        {name: getattr(leg, name) for name in OF_A_LEG} for leg in (given.legs if given else ())
    ]
    return rows + [{} for _empty in range(max(1, 3 - len(rows)))]


def _seats(
    case: Case, members: Sequence[CaseMember], given: Journey | None
) -> dict[Any, dict[str, Any]]:
    payer = MovementFile.objects.select_related("scheme").get(case=case).scheme.payer
    first = given.seats[0] if given and given.seats else None
    usual = {
        "travels": True,
        "cost": first.cost if first else None,
        "currency": first.currency if first else "USD",
        "payer": first.payer if first else payer,
    }
    there = {one.member_id: one for one in (given.seats if given else ())}
    if given is None or given.row.case_id != case.pk:
        return {one.pk: usual for one in members}
    return {
        one.pk: {"travels": True, **_of(there[one.pk])}
        if one.pk in there
        else {**usual, "travels": False}
        for one in members
    }


def _of(seat: Any) -> dict[str, Any]:
    return {name: getattr(seat, name) for name in ("cost", "currency", "payer")}


def empty_legs(data: Any, count: int = 2) -> Any:
    """A set of legs with nothing in it."""
    return Legs(data, prefix="legs", initial=[{} for _empty in range(count)])
