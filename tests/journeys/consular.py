"""What stands at the consulate before the stories begin: keys, blanks, and two visas of others."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from safar.control.visas.models import Visa
from safar.lib.partial_dates import PartialDate
from tests.journeys import people
from tests.makers import series, visas, visas_issued
from tests.makers.accounts import user
from tests.makers.border import clock

GOOD, REVOKED, SINCE = "Z4481941", "Z4481942", "Z4481943"  # passports of visas issued before
STOLEN_BLANK = "Z7700055"  # the number of a passport out of a stolen batch
BATCH = ("Z7700001", "Z7700099")


def add() -> None:
    """The consulate at Istanbul with a clerk, a consul and stickers; a list for posts cut off.

    The list is an hour old: a visa was revoked before it, and another since.
    """
    visas.kinds()
    visas.consulate()
    for person in (people.KALYBEK, people.AINURA):
        visas.placed(user(person.number))
    visas_issued.fresh_keys()
    visas_issued.stocked()
    since = _issued(SINCE, "IYER")
    _issued(GOOD, "RAO")
    visas_issued.revoked(_issued(REVOKED, "MEHTA"))
    with clock(timezone.now() - timedelta(hours=1)):
        visas_issued.imported(visas_issued.exported())
    visas_issued.revoked(since)
    series.batch(user(people.ELENA.number), *BATCH, issuer="IND")


def _issued(number: str, surname: str) -> Visa:
    who = replace(
        visas.WHO, surname=surname, given_names="ANIL", birth=PartialDate(1990, 4, 12), sex="M",
        nationality="IND",
    )  # fmt: skip
    return visas_issued.issued(who=who, document={"document_number": number})
