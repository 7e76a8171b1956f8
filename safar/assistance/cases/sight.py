"""Who may know of a case, a person, or a part of either: the first of two walls.

The second is row-level security in PostgreSQL (`walls.py`), which says the same again for
whatever a query forgets. A test compares the two.
"""

from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import BooleanField, F, Func, Q, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from safar.assistance.cases.choices.case import Compartment
from safar.core.permissions import Actor


class Placed(Func):
    """Whether a user works a programme in an office behind a compartment's wall.

    The database answers with all her places once for a statement (`safar_places`).
    """

    template = "(%(expressions)s) = ANY ((SELECT safar_places(%(who)s))::text[])"
    arg_joiner = " || '|' || "
    output_field = BooleanField()

    def __init__(self, *key: Any, who: UUID | None) -> None:
        super().__init__(*key)
        self.who = who

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:  # type: ignore[override]
        sql, params = super().as_sql(compiler, connection, **{"who": "%s", **context})
        return sql, (*params, self.who)


BY_NAME_ALONE = (Compartment.OPEN, Compartment.PROGRAMME)


def sees_case(actor: Actor) -> Q:
    """Cases of the programmes, offices and compartments where she is placed, and those that
    bear her name. A restricted one needs both."""
    if _is_safar(actor):
        return Q()
    named = Q(pk__in=_named(actor).values("case"))
    here = Placed("programme", Cast("office", TextField()), "compartment", who=actor.user_id)
    somewhere = Placed("programme", Value("*"), "compartment", who=actor.user_id)
    return (Q(here) & (~Q(compartment=Compartment.RESTRICTED) | Q(lead=actor.user_id) | named)) | (
        named & (Q(compartment__in=BY_NAME_ALONE) | Q(somewhere))
    )


def of_case(actor: Actor, field: str = "case") -> Q:
    """Rows of the cases that she sees."""
    if _is_safar(actor):
        return Q()
    return Q(**{f"{field}__in": _model("Case").objects.visible_to(actor)})


def of_part(actor: Actor, field: str = "case") -> Q:
    """Rows of those cases; rows with a compartment of their own only behind that wall too."""
    if _is_safar(actor):
        return Q()
    office = Cast(f"{field}__office", TextField())
    here = Placed(f"{field}__programme", office, "compartment", who=actor.user_id)
    return of_case(actor, field) & (Q(compartment="") | Q(here))


def of_arrival(actor: Actor) -> Q:
    """Referrals to us that have a case in sight; from behind another wall than the case's, behind
    that one too."""
    if _is_safar(actor):
        return Q()
    office = Cast("case__office", TextField())
    here = Placed("case__programme", office, "compartment", who=actor.user_id)
    return of_case(actor) & (Q(compartment=F("case__compartment")) | Q(here))


def sees_person(actor: Actor) -> Q:
    """People of the cases that she sees: nobody is listed who is helped elsewhere alone."""
    return of_person(actor, "pk")


def of_person(actor: Actor, field: str = "person") -> Q:
    """Rows about the people whom she sees."""
    if _is_safar(actor):
        return Q()
    members = _model("CaseMember").objects.visible_to(actor)
    return Q(**{f"{field}__in": members.values("person")})


def written_in_sight(actor: Actor) -> Q:
    """Rows about a person that were written from a case in sight, or from none."""
    if _is_safar(actor):
        return Q()
    return Q(written_in=None) | Q(written_in__in=_model("Case").objects.visible_to(actor))


def sees_household(actor: Actor) -> Q:
    """Households in which somebody lives whom she sees."""
    if _is_safar(actor):
        return Q()
    return Q(pk__in=_model("HouseholdMember").objects.visible_to(actor).values("household"))


def _named(actor: Actor) -> Any:
    today = timezone.now().date()  # in UTC, as the database counts it
    live = Q(until=None) | Q(until__gte=today)
    return _model("CaseAccess").objects.filter(live, user=actor.user_id)


def _is_safar(actor: Actor) -> bool:
    """Safar's own work, and none that is done on behalf of a person."""
    return actor.user_id is None and actor.nationwide


def _model(name: str) -> Any:
    return apps.get_model("cases", name)
