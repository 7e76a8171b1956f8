"""Writes of the night: what is past its time is deleted, with all that was made and said of it."""

from collections import Counter
from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.db.models import Q

from safar.control.passports.models import (
    Application,
    ApplicationMove,
    Attachment,
    Cancellation,
    ChipContent,
    Consent,
    Delivery,
    Fee,
    Holder,
    IdentityCheck,
    IdentityMatch,
    ListMatch,
    ListScreening,
    Passport,
    PersonalisationJob,
    QualityCheck,
    SignedReceipt,
)
from safar.control.passports.queries.over_time import over_time
from safar.core.action import action, note, role_suffices
from safar.core.permissions import Actor

AT_ONCE: Final = 500  # applications of one transaction
OF_JOB: Final = (QualityCheck,)
OF_PASSPORT: Final = (
    SignedReceipt, ChipContent, Delivery, Cancellation, PersonalisationJob,
)  # fmt: skip
OF_APPLICATION: Final = (
    ListMatch, ListScreening, IdentityCheck, Fee, Attachment, Consent, ApplicationMove,
)  # fmt: skip


@action("passports.erase", policies=(role_suffices,))
def erase(actor: Actor, target: None) -> int:
    """Erased applications and documents whose time is over

    Drafts that were never sent are among them. Figures alone go on record: how many, of which
    standing. The database's own guard counts the same time, and lets nothing go before.

    Returns:
        How many applications; those beyond `AT_ONCE` are left for the next call.
    """
    rows = list(over_time().select_for_update(of=("self",))[:AT_ONCE])
    keys = [row.pk for row in rows]
    documents = _documents(keys)
    holders = {row.holder_id for row in rows if row.holder_id}
    IdentityMatch.objects.filter(Q(application__in=keys) | Q(other__in=keys)).delete()
    for model in OF_APPLICATION:
        model.objects.filter(application__in=keys).delete()
    Application.objects.filter(pk__in=keys).delete()
    _empty(holders)
    note(documents=documents, **Counter(str(row.status) for row in rows))
    return len(rows)


def _documents(applications: list[UUID]) -> int:
    """Delete what was made of applications; return how many documents there were."""
    keys = list(Passport.objects.filter(application__in=applications).values_list("pk", flat=True))
    for model in OF_JOB:
        model.objects.filter(job__passport__in=keys).delete()
    for part in OF_PASSPORT:
        part.objects.filter(passport__in=keys).delete()
    Passport.objects.filter(pk__in=keys).delete()
    return len(keys)


def _empty(holders: Collection[UUID]) -> None:
    """A holder of whom nothing is left goes too."""
    rows = Holder.objects.filter(pk__in=holders, applications=None, passports=None)
    Holder.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()
