"""Which entries on a visa stand, and which were given back because their crossing was annulled?"""

from uuid import UUID

from django.db.models import Q, QuerySet

from safar.control.visas.models import UseGivenBack, VisaUse

STANDS = Q(given_back=None)


def standing(number: str) -> QuerySet[VisaUse]:
    """The entries on a visa that count as used, in the order of the entries given."""
    return VisaUse.objects.filter(STANDS, visa_number=number).order_by("nth")


def standing_of(crossing: UUID) -> VisaUse | None:
    """The entry that a crossing has used, where it was not given back."""
    return VisaUse.objects.filter(STANDS, crossing_id=crossing).first()


def free_again(number: str) -> UseGivenBack | None:
    """The first entry of a visa that was given back and not used since."""
    rows = UseGivenBack.objects.filter(visa_number=number, used_again=None)
    return rows.order_by("nth").first()
