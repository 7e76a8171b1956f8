"""Moving a case along its programme's own workflow, and handing it over."""

from datetime import date, timedelta

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.accounts.queries import actor_of
from safar.assistance.cases import programmes
from safar.assistance.cases.choices.case import Compartment, Phase
from safar.assistance.cases.models import Case, CaseAccess, CaseMove
from safar.assistance.cases.policies import in_sight, still_open
from safar.core.action import action, note
from safar.core.errors import RuleBroken, Stale
from safar.core.permissions import Actor


@action("cases.move_case", policies=(in_sight,))
def move_case(actor: Actor, case: Case, *, move: str, reason: str = "", closure: str = "") -> Case:
    """Move a case along its programme's workflow; a programme's own actions call this.

    Raises:
        InvalidMove: the workflow has no such move from where the case stands.
        RuleBroken: the move closes the case, and how it ended is not said.
    """
    programme, before = programmes.get(case.programme), case.status
    programme.workflow.move(case, move)
    case.phase = programme.phases[case.status]
    if case.phase == Phase.CLOSED and not closure:
        raise RuleBroken(_("Say how the case ended."), field="closure")
    closed = case.phase == Phase.CLOSED
    case.closed_on, case.closure = (timezone.localdate(), closure) if closed else (None, "")
    case.save()
    CaseMove.objects.create(
        case=case,
        move=move,
        before=before,
        after=case.status,
        reason=reason,
        moved_at=timezone.now(),
        moved_by_id=actor.person_id,
    )
    note(move=move)
    return case


@action("cases.hand_over", policies=(in_sight, still_open))
def hand_over(actor: Actor, case: Case, *, to: User, reason: str) -> Case:
    """Hand a case over to another worker, who leads it from now on."""
    if not Case.objects.visible_to(actor_of(to)).filter(pk=case.pk).exists():
        raise RuleBroken(
            _("This colleague does not work there. Give her cover of the case first."), field="to"
        )
    said(actor, case, "hand_over", reason)
    _new_lead(case, to)
    note(to=str(to.pk))
    return case


def said(actor: Actor, case: Case, move: str, reason: str) -> None:
    """Keep why something was done to a case that stays in its state.

    It stands in the case and goes with it: the audit, which is kept for ever, has no such words.
    """
    CaseMove.objects.create(
        case=case,
        move=move,
        before=case.status,
        after=case.status,
        reason=reason,
        moved_at=timezone.now(),
        moved_by_id=actor.person_id,
    )


def _new_lead(case: Case, to: User) -> None:
    """Write down who leads a case, also where it is then out of sight of whoever hands it over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT safar_hand_over(%s, %s, %s)", [case.pk, case.version, to.pk])
        if cursor.fetchone() != (True,):
            raise Stale(
                _("Somebody else changed this meanwhile. Open it again and repeat your change.")
            )
    case.lead, case.version = to, case.version + 1


@action("cases.cover", policies=(in_sight,))
def cover(actor: Actor, case: Case, *, by: User, reason: str, until: date | None) -> CaseAccess:
    """Let a colleague work a case by name, until a day: she sees it wherever she is placed."""
    access, _made = CaseAccess.objects.update_or_create(
        case=case,
        user=by,
        defaults={"reason": reason, "until": until, "given_by_id": actor.person_id},
    )
    note(by=str(by.pk), until=str(until or ""))
    return access


@action("cases.end_cover", policies=(in_sight,))
def end_cover(actor: Actor, case: Case, *, by: User) -> None:
    """End a colleague's cover today: from now on she sees the case only where she is placed.

    Raises:
        RuleBroken: a restricted file would be left without anybody who can open it.
    """
    today = timezone.now().date()  # in UTC, as sight counts it
    live = CaseAccess.objects.select_for_update().filter(case=case).exclude(until__lt=today)
    others = live.exclude(user=by)
    if case.compartment == Compartment.RESTRICTED and not others.exists():
        raise RuleBroken(
            _("Nobody else could open this restricted file. Name a colleague first."), field="by"
        )
    live.filter(user=by).update(until=today - timedelta(days=1))
    note(by=str(by.pk))
