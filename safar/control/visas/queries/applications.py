"""Reads of applications: what waits, one of them, and what is still to be done for it."""

import re
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from safar.control.applications import queries as shared
from safar.control.applications.rules import Problem, document_number
from safar.control.visas import rules
from safar.control.visas.choices.applications import OPEN, PaperKind, Status
from safar.control.visas.models import (
    Application,
    ApplicationMove,
    Fee,
    Interview,
    Paper,
    Screening,
    ScreeningMatch,
    VisaKind,
)
from safar.control.visas.rules import Needs
from safar.control.watchlist import queries as lists
from safar.core import audit
from safar.core.permissions import Actor
from safar.core.record import get_visible

MOST_SHOWN = 200


def needs(kind: VisaKind | None) -> Needs | None:
    """What a kind asks for, as the rules read it. Everybody hands in a photo and the passport."""
    if kind is None:
        return None
    return Needs(
        entries=tuple(kind.entries),
        max_days=kind.max_days,
        max_validity_days=kind.max_validity_days,
        document_days=kind.document_days,
        papers=tuple(dict.fromkeys([PaperKind.PHOTO, PaperKind.PASSPORT, *kind.papers])),
        inviter=kind.needs_inviter,
    )


def answers(application: Application) -> dict[str, Any]:
    """The answers by field; of kind and consulate the codes."""
    named = {name: getattr(application, name) for name in rules.ANSWERS if name not in _KEYS}
    keys = {name: getattr(application, f"{name}_id") for name in _KEYS}
    return {**named, **keys, "inviter": application.inviter}


_KEYS = ("kind", "consulate")


def paper_kinds(application: Application) -> frozenset[str]:
    """The kinds of paper that are there and not set aside."""
    return shared.paper_kinds(application.papers)


def missing(application: Application) -> list[str]:
    """Answers and papers that are not there: codes, see `rules.missing`."""
    return rules.missing(answers(application), paper_kinds(application), needs(application.kind))


def problems(application: Application) -> list[Problem]:
    """What cannot be among the answers, today."""
    return rules.problems(answers(application), needs(application.kind), timezone.localdate())


def person_of(application: Application) -> lists.Person:
    """The applicant, as the lists are asked for her."""
    names = (f"{application.surname}, {application.given_names}".strip(", "),)
    written = (application.name_written,) if application.name_written else ()
    return lists.Person(
        names=names + written,
        birth=application.birth,
        sex=application.sex,
        citizenship=application.nationality,
        documents=tuple((application.issuer, number) for number in numbers_of(application)),
    )


def numbers_of(application: Application) -> list[str]:
    """The number of her travel document, and those of the ones before it, in standard form."""
    before = re.split("[,;/]", application.other_numbers)
    found = [application.document_number, *map(document_number, before)]
    return list(dict.fromkeys(number for number in found if len(number) >= 3))


def last_screening(application: Application) -> Screening | None:
    """The last look at the lists, if it was for the person as she stands there now and is fresh."""
    found: Screening | None = shared.last_screening(application.screenings, person_of(application))
    return found


def is_settled(application: Application) -> bool:
    """Whether the fee is paid, waived, or none is due."""
    return shared.account_of(application).is_settled


def still(application: Application) -> list[str]:
    """What stands before the preparation: missing answers and papers, fee, interview, screening."""
    found = missing(application)
    if not is_settled(application):
        found.append("fee")
    kind = application.kind
    if kind and kind.needs_interview and not application.interviews.exists():
        found.append("interview")
    return found if last_screening(application) else [*found, "screening"]


def still_to_decide(application: Application) -> list[str]:
    """What stands before a grant: all of `still`, and a likeness that nobody judged."""
    found = still(application)
    screening = last_screening(application)
    if screening and screening.matches.filter(outcome="", discreet=False).exists():
        found.append("matches")
    return found


def desk(actor: Actor, *, status: str = "", words: str = "") -> QuerySet[Application]:
    """The applications in sight: the open ones where no status is named, oldest first."""
    found = Application.objects.visible_to(actor)
    found = (
        found.filter(status=status) if status else found.filter(status__in=[*OPEN, Status.GRANTED])
    )
    if words:
        number = document_number(words)
        asked = Q(surname__istartswith=words.strip()) | Q(document_number=number)
        found = Application.objects.visible_to(actor).filter(asked | Q(number=_as_number(words)))
    ordered = found.select_related("kind", "consulate").order_by("submitted_at", "pk")
    return ordered[:MOST_SHOWN]


def _as_number(words: str) -> str:
    signs = document_number(words)
    return f"{signs[:4]}-{signs[4:]}"


def waits_for(actor: Actor) -> list[Application]:
    """What she can take the next step of: to prepare, or to decide what another prepared."""
    seen = Application.objects.visible_to(actor).select_related("kind", "consulate")
    wanted = Q(pk__in=[])
    if actor.may("visas.prepare"):
        wanted |= Q(status=Status.SUBMITTED)
        wanted |= Q(status=Status.DRAFT, entered_by_id=actor.user_id)
    if actor.may("visas.grant"):
        own = Q(prepared_by_id=actor.user_id) | Q(entered_by_id=actor.user_id)
        wanted |= Q(status=Status.PREPARED) & ~own
    first = F("arrives_on").asc(nulls_last=True)  # who travels first
    return list(seen.filter(wanted).order_by(first, "changed_at")[:MOST_SHOWN])


def application(actor: Actor, key: UUID) -> Application:
    """Return one in her sight, for an action.

    Raises:
        NotFound: the same whether it is missing or another consulate's.
    """
    rows = Application.objects.select_related("kind", "consulate", "entered_by")
    return get_visible(rows, actor, key)


def open_application(actor: Actor, key: UUID, *, purpose: str = "page") -> Application:
    """Return one to be read, after its opening is on record."""
    found = application(actor, key)
    audit.opened(actor, "visas.open", f"Application:{found.pk}", purpose=purpose)
    return found


def word_of_preparer(application: Application) -> str:
    """What the officer who prepared it wrote for the one who decides, if anything."""
    last = application.moves.filter(move="prepare").order_by("-at").first()
    return last.note if last else ""


def papers(application: Application) -> QuerySet[Paper]:
    """Its papers without their contents, by kind."""
    rows = application.papers.defer("content").select_related("added_by", "set_aside_by")
    return rows.order_by("kind", "added_at")


def open_paper(actor: Actor, key: UUID) -> Paper:
    """Return a paper with its content, after its opening is on record."""
    found = get_visible(Paper.objects.all(), actor, key)
    target = f"Application:{found.application_id}"
    audit.opened(actor, "visas.open", target, purpose=f"paper {found.kind}")
    return found


def moves(application: Application) -> QuerySet[ApplicationMove]:
    return application.moves.all()


def fees(application: Application) -> QuerySet[Fee]:
    return application.fees.all()


def open_fee(actor: Actor, key: UUID) -> Fee:
    """Return a fee with its application, for a receipt; its opening is on record."""
    found = get_visible(
        Fee.objects.select_related("application__kind", "application__consulate"), actor, key
    )
    audit.opened(actor, "visas.open", f"Application:{found.application_id}", purpose="receipt")
    return found


def interviews(application: Application) -> QuerySet[Interview]:
    return application.interviews.all()


def matches(actor: Actor, screening: Screening) -> list[ScreeningMatch]:
    """The likenesses of a screening that she may see; whoever judges reads their entries."""
    rows = ScreeningMatch.objects.visible_to(actor).filter(screening=screening)
    judges = actor.may("visas.judge_match")
    return shared.opened_matches(actor, rows, judges=judges, what="visa")


def earlier(actor: Actor, application: Application) -> QuerySet[Application]:
    """Other applications in her sight on the same document or an earlier one, newest first."""
    same = Application.objects.visible_to(actor).filter(
        issuer=application.issuer, document_number__in=numbers_of(application)
    )
    return same.exclude(pk=application.pk).order_by("-begun_at")[:10]
