"""Writes of the outbox: an e-mail that there is news, queued with the move that it is about.

The row and the job are written in the move's own transaction, so that none is lost; a mail is sent
under its row's lock and marked, so that none is sent twice. A server that died between the two
sends it again under the same Message-ID, by which the receiving side knows it.
"""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from procrastinate.contrib.django import app

from safar.control.visas.models import Application, ApplicationMove, StatusMail
from safar.control.visas.wording import mails as wording
from safar.core.action import action, note, role_suffices
from safar.core.permissions import Actor

TOLD: Final = frozenset({"submit", "ask_more", "grant", "refuse", "issue"})
TASK, QUEUE = "visas.send_mail", "mail"
GIVEN_UP_AFTER: Final = timedelta(days=3)


def tell(application: Application, move: ApplicationMove) -> StatusMail | None:
    """Put a mail about a move into the outbox; None where there is no address, or no news."""
    if move.move not in TOLD or not application.email or not settings.SAFAR_MAIL_FROM:
        return None
    mail = StatusMail(application=application, move=move, queued_at=timezone.now())
    mail.save()
    app.configure_task(TASK, queue=QUEUE, allow_unknown=True).defer(key=str(mail.pk))
    return mail


@action("visas.send_mail", policies=(role_suffices,))
def send_mail(actor: Actor, mail: StatusMail) -> StatusMail:
    """Sent an applicant the word that there is news, once"""
    if mail.sent_at or mail.given_up_at:
        return mail
    now, application = timezone.now(), mail.application
    if application.email and now - mail.queued_at <= GIVEN_UP_AFTER:
        _message(application, mail).send()
        mail.sent_at = now
    else:
        mail.given_up_at = now
    mail.save()
    note(move=mail.move.move, sent=mail.sent_at is not None)
    return mail


def _message(application: Application, mail: StatusMail) -> EmailMessage:
    subject, body = wording.news(application.number, mail.move.move, application.language)
    domain = settings.SAFAR_MAIL_FROM.rpartition("@")[2].strip("> ") or "localhost"
    headers = {
        "Message-ID": f"<{mail.pk}@{domain}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office answers
        "Content-Language": application.language,
    }
    return EmailMessage(
        subject, body, settings.SAFAR_MAIL_FROM, [application.email], headers=headers
    )
