"""The shape of what list managers hand in for a new version of a list."""

from pathlib import Path
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy as _

from safar.control.watchlist.sources import dates, sheets
from safar.control.watchlist.sources.files import MB, SourceFile
from safar.control.watchlist.sources.formats import FORMATS
from safar.control.watchlist.sources.table import FIELDS, Columns, Preview

SEPARATORS: Final = {"semicolon": ";", "comma": ",", "tab": "\t", "bar": "|"}


class FilesForm(forms.Form):
    """The files of a version, as the list's format asks for them."""

    def __init__(self, source_format: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.format = FORMATS[source_format]
        for part in self.format.parts:
            self.fields[part.name] = forms.FileField(
                label=part.label, help_text=part.help, max_length=120
            )

    def clean(self) -> dict[str, Any]:
        for part in self.format.parts:
            file = self.cleaned_data.get(part.name)
            if file is not None and file.size > self.format.largest:
                limit = self.format.largest // MB
                text = _("The file is larger than %(limit)d MB: it is not this list.")
                self.add_error(part.name, forms.ValidationError(text, params={"limit": limit}))
        return self.cleaned_data

    def files_given(self) -> dict[str, SourceFile]:
        """The files as `SourceFile`, by part: what `propose_import` takes."""
        names = (part.name for part in self.format.parts)
        return {name: _source(self.cleaned_data[name]) for name in names}


def _source(file: UploadedFile) -> SourceFile:
    if isinstance(file, TemporaryUploadedFile):
        return SourceFile(file.name or "", path=Path(file.temporary_file_path()))
    return SourceFile(file.name or "", file.read())


class ColumnsForm(forms.Form):
    """Which column of a table is what; its choices are the table's own headings."""

    mark_optional = False
    dates = forms.ChoiceField(
        label=_("How dates are written"),
        choices=[
            ("dmy", _("Day, month, year: 17.05.1984")),
            ("mdy", _("Month, day, year: 05/17/1984")),
            ("ymd", _("Year, month, day: 1984-05-17")),
        ],
        initial=dates.ORDERS[0],
    )

    def __init__(self, seen: Preview, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = seen
        headings = [("", "–"), *((text, text) for text in dict.fromkeys(seen.heading) if text)]
        ways = self.fields.pop("dates")
        for name, (label, _words) in FIELDS.items():
            self.fields[name] = forms.ChoiceField(label=label, choices=headings, required=False)
        self.fields["dates"] = ways

    def clean(self) -> dict[str, Any]:
        if not any(self.cleaned_data.get(name) for name in ("name", "surname", "given")):
            self.add_error("name", _("Choose the column of the name, or of the surname."))
        return self.cleaned_data

    def columns(self) -> Columns:
        chosen = {name: self.cleaned_data[name] for name in FIELDS if self.cleaned_data[name]}
        layout = self.seen.layout
        return Columns(
            chosen, layout.encoding, layout.separator, self.cleaned_data["dates"], layout.sheet
        )


class LayoutForm(forms.Form):
    """How a table file is to be read, where Safar did not find it out rightly."""

    mark_optional = False
    encoding = forms.ChoiceField(
        label=_("Letters are in"),
        choices=[("", _("found out by Safar")), *((name, name) for name in sheets.ENCODINGS)],
        required=False,
    )
    separator = forms.ChoiceField(
        label=_("Columns are separated by"),
        choices=[
            ("", _("found out by Safar")),
            ("semicolon", _("semicolon")),
            ("comma", _("comma")),
            ("tab", _("tabulator")),
            ("bar", _("vertical bar")),
        ],
        required=False,
    )
    sheet = forms.ChoiceField(label=_("Sheet"), required=False)

    def layout(self) -> dict[str, str]:
        """What `table.preview` is asked with; nothing where nothing was chosen."""
        given = self.cleaned_data if self.is_valid() else {}
        separator = SEPARATORS.get(given.get("separator", ""), "")
        return {
            "encoding": given.get("encoding", ""),
            "separator": separator,
            "sheet": given.get("sheet", ""),
        }

    def __init__(self, *args: Any, sheets_there: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sheets_there:
            del self.fields["encoding"], self.fields["separator"]
            self.fields["sheet"] = forms.ChoiceField(
                label=_("Sheet"), choices=[(name, name) for name in sheets_there], required=False
            )
        else:
            del self.fields["sheet"]


class ApproveForm(forms.Form):
    confirm_shrink = forms.BooleanField(
        label=_("I have checked that the list may lose more than a tenth of its entries"),
        required=True,
    )
