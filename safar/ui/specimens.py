"""What does the catalogue show? Made-up contents for every component, people and posts of Utopia.

Only those who build pages read this, so its texts are English and not translated.
"""

from datetime import date, timedelta
from typing import Any

from django import forms

from safar.lib import mrz
from safar.lib.partial_dates import PartialDate
from safar.ui.charts import Chart, bars, heat, pyramid, time_series
from safar.ui.forms import DateField, PartialDateField

FIRST_DAY = date(2026, 9, 1)
POSTS = ("Port Amaurote", "Anyder bridge", "Abraxa junction", "Mount Polyhistor")


class DocumentForm(forms.Form):
    """Each kind of field once."""

    number = forms.CharField(label="Passport number", help_text="As printed on the data page")
    born = PartialDateField(label="Born", help_text="DDMMYYYY; 00 for what is not known")
    expires_on = DateField(label="Valid to", required=False)
    purpose = forms.ChoiceField(
        label="Purpose", choices=[("tourism", "Tourism"), ("work", "Work")], required=False
    )
    same = forms.ChoiceField(
        label="Is he the person in the entry?",
        choices=[("no", "No, another person"), ("yes", "Yes, the same"), ("?", "I cannot tell")],
        widget=forms.RadioSelect,
    )
    because = forms.MultipleChoiceField(
        label="What decided it",
        choices=[("father", "Father’s name"), ("papers", "Documents")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    told = forms.BooleanField(label="The traveller was told of the right of appeal", required=False)
    reason = forms.CharField(
        label="Reason", required=False, widget=forms.Textarea({"rows": 2}), max_length=300
    )


def everything() -> dict[str, Any]:
    """The context of the catalogue's page, by component."""
    return {
        **_statuses(),
        **_forms(),
        **_records(),
        **_work(),
        **_charts(),
        "zones": (_zone("L898902C3"), _zone("L898902C3", spoilt=True)),
    }


def _statuses() -> dict[str, Any]:
    verdicts = (
        ("clear", "Clear", "May enter and stay 60 days. Enter accepts."),
        ("check", "Check", "Something to weigh: a key and a reason."),
        ("hold", "Hold", "Second line decides. Enter does nothing."),
        ("none", "No answer", "Could not be checked, and why. Never shown as clear."),
    )
    tags = (
        ("Valid", "clear", "clear"),
        ("2 days late", "check", "clock"),
        ("Stops the crossing", "hold", "hold"),
        ("In progress", "info", "half"),
        ("Not known", "none", "unknown"),
    )
    banners = (
        ("clear", "Recorded. Receipt UTO-7-018843."),
        ("info", "Sent to second line."),
        ("check", "The lists are 26 hours old. Tell the shift leader."),
        ("hold", "Not recorded: the disk is full. Write it on paper, then call. Code E-507."),
    )
    return {"verdicts": verdicts, "tags": tags, "banners": banners}


def _forms() -> dict[str, Any]:
    filled = {
        "number": "L898902C3",
        "born": PartialDate(1974, 8),
        "expires_on": date(2031, 4, 15),
        "same": "no",
        "because": ["father"],
    }
    wrong = {"number": "", "born": "17.13.1984", "expires_on": "31.02.2027", "purpose": "work"}
    return {
        "form": DocumentForm(initial=filled, prefix="right"),
        "wrong_form": DocumentForm(
            {f"wrong-{name}": value for name, value in wrong.items()}, prefix="wrong"
        ),
    }


def _records() -> dict[str, Any]:
    checks = (
        ("hold", "Document", "Reported lost on 3 June 2026.", "Keep it. Press F4: second line."),
        ("check", "Right to enter", "4 days of 60 left.", "Ask when the traveller leaves."),
        ("info", "Document", "Typed by hand: the zone was not checked.", ""),
        ("clear", "Lists", "No entry matches.", ""),
        ("none", "Chip", "Cannot be read. The page was checked instead.", ""),
    )
    names = ("tone", "area", "sentence", "to_do")
    return {
        "checks": [dict(zip(names, row, strict=True)) for row in checks],
        "facts": (
            ("Born", "12 August 1974 52 years", False),
            ("Citizen of", "Utopia UTO", False),
            ("Number", "L898902C3", True),
            ("Valid to", "15 April 2031", False),
        ),
        "compare": (
            ("Name", "Eriksson Anna", "Erikson Ana", "Alike 0.93", "check", "similar"),
            ("Born", "12 Aug 1974", "1974", "Agrees as far as known", "none", "same"),
            ("Sex", "Female", "Male", "Differs", "clear", "differs"),
        ),
        "answers": (
            {"label": "Name", "value": "ERIKSSON ANNA MARIA", "url": "#c-answers"},
            {"label": "Telephone", "value": "", "url": "#c-answers"},
            {"label": "Receipt", "value": "UTO-7-018843"},
        ),
        "heads": ("Post", "Entries", "Exits"),
        "rows": (
            ("Port Amaurote", "1 204", "1 180"),
            ("Anyder bridge", "311", "402"),
            ("All", "1 515", "1 582"),
        ),
    }


def _work() -> dict[str, Any]:
    return {
        "figures": (
            {"label": "Second line", "value": 5, "note": "longest 17 min", "url": "#c-figures"},
            {"label": "Refused", "value": 3, "note": "all forms given"},
            {"label": "Crossed", "value": "3 097", "note": "since 08:00"},
        ),
        "tasks": (
            _task("Look at three referrals", "Due now", "hold", note="oldest 17 min"),
            _task("Sign the annulment of UTO-7-018841", "In progress", "info"),
            _task("Read the note of the last shift", "Completed", done=True),
        ),
        "timeline": (
            {"when": "17 Dec", "text": "Last day of the stay", "ahead": True},
            {"when": "3 Nov", "text": "Passed with a reason", "note": "lane 4", "tone": "check"},
            {"when": "2 Nov", "text": "Sent to second line", "tone": "info"},
            {"when": "2 Mar", "text": "Entered for the first time"},
        ),
        "steps": (
            {"label": "File checked", "done": True},
            {"label": "Dry run", "done": True},
            {"label": "Second person", "current": True},
            {"label": "Load"},
        ),
    }


def _task(label: str, status: str, tone: str = "", **more: Any) -> dict[str, Any]:
    return {"label": label, "status": status, "tone": tone, "url": "#c-tasks", **more}


def _charts() -> dict[str, Chart]:
    days = [FIRST_DAY + timedelta(each) for each in range(28)]
    entries = [820 + 45 * (each % 7) + 6 * each for each in range(28)]
    exits = [None if each == 9 else 760 + 60 * (each % 7) for each in range(28)]
    usual = ([value - 110 for value in entries], [value + 90 for value in entries])
    ages = [
        (f"{age}–{age + 9}", 40 + 30 * age % 170, 35 + 28 * age % 150) for age in range(0, 80, 10)
    ]
    hours = [f"{hour:02d}" for hour in range(8)]
    return {
        "lines": time_series(
            days,
            {"Entries": entries, "Exits": exits},
            usual,
            title="Crossings by day",
            description="Entries rise by a fifth; the exits of 10 September are not known.",
        ),
        "lying": bars([*zip(POSTS, (1204, 713, 88, None), strict=True)], title="Crossings by post"),
        "people": pyramid(ages, title="Travellers by age and sex"),
        "map": heat(
            POSTS,
            hours,
            [[(7 * row + 3) * hour % 60 for hour in range(8)] for row in range(len(POSTS))],
            title="Crossings by post and hour",
            corner="Post",
        ),
        "nothing": bars([], title="Refusals by ground"),
    }


def _zone(number: str, *, spoilt: bool = False) -> dict[str, Any]:
    """A zone with its check digits boxed, as the booth shows it."""
    document = mrz.Document(
        document_code="P",
        issuer="UTO",
        number=number,
        nationality="UTO",
        surname="ERIKSSON",
        given_names="ANNA MARIA",
        birth=PartialDate(1974, 8, 12),
        sex="F",
        expiry=date(2031, 4, 15),
    )
    lines = mrz.write(document)
    if spoilt:
        lines = [lines[0], lines[1].replace("310415", "31O415")]
    reading = mrz.read(lines, today=FIRST_DAY)
    marks = {(each.line, each.column): each.right for each in reading.check_positions}
    pieces = tuple(
        tuple((letter, _mark(marks.get((row, column)))) for column, letter in enumerate(line))
        for row, line in enumerate(reading.lines)
    )
    return {"lines": pieces, "is_right": all(marks.values())}


def _mark(right: bool | None) -> str:
    return {None: "", True: "right", False: "wrong"}[right]
