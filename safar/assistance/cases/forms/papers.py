"""The forms of documents and notes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.notes import LONGEST
from safar.assistance.cases.actions.papers import NOT_MEDICAL, DocumentFacts
from safar.assistance.cases.choices.case import Compartment
from safar.assistance.cases.choices.papers import DocumentKind, PaperLanguage
from safar.assistance.cases.files import checked
from safar.assistance.cases.models import Case, Note, Person
from safar.assistance.cases.queries.papers import walls_open_to
from safar.core.errors import RuleBroken
from safar.core.node import uuid7
from safar.core.permissions import Actor
from safar.ui.forms import DateField

FILE_HELP = _("PDF, JPEG, PNG, DOCX, XLSX or plain text, 10 MB at most.")


class VersionForm(forms.Form):
    """A file, opened before anything is done with it: what it is refused for stands at its box."""

    file = forms.FileField(label=_("Paper"), help_text=FILE_HELP, max_length=200)

    def clean_file(self) -> bytes:
        try:
            return checked(self.cleaned_data["file"].read()).content
        except RuleBroken as refused:
            raise forms.ValidationError(str(refused)) from None


class DocumentForm(VersionForm):
    """A document and its first file; `person` and `compartment` offer what the case has."""

    field_order = ("file", "kind", "title", "person", "number", "issuer")
    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Whose"), required=False, empty_label=_("the whole case’s")
    )
    number = forms.CharField(label=_("Number"), max_length=40, required=False)
    issuer = forms.CharField(label=_("Issued by"), max_length=120, required=False)
    issued_on = DateField(label=_("Issued"), required=False)
    expires_on = DateField(label=_("Runs out"), required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", "–"), *PaperLanguage.choices], required=False
    )
    compartment = forms.ChoiceField(
        label=_("File"),
        required=False,
        help_text=_("Only those who work in that file will see that it exists."),
    )

    def __init__(self, actor: Actor, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        members: Any = self.fields["person"]
        members.queryset = Person.objects.visible_to(actor).filter(memberships__case=case)
        offer_walls(self, actor, case)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        issued, expires = given.get("issued_on"), given.get("expires_on")
        if issued and expires and expires < issued:
            self.add_error("expires_on", _("It runs out before it was issued."))
        behind = given.get("compartment") or self.case.compartment
        if given.get("kind") == DocumentKind.MEDICAL and behind != Compartment.MEDICAL:
            self.add_error("compartment" if "compartment" in self.fields else "kind", NOT_MEDICAL)
        return given

    def facts(self) -> DocumentFacts:
        names = DocumentFacts.__dataclass_fields__.keys() & self.fields.keys()
        return DocumentFacts(**{name: self.cleaned_data[name] for name in names})


class NoteForm(forms.Form):
    """A note. `key` is given out with the form: sent twice, it is written once."""

    text = forms.CharField(
        label=_("Note"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )
    compartment = forms.ChoiceField(
        label=_("File"),
        required=False,
        help_text=_("Only those who work in that file will see that it exists."),
    )
    corrects = forms.ModelChoiceField(Note.objects.none(), required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7, required=False)

    def __init__(self, actor: Actor, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        notes: Any = self.fields["corrects"]
        notes.queryset = Note.objects.visible_to(actor).filter(case=case)
        offer_walls(self, actor, case)


class PurposeForm(forms.Form):
    purpose = forms.CharField(
        label=_("What do you open it for?"),
        max_length=160,
        help_text=_("It is written down with your name before the file opens."),
    )


def offer_walls(form: forms.Form, actor: Actor, case: Case) -> None:
    """Offer the files behind whose wall she works; where there is but the case's own, ask nothing."""
    open_to = walls_open_to(actor, case)
    if not open_to:
        del form.fields["compartment"]
        return
    own = _("as the case: %(file)s") % {"file": case.get_compartment_display()}
    offered = [("", own), *((one, Compartment(one).label) for one in open_to)]
    form.fields["compartment"].choices = offered  # type: ignore[attr-defined]
