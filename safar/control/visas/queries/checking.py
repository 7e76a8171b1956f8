"""What is to be thought of a visa that is shown at a booth? Seal, zone, register or list."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from safar.control.blanks.choices import NEVER_ISSUED, WERE_LOST, BlankKind, BlankState
from safar.control.blanks.queries.stock import state_of
from safar.control.travellers.read_document import ReadDocument
from safar.control.visas.choices.issued import ListedAs
from safar.control.visas.models import (
    ListedNumber,
    Visa,
    VisaListVersion,
)
from safar.control.visas.queries.uses import standing
from safar.control.visas.rules.visa_check import check
from safar.control.visas.rules.visa_facts import (
    Holder,
    Register,
    Registered,
    VisaFacts,
    VisaSeen,
)
from safar.control.visas.seals.sealing import content_of, content_of_zone, read_seal
from safar.control.visas.seals.signing import known_signers
from safar.core import node
from safar.lib.stay import Visit


def look_at(
    document: ReadDocument,
    *,
    today: date,
    entering: bool,
    seal: bytes = b"",
    zone: Sequence[str] = (),
    visits: Sequence[Visit] = (),
) -> VisaSeen:
    """Findings on the visa of a traveller with this document, on a day of the post's calendar.

    `seal`: as scanned, `zone`: the printed lines where they were read; one of both at least.
    `visits`: her stays in the country, to count the days that were used on this visa.
    """
    read = read_seal(seal, known_signers(), today=today) if seal else None
    printed = content_of_zone(zone, today=today) if zone else None
    content = read.content if read else printed
    return check(
        VisaFacts(
            host=node.country(),
            today=today,
            entering=entering,
            holder=_holder(document),
            seal=read,
            zone=tuple(zone),
            zone_content=printed,
            register=_register(content.number, visits, today) if content else Register("here"),
        )
    )


def newest_list(*, imported: bool) -> VisaListVersion | None:
    """The newest version of the list that this post took in, or that was made here."""
    return VisaListVersion.objects.filter(imported=imported).order_by("-version").first()


def _holder(document: ReadDocument) -> Holder:
    return Holder(
        number=document.number,
        surname=document.surname,
        given_names=document.given_names,
        birth=document.birth,
        nationality=document.nationality,
    )


def _register(number: str, visits: Sequence[Visit], today: date) -> Register:
    uses = list(standing(number))
    days = {use.entered_on for use in uses}
    on_record = {
        "uses": len(uses),
        "last_used": max((use.entered_on for use in uses), default=None),
        "days_used": len(
            {
                day
                for visit in visits
                if visit.entered in days
                for day in _days(visit)
                if day < today
            }
        ),
    }
    if settings.SAFAR_VISA_REGISTER == "list":
        return _by_list(number, **on_record)  # type: ignore[arg-type]
    return _here(number, **on_record)  # type: ignore[arg-type]


def _days(visit: Visit) -> list[date]:
    """Each day once: who leaves and comes back on one day has used it up already."""
    length = (visit.left - visit.entered).days + 1 if visit.left else 0
    return [visit.entered + timedelta(days=count) for count in range(length)]


def _here(number: str, *, uses: int, last_used: date | None, days_used: int) -> Register:
    visa = Visa.objects.select_related("ending").filter(number=number).first()
    state = state_of(number, BlankKind.STICKER)
    # A blank that was stolen, or one that nobody has issued yet: no visa either way.
    never = visa is None and state in (*NEVER_ISSUED, BlankState.IN_HAND, BlankState.ON_THE_WAY)
    return Register(
        "here",
        visa=_registered(visa) if visa else None,
        blank=_blank(state) if state and (never or state in WERE_LOST) else "",
        uses=uses,
        last_used=last_used,
        days_used=days_used,
    )


def _blank(state: str) -> str:
    """One that was found again and is not destroyed yet is as good as lost."""
    return str(BlankState.LOST) if state in WERE_LOST else state


def _registered(visa: Visa) -> Registered:
    ending = getattr(visa, "ending", None)
    return Registered(
        number=visa.number,
        status=visa.status,
        ended_on=ending.ended_on if ending else None,
        ground=ending.ground if ending else "",
        seal=bytes(visa.seal),
        content=content_of(visa),
    )


def _by_list(number: str, *, uses: int, last_used: date | None, days_used: int) -> Register:
    listed = ListedNumber.objects.filter(number=number).first()
    newest = newest_list(imported=True)
    reason = listed.listed_as if listed else ""
    return Register(
        "list",
        listed="" if reason == ListedAs.BLANK else reason,
        blank=str(BlankState.LOST) if reason == ListedAs.BLANK else "",
        since=listed.since if listed else None,
        uses=uses,
        last_used=last_used,
        days_used=days_used,
        age=timezone.now() - newest.made_at if newest else None,
        old_after=timedelta(hours=settings.SAFAR_VISA_LIST_HOURS),
    )
