"""Referrals to us: received, answered, linked to the case that a worker opened, finished."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import Office
from safar.assistance.cases import programmes
from safar.assistance.cases.choices.sharing import Channel, ReferralStatus
from safar.assistance.cases.models import Case, IncomingReferral, Partner
from safar.assistance.cases.policies import part_in_sight, placed_there
from safar.assistance.cases.workflow import REFERRAL
from safar.core.action import action, note, role_suffices
from safar.core.errors import NotFound, RuleBroken
from safar.core.permissions import Actor
from safar.lib.partial_dates import PartialDate

DECLINED_KEPT: Final = timedelta(days=365)


@dataclass(frozen=True)
class Arrival:
    """A referral as it reached us: to which programme and office, and what the partner wrote."""

    partner: Partner
    office: Office
    programme: str
    name: str
    asks: str
    due_on: date
    arrived_on: date
    channel: str = Channel.LETTER
    compartment: str = ""  # empty: the programme's own
    their_reference: str = ""
    birth: PartialDate | None = None
    contact: str = ""
    words: str = ""
    consent_stated: bool = False

    def columns(self) -> Mapping[str, Any]:
        """As they are kept."""
        given = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return given | {"compartment": self.compartment or _own(self.programme)}


def _own(programme: str) -> str:
    return str(programmes.get(programme).compartment)


@action("cases.receive_referral", policies=(placed_there,))
def receive_referral(actor: Actor, target: Arrival) -> IncomingReferral:
    """Put on record that a partner sent us a person. It is seen where such cases are worked."""
    if target.arrived_on > timezone.localdate():
        raise RuleBroken(_("This day is still to come."), field="arrived_on")
    return IncomingReferral.objects.create(
        **target.columns(), received_at=timezone.now(), received_by_id=actor.person_id
    )


@action("cases.accept_incoming", policies=(part_in_sight,))
def accept_incoming(actor: Actor, found: IncomingReferral, *, channel: str) -> IncomingReferral:
    """Accept a referral to us, and tell the partner. This opens no case: a worker does."""
    return _answered(actor, found, "accept", channel)


@action("cases.decline_incoming", policies=(part_in_sight,))
def decline_incoming(
    actor: Actor, found: IncomingReferral, *, channel: str, reason: str
) -> IncomingReferral:
    """Decline a referral to us, with the reason that the partner is told."""
    if not reason.strip():
        raise RuleBroken(_("Say why: the partner is told."), field="reason")
    found.answer_reason = reason.strip()
    return _answered(actor, found, "decline", channel)


@action("cases.link_incoming", policies=(part_in_sight,))
def link_incoming(actor: Actor, found: IncomingReferral, *, case: Case) -> IncomingReferral:
    """Link an accepted referral to the case that was opened for the person.

    Raises:
        RuleBroken: the case is of another programme or office than the referral came to.
    """
    if not Case.objects.visible_to(actor).filter(pk=case.pk).exists():
        raise NotFound(_("There is nothing here, or it is not yours to see."))
    if (case.programme, case.office_id) != (found.programme, found.office_id):
        raise RuleBroken(
            _("This case is of another programme or office than the referral came to."),
            field="number",
        )
    REFERRAL.move(found, "begin")
    found.case, found.linked_at, found.linked_by_id = case, timezone.now(), actor.person_id
    found.save()
    note(case=str(case.pk))
    return found


@action("cases.finish_incoming", policies=(part_in_sight,))
def finish_incoming(
    actor: Actor, found: IncomingReferral, *, completed: bool, outcome: str
) -> IncomingReferral:
    """Say how a referral to us ended. Telling the partner more than that needs a consent."""
    if not outcome.strip():
        raise RuleBroken(_("Say how it ended."), field="outcome")
    REFERRAL.move(found, "complete" if completed else "not_complete")
    found.outcome, found.finished_at = outcome.strip(), timezone.now()
    found.finished_by_id = actor.person_id
    found.save()
    return found


@action("cases.clear_declined_referrals", policies=(role_suffices,))
def clear_declined_referrals(actor: Actor, target: None) -> int:
    """Delete what partners wrote about people whom we declined to help, a year afterwards."""
    old = IncomingReferral.objects.filter(
        status=ReferralStatus.DECLINED, answered_at__lt=timezone.now() - DECLINED_KEPT
    )
    deleted, _each = old.delete()
    note(referrals=deleted)
    return deleted


def _answered(actor: Actor, found: IncomingReferral, move: str, channel: str) -> IncomingReferral:
    REFERRAL.move(found, move)
    found.answer_channel, found.answered_at = channel, timezone.now()
    found.answered_by_id = actor.person_id
    found.save()
    return found
