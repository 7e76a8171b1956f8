"""Forms of grants, payments and budgets."""

from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import programmes
from safar.assistance.cases.actions.budgeting import NewProject
from safar.assistance.cases.actions.granting import NewGrant
from safar.assistance.cases.actions.paying import NewPayment
from safar.assistance.cases.choices.money import GrantKind, PaymentMethod
from safar.assistance.cases.models import BudgetLine, Case, Grant, Person, Project, Purchase, Vendor
from safar.ui.forms import DateField

LEAST: Final = Decimal("0.01")


def money_field(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=LEAST, max_digits=12, decimal_places=2, localize=False, **more
    )


class LineChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.project.code} {obj.code} {obj.name} ({obj.project.currency})"


class GrantForm(forms.Form):
    """A grant of a case: its lines are those of the case's programme that run today."""

    purpose = forms.CharField(
        label=_("For"), max_length=120, help_text=_("In a few words: small shop, course, medicine.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=GrantKind.choices)
    ceiling = money_field(_("Ceiling"), help_text=_("In the currency of the line."))
    line = LineChoice(label=_("Budget line"), queryset=BudgetLine.objects.none())
    rule = forms.CharField(
        label=_("By which rule of the scheme"),
        max_length=160,
        help_text=_("As the scheme's letter says it, with its year."),
    )
    person = forms.ModelChoiceField(
        label=_("For one person"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("The whole case"),
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        runs = Q(project__ends_on=None) | Q(project__ends_on__gte=today)
        lines = BudgetLine.objects.filter(runs, project__programme=case.programme)
        self.fields["line"].queryset = lines.select_related("project").order_by(  # type: ignore[attr-defined]
            "project__code", "code"
        )
        self.fields["person"].queryset = people_of(case)  # type: ignore[attr-defined]

    def new(self) -> NewGrant:
        return NewGrant(**self.cleaned_data)


class CeilingForm(forms.Form):
    ceiling = money_field(_("New ceiling"))
    reason = forms.CharField(label=_("Reason"), max_length=200)


class PaymentForm(forms.Form):
    """A payment from a grant, to a person of the case or to a vendor; for a purchase, to its own."""

    payee = forms.ChoiceField(label=_("Paid to"))
    amount = money_field(_("Amount"))
    method = forms.ChoiceField(label=_("How"), choices=PaymentMethod.choices)
    due_on = DateField(label=_("Due"))
    tranche = forms.IntegerField(label=_("Tranche"), min_value=1, max_value=99, initial=1)
    comment = forms.CharField(label=_("For those who sign"), max_length=300, required=False)

    def __init__(self, grant: Grant, purchase: Purchase | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purchase = purchase
        self.people = {} if purchase or grant.kind == GrantKind.IN_KIND else _people(grant)
        self.vendors = _vendors(purchase)
        self.fields["payee"].choices = [  # type: ignore[attr-defined]
            (str(key), str(one)) for key, one in (*self.people.items(), *self.vendors.items())
        ]
        self.fields["amount"].help_text = _("In %(currency)s.") % {"currency": grant.currency}
        if purchase and purchase.chosen:
            self.initial["amount"] = purchase.chosen.amount
            self.initial["method"] = PaymentMethod.VENDOR

    def new(self) -> NewPayment:
        given = dict(self.cleaned_data)
        payee = UUID(given.pop("payee"))
        return NewPayment(
            **given,
            person=self.people.get(payee),
            vendor=self.vendors.get(payee),
            purchase=self.purchase,
        )


class PaidForm(forms.Form):
    receipt = forms.CharField(
        label=_("Receipt"), max_length=60, help_text=_("The number on the receipt or transfer.")
    )
    paid_on = DateField(label=_("Paid on"))


class ProjectForm(forms.Form):
    """A project and its donor; a donor of a code that is known keeps its name."""

    code = forms.CharField(label=_("Code"), max_length=20)
    name = forms.CharField(label=_("Name"), max_length=160)
    donor_code = forms.CharField(label=_("Donor, code"), max_length=20)
    donor_name = forms.CharField(label=_("Donor, name"), max_length=120)
    programme = forms.ChoiceField(label=_("Programme"))
    currency = forms.RegexField(
        r"^[A-Z]{3}$", label=_("Currency"), help_text=_("Three letters, such as USD.")
    )
    starts_on = DateField(label=_("From"))
    ends_on = DateField(label=_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.code, one.name) for one in programmes.known()]
        self.fields["programme"].choices = choices  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if Project.objects.filter(code=code).exists():
            raise forms.ValidationError(_("A project of this code is there already."))
        return code

    def clean(self) -> dict[str, Any]:
        begins, ends = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("The project would end before it begins."))
        return self.cleaned_data

    def new(self) -> NewProject:
        return NewProject(**self.cleaned_data)


class LineForm(forms.Form):
    code = forms.CharField(label=_("Line"), max_length=20)
    name = forms.CharField(label=_("For"), max_length=160)
    amount = money_field(_("Amount"))


class LineAmountForm(forms.Form):
    amount = money_field(_("New amount"))


def people_of(case: Case) -> Any:
    """The people who belong to a case today, with their names."""
    live = {"memberships__case": case, "memberships__left_on": None}
    return Person.objects.filter(**live).prefetch_related("names")


def _people(grant: Grant) -> dict[UUID, Person]:
    people = people_of(grant.case)
    if grant.person_id:
        people = people.filter(pk=grant.person_id)
    return {one.pk: one for one in people}


def _vendors(purchase: Purchase | None) -> dict[UUID, Vendor]:
    if purchase and purchase.chosen:
        return {purchase.chosen.vendor_id: purchase.chosen.vendor}
    return {one.pk: one for one in Vendor.objects.all()}
