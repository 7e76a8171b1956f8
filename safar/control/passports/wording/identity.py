"""Why may these two be one person? Each reason in the language of the reader."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from safar.lib.names import SENTENCES

REASONS: Final = {
    "name.same": _("{a} = {b}: the same letters"),
    "name.spelling": _("{a} ~ {b}: another spelling"),
    "name.close": _("{a} ~ {b}: nearly the same"),
    "name.feminine": _("{a} ~ {b}: the same surname with a man's and a woman's ending"),
    "name.initial": _("{a} ~ {b}: one may be the initial of the other"),
    "name.joined": _("{a} ~ {b}: written together on one side, apart on the other"),
    "name.patronymic_missing": _("patronymic only on one side: {name}"),
    "name.patronymic_differs": _("patronymics differ: {a}, {b}"),
    "name.surname_missing": _("surname only on one side: {name}"),
    "name.part_missing": _("only on one side: {name}"),
    "name.differs": _("do not agree: {a}, {b}"),
    "name.swapped": _("order swapped"),
    "birth.same": _("born on the same day"),
    "birth.partly": _("the dates of birth agree as far as they are known"),
    "birth.swapped": _("day and month of birth changed about"),
    "birth.other": _("born on another day"),
    "birth.unknown": _("a date of birth is not known"),
    "personal_number": _("the same personal number: {number}"),
    "personal_number_differs": _("another personal number"),
    "document": _("the same document: {issuer} {number}"),
    "photo": _("the very same photo was handed in"),
    "place": _("the same place of birth: {place}"),
    "sex_differs": _("another sex"),
}
AGAINST: Final = {
    "name.differs", "name.patronymic_differs", "birth.other", "personal_number_differs",
    "sex_differs",
}  # fmt: skip
assert {f"name.{code}" for code in SENTENCES} <= REASONS.keys()  # noqa: S101 - none is unsaid


def reasons(kept: list[dict[str, Any]]) -> list[tuple[str, bool]]:
    """The reasons of a match: the sentence, and whether it speaks for one person."""
    return [
        (str(REASONS[one["code"]]).format(**one["params"]), one["code"] not in AGAINST)
        for one in kept
        if one["code"] in REASONS
    ]
