"""One move of an application, written down with who did it: for the actions of this app."""

from django.utils import timezone

from safar.control.visas.actions.mailing import tell
from safar.control.visas.models import Application, ApplicationMove
from safar.control.visas.workflow.applications import APPLICATION
from safar.core.permissions import Actor


def move(actor: Actor, application: Application, name: str, *, note: str = "") -> Application:
    """Move it by the table of `workflow`, save it, add it to its time line, and tell the applicant.

    Raises:
        InvalidMove: there is no such move from where it stands.
    """
    APPLICATION.move(application, name)
    application.save()
    done = ApplicationMove.objects.create(
        application=application,
        move=name,
        at=timezone.now(),
        by_id=actor.user_id,
        by_name=actor.name if actor.user_id else "",
        note=note,
    )
    tell(application, done)
    return application
