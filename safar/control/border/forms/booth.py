"""The shape of what officers type at the crossing point."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.control.border.actions.deciding import CrossingDetails
from safar.control.border.choices import Direction, LogHeading
from safar.control.travellers.choices import Sex
from safar.control.travellers.read_document import ReadDocument
from safar.lib.partial_dates import PartialDate
from safar.reference import queries as reference
from safar.ui.forms import DateField, PartialDateField

NOT_SAME = "no"


class SignOnForm(forms.Form):
    """Post, lane and direction of a booth."""

    post = forms.ChoiceField(label=_("Post"))
    lane = forms.CharField(label=_("Lane"), max_length=8)
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction, widget=forms.RadioSelect)

    def __init__(self, *args: Any, posts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = posts  # type: ignore[attr-defined]


class CrossingForm(forms.Form):
    """What the officer adds to the document, and the key that makes a repeated post harmless."""

    mark_optional = False  # in the booth every answer may be left out

    key = forms.UUIDField(widget=forms.HiddenInput)
    purpose = forms.ChoiceField(label=_("Purpose"), required=False)
    destination = forms.CharField(label=_("Going to"), required=False, max_length=160)
    conveyance = forms.CharField(label=_("Travels by"), required=False, max_length=80)
    same_as = forms.ChoiceField(
        label=_("The same person as before?"), required=False, widget=forms.RadioSelect
    )
    permitted_until = DateField(
        label=_("May stay until"), required=False, help_text=_("by the visa or permit, DDMMYYYY")
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, possible: list[UUID], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purposes = [
            ("", _("Not asked")),
            *((row.code, row.name) for row in reference.purposes()),
        ]
        self.fields["purpose"].choices = self.purposes  # type: ignore[attr-defined]
        if possible:
            same = [(str(key), _("Yes, the same person")) for key in possible[:1]]
            self.fields["same_as"].choices = [*same, (NOT_SAME, _("No, or I cannot tell"))]  # type: ignore[attr-defined]
        else:
            del self.fields["same_as"]

    def details(self) -> CrossingDetails:
        return CrossingDetails(
            purpose=self.cleaned_data["purpose"],
            destination=self.cleaned_data["destination"],
            conveyance=self.cleaned_data["conveyance"],
            permitted_until=self.cleaned_data.get("permitted_until"),
        )

    def held_to_be(self) -> UUID | None:
        """The possible traveller whom the officer holds this one to be."""
        chosen = self.cleaned_data.get("same_as")
        return UUID(chosen) if chosen and chosen != NOT_SAME else None


class VisaPhotoForm(forms.Form):
    """A photo of a visa's sticker, for its code."""

    photo = forms.FileField(
        label=_("Photo"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*", "capture": "environment"}),
        help_text=_("JPEG, PNG or WebP, up to 12 MB."),
    )


class ExitKeyForm(forms.Form):
    """The random key that makes a second press of F9 count nobody more."""

    key = forms.UUIDField()


class TypedDocumentForm(forms.Form):
    """A document typed by hand, where no machine can read it."""

    kind = forms.ChoiceField(label=_("Kind"))
    issuer = forms.ChoiceField(label=_("Issued by"))
    number = forms.RegexField(
        label=_("Number"),
        regex=r"^[A-Za-z0-9<\- ]{3,30}$",
        max_length=30,
        error_messages={"invalid": _("A document number has letters A to Z and digits only.")},
    )
    nationality = forms.ChoiceField(label=_("Citizen of"))
    surname = forms.CharField(label=_("Surname"), required=False, max_length=80)
    given_names = forms.CharField(label=_("Given names"), required=False, max_length=80)
    birth = PartialDateField(
        label=_("Born"), required=False, help_text=_("DDMMYYYY; 00 for what is not known")
    )
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=Sex, widget=forms.RadioSelect)
    issued_on = DateField(label=_("Issued on"), required=False, help_text=_("DDMMYYYY"))
    expires_on = DateField(label=_("Valid to"), required=False, help_text=_("DDMMYYYY"))
    personal_number = forms.CharField(label=_("Personal number"), required=False, max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(row.code, f"{row.name} ({row.code})") for row in reference.countries()]
        kinds = [(row.code, row.name) for row in reference.document_types()]
        for name, choices in (("issuer", states), ("nationality", states), ("kind", kinds)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("surname") and not cleaned.get("given_names"):
            self.add_error("surname", _("Write at least one name, as in the document."))
        return cleaned

    def document(self) -> ReadDocument:
        fields = self.cleaned_data
        birth: PartialDate | None = fields["birth"]
        return ReadDocument(
            kind=fields["kind"],
            issuer=fields["issuer"],
            number=fields["number"].upper().replace("<", "").replace("-", "").replace(" ", ""),
            nationality=fields["nationality"],
            surname=fields["surname"].upper(),
            given_names=fields["given_names"].upper(),
            birth=birth,
            sex=fields["sex"],
            expires_on=fields["expires_on"],
            personal_number=fields["personal_number"],
            issued_on=fields["issued_on"],
        )


class RefusalForm(forms.Form):
    """The grounds of a refusal, after the question of protection."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    protection = forms.ChoiceField(
        label=_(
            "Did the traveller ask for protection, fear to return, or show signs of trafficking?"
        ),
        choices=[("no", _("No")), ("yes", _("Yes, or I am not sure"))],
        widget=forms.RadioSelect,
    )
    grounds = forms.MultipleChoiceField(
        label=_("Grounds"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All that apply. They are printed on the form."),
        error_messages={
            "required": _("Choose at least one ground."),
            "invalid_choice": _("There is no ground %(value)s in the list."),
        },
    )
    reason = forms.CharField(
        label=_("Remarks for the form"),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = reference.refusal_grounds()
        self.fields["grounds"].choices = [  # type: ignore[attr-defined]
            (row.code, f"{row.code}: {row.name}") for row in grounds
        ]


class LogForm(forms.Form):
    """A line of the shift log."""

    heading = forms.ChoiceField(label=_("Heading"), choices=LogHeading)
    text = forms.CharField(label=_("What happened"), widget=forms.Textarea({"rows": 3}))


class HandOverForm(forms.Form):
    """What the next shift must know."""

    hand_over_note = forms.CharField(
        label=_("What the next shift must know"), widget=forms.Textarea({"rows": 5})
    )
