"""Writes: the register and the lists are asked for an applicant, and what they say is judged."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.two_people import by_a_person
from safar.control.applications import actions as applications
from safar.control.passports import faces
from safar.control.passports.actions.moves import written
from safar.control.passports.actions.working import only_open
from safar.control.passports.choices.identity import Outcome
from safar.control.passports.models import (
    Application,
    IdentityCheck,
    IdentityMatch,
    ListMatch,
    ListScreening,
)
from safar.control.passports.policies.applications import (
    in_sight,
    not_referred,
    not_typist,
    sees_candidate,
)
from safar.control.passports.queries import applications as reads
from safar.control.passports.queries import identity
from safar.control.passports.queries.identity import Candidate
from safar.control.passports.queries.people import listed_person, mark_of
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@action("passports.check_identity", policies=(in_sight, by_a_person))
def check_identity(actor: Actor, application: Application) -> IdentityCheck:
    """Looked for the applicant among all holders

    What was judged of a candidate holds on, as long as both stand as they stood then.
    """
    only_open(application)
    found = identity.candidates(application)
    mark = mark_of(application)
    abroad = identity.is_abroad(application)
    there = [one for one in found if actor.nationwide or not (abroad and one.for_headquarters)]
    looked = IdentityCheck(
        application=application,
        mark=mark,
        found=len(there),
        faces_compared=faces.comparison() is not None,
        at=timezone.now(),
        by_id=actor.person_id,
        by_name=actor.name,
    )
    # A consulate reads who looked, and when: not that headquarters had to look once more.
    if not (abroad and actor.nationwide and identity.last_check(application)):
        looked.save()
    _keep(application, mark, found)
    note(found=len(there))
    return looked


def _keep(application: Application, mark: str, found: list[Candidate]) -> None:
    before = list(application.identity_matches.select_related("other"))
    kept = [_kept(application, mark, one, before) for one in found]
    for row in kept:
        row.save()
    there = {row.pk for row in kept}
    for row in before:  # nothing speaks for it any more, and nobody has judged it
        if row.pk not in there and not row.outcome:
            row.delete()


def _kept(
    application: Application, mark: str, found: Candidate, before: Iterable[IdentityMatch]
) -> IdentityMatch:
    row = _known(found, before) or IdentityMatch(application=application, found_at=timezone.now())
    both = f"{mark[:31]}:{found.mark[:32]}"
    if row.outcome and row.outcome != Outcome.SUSPECTED and row.mark != both:
        _unjudge(row)  # another was judged than who stands there now
    row.found_in, row.other, row.document = found.found_in, found.other, found.document
    row.protected = row.protected or found.protected
    row.mark, row.score = both, found.alike.score
    row.reasons = [reason.as_json() for reason in found.alike.reasons]
    row.face_score = _faces(application, found)
    return row


def _known(found: Candidate, before: Iterable[IdentityMatch]) -> IdentityMatch | None:
    """The row of the same candidate: of the same holder, where she is one."""

    def same(row: IdentityMatch) -> bool:
        if found.other is None or row.other is None:
            if found.document is None or row.other is not None:
                return False
            told = row.mark.partition(":")[2] == found.mark[:32]
            return told or row.document_id == found.document.pk
        holder: UUID | None = found.other.holder_id
        return row.other_id == found.other.pk or bool(holder and row.other.holder_id == holder)

    return next(filter(same, before), None)


def _unjudge(row: IdentityMatch) -> None:
    row.outcome, row.reason, row.judged_by_name = "", "", ""
    row.judged_at = row.judged_by = None


def _faces(application: Application, found: Candidate) -> float | None:
    if faces.comparison() is None or found.other is None:
        return None
    one, other = reads.portrait(application), reads.portrait(found.other)
    if one is None or other is None:
        return None
    return faces.compared(bytes(one.content), bytes(other.content))


@action(
    "passports.judge_identity",
    policies=(in_sight, by_a_person, not_typist, not_referred, sees_candidate),
)
def judge_identity(
    actor: Actor, match: IdentityMatch, *, outcome: str, reason: str
) -> IdentityMatch:
    """Judged whether an applicant is somebody of the register"""
    application = _locked(match)
    only_open(application)
    if not reason.strip():
        raise RuleBroken(_("Write what decided it."), field="reason")
    match.outcome, match.reason = Outcome(outcome), reason.strip()
    match.judged_at = timezone.now()
    match.judged_by_id, match.judged_by_name = actor.person_id, actor.name
    match.save()
    if not identity.is_withheld(match):  # the time line is read at consulates too
        words = "" if match.protected else f": {match.reason}"
        written(actor, application, "judge", f"{match.get_outcome_display()}{words}"[:500])
    note(outcome=outcome, other=str(match.other_id or match.document_id))
    return match


@action("passports.clear_suspicion", policies=(in_sight, by_a_person, not_typist))
def clear_suspicion(
    actor: Actor, match: IdentityMatch, *, outcome: str, reason: str
) -> IdentityMatch:
    """Judged at headquarters what an office suspected"""
    return judge_identity(actor, match, outcome=outcome, reason=reason)


@action("passports.ask_lists", policies=(in_sight, by_a_person))
def ask_lists(actor: Actor, application: Application) -> ListScreening:
    """Asked the lists for the applicant

    What was judged of the same entry, unchanged since, for the same person, holds on.
    """
    only_open(application)
    person = listed_person(application)
    before = ListMatch.objects.filter(application=application)
    return applications.ask_lists(actor, application, person, ListScreening, before)


@action("passports.judge_listed", policies=(in_sight, by_a_person, not_typist))
def judge_listed(actor: Actor, match: ListMatch, *, outcome: str, reason: str) -> ListMatch:
    """Judged whether an applicant is the person of a list entry"""
    only_open(_locked(match))
    return applications.judge_listed(actor, match, outcome=outcome, reason=reason)


def _locked(of: IdentityMatch | ListMatch) -> Application:
    """Its application under a row lock: nobody decides on it meanwhile."""
    return Application.objects.select_for_update().get(pk=of.application_id)
