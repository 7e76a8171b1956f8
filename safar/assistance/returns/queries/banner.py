"""How a return stands, in one sentence above the page of its case."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.assistance.cases.choices.work import FollowUpStatus
from safar.assistance.cases.due import Banner
from safar.assistance.cases.models import Case, Grant
from safar.assistance.returns.choices import Order
from safar.assistance.returns.models import Declaration, Journey, ReturnFile
from safar.assistance.returns.queries.due import CLAIMS, ON_THE_WAY, is_near
from safar.assistance.returns.rules import ASSESSMENT, plan_due
from safar.core.permissions import Actor
from safar.reference import queries as reference

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def banner(actor: Actor, case: Case) -> Banner | None:
    """What holds the return, what somebody has to look at, or that nothing stands in its way."""
    file = ReturnFile.objects.visible_to(actor).filter(case=case).first()
    if file is None or case.closed_on:
        return None
    today = timezone.localdate()
    found = _held(file) or _before(file, case) or _after(actor, file, case, today)
    tone, title, text = found or _ready(file, case)
    return Banner(tone, title, text, _facts(file))


Found = tuple[str, "StrOrPromise", "StrOrPromise"]


def _held(file: ReturnFile) -> Found | None:
    if file.order != Order.STANDS:
        return None
    return (
        "hold",
        _("A deportation order stands"),
        _("No help to return is lawful. End the case, and refer the person to legal aid."),
    )


def _before(file: ReturnFile, case: Case) -> Found | None:
    if case.status == "referred":
        return "info", _("Counselling has not begun yet"), _("It is the person's own choice.")
    if file.order == Order.UNKNOWN:
        return (
            "check",
            _("Nobody has asked yet whether a deportation order stands"),
            _("Without the answer nobody signs a declaration."),
        )
    if case.status == "counselling" and (names := _missing(case)):
        return (
            "check",
            _("There is no declaration yet of %(names)s") % {"names": ", ".join(names)},
            _("Nothing is booked before everybody has signed."),
        )
    due = case.follow_ups.filter(code__startswith=ASSESSMENT, status=FollowUpStatus.DUE)
    if person := due.select_related("person").first():
        return (
            "check",
            _("A full assessment of needs is due: %(name)s") % {"name": person.person},
            _("A yes was given to a question on vulnerability."),
        )
    return None


def _missing(case: Case) -> list[str]:
    """Who has not signed, or has taken it back."""
    standing = Declaration.objects.filter(case=case, withdrawn_on=None).values("person")
    rows = case.members.filter(left_on=None).exclude(person__in=standing)
    return [str(one.person) for one in rows.select_related("person").order_by("joined_on", "pk")]


def _after(actor: Actor, file: ReturnFile, case: Case, today: date) -> Found | None:
    if case.status not in CLAIMS or file.arrived_on is None or file.claim_by is None:
        return None
    granted = Grant.objects.visible_to(actor).filter(case=case).exists()
    if not granted and file.claim_by < today:
        day = {"day": date_format(file.claim_by)}
        return "check", _("The claim ran out on %(day)s") % day, _("Nothing was granted by then.")
    if not granted and is_near(file.claim_by, today):
        left = (file.claim_by - today).days
        words = ngettext(
            "The claim runs out in %(n)s day", "The claim runs out in %(n)s days", left
        )
        said = words % {"n": left} if left else _("The claim runs out today")
        return "check", said, _("Nothing is granted yet, and afterwards nothing can be.")
    if case.status == "arrived" and (until := plan_due(file.arrived_on)) < today:
        late = _("The plan was to be agreed by %(day)s") % {"day": date_format(until)}
        return "check", late, _("A month after the arrival is over.")
    return None


def _ready(file: ReturnFile, case: Case) -> Found:
    if case.status in ON_THE_WAY:
        ready = case.status == "travel_arranged"
        return "clear", _("Ready to depart") if ready else _("On the way home"), _flight(case)
    if case.status == "arrived" and file.arrived_on:
        day = date_format(plan_due(file.arrived_on), "j E")
        by = _("The plan is to be agreed by %(day)s.") % {"day": day}
        return "clear", _("Arrived at home"), by
    title, text = {
        "counselling": (_("Everybody has signed"), _("The journey may be arranged.")),
        "declared": (_("Everybody has declared"), _("The journey may be arranged.")),
        "reintegrating": (_("The plan is agreed"), _("Grants are given for it, and paid.")),
        "monitored": (_("Every tranche is paid"), _("Only visits are left.")),
    }.get(case.status, (case.status_name, ""))
    return "clear", title, text


def _flight(case: Case) -> str:
    found = Journey.objects.filter(case=case).select_related("meets").first()
    if found is None:
        return ""
    when = date_format(timezone.localtime(found.arrives_at), "j E, H:i")
    words = {"flight": found.flight, "when": when, "who": found.meets}
    return _("%(flight)s lands %(when)s; %(who)s meets them.") % words


def _facts(file: ReturnFile) -> "tuple[StrOrPromise, ...]":
    """The sending state, the arrival, and the last day of the claim."""
    facts = [_("from %(state)s") % {"state": reference.country_name(file.sending)}]
    if file.arrived_on:
        facts.append(_("arrived %(day)s") % {"day": date_format(file.arrived_on, "j M Y")})
    if file.claim_by:
        facts.append(_("claim until %(day)s") % {"day": date_format(file.claim_by, "j M Y")})
    return tuple(facts)
