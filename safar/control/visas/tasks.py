"""What the worker does for visas: mails to applicants, the list of visas for posts, what is too old.

The list is made where the register is, each hour, and taken at a post within five minutes of lying
there. A list that is refused leaves the one before; the booth and `safar doctor` tell its age.
"""

import logging
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from safar.control.visas import actions
from safar.control.visas.actions import mailing, status_list
from safar.control.visas.actions.erasing import erase_application, erase_uses, erase_visa
from safar.control.visas.files import list_folder
from safar.control.visas.models import StatusMail
from safar.control.visas.queries.checking import newest_list
from safar.control.visas.queries.mails import waiting
from safar.control.visas.queries.over_time import lone_uses_over, over_time, visas_over
from safar.core.permissions import system

_log = logging.getLogger(__name__)
AGAIN = RetryStrategy(max_attempts=6, exponential_wait=4)  # seconds: 4, 16, … to 17 minutes
WORKER: Final = system("visas worker")


@app.periodic(cron="50 2 * * *")
@app.task(name="visas.clear_drafts", queue="clock", pass_context=False)
def clear_drafts(timestamp: int) -> None:
    """Delete what was begun and not touched for thirty days."""
    actions.clear_drafts(WORKER, None)


@app.periodic(cron="10 3 * * *")
@app.task(name="visas.erase_applications", queue="clock", pass_context=False)
def erase_applications(timestamp: int) -> None:
    """Erase what is past its time, each application in a transaction of its own."""
    for application in over_time().iterator():
        erase_application(WORKER, application)


@app.periodic(cron="20 3 * * *")
@app.task(name="visas.erase_visas", queue="clock", pass_context=False)
def erase_visas(timestamp: int) -> None:
    """Delete visas whose time is over, each in a transaction of its own, and lone uses together."""
    for visa in visas_over().iterator():
        erase_visa(WORKER, visa)
    if lone_uses_over().exists():
        erase_uses(WORKER, None)


@app.periodic(cron="5 * * * *")
@app.task(name="visas.make_list", queue="clock", pass_context=False)
def make_list(timestamp: int) -> None:
    """Put the next version of the list of visas where it is carried to the posts from."""
    if settings.SAFAR_VISA_LIST_TO:
        list_folder.put(Path(settings.SAFAR_VISA_LIST_TO), status_list.export_list(WORKER, None))


@app.periodic(cron="*/5 * * * *")
@app.task(name="visas.take_list", queue="clock", pass_context=False)
def take_list(timestamp: int) -> None:
    """Take the list of visas that was carried here, where it says to be newer than the one held."""
    if not settings.SAFAR_VISA_LIST_FROM:
        return
    folder, held = Path(settings.SAFAR_VISA_LIST_FROM), newest_list(imported=True)
    there = list_folder.version_in(folder)
    if there is not None and there > (held.version if held else 0):
        status_list.import_list(WORKER, None, data=list_folder.take(folder))


@app.task(name=mailing.TASK, queue=mailing.QUEUE, retry=AGAIN)
def send_mail(key: str) -> None:
    """Send one mail of the outbox; where the server for mail is away, later."""
    mail = StatusMail.objects.filter(pk=key).first()
    if mail is not None:  # else its application was erased meanwhile
        mailing.send_mail(WORKER, mail)


@app.periodic(cron="15 * * * *")
@app.task(name="visas.send_waiting", queue="clock", pass_context=False)
def send_waiting(timestamp: int) -> None:
    """Take up mails whose job has failed for good: an hour later, and for three days."""
    for mail in waiting(timedelta(hours=1)):
        try:
            mailing.send_mail(WORKER, mail)
        except (OSError, ValueError):  # the mail server's errors; the next hour tries again
            _log.warning("A mail to an applicant could not be sent.", exc_info=True)
