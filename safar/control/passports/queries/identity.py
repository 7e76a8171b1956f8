"""Who among the holders, and among those who crossed a border, may be the applicant?"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from safar.control.passports.choices.applications import AttachmentKind, Status
from safar.control.passports.choices.identity import STILL_OPEN, FoundIn
from safar.control.passports.models import (
    Application,
    Attachment,
    IdentityCheck,
    IdentityMatch,
    Passport,
)
from safar.control.passports.models.identity import told
from safar.control.passports.queries import border_documents
from safar.control.passports.queries.people import mark_of, mark_of_shown, shown, someone
from safar.control.passports.rules import identity as rules
from safar.control.passports.rules.identity import Alike, Someone
from safar.control.travellers.models import TravelDocument
from safar.core import audit, node
from safar.core.permissions import Actor
from safar.core.record import get_visible

MOST = 5_000  # rows of one birth, or of one year of birth and one part of a name


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be the applicant: an application of hers, or a document she showed.

    `protected`: a refugee or stateless person, now or by anything that was known of her before.
    """

    alike: Alike
    other: Application | None = None
    document: TravelDocument | None = None
    protected: bool = False

    @property
    def found_in(self) -> FoundIn:
        return FoundIn.REGISTER if self.other else FoundIn.BORDER

    @property
    def for_headquarters(self) -> bool:
        """Whether a consulate may not know of her: see `models.identity.told`."""
        return self.protected or self.found_in == FoundIn.BORDER

    @property
    def mark(self) -> str:
        """Changes when what is known of the candidate changes."""
        if self.other:
            return mark_of(self.other)
        return mark_of_shown(self.document) if self.document else ""


def candidates(application: Application) -> list[Candidate]:
    """Everybody who has to be judged, the likeliest first; of one holder a single row."""
    person = someone([application])
    found = [*_in_register(application, person), *_at_border(application, person)]
    return sorted(found, key=lambda one: -one.alike.score)


def _in_register(application: Application, person: Someone) -> Iterator[Candidate]:
    """Compared with all that a holder ever told, shown by what she told last."""
    known: dict[UUID, list[Application]] = defaultdict(list)
    for row in _rows(application, person):
        known[row.holder_id or row.pk].append(row)
    own = application.holder_id
    for key, rows in known.items():
        if own and key == own:
            continue
        told = [someone(rows, issued=True), *(someone([row]) for row in rows[1:])]
        alike = [found for one in told if (found := rules.compare(person, one))]
        if alike:
            best = max(alike, key=lambda found: found.score)
            protected = any(not row.is_national for row in rows)
            yield Candidate(best, other=rows[0], protected=protected)


def _rows(application: Application, person: Someone) -> list[Application]:
    """Newest first: those who share birth, number, document or photo, and their holders' others."""
    rows = Application.objects.exclude(pk=application.pk).exclude(status=Status.DRAFT)
    photo = Attachment.objects.filter(kind=AttachmentKind.PHOTO, sha256__in=person.photos)
    by_photo = Q(pk__in=photo.values("application"))
    found = rows.filter(_by_birth(application) | _by_number(application) | by_photo)
    keys = list(found.order_by("-begun_at").values_list("pk", "holder")[:MOST])
    holders = {holder for _key, holder in keys} - {None}
    wanted = Q(pk__in=[key for key, _holder in keys]) | Q(holder__in=holders)
    pictures = Attachment.objects.filter(kind=AttachmentKind.PHOTO).defer("content")
    whole = rows.filter(wanted).select_related("office").order_by("-begun_at")
    return list(whole.prefetch_related(Prefetch("attachments", pictures), "passports"))


def _by_birth(application: Application) -> Q:
    birth = application.birth
    assert birth is not None  # noqa: S101 - the database says so
    same = Q(birth__in=rules.birth_keys(birth))
    # Of a year alone there are too many: they share a part of a name too.
    return same if birth.is_full else same & Q(name_keys__overlap=application.name_keys)


def _by_number(application: Application) -> Q:
    found = Q(pk__in=[])
    if application.personal_number:
        found |= Q(personal_number=application.personal_number)
    if application.earlier_number:
        issuer, number = application.earlier_issuer, application.earlier_number
        found |= Q(earlier_issuer=issuer, earlier_number=number)
        if issuer == node.country():
            found |= Q(pk__in=Passport.objects.filter(number=number).values("application"))
    return found


def _at_border(application: Application, person: Someone) -> Iterator[Candidate]:
    """Documents of another state, or of this one under another identity: not her own one."""
    seen = list(border_documents.shown_at_border(application))
    for row in {mark_of_shown(one): one for one in reversed(seen)}.values():
        alike = rules.compare(person, shown(row))
        if alike and not border_documents.is_own(application, row):
            yield Candidate(alike, document=row, protected=border_documents.is_protected(row))


def last_check(application: Application) -> IdentityCheck | None:
    """The last look for her, if it was for the person as she stands there now."""
    found = application.identity_checks.first()
    return found if found and found.mark == mark_of(application) else None


def matches(application: Application) -> QuerySet[IdentityMatch]:
    rows = application.identity_matches.select_related("other__office", "document", "judged_by")
    return rows.order_by("-score", "pk")


def shown_to(actor: Actor, application: Application) -> QuerySet[IdentityMatch]:
    """Those that are there for her: a consulate is told of nobody under protection."""
    return matches(application).filter(IdentityMatch.scope(actor))


def open_matches(application: Application, *, whole: bool = False) -> QuerySet[IdentityMatch]:
    """Not judged, or suspected: they stop the approval.

    As far as the application's own office may know; `whole`, for who decides at headquarters.
    """
    rows = application.identity_matches.filter(outcome__in=STILL_OPEN)
    return rows if whole else rows.filter(told())


def newly_found(application: Application) -> list[Candidate]:
    """Candidates of this moment whom no look before has found: nobody can have judged them.

    A document counts by what it tells: one that was shown again is no news, another name in it is.
    """
    rows = list(matches(application))
    known = {row.other_id for row in rows if row.other_id}
    holders = {row.other.holder_id for row in rows if row.other and row.other.holder_id}
    documents = {row.document_id for row in rows if row.document_id}
    marks = {row.mark.partition(":")[2] for row in rows if row.other_id is None}

    def is_news(one: Candidate) -> bool:
        if one.other:
            return one.other.pk not in known and one.other.holder_id not in holders
        shown = one.document is not None and one.document.pk in documents
        return not shown and one.mark[:32] not in marks

    return [one for one in candidates(application) if is_news(one)]


def match(actor: Actor, key: UUID) -> IdentityMatch:
    """Return one of an application in her sight.

    Raises:
        NotFound: the same whether it is missing or another office's.
    """
    rows = IdentityMatch.objects.select_related("application__office", "other__office", "document")
    return get_visible(rows, actor, key)


def may_see(actor: Actor, match: IdentityMatch) -> bool:
    """Whether she may be shown who the candidate is.

    A refugee or stateless person, and whoever was seen at a border, is shown at no consulate: only
    offices inside the country, and headquarters, know that there is one.
    """
    return actor.nationwide or not is_withheld(match)


def is_abroad(application: Application) -> bool:
    """Whether it was made at a consulate, which stands in a state that somebody may have fled."""
    return application.office.country_id != node.country()


def is_withheld(match: IdentityMatch) -> bool:
    """Whether the application's own office may not know that there is this likeness."""
    kept_back = match.protected or match.found_in == FoundIn.BORDER
    return kept_back and is_abroad(match.application)


def opened(actor: Actor, match: IdentityMatch, purpose: str = "identity") -> IdentityMatch:
    """Write down that she looked at the candidate, too."""
    if match.other_id:
        audit.opened(actor, "passports.open", f"Application:{match.other_id}", purpose=purpose)
    elif match.document_id:
        target = f"TravelDocument:{match.document_id}"
        audit.opened(actor, "passports.open", target, purpose=purpose)
    return match
