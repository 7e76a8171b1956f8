"""A travel loan as it is typed: who signed, who collects, what was repaid."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case, CaseMember
from safar.assistance.movements.queries.loan import travellers
from safar.ui.forms import DateField


class LoanForm(forms.Form):
    """A step of one case's loan: the form may need to know its people."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case


class SignForm(LoanForm):
    signer = forms.ModelChoiceField(
        CaseMember.objects.none(),
        label=_("Who signed"),
        help_text=_("An adult of the family. The paper stays with the file."),
    )
    on = DateField(label=_("Signed on"), initial=timezone.localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["signer"]
        field.queryset = travellers(self.case)
        field.label_from_instance = lambda member: str(member.person)


class AssignForm(LoanForm):
    to = forms.CharField(
        label=_("Repaid to"),
        max_length=120,
        help_text=_("The agency or the office of the receiving state that collects."),
    )
    on = DateField(label=_("Since"), initial=timezone.localdate)


class RepaymentForm(LoanForm):
    amount = forms.DecimalField(
        label=_("Amount"), max_digits=10, decimal_places=2, min_value=Decimal("0.01")
    )
    paid_on = DateField(label=_("Paid on"), initial=timezone.localdate)
    receipt = forms.CharField(label=_("Receipt"), max_length=40)
