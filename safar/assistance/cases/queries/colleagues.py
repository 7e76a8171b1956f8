"""To whom a case can be handed, and who may stand in for its lead."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from safar.accounts.choices import GrantStatus
from safar.accounts.models import Office, RoleGrant, User
from safar.accounts.roles import ASSISTANCE, ROLES
from safar.assistance.cases import programmes
from safar.assistance.cases.models import BudgetLine, Case, CaseAccess, Placement, Project
from safar.core.permissions import Actor


def workers() -> QuerySet[User]:
    """Users whose account is open and who hold a role of this wing."""
    codes = [code for code, role in ROLES.items() if role.wing == ASSISTANCE]
    held = RoleGrant.objects.filter(user=OuterRef("pk"), role__in=codes, status=GrantStatus.ACTIVE)
    return User.objects.filter(Exists(held), is_active=True).order_by("full_name")


def may_lead(case: Case) -> QuerySet[User]:
    """Colleagues who work the programme there, behind the wall where the case stands."""
    there = Placement.objects.filter(
        Q(office=None) | Q(office=case.office_id),
        user=OuterRef("pk"),
        programme=case.programme,
        compartments__contains=[case.compartment],
    )
    return workers().filter(Exists(there)).exclude(pk=case.lead_id)


def may_cover(actor: Actor, case: Case) -> QuerySet[User]:
    """Colleagues who may be named on the case; behind a wall, those who stand there already."""
    if case.compartment in ("open", "programme"):
        return workers().exclude(pk__in=[case.lead_id, actor.user_id])
    behind = Placement.objects.filter(
        user=OuterRef("pk"), programme=case.programme, compartments__contains=[case.compartment]
    )
    return workers().filter(Exists(behind)).exclude(pk__in=[case.lead_id, actor.user_id])


def who_cover(actor: Actor, case: Case) -> QuerySet[CaseAccess]:
    """Who is named on the case today, and until when."""
    named = CaseAccess.objects.visible_to(actor).filter(case=case)
    live = named.exclude(until__lt=timezone.localdate())
    return live.select_related("user").order_by("user__full_name")


def own_programmes(actor: Actor) -> list[tuple[str, str]]:
    """Programmes that she works."""
    placed = Placement.objects.filter(user=actor.user_id).values_list("programme", flat=True)
    codes = set(placed)
    return [(one.code, str(one.name)) for one in programmes.known() if one.code in codes]


def own_offices(actor: Actor) -> QuerySet[Office]:
    """Offices where she works; all of them, where she is placed everywhere."""
    placed = Placement.objects.filter(user=actor.user_id)
    if placed.filter(office=None).exists():
        return Office.objects.all()
    return Office.objects.filter(pk__in=placed.values("office"))


def lines_of(case: Case) -> QuerySet[BudgetLine]:
    """Budget lines that pay for the case's programme, its own project's first."""
    lines = BudgetLine.objects.filter(project__programme=case.programme)
    return lines.select_related("project").order_by("project__code", "code")


def projects_of(case: Case) -> QuerySet[Project]:
    return Project.objects.filter(programme=case.programme)
