"""Reads of the public page: one's own application. Who does not know it learns nothing at all."""

from uuid import UUID

from django.utils.crypto import constant_time_compare

from safar.control.visas import numbers
from safar.control.visas.choices.applications import Channel
from safar.control.visas.choices.issued import VisaForm, VisaStatus
from safar.control.visas.models import Application, Visa
from safar.core import audit
from safar.core.permissions import Actor
from safar.lib.partial_dates import PartialDate

STATUS = "visas.status"


def own(key: str) -> Application | None:
    """The application that a browser holds, by the key in its session."""
    try:
        rows = Application.objects.filter(pk=UUID(key), channel=Channel.PUBLIC)
    except ValueError:
        return None
    return rows.select_related("kind", "consulate").first()


def by_code(actor: Actor, reference: str, code: str) -> Application | None:
    """The application of a reference, where the code is its own; None says nothing of why."""
    found = Application.objects.filter(
        number=numbers.tidy(reference), channel=Channel.PUBLIC
    ).first()
    if not numbers.is_code(found.number if found else "", code, found.code_hash if found else ""):
        return None
    if found:
        audit.opened(actor, STATUS, f"Application:{found.pk}", purpose="code")
    return found


def e_visa_of(application: Application) -> Visa | None:
    """Her electronic visa, while it is valid."""
    rows = Visa.objects.filter(form=VisaForm.E_VISA, status=VisaStatus.VALID)
    return rows.select_related("kind").filter(application=application).first()


def by_birth(actor: Actor, reference: str, birth: PartialDate) -> Application | None:
    """The application of a reference, where the birth date is the applicant's.

    None whether the reference is unknown or the date is another: the two are not told apart.
    A draft has no status to be asked for.
    """
    rows = Application.objects.exclude(status="draft").select_related("kind", "consulate")
    found = rows.filter(number=numbers.tidy(reference)).first()
    agrees = constant_time_compare(str(found.birth if found else "-"), str(birth))
    if not found or not agrees:
        return None
    audit.opened(actor, STATUS, f"Application:{found.pk}", purpose="birth date")
    return found
