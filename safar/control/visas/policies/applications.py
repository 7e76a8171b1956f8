"""Who may do what to which application? A reason why not, or None."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from safar.control.applications.policies import SENT, TYPED_IT
from safar.control.offices.queries import held
from safar.control.visas.choices.applications import Channel, Status
from safar.control.visas.models import (
    Application,
    Paper,
    ScreeningMatch,
)
from safar.core.permissions import Actor

NOT_HERS = _("This application is another consulate's.")
PREPARED_IT = _("You prepared this application. Another officer decides on it.")


def in_sight(actor: Actor, of: Application | Paper | ScreeningMatch) -> Any:
    """An applicant touches what came by the public page alone; an officer her consulates'."""
    application = of if isinstance(of, Application) else of.application
    if "*" in actor.permissions:
        return None
    if actor.user_id is None:
        return None if application.channel == Channel.PUBLIC else NOT_HERS
    if application.channel == Channel.PUBLIC and application.status == Status.DRAFT:
        return NOT_HERS
    seen = Application.objects.visible_to(actor).filter(pk=application.pk)
    return None if seen.exists() else NOT_HERS


def being_filled_in(actor: Actor, application: Application) -> Any:
    return None if application.status == Status.DRAFT else SENT


def takes_papers(actor: Actor, application: Application) -> Any:
    """A draft does, and one of which more is asked. An officer adds papers until the decision."""
    takes = {Status.DRAFT, Status.MORE_ASKED}
    if actor.user_id is not None:
        takes |= {Status.SUBMITTED, Status.PREPARED}
    return None if application.status in takes else SENT


def own_paper_of_draft(actor: Actor, paper: Paper) -> Any:
    return None if paper.application.status == Status.DRAFT else SENT


def not_preparer(actor: Actor, application: Application) -> Any:
    """Two people for every decision: the database refuses it too."""
    if actor.user_id is not None and actor.user_id == application.prepared_by_id:
        return PREPARED_IT
    if actor.user_id is not None and _typed_by(actor, application):
        return TYPED_IT
    return None


def _typed_by(actor: Actor, application: Application) -> bool:
    """Whether she began it, or sent it as what another had begun."""
    if application.entered_by_id is None:
        return False
    sent = application.moves.filter(move="submit", by=actor.user_id)
    return actor.user_id == application.entered_by_id or sent.exists()


def at_her_consulate(actor: Actor, consulate: Any) -> Any:
    """Where an application is typed: at a consulate where she works. None: on the public page."""
    if actor.user_id is None:
        return None
    if consulate is None:
        return NOT_HERS
    return None if held(actor).filter(office=consulate).exists() else NOT_HERS
