"""Which remarks may a document's own data call for, and how heavily does each weigh?"""

from typing import Any, Final, Literal, NamedTuple

Tone = Literal["hold", "check", "info"]


class Remark(NamedTuple):
    """Something worth saying: a language-neutral code, and what its sentence needs."""

    code: str
    params: dict[str, Any]


WEIGHTS: Final[dict[str, tuple[Tone, int]]] = {
    "document.stolen_batch": ("hold", 92),
    "document.fantasy": ("hold", 64),
    "document.specimen": ("hold", 63),
    "document.sources_differ": ("check", 89),
    "document.issued_before_birth": ("check", 88),
    "document.issued_future": ("check", 87),
    "document.issued_after_expiry": ("check", 86),
    "document.personal_birth": ("check", 69),
    "document.personal_sex": ("check", 68),
    "document.personal_check": ("check", 56),
    "document.name_spelling": ("check", 64),
    "document.term": ("check", 63),
    "document.series_period": ("check", 62),
    "document.state_ended": ("check", 61),
    "document.issuer_unknown": ("check", 59),
    "document.nationality_unknown": ("check", 58),
    "document.two_at_once": ("info", 48),
    "document.term_unusual": ("info", 38),
    "document.series_unusual": ("info", 37),
    "document.number_unusual": ("info", 36),
    "document.number_unseen": ("info", 35),
}
"""Code → tone and weight. What is unusual only is told, and stops nobody."""
