"""The five steps of an application as its pages show them: where one is, what stands there."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from safar.control.offices.models import IssuingOffice
from safar.control.visas import queries
from safar.control.visas.forms.filling import (
    DeskWhoForm,
    JourneyForm,
    PassportForm,
    Step,
    WhoForm,
)
from safar.control.visas.models import (
    Application,
)
from safar.control.visas.wording import applications as wording
from safar.reference import queries as reference
from safar.ui.days import written
from safar.ui.forms import typed

STEPS = ("who", "passport", "journey", "papers", "check")
TITLES = {
    "who": _("Who you are"),
    "passport": _("Your passport"),
    "journey": _("Your journey"),
    "papers": _("Your papers"),
    "check": _("Check your answers"),
}
MINUTES_LEFT = {"who": 15, "passport": 12, "journey": 9, "papers": 6, "check": 2}
DESK_TITLES = {
    "who": _("Who applies"),
    "passport": _("Travel document"),
    "journey": _("Journey"),
    "papers": _("Papers"),
    "check": _("Check the answers"),
}


@dataclass(frozen=True)
class Row:
    """An answer on the page where all are checked; `url` leads to its step."""

    label: Any
    value: Any
    url: str = ""


@dataclass(frozen=True)
class Group:
    """The answers of one step."""

    title: Any
    rows: list[Row]


def form_of(
    step: str,
    application: Application | None,
    data: Any,
    *,
    consulates: list[IssuingOffice],
    public: bool,
) -> Step:
    """The form of one of the first three steps."""
    if step == "journey":
        return JourneyForm(application, data, consulates=consulates, public=public)
    who = WhoForm if public else DeskWhoForm
    return {"who": who, "passport": PassportForm}[step](application, data)


def after(step: str) -> str:
    return STEPS[STEPS.index(step) + 1]


def before(step: str) -> str:
    return STEPS[STEPS.index(step) - 1] if step != "who" else ""


def first_open(application: Application) -> str:
    """The step in which something is missing first; the last one where nothing is."""
    missing = set(queries.missing(application))
    for step, names in _FIELDS.items():
        if missing & {*names}:
            return step
    return "papers" if any(one.startswith("paper.") for one in missing) else "check"


_FIELDS = {
    "who": ("surname", "birth", "nationality"),
    "passport": (
        "document_kind", "issuer", "document_number", "document_issued_on", "document_expires_on",
    ),
    "journey": (
        "kind", "consulate", "purpose", "inviter", "entries_asked", "arrives_on", "leaves_on",
    ),
}  # fmt: skip


def groups(application: Application, address: str = "", *args: Any) -> list[Group]:
    """All answers, step by step; `address` names the URL of a step, where they can be changed."""

    def to(step: str) -> str:
        return reverse(address, args=[*args, step]) if address else ""

    titles = DESK_TITLES if args or not address else TITLES
    return [
        Group(titles["who"], _rows(application, _who(application), to("who"))),
        Group(titles["passport"], _rows(application, _passport(application), to("passport"))),
        Group(titles["journey"], _rows(application, _journey(application), to("journey"))),
    ]


def _rows(application: Application, values: dict[str, Any], url: str) -> list[Row]:
    return [Row(wording.lacking(name), value, url) for name, value in values.items()]


def _who(one: Application) -> dict[str, Any]:
    return {
        "surname": one.surname,
        "given_names": one.given_names,
        "name_written": one.name_written,
        "birth": _birth(one),
        "sex": one.get_sex_display(),
        "nationality": reference.country_name(one.nationality),
        "email": one.email,
        "phone": one.phone,
        "language": one.get_language_display(),
    }


def _passport(one: Application) -> dict[str, Any]:
    return {
        "document_kind": one.get_document_kind_display(),
        "issuer": reference.country_name(one.issuer),
        "document_number": one.document_number,
        "document_issued_on": _day(one.document_issued_on),
        "document_expires_on": _day(one.document_expires_on),
        "other_numbers": one.other_numbers,
    }


def _journey(one: Application) -> dict[str, Any]:
    found = {
        "kind": one.kind.name if one.kind else "",
        "consulate": one.consulate.name if one.consulate else "",
        "purpose": one.purpose,
        "inviter": one.inviter,
        "address": one.address,
        "entries_asked": one.get_entries_asked_display(),
        "arrives_on": _day(one.arrives_on),
        "leaves_on": _day(one.leaves_on),
    }
    if one.leaves_on and one.stay_days:
        count = one.stay_days
        days = ngettext("%(days)d day", "%(days)d days", count) % {"days": count}
        found["leaves_on"] = f"{found['leaves_on']} ({days})"
    return found


def _birth(one: Application) -> str:
    """In words where all of it is known, as the other days are."""
    if one.birth is None:
        return ""
    return _day(one.birth.earliest()) if one.birth.is_full else typed(one.birth)


def _day(day: Any) -> str:
    return written(day, "j E Y") if day else ""
