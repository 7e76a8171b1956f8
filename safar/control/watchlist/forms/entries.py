"""The shape of an entry as list managers type it: to propose it, or to change one in force."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist import drafts
from safar.control.watchlist.choices import DocumentKind, Instruction, Sex
from safar.control.watchlist.drafts import DATES, ID, Draft
from safar.control.watchlist.forms.lists import DAY
from safar.control.watchlist.photos import LARGEST
from safar.control.watchlist.sources.parsed import ParsedEntry
from safar.lib.partial_dates import PartialDate
from safar.lib.screening.entity import SHORTEST_NUMBER, Birth, document_number

PLAIN: Final = ("instruction", "discreet", "legal_ground", "contact")
WHEREABOUTS: Final = ("birth_place", "address", "phone")


class EntryForm(forms.Form):
    """An entry to propose: who is meant, on what ground, what to do and whom to call."""

    names = forms.CharField(
        label=_("Names"),
        help_text=_(
            "One a line, as SURNAME, Given, in any script. The first is the main name. "
            "A nickname: ~Name."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    births = forms.CharField(
        label=_("Dates of birth"),
        help_text=_(
            "1984-05-17, 1984-05 or 1984; one a line. About 1984: ~1984. A span: 1984..1986."
        ),
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
        help_text=_(
            "One a line: issuing state, a space, number: KGZ AC1234567. "
            "A card's or personal number: KGZ id:20517198400123."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    birth_place = forms.CharField(label=_("Place of birth"), max_length=120, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    photo = forms.FileField(
        label=_("Photo"),
        help_text=_("JPEG or PNG, up to 300 kB. Only the picture is kept."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
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
    review_due = forms.DateField(
        label=_("Review due"),
        help_text=_("Left empty, within a year. Without its review an entry stops screening."),
        widget=DAY,
        required=False,
    )
    remarks = forms.CharField(
        label=_("Remarks"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def clean_names(self) -> tuple[tuple[str, bool], ...]:
        lines = _lines(self.cleaned_data["names"])
        if any(len(line) > 300 for line in lines):
            raise forms.ValidationError(_("A name is longer than 300 letters."))
        names = {line.lstrip("~ "): line.startswith("~") for line in lines}
        if not names or "" in names:
            raise forms.ValidationError(_("Give at least one name."))
        return tuple(names.items())

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

    def clean_photo(self) -> bytes:
        file = self.cleaned_data["photo"]
        if file is None:
            return b""
        if file.size > LARGEST:
            raise forms.ValidationError(_("The photo is larger than 300 kB. Make it smaller."))
        return bytes(file.read())

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
        return Draft(person, **{name: given[name] for name in (*PLAIN, *WHEREABOUTS, *DATES)})


class ChangeForm(EntryForm):
    """An entry in force as it should read, and why."""

    removes_photo = forms.BooleanField(label=_("Take the photo away"), required=False)
    why = forms.CharField(label=_("Why it should be changed"), max_length=200)


def initial_of(draft: Draft) -> dict[str, Any]:
    """What the form is filled with, to change an entry or to propose it anew."""
    shown = drafts.lines(draft)
    many = ("names", "births", "citizenships", "documents")
    values: dict[str, Any] = {name: "\n".join(shown[name]) for name in many}
    for name in (*PLAIN, *WHEREABOUTS, *DATES):
        values[name] = getattr(draft, name)
    return {**values, "sex": draft.person.sex, "remarks": draft.person.remarks}


def _lines(text: str) -> list[str]:
    return [line for raw in text.splitlines() if (line := " ".join(raw.split()))]


def _birth(line: str) -> Birth:
    first, _dots, last = line.removeprefix("~").partition("..")
    try:
        date, end = PartialDate.parse(first), PartialDate.parse(last)
    except ValueError:
        date, end = None, None
    known = date is not None and 1800 <= date.year <= 2200
    spans = not _dots or (
        date is not None and end is not None and date.month is end.month is None
        and date.year <= end.year <= 2200
    )  # fmt: skip
    if date is None or not known or not spans:
        raise forms.ValidationError(
            _("“%(line)s” is no date. Write 1984-05-17, 1984-05 or 1984."), params={"line": line}
        )
    return Birth(date, end.year if end else None, approximate=line.startswith("~"))


def _document(line: str) -> tuple[str, str, str]:
    issuer, _space, rest = line.partition(" ")
    is_card = rest.lower().startswith(ID)
    number = document_number(rest[len(ID) :] if is_card else rest)
    issuer = issuer.upper()
    is_code = len(issuer) <= 3 and issuer.isascii() and issuer.isalpha()
    if not is_code or not SHORTEST_NUMBER <= len(number) <= 60:
        raise forms.ValidationError(
            _("“%(line)s” is no document. Write KGZ AC1234567."), params={"line": line}
        )
    kind = DocumentKind.IDENTITY if is_card else DocumentKind.PASSPORT
    return str(kind), issuer, number
