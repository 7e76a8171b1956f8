"""Which visas can be tried at the booth? A passport's zone, then the code as a reader types it."""

from dataclasses import dataclass

from django.utils import timezone

from safar.control.visas.choices.issued import VisaForm, VisaStatus
from safar.control.visas.models import Visa
from safar.lib.mrz import Document, write


@dataclass(frozen=True)
class ToTry:
    """A passport with a sticker in it, and the verdict once the sticker's code is read."""

    label: str
    verdict: str
    lines: list[str]
    code: str  # hexadecimal


def stickers() -> list[ToTry]:
    """A good one that was not used yet, its photocopy in another passport, and a revoked one."""
    today = timezone.localdate()
    current = Visa.objects.filter(
        form=VisaForm.STICKER, valid_from__lte=today, valid_until__gte=today
    ).order_by("number")
    good = current.filter(status=VisaStatus.VALID, uses=None).first()
    revoked = current.filter(status=VisaStatus.REVOKED).first()
    found = []
    if good:
        found.append(_of(good, "holder of a visa", "clear"))
        found.append(_of(good, "its photocopy in another passport", "hold", of_another=True))
    if revoked:
        found.append(_of(revoked, "holder of a visa that was revoked", "hold"))
    return found


def _of(visa: Visa, label: str, verdict: str, *, of_another: bool = False) -> ToTry:
    number = visa.document_number
    lines = write(
        Document(
            document_code="P", issuer=visa.document_issuer, nationality=visa.nationality,
            number=_another(number) if of_another else number, surname=visa.surname,
            given_names=visa.given_names, birth=visa.birth, sex=visa.sex,
            expiry=visa.application.document_expires_on,
        )
    )  # fmt: skip
    return ToTry(label, verdict, lines, bytes(visa.seal).hex().upper())


def _another(number: str) -> str:
    """The passport number after this one."""
    return f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
