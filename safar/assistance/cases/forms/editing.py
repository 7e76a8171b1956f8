"""Two people at one record: what both changed is shown side by side, and the second chooses.

A form carries the version that was read and the values that were shown (Django's hidden initial
values). What only one of the two changed is kept as it is; a field that both changed differently
is asked, with what was saved meanwhile beside what she typed. Nothing is saved before she chose.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.core.errors import Stale
from safar.core.record import Versioned

MINE, THEIRS = "mine", "theirs"
CHOICES = ((THEIRS, _("Leave what was saved meanwhile")), (MINE, _("Save mine instead")))


@dataclass(frozen=True)
class Both:
    """A field that two people changed: what is saved, and what was typed on top of it."""

    label: Any
    saved: str
    typed: forms.BoundField
    choice: forms.BoundField


class EditForm(forms.Form):
    """A form over a record that others may change at the same time."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: Versioned, **kwargs: Any) -> None:
        self.record, self.both = record, list[Both]()
        names = [name for name in self.base_fields if name != "version"]
        shown = {name: getattr(record, name) for name in names} | {"version": record.version}
        super().__init__(*args, **{**kwargs, "initial": shown})
        for name in names:
            self.fields[name].show_hidden_initial = True
            self.fields[f"keep_{name}"] = forms.ChoiceField(
                choices=CHOICES, required=False, widget=forms.RadioSelect, label=_("Which one?")
            )

    @property
    def single_fields(self) -> list[forms.BoundField]:
        """The boxes of the form, without the version and what is shown twice."""
        twice = {one.typed.name for one in self.both}
        names = (name for name in self.fields if not name.startswith("keep_"))
        return [self[name] for name in names if name not in {"version", *twice}]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors:
            self.compare()
        return typed

    def compare(self) -> None:
        """Look at what was saved meanwhile; what both changed is asked."""
        self.both = [self._both(name) for name in self._touched() if self._is_open(name)]
        if self.both:
            self.add_error(None, _(
                "A colleague saved other words meanwhile. Yours are still here: choose for each."
            ))  # fmt: skip

    def changes(self) -> dict[str, Any]:
        """What is to be saved: what she changed, without what she left to the other."""
        return {
            name: self.cleaned_data[name]
            for name in self._touched()
            if self.cleaned_data.get(f"keep_{name}") != THEIRS or not self._was_changed(name)
        }

    def saved_by(self, save: Callable[[int, dict[str, Any]], object]) -> bool:
        """Save what she changed; False where somebody was quicker, and both are to be shown.

        Args:
            save: takes the version that is to be there, and the changes.
        """
        changes = self.changes()
        try:
            if changes:
                save(self.record.version, changes)
        except Stale:
            self.record.refresh_from_db()
            self.compare()
            return not self.both and self.saved_by(save)
        return True

    def _touched(self) -> list[str]:
        return [
            name for name in self.changed_data if not name.startswith("keep_") and name != "version"
        ]

    def _was_changed(self, name: str) -> bool:
        """Whether the field is not any more what was shown to her."""
        field = self.fields[name]
        shown = field.clean(self._hidden(name)) if self._hidden(name) not in (None, "") else None
        return (getattr(self.record, name) or None) != (shown or None)

    def _is_open(self, name: str) -> bool:
        """Both changed it, to different words, and she has not chosen in view of what is saved."""
        if not self._was_changed(name):
            return False
        if (getattr(self.record, name) or None) == (self.cleaned_data.get(name) or None):
            return False
        in_view = self.cleaned_data.get("version") == self.record.version
        return not (self.cleaned_data.get(f"keep_{name}") and in_view)

    def _both(self, name: str) -> Both:
        saved = getattr(self.record, name)
        self.fields[f"keep_{name}"].required = True  # from here on it is no offer, but a question
        return Both(self.fields[name].label, _shown(saved), self[name], self[f"keep_{name}"])

    def _hidden(self, name: str) -> Any:
        widget = self.fields[name].hidden_widget()
        return widget.value_from_datadict(self.data, self.files, self.add_initial_prefix(name))

    def seen_now(self) -> int:
        """The version that she sees once both are in front of her."""
        return self.record.version


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d.%m.%Y, %H:%M}"
    return f"{value:%d.%m.%Y}" if hasattr(value, "strftime") else str(value or "–")
