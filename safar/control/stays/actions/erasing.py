"""Writes of the night: what is past its time is deleted; how much, and nothing else, is on record."""

from django.utils import timezone

from safar.control.stays.models import Overstay, Rebuttal, Registration, RegistrationMistake
from safar.control.stays.queries import over_time
from safar.core.action import action, note, role_suffices
from safar.core.permissions import Actor


@action("stays.erase", policies=(role_suffices,))
def erase(actor: Actor, target: None) -> dict[str, int]:
    """Erased extensions, registrations and overstays whose time is over

    The database's own guard keeps registrations, which are append-only, until then.
    """
    today = timezone.localdate()
    registrations = list(over_time.registrations(today).values_list("pk", flat=True))
    RegistrationMistake.objects.filter(registration__in=registrations).delete()
    overstays = [row.pk for row in over_time.overstays(today).select_for_update(of=("self",))]
    counts = {
        "rebuttals": Rebuttal.objects.filter(overstay__in=overstays).delete()[0],
        "overstays": Overstay.objects.filter(pk__in=overstays).delete()[0],
        "extensions": over_time.extensions(today).delete()[0],
        "registrations": Registration.objects.filter(pk__in=registrations).delete()[0],
    }
    note(**counts)
    return counts
