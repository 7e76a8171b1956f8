"""The shape of what list managers type: files of a new version, an entry, a reason."""

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist.actions.entries import Draft
from safar.control.watchlist.actions.imports import SourceFile
from safar.control.watchlist.choices import DocumentKind, Instruction, Sex
from safar.control.watchlist.parsed import ParsedEntry
from safar.control.watchlist.rows import LARGEST
from safar.control.watchlist.rules import SHORTEST_NUMBER, Birth, document_number
from safar.lib.partial_dates import PartialDate

DAY: Final = forms.DateInput(attrs={"type": "date"})


class FilesForm(forms.Form):
    sdn = forms.FileField(label=_("SDN.CSV"), help_text=_("The entries, as OFAC gives them."))
    alt = forms.FileField(label=_("ALT.CSV"), help_text=_("The aliases, of the same day."))

    def clean(self) -> dict[str, Any]:
        for name in ("sdn", "alt"):
            file = self.cleaned_data.get(name)
            if file is not None and file.size > LARGEST:
                self.add_error(name, _("The file is too large to be this list."))
        return self.cleaned_data

    def files_given(self) -> dict[str, SourceFile]:
        return {name: _source(self.cleaned_data[name]) for name in ("sdn", "alt")}


def _source(file: UploadedFile) -> SourceFile:
    return SourceFile(file.name or "", file.read())


class SearchForm(forms.Form):
    mark_optional = False
    words = forms.CharField(
        label=_("Name or number"),
        help_text=_("In any script. The search is recorded."),
        widget=forms.TextInput(attrs={"type": "search"}),
        max_length=200,
        required=False,
    )


class ApproveForm(forms.Form):
    confirm_shrink = forms.BooleanField(
        label=_("I have checked that the list may lose more than a tenth of its entries"),
        required=False,
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class EntryForm(forms.Form):
    """An entry to propose: who is meant, on what ground, what to do and whom to call."""

    names = forms.CharField(
        label=_("Names"),
        help_text=_("One a line, as SURNAME, Given, in any script. The first is the main name."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    births = forms.CharField(
        label=_("Dates of birth"),
        help_text=_("1984-05-17, 1984-05 or 1984; one a line. About 1984: ~1984."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, required=False)
    citizenships = forms.CharField(
        label=_("Citizenships"),
        help_text=_("ICAO codes, such as KGZ UZB."),
        max_length=40,
        required=False,
    )
    documents = forms.CharField(
        label=_("Documents"),
        help_text=_("One a line: issuing state, a space, number: KGZ AC1234567."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    instruction = forms.ChoiceField(label=_("What the post does"), choices=Instruction.choices)
    discreet = forms.BooleanField(
        label=_("Discreet: the booth does not learn of the list"), required=False
    )
    legal_ground = forms.CharField(label=_("Legal ground"), max_length=200)
    contact = forms.CharField(
        label=_("Who to call"),
        max_length=200,
        help_text=_("Left empty, the desk of the list is called."),
        required=False,
    )
    in_force_from = forms.DateField(label=_("In force from"), widget=DAY)
    in_force_until = forms.DateField(label=_("In force until"), widget=DAY)
    remarks = forms.CharField(
        label=_("Remarks"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def clean_names(self) -> tuple[tuple[str, bool], ...]:
        lines = _lines(self.cleaned_data["names"])
        if any(len(line) > 300 for line in lines):
            raise forms.ValidationError(_("A name is longer than 300 letters."))
        return tuple((line, False) for line in dict.fromkeys(lines))

    def clean_births(self) -> tuple[Birth, ...]:
        return tuple(_birth(line) for line in _lines(self.cleaned_data["births"]))

    def clean_citizenships(self) -> tuple[str, ...]:
        codes = self.cleaned_data["citizenships"].upper().replace(",", " ").split()
        if any(len(code) > 3 or not code.isascii() or not code.isalpha() for code in codes):
            raise forms.ValidationError(_("Use ICAO codes of up to three letters, such as KGZ."))
        return tuple(dict.fromkeys(codes))

    def clean_documents(self) -> tuple[tuple[str, str, str], ...]:
        return tuple(dict.fromkeys(map(_document, _lines(self.cleaned_data["documents"]))))

    def clean(self) -> dict[str, Any]:
        begins = self.cleaned_data.get("in_force_from")
        ends = self.cleaned_data.get("in_force_until")
        if begins and ends and ends < begins:
            self.add_error("in_force_until", _("The entry would end before it begins."))
        return self.cleaned_data

    def draft(self) -> Draft:
        given = self.cleaned_data
        person = ParsedEntry(
            key="",
            names=given["names"],
            births=given["births"],
            sex=given["sex"],
            citizenships=given["citizenships"],
            documents=given["documents"],
            remarks=given["remarks"],
        )
        plain = ("instruction", "discreet", "legal_ground", "contact")
        dates = ("in_force_from", "in_force_until")
        return Draft(person, **{name: given[name] for name in (*plain, *dates)})


def _lines(text: str) -> list[str]:
    return [line for raw in text.splitlines() if (line := " ".join(raw.split()))]


def _birth(line: str) -> Birth:
    try:
        date = PartialDate.parse(line.removeprefix("~"))
    except ValueError:
        date = None
    if date is None or not 1800 <= date.year <= 2200:
        raise forms.ValidationError(
            _("“%(line)s” is no date. Write 1984-05-17, 1984-05 or 1984."), params={"line": line}
        )
    return Birth(date, approximate=line.startswith("~"))


def _document(line: str) -> tuple[str, str, str]:
    issuer, _space, rest = line.partition(" ")
    number = document_number(rest)
    issuer = issuer.upper()
    is_code = len(issuer) <= 3 and issuer.isascii() and issuer.isalpha()
    if not is_code or not SHORTEST_NUMBER <= len(number) <= 60:
        raise forms.ValidationError(
            _("“%(line)s” is no document. Write KGZ AC1234567."), params={"line": line}
        )
    return str(DocumentKind.PASSPORT), issuer, number
