"""What the worker does for visas: mails to applicants; at night old drafts and applications go."""

import logging
from datetime import timedelta
from typing import Final

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from safar.control.visas import actions
from safar.control.visas.actions import mailing
from safar.control.visas.actions.erasing import erase_application
from safar.control.visas.models import StatusMail
from safar.control.visas.queries.mails import waiting
from safar.control.visas.queries.over_time import over_time
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
