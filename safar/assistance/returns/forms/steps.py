"""The steps of a return as they are typed, each with the action that it is for."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.assistance.cases.choices.case import Closure
from safar.assistance.cases.choices.sharing import Channel, SharingPurpose
from safar.assistance.cases.forms.editing import EditForm
from safar.assistance.cases.models import BudgetLine, Case, Consent, Partner, Person
from safar.assistance.returns.actions.before import Signed
from safar.assistance.returns.actions.journey import Flight, Handed
from safar.assistance.returns.actions.planning import Weighed
from safar.assistance.returns.choices import Met, Order, PlanKind, Verdict
from safar.assistance.returns.models import Journey, ReturnFile, VulnerabilityScreening
from safar.assistance.returns.queries.files import entitled_lines, pocket_money
from safar.assistance.returns.shared import spoken_of
from safar.ui.forms import DateField

LANGUAGES = [
    ("ky", _("Kyrgyz")), ("ru", _("Russian")), ("kk", _("Kazakh")), ("tg", _("Tajik")),
    ("uz", _("Uzbek")), ("tk", _("Turkmen")), ("fa", _("Persian")), ("tr", _("Turkish")),
    ("en", _("English")),
]  # fmt: skip
FORM_VERSION = "1"
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class StepForm(forms.Form):
    """A step of one case: the form may need to know its people."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case


class OrderForm(StepForm):
    order = forms.ChoiceField(
        label=_("Does a deportation order stand?"),
        choices=[choice for choice in Order.choices if choice[0] != Order.UNKNOWN],
        widget=forms.RadioSelect,
    )


class ScreeningForm(StepForm):
    """The rapid questions. Unticked is no; nothing is guessed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in VulnerabilityScreening.ASKED:
            asked: Any = VulnerabilityScreening._meta.get_field(name)
            self.fields[name] = forms.BooleanField(label=asked.verbose_name, required=False)


class DeclarationForm(StepForm):
    on = DateField(label=_("Signed on"), initial=timezone.localdate)
    language = forms.ChoiceField(label=_("In which language"), choices=LANGUAGES)
    interpreter = forms.CharField(label=_("Interpreter"), max_length=120, required=False)
    guardian = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Guardian who signed with the child"),
        required=False,
        help_text=_("Needed for everybody under 18, and where the age is not known."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(memberships__case=self.case, memberships__left_on=None)
        self.fields["guardian"].queryset = people  # type: ignore[attr-defined]

    def signed(self) -> Signed:
        return Signed(form_version=FORM_VERSION, **self.cleaned_data)


class WithdrawalForm(StepForm):
    on = DateField(label=_("Taken back on"), initial=timezone.localdate)
    words = forms.CharField(label=_("What she said"), max_length=300, required=False)


class FlightForm(EditForm):
    """The flight home. A booking that is kept is changed, and nothing of it is lost unseen."""

    flight = forms.CharField(label=_("Flight"), max_length=10)
    departs_from = forms.CharField(label=_("From"), max_length=60)
    departs_at = forms.DateTimeField(label=_("Departs"), widget=MOMENT)
    arrives_at = forms.DateTimeField(label=_("Lands"), widget=MOMENT)
    airport = forms.CharField(label=_("Lands at"), max_length=60, initial="Manas")
    meets = forms.ModelChoiceField(User.objects.none(), label=_("Who meets"))
    needs_on_board = forms.CharField(label=_("Needed on board"), max_length=200, required=False)
    onward_to = forms.CharField(label=_("Onward to"), max_length=80, required=False)
    onward_by = forms.CharField(label=_("By"), max_length=80, required=False)
    medical_handover_to = forms.CharField(
        label=_("Handed over to a doctor"), max_length=120, required=False
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        kept = Journey.objects.filter(case=case).select_related("meets").first()
        super().__init__(*args, record=_shown(kept or _first_booking(case)), **kwargs)
        colleagues = User.objects.filter(
            placements__programme=case.programme, is_active=True
        ).distinct()
        self.fields["meets"].queryset = colleagues  # type: ignore[attr-defined]

    def booked(self, changes: dict[str, Any]) -> Flight:
        """The booking with her changes on top of what is kept."""
        names = [name for name in self.base_fields if name != "version"]
        whole = {name: getattr(self.record, name) for name in names} | changes
        return Flight(number=whole.pop("flight"), **whole)

    def saved_by(self, save: Callable[[int, dict[str, Any]], object]) -> bool:
        if self.record._state.adding:  # nothing is kept that both could be compared with
            save(0, self.changes())
            return True
        return super().saved_by(save)


def _shown(journey: Journey) -> Journey:
    """The booking with its times as a box shows them, to the minute: else they look changed."""
    for name in ("departs_at", "arrives_at"):
        if at := getattr(journey, name):
            setattr(journey, name, at.replace(second=0, microsecond=0))
    return journey


def _first_booking(case: Case) -> Journey:
    """What the form begins with where nothing is booked yet."""
    return Journey(case=case, version=0, airport="Manas", meets=case.lead)


class ReceptionForm(StepForm):
    met = forms.ChoiceField(label=_("Met or not"), choices=Met.choices, widget=forms.RadioSelect)
    at = forms.DateTimeField(label=_("When"), widget=MOMENT)
    onward = forms.CharField(label=_("Went on by"), max_length=120, required=False)
    medical = forms.CharField(label=_("Handed over to a doctor"), max_length=120, required=False)
    pocket_money = forms.DecimalField(
        label=_("Pocket money"),
        max_digits=10,
        decimal_places=2,
        min_value=Decimal("0.01"),
        required=False,
    )
    currency = forms.CharField(label=_("Currency"), max_length=3, required=False)
    receipt = forms.CharField(label=_("Receipt"), max_length=40, required=False)
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most, currency = pocket_money(self.case) or (None, "")
        self.fields["currency"].initial = currency
        self.fields["pocket_money"].help_text = (
            _("At the most %(most)s %(currency)s, by the scheme.")
            % {"most": most, "currency": currency}
            if most
            else _("The scheme gives no pocket money on arrival.")
        )

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).strip().upper()

    def handed(self) -> Handed:
        typed = dict(self.cleaned_data)
        if typed["pocket_money"] is None:
            typed["currency"] = ""
        return Handed(**typed)

    @staticmethod
    def now() -> datetime:
        return timezone.localtime()


class OptionForm(StepForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=PlanKind.choices)
    title = forms.CharField(label=_("What"), max_length=160)
    market = forms.CharField(label=_("Who would buy or employ"), max_length=300, required=False)
    skills = forms.CharField(label=_("What she can do"), max_length=300, required=False)
    needs = forms.CharField(label=_("What it takes"), max_length=300, required=False)
    risks = forms.CharField(label=_("What may go wrong"), max_length=300, required=False)
    verdict = forms.ChoiceField(label=_("Verdict"), choices=Verdict.choices)

    def weighed(self) -> Weighed:
        return Weighed(**self.cleaned_data)


class GrantForm(StepForm):
    entitled = forms.ChoiceField(label=_("By which line of the scheme"))
    line = forms.ModelChoiceField(BudgetLine.objects.none(), label=_("Budget line"))
    ceiling = forms.DecimalField(
        label=_("At the most"), max_digits=12, decimal_places=2, min_value=Decimal("0.01")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = entitled_lines(self.case)
        self.fields["entitled"].choices = [  # type: ignore[attr-defined]
            (str(number), f"{label}: {line.ceiling} {line.currency}")
            for number, (label, line) in enumerate(self.lines)
        ]
        self.fields["line"].queryset = BudgetLine.objects.filter(  # type: ignore[attr-defined]
            project__programme=self.case.programme
        ).select_related("project")

    def grant(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "entitled": self.lines[int(typed["entitled"])][1],
            "line": typed["line"],
            "ceiling": typed["ceiling"],
        }


class ConsentChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Consents by who gave them, and how long they hold."""

    def label_from_instance(self, consent: Any) -> str:
        return _("%(person)s, from %(begin)s until %(end)s") % {
            "person": consent.person,
            "begin": date_format(consent.obtained_on),
            "end": date_format(consent.expires_on),
        }


class ReportForm(StepForm):
    """To which mission, on which consent, by which way a visit is reported."""

    mission = forms.ModelChoiceField(Partner.objects.none(), label=_("Mission"))
    consent = ConsentChoice(Consent.objects.none(), label=_("On which consent"))
    channel = forms.ChoiceField(label=_("How it is sent"), choices=Channel.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sending = ReturnFile.objects.get(case=self.case).sending
        consents = Consent.objects.filter(
            case=self.case,
            person=spoken_of(self.case),
            purpose=SharingPurpose.REPORT,
            withdrawn_at=None,
        ).select_related("person")
        self.fields["mission"].queryset = Partner.objects.filter(country=sending)  # type: ignore[attr-defined]
        self.fields["consent"].queryset = consents  # type: ignore[attr-defined]


class EndForm(StepForm):
    closure = forms.ChoiceField(label=_("How it ended"), choices=Closure.choices)
    reason = forms.CharField(label=_("Reason"), max_length=300)
