"""Makers of what loans, the report and the list of past departures need: schemes, files, departures."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from safar.accounts.models import User
from safar.assistance.cases.models import Case
from safar.assistance.movements.actions import loans as actions
from safar.assistance.movements.models import (
    Departure,
    MovementFile,
    MovementScheme,
    TravelLoan,
)
from safar.assistance.movements.programme import MOVEMENTS
from safar.core.record import writing
from safar.simulation import movements_past
from tests.makers import cases as kernel
from tests.makers.accounts import actor

BY_STATE = "TEST-STATE"
ON_LOAN = "TEST-LOAN"


def worker(
    username: str = "7301", role: str = "caseworker", at: str | None = kernel.BISHKEK
) -> User:
    return kernel.caseworker(username, role=role, programme=MOVEMENTS.code, at=at)


def scheme(code: str = ON_LOAN, destination: str = "", loan: bool = True) -> MovementScheme:
    """A scheme of the tests; the same one when asked for again."""
    amounts = (
        {"loan_adult": Decimal("1400.00"), "loan_child": Decimal("1050.50"), "loan_currency": "USD"}
        if loan
        else {}
    )
    with writing():
        made, _ = MovementScheme.objects.get_or_create(
            code=code,
            valid_from=date(2000, 1, 1),
            defaults={
                "destination": destination, "name": f"Scheme {code}", "selection": "mission",
                "fare": "resettlement", "payer": "loan" if loan else "state",
                "source": "made for a test", "confidence": "high", **amounts,
            },
        )  # fmt: skip
    return made


def schemes_of_the_past() -> None:
    for to, (_people, code, _towns) in movements_past.PEOPLE.items():
        scheme(code, "" if code == "FAM-REUN" else to)


def movement(by: User, *people: object, of: MovementScheme | None = None, to: str = "USA",
             status: str = "preparing", **how: object) -> Case:  # fmt: skip
    """A movement that is under way, with its file."""
    case = kernel.case(by, programme=MOVEMENTS.code, people=list(people) or None, **how)  # type: ignore[arg-type]
    with writing():
        MovementFile.objects.create(
            case=case, scheme=of or scheme(), destination=to, departs_from="KGZ",
            referred_by="unhcr",
        )  # fmt: skip
        Case.objects.filter(pk=case.pk).update(status=status, phase=MOVEMENTS.phases[status])
    return Case.objects.get(pk=case.pk)


def left(case: Case, on: date, *, departs_from: str = "KGZ", only: Sequence[str] = ()) -> None:
    """Everybody of the case left, or those of these surnames alone."""
    file = MovementFile.objects.get(case=case)
    with writing():
        for member in case.members.all():
            if only and str(member.person).partition(" ")[0] not in only:
                continue
            Departure.objects.create(
                case=case, member=member, scheme=file.scheme, departed_on=on,
                departs_from=departs_from, destination=file.destination,
            )  # fmt: skip


def drafted(by: User, case: Case) -> TravelLoan:
    return actions.draft_loan(actor(by), case)


def signed(by: User, case: Case, on: date) -> TravelLoan:
    signer = case.members.get(role="applicant")
    return actions.sign_loan(actor(by), drafted(by, case), signer=signer, on=on)


def assigned(by: User, case: Case, on: date) -> TravelLoan:
    return actions.assign_loan(actor(by), signed(by, case, on), to="IOM, loans", on=on)
