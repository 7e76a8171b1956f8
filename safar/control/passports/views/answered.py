"""The answers of an application as its pages show them, in groups."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safar.control.passports.models import Application
from safar.control.passports.wording import applications as wording
from safar.reference import queries as reference
from safar.ui.forms import typed


@dataclass(frozen=True)
class Row:
    label: Any
    value: Any


@dataclass(frozen=True)
class Group:
    title: Any
    rows: list[Row]


def groups(one: Application) -> list[Group]:
    """Who she is, and what she asks for; what is empty is left out by the page."""
    return [Group(_("Who applies"), _rows(_who(one))), Group(_("Request"), _rows(_asked(one)))]


def _rows(values: dict[str, Any]) -> list[Row]:
    return [Row(wording.lacking(name), value) for name, value in values.items() if value]


def _who(one: Application) -> dict[str, Any]:
    return {
        "surname": one.surname,
        "given_names": one.given_names,
        "name_written": one.name_written,
        "former_names": " · ".join(one.former_names),
        "birth": typed(one.birth) if one.birth else "",
        "birth_place": one.birth_place,
        "sex": one.get_sex_display(),
        "nationality": nationality(one.nationality),
        "personal_number": one.personal_number,
        "phone": one.phone,
    }


def nationality(code: str) -> str:
    """The state's name, or what stands for none."""
    none = {
        "XXA": gettext("Stateless person"),
        "XXB": gettext("Refugee"),
        "XXC": gettext("Refugee, not of the Convention of 1951"),
    }
    return none.get(code) or reference.country_name(code)


def _asked(one: Application) -> dict[str, Any]:
    return {
        "kind": one.get_kind_display(),
        "reason": one.get_reason_display(),
        "earlier_number": f"{one.earlier_issuer} {one.earlier_number}".strip(),
        "second_reason": one.second_reason,
        "came_herself": gettext("Yes") if one.came_herself else gettext("No"),
        "representative_name": one.representative_name,
        "representative_document": one.representative_document,
    }
