"""What falls due for a worker by the programme of returns; visits are follow-ups of the kernel.

Her cases are read first, by themselves: whatever is asked then is asked of their rows alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from safar.assistance.cases.choices.case import MemberRole
from safar.assistance.cases.choices.sharing import SharingPurpose
from safar.assistance.cases.choices.work import FollowUpStatus
from safar.assistance.cases.due import Due
from safar.assistance.cases.models import Case, CaseMember, Consent, FollowUp, Grant
from safar.assistance.cases.queries import work
from safar.assistance.returns.models import Journey, ReturnFile
from safar.assistance.returns.rules import CLAIM_NEAR, FOLLOW_UP, REPORT_WITHIN, plan_due
from safar.core.permissions import Actor

PROGRAMME = "returns"
ON_THE_WAY = ("travel_arranged", "departed")
CLAIMS = ("arrived", "reintegrating")
VISIT = FOLLOW_UP.format("")
AFTER_CLOSING = timedelta(days=90)  # so long a report is asked for after the case was closed
Cases = Mapping[UUID, Case]


def due(actor: Actor, today: date) -> list[Due]:
    """Plans, claims and reports of the returns that she works, and arrivals that she meets."""
    cases = {one.pk: one for one in work.own_cases(actor) if one.programme == PROGRAMME}
    return [
        *_of_files(actor, cases, today),
        *_arrivals(actor, cases, today),
        *_reports(actor, cases, today),
    ]


def _of_files(actor: Actor, cases: Cases, today: date) -> Iterable[Due]:
    here = [one.pk for one in cases.values() if one.status in CLAIMS]
    if not here:
        return
    files = list(ReturnFile.objects.visible_to(actor).filter(case__in=here))
    yield from (_plan(cases[one.case_id], one) for one in files if _has_no_plan(cases, one))
    near = [one for one in files if is_near(one.claim_by, today)]
    given = _granted(actor, [one.case_id for one in near])
    yield from (_claim(cases[one.case_id], one) for one in near if one.case_id not in given)


def is_near(claim_by: date | None, today: date) -> bool:
    """Whether a claim runs out within the next weeks, and has not run out yet."""
    return claim_by is not None and today <= claim_by <= today + CLAIM_NEAR


def _has_no_plan(cases: Cases, file: ReturnFile) -> bool:
    return cases[file.case_id].status == "arrived" and file.arrived_on is not None


def _granted(actor: Actor, cases: Sequence[UUID]) -> set[UUID]:
    """Cases in which the scheme's help was granted, be it in part."""
    if not cases:
        return set()
    grants = Grant.objects.visible_to(actor).filter(case__in=cases)
    return set(grants.values_list("case_id", flat=True))


def _plan(case: Case, file: ReturnFile) -> Due:
    arrived = file.arrived_on
    assert arrived  # noqa: S101 - for the types
    return Due(
        case,
        _("Agree on the plan"),
        reverse("returns:step", args=[case.pk, "weigh"]),
        plan_due(arrived),
        _("within a month of the arrival on %(day)s") % {"day": date_format(arrived, "j E")},
    )


def _claim(case: Case, file: ReturnFile) -> Due:
    return Due(
        case,
        _("Claim the help of the scheme"),
        reverse("returns:case", args=[case.pk]),
        file.claim_by,
        _("nothing is granted yet, and afterwards nothing can be"),
    )


def _arrivals(actor: Actor, cases: Cases, today: date) -> Iterable[Due]:
    """Landings of today and tomorrow, and those of before that nobody wrote anything about."""
    midnight = timezone.make_aware(datetime.combine(today, datetime.min.time()))
    until = midnight + timedelta(days=2)
    hers = [one.pk for one in cases.values() if one.status in ON_THE_WAY]
    journeys = Journey.objects.visible_to(actor).select_related("case").filter(
        arrives_at__lt=until, case__closed_on=None, case__status__in=ON_THE_WAY
    )  # fmt: skip
    met = Q(meets=actor.user_id, arrives_at__gte=midnight - timedelta(days=7))
    found = {one.case_id: one for one in journeys.filter(met)}
    if hers:
        found |= {one.case_id: one for one in journeys.filter(case__in=hers)}
    return [_arrival(actor, one) for one in found.values()]


def _arrival(actor: Actor, journey: Journey) -> Due:
    lands = timezone.localtime(journey.arrives_at)
    url = reverse("returns:case", args=[journey.case_id])
    if journey.case.status == "departed" and actor.may("returns.receive"):
        url = reverse("returns:step", args=[journey.case_id, "receive"])
    words = {"airport": journey.airport, "flight": journey.flight}
    onward = _("onward to %(town)s") % {"town": journey.onward_to} if journey.onward_to else ""
    return Due(
        journey.case,
        _("Meet them at %(airport)s, %(flight)s") % words,
        url,
        lands.date(),
        ", ".join(filter(None, (_("from %(city)s") % {"city": journey.departs_from}, onward))),
        at=lands.time().replace(second=0, microsecond=0),
    )


def _reports(actor: Actor, cases: Cases, today: date) -> Iterable[Due]:
    """Visits that were made, and that the mission has not heard of."""
    if not actor.may("returns.report_visit"):
        return []
    closed = Case.objects.visible_to(actor).filter(
        lead=actor.user_id, programme=PROGRAMME, closed_on__gte=today - AFTER_CLOSING
    )
    all_cases = {**{one.pk: one for one in closed}, **cases}
    visits = FollowUp.objects.visible_to(actor).filter(
        case__in=list(all_cases), code__startswith=VISIT, mission_report=None
    ).exclude(status=FollowUpStatus.DUE)  # fmt: skip
    found = list(visits)
    agreed, refused = _asked(actor, {one.case_id for one in found}, today)
    return [
        _report(all_cases[one.case_id], one, may_know=one.case_id in agreed)
        for one in found
        if one.case_id not in refused
    ]


def _asked(actor: Actor, cases: set[UUID], today: date) -> tuple[set[UUID], set[UUID]]:
    """Cases whose applicant agreed that the mission may know, and those where she took it back."""
    if not cases:
        return set(), set()
    applicants = CaseMember.objects.visible_to(actor).filter(
        case=OuterRef("case"), role=MemberRole.APPLICANT
    )
    consents = Consent.objects.visible_to(actor).filter(
        case__in=cases,
        purpose=SharingPurpose.REPORT,
        person=Subquery(applicants.values("person")[:1]),
    )
    rows = list(consents.values_list("case_id", "withdrawn_at", "expires_on"))
    agreed = {case for case, withdrawn, until in rows if withdrawn is None and until >= today}
    return agreed, {case for case, withdrawn, _until in rows if withdrawn} - agreed


def _report(case: Case, visit: FollowUp, *, may_know: bool | None) -> Due:
    closed = timezone.localdate(visit.closed_at)
    if may_know:
        url, about = reverse("returns:report_visit", args=[visit.pk]), ""
    else:
        url = reverse("cases:consent_add", args=[case.pk])
        about = _("ask first whether the mission may know: there is no live consent")
    title = _("Report to the mission: %(visit)s") % {"visit": visit.title}
    return Due(case, title, url, closed + REPORT_WITHIN, about)
