"""Reads of applications: what waits, one of them, and what is still to be done for it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from safar.control.applications import queries as shared
from safar.control.applications.rules import Problem, document_number
from safar.control.offices import queries as offices
from safar.control.offices.choices import Work
from safar.control.offices.models import IssuingOffice
from safar.control.passports.choices.applications import (
    ON_ITS_WAY,
    OPEN,
    PROTECTED,
    Reason,
    Status,
)
from safar.control.passports.choices.identity import Outcome
from safar.control.passports.choices.making import PassportStatus
from safar.control.passports.models import (
    Application,
    Attachment,
    Holder,
    IdentityMatch,
    PaperTerms,
)
from safar.control.passports.models.identity import told
from safar.control.passports.queries import identity, listed
from safar.control.passports.rules import applications as rules
from safar.core import audit, node
from safar.core.permissions import Actor
from safar.core.record import get_visible
from safar.lib import references

MOST_SHOWN = 200


def answers(application: Application) -> dict[str, Any]:
    """The answers by field, as the rules read them."""
    return {name: getattr(application, name) for name in _ANSWERS}


_ANSWERS = (
    "kind", "surname", "birth", "nationality", "birth_place", "sex", "personal_number", "reason",
    "earlier_issuer", "earlier_number", "second_reason", "came_herself", "representative_name",
    "representative_document",
)  # fmt: skip


def offices_of(actor: Actor) -> list[IssuingOffice]:
    """Where passports are applied for, and she works."""
    return offices.offices_of(actor, Work.PASSPORTS)


def terms(kind: str) -> PaperTerms | None:
    """What a kind costs and how long it is valid, if headquarters has set it."""
    return PaperTerms.objects.filter(kind=kind).first()


def runs_out_on(application: Application, issued: date) -> date | None:
    """The last day of what is issued to her on a day; None where no terms are set."""
    found = terms(application.kind)
    if found is None:
        return None
    return rules.runs_out_on(issued, application.birth, found.years, found.years_child)


def is_child(application: Application) -> bool:
    return rules.is_child(application.birth, timezone.localdate())


def paper_kinds(application: Application) -> frozenset[str]:
    """The kinds of paper that are there and not set aside."""
    return shared.paper_kinds(application.attachments)


def consents(application: Application) -> frozenset[str]:
    return frozenset(application.consents.values_list("relation", flat=True))


def wanted_papers(application: Application) -> tuple[str, ...]:
    """The papers that it needs, there or not."""
    today = timezone.localdate()
    return rules.wanted_papers(answers(application), consents(application), today)


def missing(application: Application) -> list[str]:
    """Answers, consents and papers that are not there: codes, see `rules.missing`."""
    given, today = answers(application), timezone.localdate()
    return rules.missing(given, paper_kinds(application), consents(application), today)


def problems(application: Application) -> list[Problem]:
    """What cannot be among the answers, today."""
    return rules.problems(answers(application), node.country(), timezone.localdate())


def remarks(application: Application) -> list[Problem]:
    """What is odd, and stops nothing."""
    return rules.remarks(answers(application), node.country())


def is_settled(application: Application) -> bool:
    """Whether the fee is paid, waived, or none is due."""
    return shared.account_of(application).is_settled


def still(application: Application) -> list[str]:
    """What stands before the check is done: answers, papers, fee, register and lists unasked."""
    found = missing(application)
    if not is_settled(application):
        found.append("fee")
    if identity.last_check(application) is None:
        found.append("identity")
    return found if listed.last_screening(application) else [*found, "lists"]


def still_to_approve(application: Application, *, whole: bool = False) -> list[str]:
    """What stands before an approval: all of `still`, and likenesses that nobody judged.

    As far as the application's own office may know; `whole`, for who decides: see
    `identity.open_matches`.
    """
    found = still(application)
    if identity.open_matches(application, whole=whole).exists():
        found.append("matches")
    if listed.open_matches(application).exists():
        found.append("list_matches")
    if len(_holders(application, whole=whole)) > 1:
        found.append("two_holders")
    if not found and holds_one(application, whole=whole):
        found.append("holds_one")
    return found


def holder_of(application: Application) -> Holder | None:
    """Who the identity check found her to be: the holder of an application judged the same."""
    return next(iter(_holders(application, whole=True)), None)


def _holders(application: Application, *, whole: bool) -> list[Holder]:
    same = application.identity_matches.filter(outcome=Outcome.SAME)
    same = same if whole else same.filter(told())
    found = Holder.objects.filter(applications__in=same.values("other"))
    return list(found.distinct().order_by("pk"))


def holds_one(application: Application, *, whole: bool = True) -> bool:
    """Whether she has one of this kind, or has it on its way, and asked for no second.

    A delivered one that is to be replaced is cancelled when the new one is handed over.
    """
    holder = next(iter(_holders(application, whole=whole)), None)
    asked = application.reason == Reason.SECOND and application.second_reason
    if holder is None or asked:
        return False
    on_its_way = holder.applications.filter(kind=application.kind, status__in=ON_ITS_WAY)
    if on_its_way.exclude(pk=application.pk).exists():
        return True
    valid = holder.passports.filter(
        kind=application.kind,
        status=PassportStatus.DELIVERED,
        expires_on__gte=timezone.localdate(),
    )
    return application.reason == Reason.FIRST and valid.exists()


def desk(actor: Actor, *, status: str = "", words: str = "") -> QuerySet[Application]:
    """The applications in sight: the open ones where no status is named, oldest first."""
    seen = Application.objects.visible_to(actor)
    if words:
        named = Q(surname__istartswith=words.strip()) | Q(number=references.tidy(words))
        number = document_number(words)
        found = seen.filter(named | Q(personal_number=number) | Q(earlier_number=number))
    elif status:
        found = seen.filter(status=status)
    else:
        found = seen.filter(status__in=[Status.DRAFT, *OPEN, *ON_ITS_WAY])
    return found.select_related("office").order_by("submitted_at", "pk")[:MOST_SHOWN]


def waits_for(actor: Actor) -> list[Application]:
    """What she can take the next step of: to finish, to check, to judge, or to approve."""
    seen = Application.objects.visible_to(actor).select_related("office")
    wanted = Q(pk__in=[])
    if actor.may("passports.check"):
        wanted |= Q(status=Status.SUBMITTED)
        wanted |= Q(status=Status.DRAFT, entered_by_id=actor.user_id)
    if actor.may("passports.approve"):
        own = Q(checked_by_id=actor.user_id) | Q(entered_by_id=actor.user_id)
        at_home = Q(office__country=node.country())
        # What was made at a consulate is decided at headquarters: see `decided_where_it_belongs`.
        wanted |= Q(status=Status.CHECKED) & ~own & (~at_home if actor.nationwide else at_home)
    if actor.may("passports.judge_identity"):
        unjudged = IdentityMatch.objects.visible_to(actor).filter(outcome="")
        waits = Q(status__in=OPEN, pk__in=unjudged.values("application"))
        wanted |= waits & ~Q(entered_by_id=actor.user_id)
    if actor.may("passports.clear_suspicion"):
        wanted |= Q(status__in=OPEN, identity_matches__outcome=Outcome.SUSPECTED)
    keys = seen.filter(wanted).values("pk")
    return list(seen.filter(pk__in=keys).order_by("changed_at")[:MOST_SHOWN])


def counts(actor: Actor) -> list[tuple[str, str, int]]:
    """How many of her offices' applications stand where: code, word, number; none left out."""
    rows = Application.objects.visible_to(actor).order_by().values_list("status")
    found = dict(rows.annotate(Count("pk")))
    order = [Status.DRAFT, *OPEN, *ON_ITS_WAY]
    return [(str(one), str(one.label), found.get(one, 0)) for one in order]


def application(actor: Actor, key: UUID) -> Application:
    """Return one in her sight, for an action.

    Raises:
        NotFound: the same whether it is missing or another office's.
    """
    return get_visible(Application.objects.select_related("office", "entered_by"), actor, key)


def open_application(actor: Actor, key: UUID, *, purpose: str = "page") -> Application:
    """Return one to be read, after its opening is on record."""
    found = application(actor, key)
    audit.opened(actor, "passports.open", f"Application:{found.pk}", purpose=purpose)
    return found


def papers(application: Application) -> QuerySet[Attachment]:
    """Its papers without their contents, by kind."""
    rows = application.attachments.defer("content").select_related("added_by", "set_aside_by")
    return rows.order_by("kind", "added_at")


def open_paper(actor: Actor, key: UUID) -> Attachment:
    """Return a paper with its content, after its opening is on record."""
    found = get_visible(Attachment.objects.select_related("application"), actor, key)
    target = f"Application:{found.application_id}"
    audit.opened(actor, "passports.open", target, purpose=f"paper {found.kind}")
    return found


def portrait(application: Application) -> Attachment | None:
    """The last photo that was not set aside, with its content."""
    return shared.last_photo(application.attachments.order_by("added_at"))


def is_protected(kind: str) -> bool:
    """Whether it is for somebody whom no other state may learn of."""
    return kind in PROTECTED
