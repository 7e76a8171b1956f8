"""At each step an applicant is told that there is news, in her language, and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone, translation
from procrastinate.contrib.django.models import ProcrastinateJob

from safar.control.visas import actions, tasks
from safar.control.visas.actions import mailing
from safar.control.visas.applicant import applicant
from safar.control.visas.choices.issued import VisaForm
from safar.control.visas.models import Application, StatusMail
from safar.control.visas.queries.mails import waiting
from safar.core.record import writing
from tests.makers import visas as make
from tests.makers import visas_issued as issued
from tests.makers.accounts import audited

pytestmark = pytest.mark.django_db
ADDRESS = "irina@example.org"
WHO = replace(make.WHO, email=ADDRESS)


def delivered():
    """What the worker sends, as the applicant gets it."""
    for job in ProcrastinateJob.objects.filter(task_name=mailing.TASK).order_by("pk"):
        tasks.send_mail(**job.args)
    return mail.outbox


def texts():
    return [(sent.subject, sent.body) for sent in mail.outbox]


def test_each_step_tells_her_and_no_other_move_does():
    application = make.prepared(who=WHO)
    actions.ask_more(make.clerk(), application, what="A clearer photo")
    actions.answer(applicant(), make.again(application))
    actions.prepare(make.clerk(), make.again(application))
    actions.refuse(make.consul(), make.again(application), grounds=["means"], reason="No money")
    moves = list(StatusMail.objects.values_list("move__move", flat=True))
    assert moves == ["submit", "ask_more", "refuse"]
    assert [sent.to for sent in delivered()] == [[ADDRESS]] * 3
    assert StatusMail.objects.filter(sent_at=None).count() == 0


def test_granted_and_ready_are_told_too():
    issued.fresh_keys()
    try:
        visa = issued.issued(form=VisaForm.E_VISA, who=replace(WHO, nationality="IND"))
    finally:
        issued.forget_keys()
    rows = StatusMail.objects.filter(application=visa.application)
    assert list(rows.values_list("move__move", flat=True)) == ["submit", "grant", "issue"]


def test_a_mail_says_neither_who_she_is_nor_what_was_decided():
    application = make.prepared(who=WHO)
    actions.refuse(make.consul(), application, grounds=["means"], reason="No money was shown")
    sent = delivered()[-1]
    whole = f"{sent.subject} {sent.body}"
    assert application.number in sent.subject
    assert application.number in sent.body
    said = [
        "PETROVA", "IRINA", "1994", "Utopia", "U44109826", "refus", "grant", "decid", "means",
        "No money", "Istanbul", "Tourist",
    ]  # fmt: skip
    for word in said:
        assert word.lower() not in whole.lower(), word


def test_a_granted_and_a_refused_one_get_the_same_words():
    first, second = make.prepared(who=WHO), make.prepared(who=WHO)
    actions.refuse(make.consul(), first, grounds=["means"], reason="No money")
    actions.grant(make.consul(), second, terms=make.terms())
    delivered()
    told = {(s.replace(n, "X"), b.replace(n, "X")) for n in (first.number, second.number)
            for s, b in texts() if n in s and "received" not in b}  # fmt: skip
    assert len(told) == 1


def test_it_is_in_the_language_in_which_she_applied():
    with translation.override("ru"):
        application = make.sent(who=WHO)
    assert make.again(application).language == "ru"
    english = make.sent(who=WHO)
    assert english.language == "en"
    told = {sent.extra_headers["Content-Language"] for sent in delivered()}
    assert told == {"ru", "en"}


def test_without_an_address_or_without_a_sender_there_is_no_mail():
    make.sent(who=make.WHO)
    assert not StatusMail.objects.exists()
    with override_settings(SAFAR_MAIL_FROM=""):
        make.sent(who=WHO)
    assert not StatusMail.objects.exists()
    make.sent(who=WHO)
    assert StatusMail.objects.count() == 1  # the negative control


def test_what_is_sent_is_not_sent_again():
    make.sent(who=WHO)
    row = StatusMail.objects.get()
    for _time in range(3):
        tasks.send_mail(str(row.pk))
    tasks.send_waiting(0)
    assert len(mail.outbox) == 1
    assert len(audited("visas.send_mail")) >= 1


def test_the_database_has_one_mail_for_a_move():
    make.sent(who=WHO)
    row = StatusMail.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic(), writing("visas"):
        StatusMail.objects.create(
            application=row.application, move=row.move, queued_at=timezone.now()
        )


def test_a_move_that_is_rolled_back_leaves_no_mail_and_no_job():
    application = make.filled(who=WHO)
    with transaction.atomic():
        actions.submit(applicant(), application)
        assert StatusMail.objects.exists()
        transaction.set_rollback(True)
    assert not StatusMail.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name=mailing.TASK).exists()


def test_where_the_server_is_away_it_waits_and_is_sent_later(monkeypatch):
    make.sent(who=WHO)
    row = StatusMail.objects.get()

    def away(_self):
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", away)
        with pytest.raises(ConnectionRefusedError):
            tasks.send_mail(str(row.pk))
        _older(row, hours=2)
        tasks.send_waiting(0)
    row.refresh_from_db()
    assert row.sent_at is None
    assert list(waiting(timedelta(hours=1))) == [row]
    tasks.send_waiting(0)
    assert len(mail.outbox) == 1
    assert not waiting(timedelta()).exists()


def test_after_three_days_it_is_given_up():
    make.sent(who=WHO)
    row = StatusMail.objects.get()
    _older(row, hours=73)
    tasks.send_waiting(0)
    row.refresh_from_db()
    assert row.given_up_at is not None
    assert mail.outbox == []


def test_a_second_sending_bears_the_same_number():
    """A server that died between sending and marking sends again: the receiver knows it."""
    make.sent(who=WHO)
    row = StatusMail.objects.get()
    tasks.send_mail(str(row.pk))
    with writing("visas"):
        StatusMail.objects.filter(pk=row.pk).update(sent_at=None)
    tasks.send_mail(str(row.pk))
    assert len({sent.extra_headers["Message-ID"] for sent in mail.outbox}) == 1
    assert len(mail.outbox) == 2


def test_the_address_of_the_status_page_is_named_where_it_is_known():
    with override_settings(SAFAR_PUBLIC_URL="https://visas.example.org/"):
        make.sent(who=WHO)
        delivered()
    assert "https://visas.example.org/visas/apply/status/" in mail.outbox[0].body


def test_what_an_officer_types_has_the_language_that_she_chooses():
    application = make.draft(make.clerk(), who=replace(WHO, language="ky"))
    assert application.language == "ky"
    assert Application.objects.get().language == "ky"


def _older(row, hours):
    with writing("visas"):
        StatusMail.objects.filter(pk=row.pk).update(
            queued_at=timezone.now() - timedelta(hours=hours)
        )
