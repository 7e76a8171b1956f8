"""One move of an application, written down with who did it: for the actions of this app."""

from safar.control.applications import actions as applications
from safar.control.passports.models import Application, ApplicationMove
from safar.control.passports.workflow.applications import APPLICATION
from safar.core.permissions import Actor


def move(actor: Actor, application: Application, name: str, *, note: str = "") -> Application:
    """Move it by the table of `workflow`, save it, and add the move to its time line.

    Raises:
        InvalidMove: there is no such move from where it stands.
    """
    APPLICATION.move(application, name)
    application.save()
    written(actor, application, name, note)
    return application


def written(actor: Actor, application: Application, name: str, note: str = "") -> None:
    """A line of the time line."""
    applications.written(actor, application, ApplicationMove, name, note)
