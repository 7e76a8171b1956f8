"""May this be granted in a return? Only what the sending state's scheme gives this family."""

from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.models import Case, Grant
from safar.assistance.cases.programmes import Terms
from safar.assistance.returns.choices import GrantPurpose
from safar.assistance.returns.models import ReturnFile
from safar.assistance.returns.queries.files import entitled_lines
from safar.assistance.returns.rules import Line
from safar.core.errors import RuleBroken


def rule_of(file: ReturnFile, line: Line) -> str:
    """By which line of which scheme a grant was given: kept with the grant."""
    return f"{file.scheme.code}:{line.purpose}:{line.per}"


def may_grant(case: Case, terms: Terms) -> RuleBroken | None:
    """Whoever grants, and from whichever page: by the scheme, once arrived, while it is claimed.

    To give less than before needs none of this.
    """
    if terms.of and terms.ceiling <= terms.of.ceiling:
        return None
    # Two who grant by the same rule at once wait here for each other.
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    file = ReturnFile.objects.select_related("scheme", "case").get(case=case)
    lines = [line for _label, line in entitled_lines(case)]
    entitled = next((one for one in lines if rule_of(file, one) == terms.rule), None)
    if entitled is None or entitled.given != terms.kind:
        return RuleBroken(_("The scheme does not give this. Grant by one of its lines."))
    return _why_not_now(file, entitled) or _why_not_so_much(file, entitled, terms)


def _why_not_now(file: ReturnFile, entitled: Line) -> RuleBroken | None:
    if file.case.status not in ("arrived", "reintegrating"):
        return RuleBroken(_("Grants are given after the arrival."))
    if file.case.status == "arrived" and entitled.purpose != GrantPurpose.MEDICAL:
        return RuleBroken(_("Choose the plan first: a grant serves a plan."))
    if file.claim_by and timezone.localdate() > file.claim_by:
        return RuleBroken(_("The time to claim this help is over."))
    return None


def _why_not_so_much(file: ReturnFile, entitled: Line, terms: Terms) -> RuleBroken | None:
    if terms.currency != entitled.currency:
        return RuleBroken(_("This line is in another currency than the scheme."), field="line")
    given = Grant.objects.filter(case=file.case, rule=terms.rule)
    others = given.exclude(pk=terms.of.pk) if terms.of else given
    so_far = others.aggregate(sum=Sum("ceiling"))["sum"] or Decimal(0)
    if so_far + terms.ceiling <= entitled.ceiling:
        return None
    most = _("The scheme gives at the most {most} {currency} for this, and {given} is given.")
    return RuleBroken(
        most.format(most=entitled.ceiling, currency=entitled.currency, given=so_far),
        field="ceiling",
    )
