"""What a sending mission may learn of a return: the fields of the report on a visit."""

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices import PaymentStatus
from safar.assistance.cases.models import FollowUp, Payment
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


def report_content(file: ReturnFile, visit: FollowUp) -> dict[str, str]:
    """The fields of a report and their words, in the language that is active; empty ones left out."""
    case = file.case
    applicant = case.members.select_related("person").get(role="applicant").person
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
    }
    return {code: text.strip() for code, text in words.items() if text.strip()}


def _paid(file: ReturnFile) -> str:
    sums: dict[str, object] = {}
    payments = Payment.objects.filter(grant__case=file.case, status__in=PAID_STATES)
    for amount, currency in payments.values_list("amount", "grant__currency"):
        sums[currency] = sums.get(currency, 0) + amount  # type: ignore[operator]
    return ", ".join(f"{amount} {currency}" for currency, amount in sorted(sums.items()))
