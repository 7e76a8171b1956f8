"""Writing notes: each stays as it was written; a correction is another note."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases import keys
from safar.assistance.cases.actions.papers import refuse_wall
from safar.assistance.cases.models import Case, Note
from safar.assistance.cases.policies import in_sight
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.node import uuid7
from safar.core.permissions import Actor

LONGEST = 20_000


@action("cases.add_note", policies=(in_sight,))
def add_note(
    actor: Actor,
    case: Case,
    *,
    text: str,
    compartment: str = "",
    corrects: Note | None = None,
    key: UUID | None = None,
) -> Note:
    """Add a note to a case.

    Args:
        corrects: the note whose words are set right; it stays, and so does its wall.
        key: given out with the form, so that a form that is sent twice is written once.

    Raises:
        RuleBroken: it is empty or too long, or the case was erased.
    """
    words = text.strip()
    if not words:
        raise RuleBroken(_("The note is empty."), field="text")
    if len(words) > LONGEST:
        raise RuleBroken(_("The note is longer than 20,000 letters. Write two."), field="text")
    if corrects and corrects.case_id != case.pk:
        raise RuleBroken(_("That note is of another case."), field="corrects")
    wall = corrects.compartment if corrects else compartment
    refuse_wall(actor, case, wall)
    cipher = keys.of(case)
    written = Note.objects.visible_to(actor).filter(pk=key, case=case).first() if key else None
    if written and cipher.open(written, written.sealed).decode() == words:
        return written
    added = Note(
        pk=key if key and not written else uuid7(),  # other words under a known key: both stay
        case=case,
        compartment=wall,
        corrects=corrects,
        written_at=timezone.now(),
        written_by_id=actor.person_id,
    )
    added.sealed = cipher.seal(added, words.encode())
    added.save(force_insert=True)
    note(case=str(case.pk), corrects=str(corrects.pk) if corrects else "")
    return added
