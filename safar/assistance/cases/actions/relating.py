"""Who is whose: each relationship is kept from both sides."""

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.people import Kinship
from safar.assistance.cases.models import Person, Relationship
from safar.assistance.cases.policies import person_in_sight
from safar.core.action import action, note
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor

MIRROR = {
    Kinship.SPOUSE: Kinship.SPOUSE,
    Kinship.PARENT: Kinship.CHILD,
    Kinship.CHILD: Kinship.PARENT,
    Kinship.SIBLING: Kinship.SIBLING,
    Kinship.GUARDIAN: Kinship.WARD,
    Kinship.WARD: Kinship.GUARDIAN,
    Kinship.OTHER: Kinship.OTHER,
}


@action("cases.relate", policies=(person_in_sight,))
def relate(
    actor: Actor, person: Person, *, to: Person, kind: str, is_verified: bool = False
) -> Relationship:
    """Note that `person` is the parent, the wife … of another: from both sides.

    Raises:
        RuleBroken: it is herself, or it would make a parent the child of her own child.
        NotFound: the other is out of sight.
    """
    person_in_sight(actor, to)
    if person.pk == to.pk:
        raise RuleBroken(_("These are not two people."), field="to")
    opposite = MIRROR[Kinship(kind)]
    if kind != opposite and person.relationships.filter(other=to, kind=opposite).exists():
        raise RuleBroken(_("The two are related the other way round already."), field="kind")
    for one, other, each in ((person, to, kind), (to, person, opposite)):
        Relationship.objects.update_or_create(
            person=one, other=other, kind=each, defaults={"is_verified": is_verified}
        )
    note(kind=kind)
    return person.relationships.get(other=to, kind=kind)


@action("cases.unrelate", policies=(person_in_sight,))
def unrelate(actor: Actor, relationship: Relationship) -> None:
    """Take back that two people are related: on both sides."""
    both = Relationship.objects.filter(
        person=relationship.other_id,
        other=relationship.person_id,
        kind=MIRROR[Kinship(relationship.kind)],
    )
    note(kind=relationship.kind)
    both.delete()
    relationship.delete()
