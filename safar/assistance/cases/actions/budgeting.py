"""Keeping budgets: donors, projects and their lines."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from safar.assistance.cases import programmes
from safar.assistance.cases.models import BudgetLine, Donor, Project
from safar.assistance.cases.refusals import in_words
from safar.core.action import action, note, role_suffices
from safar.core.permissions import Actor


@dataclass(frozen=True)
class NewProject:
    """What a donor pays for. A donor of a new code is added with it."""

    code: str
    name: str
    donor_code: str
    donor_name: str
    programme: str
    currency: str
    starts_on: date
    ends_on: date | None = None


@action("cases.add_project", policies=(role_suffices,))
def add_project(actor: Actor, new: NewProject) -> Project:
    """Add a project of a programme of this installation, in one currency."""
    donor, _made = Donor.objects.get_or_create(
        code=new.donor_code, defaults={"name": new.donor_name}
    )
    return Project.objects.create(
        code=new.code,
        name=new.name,
        donor=donor,
        programme=programmes.get(new.programme).code,
        currency=new.currency,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
    )


@action("cases.add_line", policies=(role_suffices,))
def add_line(
    actor: Actor, project: Project, *, code: str, name: str, amount: Decimal
) -> BudgetLine:
    """Add a line to a project's budget."""
    with in_words():
        line = BudgetLine.objects.create(project=project, code=code, name=name, amount=amount)
    note(amount=str(amount), currency=project.currency)
    return line


@action("cases.change_line", policies=(role_suffices,))
def change_line(actor: Actor, line: BudgetLine, *, amount: Decimal) -> BudgetLine:
    """Change what a line may cost; not below what is granted from it.

    Raises:
        RuleBroken: more than that is granted already.
    """
    note(before=str(line.amount), after=str(amount))
    line.amount = amount
    with in_words():
        line.save()
    return line
