"""Writes of who types an application: begin, answer, hand in papers and consents, send."""

from dataclasses import asdict, dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.accounts.two_people import by_a_person
from safar.control.applications.actions import keep_paper
from safar.control.offices.models import IssuingOffice
from safar.control.passports import queries
from safar.control.passports.actions.moves import move
from safar.control.passports.choices.applications import (
    PROTECTED,
    AttachmentKind,
    PaperKind,
    Relation,
)
from safar.control.passports.models import Application, Attachment, Consent
from safar.control.passports.policies.applications import (
    a_draft,
    at_her_office,
    being_filled_in,
    in_sight,
    of_draft,
    takes_papers,
)
from safar.control.passports.queries.people import names_of
from safar.control.passports.rules.identity import name_keys
from safar.control.passports.wording import applications as wording
from safar.core import node
from safar.core.action import action, note
from safar.core.errors import NotAllowed, RuleBroken
from safar.core.permissions import Actor
from safar.lib import references
from safar.lib.partial_dates import PartialDate

AT_HOME = _("Travel papers of refugees and stateless persons are issued inside the country alone.")
NO_TERMS = _("Headquarters has not set yet what this costs and how long it is valid.")


@dataclass(frozen=True)
class Who:
    """Who applies. `former_names`: whole names that she bore before."""

    surname: str
    birth: PartialDate
    nationality: str
    given_names: str = ""
    name_written: str = ""
    former_names: tuple[str, ...] = ()
    birth_place: str = ""
    sex: str = ""
    personal_number: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Asked:
    """Why she applies, and who came to the office."""

    reason: str
    earlier_issuer: str = ""
    earlier_number: str = ""
    second_reason: str = ""
    came_herself: bool = True
    representative_name: str = ""
    representative_document: str = ""


@action("passports.begin", policies=(at_her_office, by_a_person))
def begin(actor: Actor, office: IssuingOffice, *, kind: str, who: Who) -> Application:
    """Began an application for a passport, card or travel paper

    Raises:
        NotAllowed: a refugee's or stateless person's at a consulate.
    """
    _refuse_abroad(office, kind)
    now = timezone.now()
    application = Application(
        number=references.new(),
        kind=PaperKind(kind),
        office=office,
        entered_by_id=actor.user_id,
        begun_at=now,
        changed_at=now,
    )
    _write(application, who)
    return application


@action("passports.write_answers", policies=(in_sight, being_filled_in))
def write_answers(actor: Actor, application: Application, *, answers: Who | Asked) -> Application:
    """Wrote answers into an application"""
    _write(application, answers)
    note(step=type(answers).__name__)
    return application


def _write(application: Application, answers: Who | Asked) -> None:
    given = asdict(answers)
    if isinstance(answers, Who):
        given |= {"birth": answers.birth, "former_names": list(answers.former_names)}
    for name, value in given.items():
        setattr(application, name, value)
    application.name_keys = name_keys(names_of(application))
    application.changed_at = timezone.now()
    application.save()


@action("passports.add_paper", policies=(in_sight, takes_papers))
def add_paper(
    actor: Actor, application: Application, *, kind: str, name: str, content: bytes
) -> Attachment:
    """Added a paper to an application

    Raises:
        RuleBroken: the file is not one that may be kept (`core.files.checked`), is there already,
            or there are twenty.
    """
    return keep_paper(
        actor,
        application,
        application.attachments.all(),
        kind=AttachmentKind(kind),
        name=name,
        content=content,
    )


@action("passports.remove_paper", policies=(in_sight, of_draft))
def remove_paper(actor: Actor, paper: Attachment) -> None:
    """Removed a paper of an application that is not sent yet"""
    _still_draft(actor, paper)
    note(kind=paper.kind)
    paper.delete()


@action("passports.add_consent", policies=(in_sight, takes_papers, by_a_person))
def add_consent(
    actor: Actor,
    application: Application,
    *,
    relation: str,
    name: str,
    document: str,
    given_on: date,
) -> Consent:
    """Wrote down that a parent or guardian agrees"""
    if given_on > timezone.localdate():
        raise RuleBroken(_("This day is still to come."), field="given_on")
    if application.consents.filter(relation=relation).exists():
        raise RuleBroken(_("This consent is written down already."), field="relation")
    consent = Consent(
        application=application,
        relation=Relation(relation),
        name=name.strip(),
        document=document.strip(),
        given_on=given_on,
        added_at=timezone.now(),
        added_by_id=actor.user_id,
    )
    consent.save()
    note(relation=relation)
    return consent


@action("passports.remove_consent", policies=(in_sight, of_draft))
def remove_consent(actor: Actor, consent: Consent) -> None:
    """Removed a consent that was mistyped, or taken back"""
    _still_draft(actor, consent)
    note(relation=consent.relation)
    consent.delete()


@action("passports.discard_draft", policies=(in_sight, a_draft))
def discard_draft(actor: Actor, application: Application) -> None:
    """Deleted an application that was never sent, with its papers"""
    application.delete()


@action("passports.submit", policies=(in_sight, a_draft))
def submit(actor: Actor, application: Application) -> Application:
    """Sent an application: what it needs is all there

    The fee is that of today, whatever it costs later.

    Raises:
        RuleBroken: naming what is missing, or cannot be.
    """
    _refuse_unready(application)
    terms = queries.terms(application.kind)
    if terms is None:
        raise RuleBroken(NO_TERMS)
    application.fee_due, application.currency = terms.fee, terms.currency
    application.submitted_at = application.changed_at = timezone.now()
    return move(actor, application, "submit")


@action("passports.answer", policies=(in_sight, by_a_person))
def answer(actor: Actor, application: Application) -> Application:
    """Received what was asked more of

    Raises:
        RuleBroken: naming what is still missing.
    """
    _refuse_unready(application)
    application.changed_at = timezone.now()
    return move(actor, application, "answer")


def _refuse_abroad(office: IssuingOffice, kind: str) -> None:
    """A consulate stands in a state that the holder may have fled from."""
    if kind in PROTECTED and office.country_id != node.country():
        raise NotAllowed(AT_HOME)


def _refuse_unready(application: Application) -> None:
    if lacking := queries.missing(application):
        raise RuleBroken(_("Still missing: %s") % wording.listed(lacking))
    for problem in queries.problems(application):
        raise RuleBroken(wording.sentence(problem), field=problem.field)


def _still_draft(actor: Actor, of: Attachment | Consent) -> None:
    """It may be sent at this moment."""
    Application.objects.select_for_update().get(pk=of.application_id)
    of.refresh_from_db(fields=["application"])
    if why_not := of_draft(actor, of):
        raise NotAllowed(why_not)
