"""One move of an application, written down with who did it: for the actions of this app."""

from safar.control.applications.actions import written
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
    done = written(actor, application, ApplicationMove, name, note)
    tell(application, done)
    return application
