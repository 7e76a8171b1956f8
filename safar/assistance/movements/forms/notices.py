"""Telling a mission, as it is typed: on which consent, by which way, and who answered."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.sharing import Channel
from safar.assistance.movements.forms.bookings import MOMENT


class TellForm(forms.Form):
    """How a notice is sent, and the fingerprint of what was shown: nothing else leaves."""

    channel = forms.ChoiceField(label=_("How it is sent"), choices=Channel.choices)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ReceiptForm(forms.Form):
    by = forms.CharField(label=_("Who answered"), max_length=120)
    at = forms.DateTimeField(label=_("When"), widget=MOMENT, initial=timezone.localtime)
    words = forms.CharField(label=_("What they said"), max_length=300, required=False)
