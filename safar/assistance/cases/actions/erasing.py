"""Erasing what a closed case says about people: one proposes, another decides, the key goes."""

from datetime import date

from django.contrib.postgres.functions import TransactionNow
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import forgetting, keys
from safar.assistance.cases.choices.papers import ErasureStatus, ErasureWhy
from safar.assistance.cases.models import Case, CaseKey, Erasure, Person
from safar.assistance.cases.policies import another_than_proposed, case_closed, in_sight
from safar.assistance.cases.queries.retention import is_erased, kept_until
from safar.assistance.cases.workflow import ERASURE
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor
from safar.lib.partial_dates import PartialDate


@action("cases.propose_erasure", policies=(in_sight, case_closed))
def propose_erasure(actor: Actor, case: Case, *, why: str, reason: str) -> Erasure:
    """Propose that a closed case be erased; a second person decides.

    Raises:
        RuleBroken: its time is not over and nobody asked, or it is proposed or erased already.
    """
    until = kept_until(case)
    if why == ErasureWhy.OVER_TIME and (until is None or until >= timezone.localdate()):
        raise RuleBroken(_("The case is not over its time yet."), field="why")
    if not reason.strip():
        raise RuleBroken(_("Name the rule, or who asked and when."), field="reason")
    if is_erased(case) or case.erasures.filter(status=ErasureStatus.PROPOSED).exists():
        raise RuleBroken(_("This case was erased, or its erasure is proposed already."))
    note(case=str(case.pk), why=why)
    return Erasure.objects.create(
        case=case,
        why=why,
        reason=reason.strip(),
        proposed_at=timezone.now(),
        proposed_by_id=actor.person_id,
    )


@action("cases.approve_erasure", policies=(in_sight, case_closed, another_than_proposed))
def approve_erasure(actor: Actor, erasure: Erasure) -> Erasure:
    """Agree to an erasure: the case's key is destroyed, its words and its people's names go.

    What is left is a husk for figures: programme, office, dates, how it ended, and for each of
    its people sex, year of birth and citizenship, tied to nobody.
    """
    case = Case.objects.select_for_update().get(pk=erasure.case_id)
    ERASURE.move(erasure, "approve")
    keys.of(case)  # a case that never had a key gets one, so that the proof is there
    _decide(actor, erasure)
    CaseKey.objects.filter(case=case).update(
        wrapped=None,
        wrapped_by="",
        destroyed_at=TransactionNow(),
        destroyed_by=actor.person_id,
    )
    people = Person.objects.filter(memberships__case=case)
    husks = {person.pk: _husk(person).pk for person in people}
    forgetting.erase(case.pk, husks)
    note(case=str(case.pk), people=len(husks))
    return erasure


@action("cases.decline_erasure", policies=(in_sight,))
def decline_erasure(
    actor: Actor, erasure: Erasure, *, reason: str, keep_until: date | None = None
) -> Erasure:
    """Keep the case after all; until a day, where one is named, it is not listed again."""
    if not reason.strip():
        raise RuleBroken(_("Say why it is kept."), field="reason")
    if keep_until and keep_until <= timezone.localdate():
        raise RuleBroken(_("Name a day to come."), field="keep_until")
    ERASURE.move(erasure, "decline")
    erasure.keep_until, erasure.decision_reason = keep_until, reason.strip()
    _decide(actor, erasure)
    note(case=str(erasure.case_id), keep_until=str(keep_until or ""))
    return erasure


def _decide(actor: Actor, erasure: Erasure) -> None:
    erasure.decided_at, erasure.decided_by_id = timezone.now(), actor.person_id
    erasure.save()


def _husk(person: Person) -> Person:
    """What is counted of a person, without what she is known by."""
    birth = PartialDate(person.birth.year) if person.birth else None
    return Person.objects.create(
        sex=person.sex,
        birth=birth,
        birth_is_estimated=person.birth_is_estimated,
        citizenships=person.citizenships,
    )
