"""Made-up keys and blank stickers, so that the demonstration can issue visas at once."""

from typing import Final

from django.utils import timezone

from safar.control.blanks.actions import stock
from safar.control.blanks.models import Blank
from safar.control.blanks.rules.numbering import numbers_between
from safar.control.offices.choices import Work
from safar.control.offices.models import IssuingOffice
from safar.control.visas.models import SignerCertificate
from safar.control.visas.seals import keys
from safar.core.permissions import system

DEMO: Final = system("demo")
EACH: Final = 200
SERIES: Final = "KG"


def ready() -> str:
    """A signing key, and blanks in hand at every consulate. Can be run again."""
    done = []
    if not SignerCertificate.objects.exists():
        held = keys.make_keys(timezone.localdate())
        done.append(f"key {held.signer_id} {held.serial}")
    without = IssuingOffice.objects.filter(in_use=True, work__contains=[Work.VISAS])
    without = without.exclude(blanks__kind="sticker").order_by("code")
    done += [f"{_stock(consulate)} stickers at {consulate.code}" for consulate in without]
    return ", ".join(done) or "nothing to do"


def _stock(consulate: IssuingOffice) -> int:
    begin = Blank.objects.filter(kind="sticker").count() + 1
    first, last = (f"{SERIES}{number:07d}" for number in (begin, begin + EACH - 1))
    stock.receive_blanks(DEMO, None, first=first, last=last)
    stock.hand_blanks(DEMO, consulate, first=first, last=last)
    stock.acknowledge_blanks(DEMO, consulate, first=first, last=last)
    return len(numbers_between(first, last))
