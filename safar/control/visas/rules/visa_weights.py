"""How heavy is each finding on a visa? Tone and weight as the booth sorts them."""

from typing import Final, Literal

Tone = Literal["hold", "check", "info", "clear"]

WEIGHTS: Final[dict[str, tuple[Tone, int]]] = {
    "visa.stolen_blank": ("hold", 94),
    "visa.altered": ("hold", 93),
    "visa.differs": ("hold", 92),
    "visa.other_zone": ("hold", 91),
    "visa.copied": ("hold", 90),
    "visa.wrong_holder": ("hold", 89),
    "visa.not_in_register": ("hold", 88),
    "visa.revoked": ("hold", 87),
    "visa.annulled": ("hold", 86),
    "visa.unknown_signer": ("hold", 85),
    "visa.signer_revoked": ("hold", 84),
    "visa.signer_time": ("hold", 83),
    "visa.used_up": ("hold", 82),
    "visa.unreadable": ("hold", 73),
    "visa.no_visa": ("check", 79),
    "visa.expired": ("check", 78),
    "visa.not_yet": ("check", 77),
    "visa.days_used": ("check", 76),
    "visa.other_country": ("check", 74),
    "visa.seal_not_read": ("check", 66),
    "visa.no_list": ("check", 64),
    "visa.list_old": ("info", 58),
    "visa.by_list": ("info", 42),
    "visa.sound": ("clear", 85),
}
