"""How long may they stay, and how was that counted?"""

from safar.lib.stay.counting import StayRule, Visit
from safar.lib.stay.explaining import SENTENCES, Line
from safar.lib.stay.pairing import (
    IRREGULARITIES,
    Irregularity,
    Movement,
    Paired,
    visits,
)
from safar.lib.stay.verdict import CalendarDay, Overstay, Stay, overstay_on_exit, stay

__all__ = [
    "IRREGULARITIES",
    "SENTENCES",
    "CalendarDay",
    "Irregularity",
    "Line",
    "Movement",
    "Overstay",
    "Paired",
    "Stay",
    "StayRule",
    "Visit",
    "overstay_on_exit",
    "stay",
    "visits",
]
