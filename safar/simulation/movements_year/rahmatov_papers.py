"""The Rahmatov family's papers and money: letters, the loan's draft, what was granted and paid."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from safar.assistance.cases.actions import approving, buying, granting, notes, papers, paying
from safar.assistance.cases.actions.budgeting import NewProject, add_line, add_project
from safar.assistance.cases.actions.buying import NewVendor
from safar.assistance.cases.actions.granting import NewGrant
from safar.assistance.cases.actions.papers import DocumentFacts
from safar.assistance.cases.actions.paying import NewPayment
from safar.assistance.cases.choices.money import GrantKind, PaymentMethod, PaymentStatus
from safar.assistance.cases.choices.papers import DocumentKind
from safar.assistance.cases.models import BudgetLine, Document, Grant, Payment, Vendor
from safar.assistance.movements import loan_paper
from safar.assistance.movements.actions import loans
from safar.assistance.movements.models import TravelLoan
from safar.assistance.movements.programme import MOVEMENTS
from safar.assistance.movements.queries.loan import travellers
from safar.core.permissions import system
from safar.simulation import mission
from safar.simulation.clock import on_day

if TYPE_CHECKING:
    from safar.simulation.movements_year.rahmatov import Told

# What for, what is planned, what was paid, to whom, how many days ago it was prepared.
MONEY = (
    ("Flights, five on loan", 4310, 0, "", 10),
    ("Medicals", 700, 700, "Polyclinic 3", 19),
    ("Exit and travel papers", 185, 148, "State registration service", 20),
    ("Winter clothing", 300, 292, "Dordoi winter wear", 17),
)
LOAN_TITLE = "Travel loan, draft"


def keep_letters(told: "Told") -> None:
    """The letter of acceptance, the signed consents, the certificates of birth."""
    for kind, title, issuer, day, lines in (
        (DocumentKind.CONSENT, "Consent, five signatures", "", -267,
         ("Consent to the sharing of data", "Uzbek and English, five signatures")),
        (DocumentKind.CIVIL_STATUS, "Birth certificates, three", "Registry of Kunduz", -240,
         ("Certificates of birth", "Sitora, Behruz, Madina: translated and certified")),
        (DocumentKind.DECISION, "Acceptance letter, Canada", "IRCC", -21,
         ("Immigration, Refugees and Citizenship Canada", "The family is accepted")),
    ):  # fmt: skip
        with on_day(told.day(day), 12):
            facts = DocumentFacts(kind, title, issuer=issuer, issued_on=told.day(day))
            pages = 2 if kind == DocumentKind.DECISION else 1
            papers.add_document(told.actor, told.case, facts=facts, file=pdf(lines, pages))


def draft_loan(told: "Told") -> None:
    loan = loans.draft_loan(told.actor, told.case)
    facts = DocumentFacts(DocumentKind.DECLARATION, LOAN_TITLE, number=loan.number)
    papers.add_document(told.actor, told.case, facts=facts, file=_note(told, loan, "en"))


def look_at_loan(told: "Told") -> None:
    """A colleague reads it; the second draft is in the family's office language too."""
    words = "Looked at the travel loan: the page with the rules is unclear, a second draft is kept."
    notes.add_note(mission.actor(mission.SECOND_CASEWORKER), told.case, text=words)
    loan = TravelLoan.objects.get(case=told.case)
    document = Document.objects.get(case=told.case, title=LOAN_TITLE)
    papers.add_version(told.actor, document, file=_note(told, loan, "ru"))


def _note(told: "Told", loan: TravelLoan, language: str) -> bytes:
    return loan_paper.promissory_note(loan, list(travellers(told.case)), language=language)


def spend(told: "Told") -> None:
    """Each payment by the hands that it needs: prepared, agreed, released, paid, reconciled."""
    line = _line(told.day(-300))
    for what, planned, paid, to, days in MONEY:
        with on_day(told.day(-days), 11):
            new = NewGrant(line, GrantKind.SERVICE, what, Decimal(planned), "CAN-GAR, line 2.1")
            grant = granting.give_grant(told.actor, told.case, new=new)
        if paid:
            _pay(told, grant, Decimal(paid), to, told.day(-days))


def _line(since: date) -> BudgetLine:
    new = NewProject(
        code="CAN-2026", name="Canada 2026", donor_code="CAN", donor_name="Canada",
        programme=MOVEMENTS.code, currency="USD", starts_on=since,
    )  # fmt: skip
    project = add_project(system("simulation"), new)
    return add_line(
        system("simulation"), project, code="2.1", name="Movements", amount=Decimal(120_000)
    )


def _pay(told: "Told", grant: Grant, amount: Decimal, to: str, since: date) -> None:
    officer, finance = mission.actor(mission.OFFICER), mission.actor(mission.FINANCE)
    with on_day(since, 12):
        vendor = _vendor(to)
        due_on = timezone.localdate() + timedelta(days=7)
        new = NewPayment(amount, PaymentMethod.VENDOR, due_on, vendor=vendor)
        payment = paying.plan_payment(told.actor, grant, new=new)
    with on_day(since + timedelta(days=2), 11):
        approving.approve(officer, payment.approval)
    with on_day(since + timedelta(days=3), 11):
        payment.refresh_from_db()
        if payment.status != PaymentStatus.RELEASED:
            payment.approval.refresh_from_db()
            approving.release(finance, payment.approval)
    with on_day(since + timedelta(days=5), 11):
        payment = Payment.objects.get(pk=payment.pk)
        receipt = f"R-{told.case.number[-4:]}-{grant.purpose[:3].upper()}"
        paying.record_paid(told.actor, payment, receipt=receipt, paid_on=timezone.localdate())
    with on_day(since + timedelta(days=9), 11):
        payment.refresh_from_db()
        paying.reconcile(finance, payment)


def _vendor(name: str) -> Vendor:
    found = Vendor.objects.filter(name=name).first()
    return found or buying.add_vendor(mission.actor(mission.FINANCE), NewVendor(name))


def pdf(lines: Sequence[str], pages: int = 1) -> bytes:
    """A plain PDF with these lines on its first page (ISO 32000-2 §7.5)."""
    words = " ".join(f"({line}) Tj 0 -24 Td" for line in lines)
    first = f"BT /F1 14 Tf 72 760 Td {words} ET"
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
    ]
    for number in range(pages):
        text = first if not number else "BT ET"
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Contents {4 + 2 * number} 0 R /Resources << /Font << /F1 << /Type /Font "
            "/Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
            f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        ]
    return _file(objects)


def _file(objects: Iterable[str]) -> bytes:
    body, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(places) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return body + f"{end}startxref\n{len(body)}\n%%EOF\n".encode("ascii")
