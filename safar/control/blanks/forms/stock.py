"""The shape of what is typed about loose blanks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.control.blanks.choices import BlankKind
from safar.control.blanks.rules.numbering import NumberingError, numbers_between
from safar.control.offices.models import IssuingOffice

WHAT = (
    ("spoil", _("Spoiled")),
    ("lose", _("Lost or stolen")),
    ("destroy", _("Propose to destroy")),
)
FIND = ("find", _("Found again: to be destroyed, never used"))


class RangeForm(forms.Form):
    """From number to number."""

    first = forms.CharField(label=_("First number"), max_length=9)
    last = forms.CharField(label=_("Last number"), max_length=9)


class ReceiveForm(RangeForm):
    """Of which kind."""

    kind = forms.ChoiceField(label=_("Kind"), choices=BlankKind)


class HandForm(RangeForm):
    """To which office."""

    office = forms.ChoiceField(label=_("To which office"))

    def __init__(self, *args: Any, offices: list[IssuingOffice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [(row.code, row.name) for row in offices]  # type: ignore[attr-defined]


class DropForm(RangeForm):
    """What became of blanks, and why."""

    holder = forms.ChoiceField(label=_("Where"), required=False)
    what = forms.ChoiceField(label=_("What happened"), choices=WHAT, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(
        self,
        *args: Any,
        offices: list[IssuingOffice],
        central: bool,
        may_find: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [*WHAT, FIND] if may_find else WHAT  # type: ignore[attr-defined]
        places = [(row.code, row.name) for row in offices]
        store = [("", _("Central store"))] if central else []
        self.fields["holder"].choices = [*store, *places]  # type: ignore[attr-defined]
        self.fields["holder"].required = not central

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "first" in cleaned and "last" in cleaned:
            try:
                ends = (cleaned["first"].strip().upper(), cleaned["last"].strip().upper())
                cleaned["numbers"] = numbers_between(*ends)
            except NumberingError:
                self.add_error("first", _("These two numbers make no range."))
        return cleaned
