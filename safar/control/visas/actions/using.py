"""An entry on a visa: written with the crossing, so that none can be used twice; given back when
the crossing is annulled."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.visas.choices.issued import VisaStatus
from safar.control.visas.models import UseGivenBack, Visa, VisaUse
from safar.control.visas.queries.uses import free_again, standing_of
from safar.core.action import action, note, role_suffices
from safar.core.errors import InvalidMove
from safar.core.permissions import Actor

USED_UP = _("This visa was used up meanwhile. Scan the passport and the visa again.")
ENDED = _("This visa has ended meanwhile. Scan the passport and the visa again.")


@action("visas.use_visa", policies=(role_suffices,))
def use_visa(
    actor: Actor,
    target: None,
    *,
    number: str,
    entries: int,
    crossing_id: UUID,
    post: str,
    entered_on: date,
) -> VisaUse:
    """Entered on a visa. `entries`: as sealed, for a post that holds a list only.

    The same crossing again uses nothing more.

    Raises:
        InvalidMove: it was used up or ended since it was looked at, perhaps at another booth.
    """
    known = VisaUse.objects.filter(crossing_id=crossing_id).first()
    if known:
        return known
    visa = Visa.objects.select_for_update().filter(number=number).first()
    if visa and visa.status != VisaStatus.VALID:
        raise InvalidMove(ENDED)
    again = free_again(number)
    use = VisaUse(
        visa=visa,
        visa_number=number,
        entries=visa.entries if visa else entries,
        nth=again.nth if again else _next(number),
        after=again,
        crossing_id=crossing_id,
        post=post,
        entered_on=entered_on,
        used_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            use.save(force_insert=True)
    except IntegrityError:
        raise InvalidMove(USED_UP) from None
    note(visa=number, entry=use.nth)
    return use


def _next(number: str) -> int:
    return VisaUse.objects.filter(visa_number=number, after=None).count() + 1


@action("visas.give_back_use", policies=(role_suffices,))
def give_back_use(
    actor: Actor, target: None, *, crossing_id: UUID, cause_id: UUID
) -> UseGivenBack | None:
    """Gave back the entry that an annulled crossing had used

    `cause_id`: the annulment that two people made. None where the crossing used no entry, or it
    was given back before. A visa that has ended meanwhile stays ended.
    """
    use = standing_of(crossing_id)
    if use is None:
        return None
    given = UseGivenBack(
        use=use,
        visa_number=use.visa_number,
        nth=use.nth,
        cause_id=cause_id,
        at=timezone.now(),
        by_id=actor.user_id,
        by_name=actor.name,
    )
    given.save(force_insert=True)
    note(visa=use.visa_number, entry=use.nth)
    return given
