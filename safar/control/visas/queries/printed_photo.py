"""Which photo was printed on a visa? For whoever holds the sticker in her hand, to compare."""

from django.conf import settings

from safar.control.applications.queries import last_photo
from safar.control.visas.models import Paper, Visa
from safar.control.visas.queries.applications import papers


def printed_photo(number: str, seal: bytes) -> Paper | None:
    """The holder's photo as the register has it, without its content.

    Told for the very seal that was issued under this number: a number alone, which anybody can
    type, shows nobody. None where the register is not here, or keeps no photo.
    """
    if not seal or settings.SAFAR_VISA_REGISTER == "list":
        return None
    visa = Visa.objects.select_related("application").filter(number=number).first()
    if visa is None or bytes(visa.seal) != seal:
        return None
    return last_photo(papers(visa.application))
