"""How is a name typed that a machine readable zone is to bear?"""

import re
from typing import Any, Final

from django import forms
from django.core.validators import MaxLengthValidator

from safar.lib.mrz.spelling import signs

LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’ .-]*")
LONGEST_NAME: Final = 60
"""Letters that the table holds, in capitals: ß is two of them."""


def in_latin(text: str, *, refusal: Any) -> str:
    """A name in capitals, as the zone can write it; empty where nothing was typed.

    Raises:
        ValidationError: `refusal` where a letter has no spelling in a zone, so that no document
            could ever bear the name; or it is too long.
    """
    tidy = " ".join(text.split())
    if tidy and not (LATIN.fullmatch(tidy) and _is_spelt(tidy)):
        raise forms.ValidationError(refusal)
    capitals = tidy.upper()
    MaxLengthValidator(LONGEST_NAME)(capitals)
    return capitals


def _is_spelt(name: str) -> bool:
    try:
        return bool(signs(name))
    except ValueError:
        return False
