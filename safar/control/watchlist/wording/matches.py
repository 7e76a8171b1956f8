"""How does each reason of a match read? Codes and their values go into sentences here."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

AGREES, AS_KNOWN, DIFFERS, UNKNOWN, PART = "agrees", "as_known", "differs", "unknown", "part"
VERDICTS: Final = {
    AGREES: _("Agrees"),
    AS_KNOWN: _("Agrees as far as known"),
    DIFFERS: _("Differs"),
    UNKNOWN: _("Not known"),
    PART: "",
}
FIELDS: Final = {
    "name": _("Name"),
    "part": _("Name"),
    "birth": _("Born"),
    "sex": _("Sex"),
    "citizenship": _("Citizen of"),
    "document": _("Document"),
}
SENTENCES: Final = {
    "name.alike": _("The name {traveller} is like {entry}: {score} of 1."),
    "name.weak": _("The name {traveller} is like {entry}, a nickname in the list: {score} of 1."),
    "part.same": _("{a} = {b}: the same letters"),
    "part.script": _("{a} ~ {b}: the same name in another script"),
    "part.spelling": _("{a} ~ {b}: spelled otherwise ({differs})"),
    "part.close": _("{a} ~ {b}: nearly the same"),
    "part.feminine": _("{a} ~ {b}: the same surname with a man's and a woman's ending"),
    "part.ending": _("{a} ~ {b}: the same stem with another ending"),
    "part.article": _("{a} ~ {b}: with and without the Arabic article"),
    "part.cut": _("{a} ~ {b}: cut off at the end of the machine readable zone"),
    "part.father": _("{a} ~ {b}: the same father’s name with another ending"),
    "part.initial": _("{a} ~ {b}: one may be the initial of the other"),
    "part.joined": _("{a} ~ {b}: written together on one side, apart on the other"),
    "part.father_missing": _("patronymic only on one side: {name}"),
    "part.father_differs": _("patronymics differ: {a}, {b}"),
    "part.missing": _("only on one side: {name}"),
    "part.differs": _("do not agree: {a}, {b}"),
    "part.swapped": _("order swapped"),
    "birth.agrees": _("Both were born on {traveller}."),
    "birth.as_known": _("Born {traveller}; the list has {entry}: the same as far as known."),
    "birth.near": _("Born {traveller}; the list has {entry}: close, and one may be a slip."),
    "birth.differs": _("Born {traveller}; the list has {entry}."),
    "birth.unknown": _("The date of birth is not known on one side."),
    "sex.agrees": _("The sex is the same."),
    "sex.differs": _("The sex is not the same: {traveller}, in the list {entry}."),
    "sex.unknown": _("The sex is not known on one side."),
    "citizenship.agrees": _("The citizenship is the same: {traveller}."),
    "citizenship.differs": _("Citizen of {traveller}; the list has {entry}."),
    "citizenship.unknown": _("The citizenship is not known on one side."),
    "document.agrees": _("The document number {traveller} is in the entry."),
    "document.as_known": _(
        "The document number {traveller} is in the entry, which names no issuing state."
    ),
    "document.differs": _("The document {traveller} is not the one in the entry: {entry}."),
    "document.unknown": _("The entry names no document."),
}
_VERDICT_OF: Final = {
    "alike": AGREES,
    "weak": AS_KNOWN,
    "agrees": AGREES,
    "as_known": AS_KNOWN,
    "near": AS_KNOWN,
    "differs": DIFFERS,
    "unknown": UNKNOWN,
}


def sentence(code: str, params: Mapping[str, str]) -> str:
    """Return the reason in the language of the reader; a code of a later version stays a code."""
    text = SENTENCES.get(code)
    return str(text).format(**params) if text else code


def verdict(code: str) -> str:
    field, _dot, outcome = code.partition(".")
    return PART if field == "part" else _VERDICT_OF.get(outcome, UNKNOWN)
