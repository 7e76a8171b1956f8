"""The money of the demonstration's returns: each payment by the hands that it needs, on its days."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from safar.assistance.cases.actions import approving, buying, paying
from safar.assistance.cases.actions.budgeting import NewProject, add_line, add_project
from safar.assistance.cases.actions.buying import NewVendor
from safar.assistance.cases.actions.paying import NewPayment
from safar.assistance.cases.choices.case import MemberRole
from safar.assistance.cases.choices.money import GrantKind, PaymentMethod, PaymentStatus
from safar.assistance.cases.models import Case, Grant, Payment, Vendor
from safar.assistance.returns.actions import reintegration
from safar.assistance.returns.models import Scheme
from safar.assistance.returns.programme import RETURNS
from safar.core.permissions import Actor, system
from safar.reference.queries import country_name
from safar.simulation import mission
from safar.simulation.clock import on_day

VENDORS = ("Dordoi tools", "Osh bazaar, livestock", "Alamedin machines", "Naryn building yard")
ASKED = (Decimal("0.85"), Decimal("0.92"), Decimal("1.04"))  # of the grant, by three vendors
Days = Iterator[int]  # what is done, and after how many days the next hand is at it


def add_budgets() -> None:
    """A project of each sending state with one line, in its scheme's currency; and vendors."""
    for scheme in Scheme.objects.prefetch_related("lines"):
        new = NewProject(
            code=f"{scheme.sending}-RETURNS",
            name=f"Returns: {scheme.name}",
            donor_code=scheme.sending,
            donor_name=country_name(scheme.sending),
            programme=RETURNS.code,
            currency=scheme.lines.all()[0].currency,
            starts_on=scheme.valid_from,
        )
        project = add_project(system("simulation"), new)
        add_line(system("simulation"), project, code="2.1", name="Grants", amount=Decimal(90_000))
    for name in VENDORS:
        buying.add_vendor(mission.actor(mission.FINANCE), NewVendor(name))


def spend(actor: Actor, case: Case, since: date, today: date) -> None:
    """Buy and pay what was granted, as far as today lets it; the last step states that it is all."""
    ends = [_go(_flow(actor, grant), since, today) for grant in case.grants.all()]
    is_over = ends and all(end and end <= today for end in ends)
    if is_over and not case.closed_on:
        with on_day(max(end for end in ends if end), 16):
            reintegration.finish_help(actor, case)


def _go(flow: Days, day: date, today: date) -> date | None:
    """Take one step after another, each on its day; the last day, where all was done by today."""
    while day <= today:
        with on_day(day, 11):
            wait = next(flow, None)
        if wait is None:
            return day
        day += timedelta(days=wait)
    return None


def _flow(actor: Actor, grant: Grant) -> Days:
    return _bought(actor, grant) if grant.kind == GrantKind.IN_KIND else _in_cash(actor, grant)


def _bought(actor: Actor, grant: Grant) -> Days:
    """Three quotes, one payment to the vendor, the delivery, and a look on the spot."""
    purchase = buying.begin_purchase(actor, grant, item="Stock and tools of the plan")
    vendors = list(Vendor.objects.order_by("name"))[: len(ASKED)]
    quotes = [
        buying.add_quote(
            actor, purchase, vendor=vendor, amount=grant.ceiling * share,
            quoted_on=timezone.localdate(),
        )
        for vendor, share in zip(vendors, ASKED, strict=True)
    ]  # fmt: skip
    buying.choose_quote(actor, purchase, quote=quotes[0])
    new = NewPayment(
        quotes[0].amount, PaymentMethod.VENDOR, timezone.localdate() + timedelta(days=14),
        vendor=vendors[0], purchase=purchase,
    )  # fmt: skip
    payment = paying.plan_payment(actor, grant, new=new)
    yield from _signed(payment)
    buying.order_purchase(actor, purchase, order_number=f"O-{grant.case.number[-4:]}")
    yield 5
    delivered = {"delivered_on": timezone.localdate(), "delivery_note": "signed by the returnee"}
    buying.record_delivery(actor, purchase, **delivered)  # type: ignore[arg-type]
    yield 2
    yield from _paid(actor, payment)
    yield 10
    check = {"is_as_ordered": True, "check_note": "In use"}
    buying.check_purchase(mission.actor(mission.OFFICER), purchase, **check)  # type: ignore[arg-type]


def _in_cash(actor: Actor, grant: Grant) -> Days:
    """Two tranches to the returnee, the second a month after the first."""
    person = grant.case.members.get(role=MemberRole.APPLICANT).person
    for tranche in (1, 2):
        new = NewPayment(
            grant.ceiling / 2, PaymentMethod.BANK, timezone.localdate() + timedelta(days=7),
            person=person, tranche=tranche,
        )  # fmt: skip
        payment = paying.plan_payment(actor, grant, new=new)
        yield from _signed(payment)
        yield from _paid(actor, payment)
        yield 30 if tranche == 1 else 1


def _signed(payment: Payment) -> Days:
    """A programme officer agrees, finance releases: neither of them prepared it."""
    yield 3
    approving.approve(mission.actor(mission.OFFICER), payment.approval)
    yield 1
    payment.refresh_from_db()
    if payment.status != PaymentStatus.RELEASED:
        payment.approval.refresh_from_db()
        approving.release(mission.actor(mission.FINANCE), payment.approval)
    yield 2


def _paid(actor: Actor, payment: Payment) -> Days:
    """Paid against a receipt by her who leads the case, reconciled by finance."""
    payment.refresh_from_db()
    receipt = f"R-{payment.case.number[-4:]}-{payment.tranche}"
    paying.record_paid(actor, payment, receipt=receipt, paid_on=timezone.localdate())
    yield 12
    payment.refresh_from_db()
    paying.reconcile(mission.actor(mission.FINANCE), payment)
