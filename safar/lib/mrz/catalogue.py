"""What may be found in a zone, how heavily it weighs, and how it is said in English.

The codes are the language-neutral part: an application translates by code and params.
"""

from typing import Final

FAULT: Final = 100
"""Weight of what makes a zone unsound: structure, check digits, code lists."""
GRAVE: Final = 80
DOUBT: Final = 60
LOOK: Final = 40
NOTE: Final = 10

_FAULTS = {
    "mrz.empty": "There is nothing to read.",
    "mrz.unreadable": (
        "This is not a machine readable zone: two lines of 44 or 36 characters, "
        "or three lines of 30, were expected, and {found} came."
    ),
    "mrz.length": (
        "Line {line} has {length} characters where {format} has {expected}: "
        "read the document again or add what is missing."
    ),
    "mrz.input.json": "This line is not a JSON object with the key “lines”.",
    "mrz.alphabet": (
        "Line {line}, position {column} holds a sign that no zone has; "
        "only A to Z, 0 to 9 and < are used."
    ),
    "mrz.field.signs": "This field holds a sign that no zone has.",
    "mrz.check.number": "The check digit of the document number is {shown}; it should be {should}.",
    "mrz.check.birth": "The check digit of the date of birth is {shown}; it should be {should}.",
    "mrz.check.expiry": "The check digit of the date of expiry is {shown}; it should be {should}.",
    "mrz.check.personal_number": (
        "The check digit of the personal number is {shown}; it should be {should}."
    ),
    "mrz.check.composite": (
        "The check digit over the whole zone, the last one, is {shown}; it should be {should}."
    ),
    "mrz.code.unknown": "“{code}” is no document code: it starts with P, I, A, C or V.",
    "mrz.issuer.unknown": "“{code}” is the code of no issuing state or organisation.",
    "mrz.nationality.unknown": "“{code}” is the code of no nationality.",
    "mrz.number.empty": "The document number is missing.",
    "mrz.name.empty": "The name is missing.",
    "mrz.name.signs": "The name holds digits: “{name}”.",
    "mrz.birth.impossible": "“{raw}” is no date of birth.",
    "mrz.expiry.impossible": "“{raw}” is no date of expiry.",
    "mrz.expiry.missing": "The date of expiry is missing.",
    "mrz.sex.unknown": "“{raw}” stands for no sex: F, M or < was expected.",
}
_GRAVE = {
    "mrz.expired": "The document expired on {expiry}.",
    "mrz.specimen": "This is a specimen: Utopia issues no travel documents.",
    "mrz.personal.birth": (
        "The personal number says born {personal}; the date of birth says {birth}."
    ),
    "mrz.personal.sex": "The personal number says {personal}; the sex field says {sex}.",
    "mrz.expiry.before_birth": "The document expired before its holder was born.",
}
_DOUBT = {
    "mrz.personal.check": "The personal number fails its own check digit.",
    "mrz.repair.offered": (
        "Likely misreadings: {count}. Compare the signs shown with the document."
    ),
    "mrz.birth.century": (
        "Born in {year} or in {other}? The zone has two digits only, "
        "and the personal number says {other}. Ask."
    ),
    "mrz.germany": "Germany writes D in the zone; this one says DEU.",
}
_LOOK = {
    "mrz.personal.shape": "The personal number is unusual for {issuer}: “{number}”.",
    "mrz.issuer.withdrawn": "“{code}” is an old code ({meaning}).",
    "mrz.nationality.withdrawn": "“{code}” is an old code ({meaning}).",
    "mrz.code.unusual": "A document of this size seldom carries the code “{code}”.",
    "mrz.expiry.absent": "The zone gives no date of expiry: see the document.",
    "mrz.birth.zeros": "The unknown parts of the date of birth are written 0 instead of <.",
    "mrz.sex.letter": "The sex is written X; a zone writes <.",
    "mrz.nationality.stateless": "The holder is a stateless person.",
    "mrz.nationality.refugee": "The holder is a refugee.",
    "mrz.layout.extra": "There was more than one zone in what came; the first whole one was read.",
}
_NOTES = {
    "mrz.layout.cyrillic": (
        "The reader typed through a Cyrillic keyboard layout; "
        "the keys were put back into Latin letters."
    ),
    "mrz.layout.lookalike": (
        "{count} Cyrillic letters that look Latin were put back into Latin letters."
    ),
    "mrz.layout.spaces": "Spaces inside the lines were left out.",
    "mrz.name.truncated": "The name fills its field and may be cut short.",
    "mrz.number.long": "The document number goes on in the optional data.",
    "mrz.number.belgian": (
        "The document number goes on in the optional data, "
        "and its check digit counts the < between, as Belgium does."
    ),
    "mrz.birth.unknown": "The date of birth is unknown.",
    "mrz.birth.partial": "Only part of the date of birth is known: {birth}.",
    "mrz.french.expiry": (
        "French cards of this kind show no date of expiry in the zone: issued {issued}, "
        "valid 10 or 15 years."
    ),
    "mrz.russian.internal": (
        "This is a Russian internal passport; its names are spelt back into Cyrillic."
    ),
}

CODES: Final[dict[str, str]] = _FAULTS | _GRAVE | _DOUBT | _LOOK | _NOTES
"""Code → English sentence with `str.format` places for the finding's params."""

WEIGHTS: Final[dict[str, int]] = {
    code: weight
    for group, weight in (
        (_FAULTS, FAULT),
        (_GRAVE, GRAVE),
        (_DOUBT, DOUBT),
        (_LOOK, LOOK),
        (_NOTES, NOTE),
    )
    for code in group
}
