"""What does the law say that a letter of refusal has to name? Only the administration knows it.

A file of JSON (`SAFAR_VISA_LETTER_FILE`) gives for each ground its legal source, and how one
appeals. Nothing of it is shipped: what is not there is left open on the letter, to be filled in.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from safar.control.visas.choices.applications import Ground, Language

LARGEST: Final = 200_000  # bytes
LONGEST: Final = 1000  # characters of one text
MOST_DAYS: Final = 730
NO_FILE: Final = "the file of SAFAR_VISA_LETTER_FILE cannot be read"
Texts = Mapping[str, str]  # by language


class LetterTermsBroken(Exception):
    """The file says something that cannot be printed; the sentence names the place."""


@dataclass(frozen=True)
class LetterTerms:
    """`sources` by ground. `days` to appeal, 0 where not said, counted from the decision or from
    the day on which the letter was received (`from_receipt`)."""

    sources: Mapping[str, Texts] = field(default_factory=dict)
    authority: Texts = field(default_factory=dict)
    how: Texts = field(default_factory=dict)
    days: int = 0
    from_receipt: bool = True


def letter_terms() -> LetterTerms:
    """What the file says; empty where none is named.

    Raises:
        LetterTermsBroken: it cannot be read, or names a ground or language that there is not.
    """
    if not settings.SAFAR_VISA_LETTER_FILE:
        return LetterTerms()
    path = Path(settings.SAFAR_VISA_LETTER_FILE)
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        said = json.loads(data) if len(data) <= LARGEST else None
    except (OSError, ValueError, RecursionError):
        raise LetterTermsBroken(NO_FILE) from None
    if not isinstance(said, dict):
        raise LetterTermsBroken(NO_FILE)
    return _terms(said)


def in_language(texts: Texts, language: str) -> str:
    """The text in a language; else in English, else in the first that there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def _terms(said: dict[str, Any]) -> LetterTerms:
    if unknown := set(said) - {"grounds", "appeal"}:
        raise LetterTermsBroken(f"unknown: {', '.join(sorted(map(str, unknown)))}")
    grounds, appeal = _part(said, "grounds"), _part(said, "appeal")
    if unknown := set(grounds) - set(Ground.values):
        raise LetterTermsBroken(f"no such ground: {', '.join(sorted(map(str, unknown)))}")
    days, counted = appeal.get("days", 0), appeal.get("from", "receipt")
    if type(days) is not int or not 0 <= days <= MOST_DAYS:
        raise LetterTermsBroken(f"appeal, days: a whole number from 0 to {MOST_DAYS}")
    if counted not in ("receipt", "decision"):
        raise LetterTermsBroken("appeal, from: receipt or decision")
    return LetterTerms(
        sources={code: _texts(texts, f"grounds, {code}") for code, texts in grounds.items()},
        authority=_texts(appeal.get("authority", {}), "appeal, authority"),
        how=_texts(appeal.get("how", {}), "appeal, how"),
        days=days,
        from_receipt=counted == "receipt",
    )


def _part(said: dict[str, Any], name: str) -> dict[str, Any]:
    part = said.get(name, {})
    if not isinstance(part, dict):
        raise LetterTermsBroken(f"{name}: an object")
    return part


def _texts(texts: Any, place: str) -> dict[str, str]:
    if not isinstance(texts, dict) or not set(texts) <= set(Language.values):
        raise LetterTermsBroken(f"{place}: texts by language, {', '.join(Language.values)}")
    if any(not isinstance(text, str) or len(text) > LONGEST for text in texts.values()):
        raise LetterTermsBroken(f"{place}: each text has {LONGEST} characters at the most")
    return {language: text.strip() for language, text in texts.items() if text.strip()}
