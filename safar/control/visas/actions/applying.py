"""Writes of the applicant, or of the officer who types for her: begin, answer, hand in, send."""

from dataclasses import asdict, dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from safar.control.applications.actions import keep_paper
from safar.control.offices.models import IssuingOffice
from safar.control.visas import numbers, queries
from safar.control.visas.actions.moves import move
from safar.control.visas.choices.applications import Channel, Language, PaperKind
from safar.control.visas.models import (
    Application,
    Paper,
)
from safar.control.visas.policies.applications import (
    at_her_consulate,
    being_filled_in,
    in_sight,
    own_paper_of_draft,
    takes_papers,
)
from safar.control.visas.wording import applications as wording
from safar.core.action import action, note
from safar.core.errors import NotAllowed, RuleBroken
from safar.core.permissions import Actor
from safar.lib.partial_dates import PartialDate
from safar.reference import queries as reference


@dataclass(frozen=True)
class Who:
    """Who applies, as her travel document names her."""

    surname: str
    birth: PartialDate
    nationality: str
    given_names: str = ""
    name_written: str = ""
    sex: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""  # of her letters; empty: that of the page


@dataclass(frozen=True)
class Passport:
    """Her travel document; `issuer` is an ICAO code."""

    document_kind: str
    issuer: str
    document_number: str
    document_issued_on: date
    document_expires_on: date
    other_numbers: str = ""  # of passports that she had before, as she writes them


@dataclass(frozen=True)
class Journey:
    """What she asks for; `kind_id` and `consulate_id` are codes."""

    kind_id: str
    consulate_id: str
    purpose: str
    entries_asked: str
    arrives_on: date
    leaves_on: date
    inviter: str = ""
    address: str = ""


@action("visas.begin", policies=(at_her_consulate,))
def begin(
    actor: Actor,
    consulate: IssuingOffice | None,
    *,
    who: Who,
    channel: str = Channel.PUBLIC,
    code: str = "",
) -> Application:
    """Began an application, of which nothing is sent yet

    `consulate` is None on the public page, where it is asked for later; `code` is the one with
    which the applicant comes back: its hash is kept.
    """
    now = timezone.now()
    number = numbers.new_reference()
    application = Application(
        number=number,
        code_hash=numbers.hashed(number, code) if code else "",
        channel=channel,
        consulate=consulate,
        entered_by_id=actor.user_id,
        begun_at=now,
        changed_at=now,
        **asdict(who) | {"birth": who.birth, "language": who.language or _language()},
    )
    application.save()
    return application


def came_to(office: IssuingOffice) -> Channel:
    """How an application came that an officer types there: a post's visa desk bears its code."""
    return Channel.BORDER if reference.post(office.pk) else Channel.CONSULATE


@action("visas.write_answers", policies=(in_sight, being_filled_in))
def write_answers(
    actor: Actor, application: Application, *, answers: Who | Passport | Journey
) -> Application:
    """Wrote answers into an application that is not sent yet

    What an officer types came to the desk that she names.

    Raises:
        NotAllowed: an officer names a consulate where she does not work.
    """
    if isinstance(answers, Journey):
        at = IssuingOffice.objects.filter(pk=answers.consulate_id, in_use=True).first()
        if why_not := at_her_consulate(actor, at):
            raise NotAllowed(why_not)
        if at and application.channel != Channel.PUBLIC:
            application.channel = came_to(at)
    for name in answers.__dataclass_fields__:
        setattr(application, name, getattr(answers, name))
    application.language = application.language or _language()
    application.changed_at = timezone.now()
    application.save()
    note(step=type(answers).__name__)
    return application


@action("visas.add_paper", policies=(in_sight, takes_papers))
def add_paper(
    actor: Actor, application: Application, *, kind: str, name: str, content: bytes
) -> Paper:
    """Added a paper to an application

    Raises:
        RuleBroken: the file is not one that may be kept (`core.files.checked`), is there already,
            or there are twenty.
    """
    return keep_paper(
        actor,
        application,
        application.papers.all(),
        kind=PaperKind(kind),
        name=name,
        content=content,
    )


@action("visas.remove_paper", policies=(in_sight, own_paper_of_draft))
def remove_paper(actor: Actor, paper: Paper) -> None:
    """Removed a paper of an application that is not sent yet"""
    application = Application.objects.select_for_update().get(pk=paper.application_id)
    if why_not := being_filled_in(actor, application):  # it may be sent at this moment
        raise NotAllowed(why_not)
    note(kind=paper.kind)
    paper.delete()


@action("visas.renew_code", policies=(in_sight, being_filled_in))
def renew_code(actor: Actor, application: Application, *, code: str) -> Application:
    """Gave out a new code to come back with; the one before is worth nothing"""
    application.code_hash = numbers.hashed(application.number, code)
    application.save()
    return application


@action("visas.discard_draft", policies=(in_sight, being_filled_in))
def discard_draft(actor: Actor, application: Application) -> None:
    """Deleted an application that was never sent, with its papers"""
    application.delete()


@action("visas.submit", policies=(in_sight, being_filled_in))
def submit(actor: Actor, application: Application) -> Application:
    """Sent an application: what the kind asks for is all there

    The fee is that of today, whatever the kind costs later.

    Raises:
        RuleBroken: naming what is missing, or cannot be.
    """
    _refuse_unready(application)
    kind = application.kind
    assert kind is not None  # noqa: S101 - it is among the answers
    application.fee_due, application.currency = kind.fee, kind.currency
    application.submitted_at = application.changed_at = timezone.now()
    if application.channel == Channel.PUBLIC:
        application.language = _language()  # in which she read her answers once more
    return move(actor, application, "submit")


@action("visas.answer", policies=(in_sight,))
def answer(actor: Actor, application: Application) -> Application:
    """Sent again what the consulate had asked more of

    Raises:
        RuleBroken: naming what is still missing.
    """
    if lacking := queries.missing(application):
        raise RuleBroken(_("Still missing: %s") % wording.listed(lacking))
    application.changed_at = timezone.now()
    return move(actor, application, "answer")


def _language() -> str:
    """That of the page, for her letters."""
    active = (get_language() or "").partition("-")[0]
    return active if active in Language.values else Language.ENGLISH.value


def _refuse_unready(application: Application) -> None:
    if lacking := queries.missing(application):
        raise RuleBroken(_("Still missing: %s") % wording.listed(lacking))
    for problem in queries.problems(application):
        raise RuleBroken(wording.sentence(problem), field=problem.field)
