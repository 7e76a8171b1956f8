"""Which missions know of a booking, which are still to be told, and which have not answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from safar.assistance.cases.choices.sharing import SharingPurpose
from safar.assistance.cases.due import Due
from safar.assistance.cases.models import Case, Disclosure, Partner
from safar.assistance.cases.queries import work
from safar.assistance.movements.choices import NoticeKind
from safar.assistance.movements.models import BookingNotice, MovementFile, MovementJourney
from safar.assistance.movements.models.journeys import LIVE
from safar.assistance.movements.rules.notices import ANSWER_WITHIN, next_kind
from safar.core.permissions import Actor

PROGRAMME = "movements"
AFTER_CLOSING = timedelta(days=14)  # so long the word of the arrival is asked for


@dataclass(frozen=True)
class Told:
    """A mission of one journey: what it was told, and what it does not know yet."""

    journey: MovementJourney
    partner: Partner
    notices: list[BookingNotice] = field(default_factory=list)

    @property
    def next(self) -> str | None:
        addressed = self.partner.pk in (self.journey.receiving_id, self.journey.transit_id)
        told = [(one.kind, one.revision) for one in self.notices]
        return next_kind(self.journey.status, self.journey.revision, told, addressed=addressed)

    @property
    def words(self) -> str:
        """What is to be done: Tell Winnipeg of the change."""
        texts = {
            NoticeKind.NEW: _("Tell %(name)s of the booking"),
            NoticeKind.CHANGED: _("Tell %(name)s of the change"),
            NoticeKind.CANCELLED: _("Tell %(name)s that it is cancelled"),
            NoticeKind.DEPARTED: _("Tell %(name)s that they have left"),
            NoticeKind.ARRIVED: _("Tell %(name)s that they have arrived"),
        }
        return texts[NoticeKind(self.next)] % {"name": self.partner} if self.next else ""

    @property
    def url(self) -> str:
        return reverse("movements:tell", args=[self.journey.pk, self.partner.pk])

    @property
    def silent_since(self) -> date | None:
        """The day of the last notice, where nobody has answered it."""
        last = self.notices[-1] if self.notices else None
        if last is None or hasattr(last, "receipt"):
            return None
        return timezone.localdate(last.disclosure.sent_at)


def part(actor: Actor, file: MovementFile) -> dict[str, Any]:
    """The context of this part of the page: every journey of which somebody knows or is to."""
    journeys = MovementJourney.objects.visible_to(actor).filter(case=file.case)
    rows = told(actor, list(journeys.order_by("-pk")))
    return {
        "missions": [one for one in rows if one.notices or one.next],
        "answer_days": ANSWER_WITHIN.days,
        "may_tell": actor.may("movements.send_notice"),
    }


def told(actor: Actor, journeys: Sequence[MovementJourney]) -> list[Told]:
    """Each mission of each journey: three statements, however many there are."""
    found = BookingNotice.objects.visible_to(actor).filter(journey__in=journeys)
    notices = list(found.select_related("disclosure", "receipt").order_by("number"))
    partners = Partner.objects.in_bulk(_keys(journeys, notices))
    made: dict[tuple[UUID, UUID], Told] = {}
    for journey in journeys:
        for key in (journey.receiving_id, journey.transit_id):
            if key:
                made[journey.pk, key] = Told(journey, partners[key])
    by_key = {one.pk: one for one in journeys}
    for notice in notices:
        where = notice.journey_id, notice.recipient_id
        if where not in made:
            made[where] = Told(by_key[notice.journey_id], partners[notice.recipient_id])
        made[where].notices.append(notice)
    return list(made.values())


def _keys(journeys: Iterable[MovementJourney], notices: Iterable[BookingNotice]) -> set[UUID]:
    named = {key for one in journeys for key in (one.receiving_id, one.transit_id) if key}
    return named | {one.recipient_id for one in notices}


def taken_back(notice: BookingNotice) -> bool:
    """Whether somebody who was named in it took her consent back since.

    What left of each is on record on her own consent, one after the other: all that this mission
    was told of the case until it was told the next time.
    """
    sent = Disclosure.objects.filter(
        case=notice.case_id,
        recipient=notice.recipient_id,
        purpose=SharingPurpose.JOURNEY,
        sent_at__gte=notice.disclosure.sent_at,
        consent__withdrawn_at__isnull=False,
    )
    later = BookingNotice.objects.filter(
        case=notice.case_id,
        recipient=notice.recipient_id,
        disclosure__sent_at__gt=notice.disclosure.sent_at,
    )
    until = later.aggregate(first=Min("disclosure__sent_at"))["first"]
    return (sent.filter(sent_at__lt=until) if until else sent).exists()


def due(actor: Actor, today: date) -> list[Due]:
    """Missions that she has to tell something, and those that have not answered for two days."""
    cases = {one.pk: one for one in work.own_cases(actor) if one.programme == PROGRAMME}
    since = today - AFTER_CLOSING
    over = Case.objects.visible_to(actor).filter(
        lead=actor.user_id, programme=PROGRAMME, closed_on__gte=since
    )
    cases |= {one.pk: one for one in over}
    if not cases:
        return []
    live = Q(status__in=LIVE) | Q(case__in=[one.pk for one in cases.values()])
    rows = MovementJourney.objects.visible_to(actor).filter(live, case__in=list(cases))
    found = told(actor, list(rows))
    to_tell = [_tell(cases[one.journey.case_id], one) for one in found if one.next]
    return to_tell + [_ask(cases[one.journey.case_id], one, today) for one in found
                      if not one.next and _is_silent(one, today)]  # fmt: skip


def _is_silent(one: Told, today: date) -> bool:
    return one.silent_since is not None and one.silent_since + ANSWER_WITHIN <= today


def _tell(case: Case, one: Told) -> Due:
    return Due(case, one.words, one.url, timezone.localdate(), _("on a consent that holds"))


def _ask(case: Case, one: Told, today: date) -> Due:
    assert one.silent_since  # noqa: S101 - for the types
    url = reverse("movements:receipt", args=[one.notices[-1].pk])
    return Due(
        case,
        _("Ask whether they have read the notice"),
        url,
        one.silent_since + ANSWER_WITHIN,
        waits_for=one.partner.name,
        waits_since=one.silent_since,
    )
