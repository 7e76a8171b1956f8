"""Forms of what is bought: the quotes, the choice, the order, the delivery, the look on the spot."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.buying import NewVendor
from safar.assistance.cases.forms.money import money_field
from safar.assistance.cases.models import Purchase, Quote, Vendor
from safar.ui.forms import DateField


class PurchaseForm(forms.Form):
    item = forms.CharField(label=_("What is bought"), max_length=160)


class VendorForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    tax_number = forms.CharField(label=_("Tax number"), max_length=20, required=False)
    contact = forms.CharField(label=_("Telephone or address"), max_length=160, required=False)
    account = forms.CharField(label=_("Bank account"), max_length=40, required=False)

    def new(self) -> NewVendor:
        return NewVendor(**self.cleaned_data)


class QuoteForm(forms.Form):
    vendor = forms.ModelChoiceField(label=_("Vendor"), queryset=Vendor.objects.all())
    amount = money_field(_("Amount"))
    quoted_on = DateField(label=_("Dated"))
    remarks = forms.CharField(label=_("Remarks"), max_length=200, required=False)


class ChoiceForm(forms.Form):
    """Which quote, and the reasons that the approver will read."""

    quote = forms.ModelChoiceField(
        label=_("Chosen quote"),
        queryset=Quote.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    why_chosen = forms.CharField(label=_("Why not the cheapest"), max_length=300, required=False)
    why_few = forms.CharField(
        label=_("Why fewer than three quotes"), max_length=300, required=False
    )

    def __init__(self, purchase: Purchase, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        quotes = purchase.quotes.select_related("vendor")
        field: Any = self.fields["quote"]
        field.queryset = quotes
        field.label_from_instance = lambda quote: f"{quote.vendor}, {quote.amount}"
        if len(quotes) >= 3:
            del self.fields["why_few"]


class OrderForm(forms.Form):
    order_number = forms.CharField(label=_("Order"), max_length=40)


class DeliveryForm(forms.Form):
    delivered_on = DateField(label=_("Delivered on"))
    delivery_note = forms.CharField(label=_("Delivery note"), max_length=60)


class CheckForm(forms.Form):
    is_as_ordered = forms.TypedChoiceField(
        label=_("What was found"),
        choices=(
            ("yes", _("There, as ordered and in use")),
            ("no", _("Not as ordered, or not there")),
        ),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    check_note = forms.CharField(label=_("What was seen"), max_length=300, required=False)
