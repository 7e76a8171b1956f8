"""Orientation sessions as they are typed: the session, who is invited, and who came."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import Office
from safar.assistance.movements.actions.sessions import Mark, NewSession
from safar.assistance.movements.choices import Attended
from safar.assistance.movements.languages import LANGUAGES
from safar.assistance.movements.models import Attendance, OrientationSession
from safar.assistance.movements.queries.orientation import Orientation
from safar.assistance.movements.queries.sessions import Session, Sheet
from safar.reference import queries as reference
from safar.ui.forms import DateField


def _countries() -> list[tuple[str, str]]:
    known = [(one.code, reference.country_name(one.code)) for one in reference.countries()]
    return [("", "---------"), *known]


class SessionForm(forms.Form):
    """A session. Where a colleague was quicker, it is said before anything is kept."""

    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    title = forms.CharField(
        label=_("What"), max_length=120, help_text=_("For example: Life in Canada, three days.")
    )
    destination = forms.ChoiceField(label=_("For those who go to"), choices=_countries)
    office = forms.ModelChoiceField(Office.objects.none(), label=_("Office"))
    venue = forms.CharField(label=_("Where"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    starts_on = DateField(label=_("From"))
    ends_on = DateField(label=_("Until"))
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=500)

    def __init__(
        self, *args: Any, offices: Any, kept: OrientationSession | None = None, **kwargs: Any
    ) -> None:
        self.kept = kept
        if kept is not None:
            names = NewSession.__dataclass_fields__
            first = {name: getattr(kept, name) for name in names} | {"seen": kept.version}
            kwargs["initial"] = first
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and self.kept is not None and typed["seen"] != self.kept.version:
            posted: Any = self.data
            self.data = shown_anew = posted.copy()
            shown_anew["seen"] = str(self.kept.version)
            raise forms.ValidationError(
                _("A colleague changed this session meanwhile: it stands above. Yours is below.")
            )
        return typed

    def new(self) -> NewSession:
        return NewSession(**{n: self.cleaned_data[n] for n in NewSession.__dataclass_fields__})


class InviteForm(forms.Form):
    """Who of a family is invited to which session."""

    session = forms.ChoiceField(label=_("Session"), widget=forms.RadioSelect)
    members = forms.MultipleChoiceField(label=_("Who"), widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        *args: Any,
        sessions: Sequence[Session],
        people: Iterable[Orientation],
        **kwargs: Any,
    ) -> None:
        self.sessions = {str(one.row.pk): one.row for one in sessions if one.open}
        self.people = {str(one.member.pk): one.member for one in people if one.may_be_invited}
        kwargs["initial"] = {"members": list(self.people)}
        super().__init__(*args, **kwargs)
        choices = [(str(one.row.pk), _in_a_line(one)) for one in sessions if one.open]
        self.fields["session"].choices = choices  # type: ignore[attr-defined]
        names = [(key, str(member.person)) for key, member in self.people.items()]
        self.fields["members"].choices = names  # type: ignore[attr-defined]

    def session_chosen(self) -> OrientationSession:
        return self.sessions[self.cleaned_data["session"]]

    def members_chosen(self) -> list[Any]:
        return [self.people[key] for key in self.cleaned_data["members"]]


class SheetForm(forms.Form):
    """The sheet: for each place in sight, what was shown, and whether somebody came."""

    mark_optional = False

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(one.pk): one for one in sheet.places}
        for key, one in self.places.items():
            self.fields[f"was_{key}"] = forms.ChoiceField(
                choices=Attended.choices, widget=forms.HiddenInput, initial=one.attended
            )
            self.fields[f"now_{key}"] = forms.ChoiceField(
                choices=[
                    (choice.value, choice.label) for choice in (Attended.CAME, Attended.ABSENT)
                ],
                widget=forms.RadioSelect,
                initial=one.attended,
                required=False,
                label=str(one.member.person),
            )

    def rows(self) -> list[tuple[Attendance, Any, Any]]:
        """Each place with its two boxes."""
        return [(one, self[f"was_{key}"], self[f"now_{key}"]) for key, one in self.places.items()]

    def marks(self) -> dict[UUID, Mark]:
        return {
            UUID(key): Mark(self.cleaned_data[f"was_{key}"], self.cleaned_data[f"now_{key}"])
            for key in self.places
        }


def _in_a_line(one: Session) -> str:
    words = {
        "title": one.row.title,
        "days": one.days,
        "language": one.spoken,
        "venue": one.row.venue,
        "office": one.row.office,
        "free": one.free,
    }
    return (
        gettext("%(title)s, %(days)s, %(language)s. %(venue)s, %(office)s. Free: %(free)s") % words
    )
