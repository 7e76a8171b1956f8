"""Who may do what to which application? A reason why not, or None."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from safar.control.applications.policies import SENT, TYPED_IT
from safar.control.offices.choices import Work
from safar.control.offices.models import IssuingOffice
from safar.control.offices.queries import held
from safar.control.passports.choices.applications import TO_CHECK, Status
from safar.control.passports.choices.identity import Outcome
from safar.control.passports.models import (
    Application,
    Attachment,
    Consent,
    IdentityMatch,
    ListMatch,
)
from safar.control.passports.queries import identity
from safar.core.permissions import Actor

NOT_HERS = _("This application is another office's.")
NO_PASSPORTS = _("Passports are not applied for at this office.")
CHECKED_IT = _("You checked this application. Another officer decides on it.")
APPROVED_IT = _("You approved this application. Another officer stops it.")
TYPED_JUDGES = _("You typed this application. Another officer judges who she is.")
ANOTHERS = _("Another officer types this application. She corrects her own answers.")
HEAD_JUDGES = _("This is referred to headquarters, which judges it.")
UNSEEN = _("There is nothing here, or it is not yours to see.")
AT_HEADQUARTERS = _("Headquarters decides on what is applied for at a consulate.")


def in_sight(
    actor: Actor, of: Application | Attachment | Consent | IdentityMatch | ListMatch
) -> Any:
    """An officer touches her offices' applications alone."""
    application = of if isinstance(of, Application) else of.application
    if "*" in actor.permissions:
        return None
    seen = Application.objects.visible_to(actor).filter(pk=application.pk)
    return None if seen.exists() else NOT_HERS


def being_filled_in(actor: Actor, application: Application) -> Any:
    """Answers are written until it is sent, and again where more is asked for: by one person, so
    that who typed them is known when another approves.
    """
    if application.status not in (Status.DRAFT, Status.MORE_ASKED):
        return SENT
    return None if actor.user_id == application.entered_by_id else ANOTHERS


def a_draft(actor: Actor, application: Application) -> Any:
    return None if application.status == Status.DRAFT else SENT


def takes_papers(actor: Actor, application: Application) -> Any:
    """What was checked is decided on as it was checked: no other photo, unless it is sent back."""
    return None if application.status in (Status.DRAFT, *TO_CHECK) else SENT


def of_draft(actor: Actor, of: Attachment | Consent) -> Any:
    """What belongs to a draft may be removed; to one of which more is asked, a consent too."""
    takes = (Status.DRAFT, Status.MORE_ASKED) if isinstance(of, Consent) else (Status.DRAFT,)
    return None if of.application.status in takes else SENT


def not_checker(actor: Actor, application: Application) -> Any:
    """Two people for every decision: the database refuses it too."""
    if actor.user_id is not None and actor.user_id == application.checked_by_id:
        return CHECKED_IT
    if actor.user_id is not None and actor.user_id == application.entered_by_id:
        return TYPED_IT
    wrote = application.consents.filter(added_by_id=actor.user_id).exists()
    return TYPED_IT if wrote else None


def not_who_approved(actor: Actor, application: Application) -> Any:
    """Whoever approved is not the one who stops it: nothing is undone by the hand that did it."""
    return APPROVED_IT if actor.user_id == application.decided_by_id else None


def decided_where_it_belongs(actor: Actor, application: Application) -> Any:
    """What was applied for at a consulate is approved at headquarters, whoever was found or not:
    a consulate never learns that the applicant is like somebody under protection.
    """
    at_home = actor.nationwide or not identity.is_abroad(application)
    return None if at_home else AT_HEADQUARTERS


def not_typist(actor: Actor, match: IdentityMatch | ListMatch) -> Any:
    """Who typed it does not judge: the database refuses it too."""
    return TYPED_JUDGES if actor.user_id == match.application.entered_by_id else None


def not_referred(actor: Actor, match: IdentityMatch) -> Any:
    """What was suspected is judged by headquarters alone."""
    cleared = actor.may("passports.clear_suspicion")
    return HEAD_JUDGES if match.outcome == Outcome.SUSPECTED and not cleared else None


def sees_candidate(actor: Actor, match: IdentityMatch) -> Any:
    return None if identity.may_see(actor, match) else UNSEEN


def at_her_office(actor: Actor, office: IssuingOffice) -> Any:
    """An application is typed at an office for passports where she works."""
    if Work.PASSPORTS not in office.work:
        return NO_PASSPORTS
    return None if held(actor).filter(office=office).exists() else NOT_HERS
