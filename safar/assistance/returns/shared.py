"""What a sending mission may learn of a return: the fields of the report on a visit."""

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.money import PaymentStatus
from safar.assistance.cases.models import Case, FollowUp, Payment, Person, Response, Score
from safar.assistance.cases.scoring import COMPOSITE, SUSTAINABILITY
from safar.assistance.cases.shared_fields import birth, know, names
from safar.assistance.returns.models import FeasibilityOption, ReturnFile

REFERENCE = know("request.mission_reference", _("Your reference"))
VISIT = know("assistance.visit", _("Visit"))
ARRIVAL = know("journey.arrival", _("Arrived"))
PLAN = know("assistance.plan", _("Plan"))
PAID = know("assistance.paid", _("Help paid"))
FOUND = know("assistance.found", _("What was found"))
SCORE = know("assistance.score", _("Sustainability survey"))
PAID_STATES = (PaymentStatus.PAID, PaymentStatus.RECONCILED)


def spoken_of(case: Case) -> Person:
    """Of whom the reports of a case speak: without her own consent none of them leaves."""
    return case.members.select_related("person").get(role="applicant").person


def report_content(file: ReturnFile, visit: FollowUp) -> dict[str, str]:
    """The fields of a report and their words, in the language that is active; empty ones left out."""
    case = file.case
    applicant = spoken_of(case)
    plan = FeasibilityOption.objects.filter(case=case, is_chosen=True).first()
    words = {
        REFERENCE.code: file.mission_reference,
        "identity.name": names(case, applicant),
        "identity.birth": birth(case, applicant),
        ARRIVAL.code: str(date_format(file.arrived_on, "j E Y")) if file.arrived_on else "",
        VISIT.code: f"{visit.title}: {visit.get_status_display()}",
        PLAN.code: f"{plan.get_kind_display()}: {plan.title}" if plan else "",
        PAID.code: _paid(file),
        FOUND.code: visit.remark,
        SCORE.code: _score(visit, applicant),
    }
    return {code: text.strip() for code, text in words.items() if text.strip()}


def _score(visit: FollowUp, person: Person) -> str:
    """What her survey of this visit came to on the whole, beside the first time in the case.

    No score leaves as long as nobody has signed off its weights: a mission would quote it.
    """
    hers = Q(person=person) | Q(person=None)  # a household's answers name nobody
    asked = Response.objects.filter(
        hers, case=visit.case_id, version__instrument__code=SUSTAINABILITY[0]
    )
    found = [(one, _whole(one)) for one in asked.prefetch_related("scores")]
    here = [score for one, score in found if score and one.occasion == visit.pk]
    if not here:
        return ""
    score, before = here[-1], next(of for _one, of in found if of)
    if not score.is_signed_off:
        return gettext("asked; no score is given, as nobody has signed off its weights yet")
    parts = [gettext("%(score)s of 1") % {"score": f"{score.value:.2f}"}]
    if before.pk != score.pk and before.rule == score.rule:
        parts.append(gettext("the first time %(score)s") % {"score": f"{before.value:.2f}"})
    return ", ".join(parts)


def _whole(response: Response) -> Score | None:
    """The score on the whole by the last rule; None where a dimension was not answered."""
    found = [one for one in response.scores.all() if one.dimension == COMPOSITE]
    return found[-1] if found else None


def _paid(file: ReturnFile) -> str:
    sums: dict[str, object] = {}
    payments = Payment.objects.filter(grant__case=file.case, status__in=PAID_STATES)
    for amount, currency in payments.values_list("amount", "grant__currency"):
        sums[currency] = sums.get(currency, 0) + amount  # type: ignore[operator]
    return ", ".join(f"{amount} {currency}" for currency, amount in sorted(sums.items()))
