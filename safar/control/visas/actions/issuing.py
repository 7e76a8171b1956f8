"""A granted application becomes a visa: number, zone, seal, and the blank it was printed on."""

from typing import Any, Final

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safar.control.blanks.actions import issue_blank, spoil_issued, take_blank
from safar.control.blanks.choices import BlankKind
from safar.control.blanks.models import Blank
from safar.control.visas.actions.moves import move
from safar.control.visas.choices.applications import Entries, Status
from safar.control.visas.choices.issued import (
    NO_LIMIT,
    EndingGround,
    VisaForm,
    VisaStatus,
    ZoneFormat,
)
from safar.control.visas.models import (
    Application,
    Visa,
    VisaEnding,
)
from safar.control.visas.policies.issued import at_her_consulate
from safar.control.visas.seals.sealing import sealed_bytes, zone_of
from safar.control.visas.seals.signing import signer
from safar.control.visas.workflow.issued import VISA
from safar.core.action import action, note
from safar.core.errors import InvalidMove, RuleBroken
from safar.core.permissions import Actor
from safar.core.workflow import NOT_NOW

GIVEN: Final = {Entries.ONE: 1, Entries.TWO: 2, Entries.MANY: NO_LIMIT}


@action("visas.issue_visa", policies=(at_her_consulate,))
def issue_visa(
    actor: Actor,
    target: Application,
    *,
    blank: Blank | None = None,
    form: VisaForm | None = None,
    zone_format: ZoneFormat = ZoneFormat.MRV_B,
) -> Visa:
    """Issued a visa: sealed, and printed on the next blank in hand unless one is named."""
    if target.status != Status.GRANTED:
        raise InvalidMove(NOT_NOW)
    chosen = form or (VisaForm.PERMIT if _kind(target).is_permit else VisaForm.STICKER)
    visa = _issue(actor, target, blank, chosen, zone_format)
    move(actor, target, "issue", note=visa.number)
    return visa


@action("visas.reprint_visa", policies=(at_her_consulate,))
def reprint_visa(actor: Actor, target: Visa, *, reason: str) -> Visa:
    """Issued a visa again on another blank, because the first was spoiled in printing."""
    if target.form == VisaForm.E_VISA:
        raise RuleBroken(_("An electronic visa has no sticker that could be spoiled."))
    if target.uses.filter(given_back=None).exists():
        raise InvalidMove(_("The holder has entered on this visa already."))
    end(actor, target, "annul", ground=EndingGround.MISPRINT, reason=reason)
    spoil_issued(actor, target.number, reason=reason)
    return _issue(
        actor, target.application, None, VisaForm(target.form), ZoneFormat(target.zone_format)
    )


@action("visas.annul_visa", policies=(at_her_consulate,))
def annul_visa(actor: Actor, target: Visa, *, ground: EndingGround, reason: str) -> VisaEnding:
    """Annulled a visa that should never have been issued: no entry on it was ever right."""
    return end(actor, target, "annul", ground=ground, reason=reason)


@action("visas.revoke_visa", policies=(at_her_consulate,))
def revoke_visa(actor: Actor, target: Visa, *, ground: EndingGround, reason: str) -> VisaEnding:
    """Revoked a visa, at once and at every booth: its conditions are no longer met."""
    return end(actor, target, "revoke", ground=ground, reason=reason)


def end(actor: Actor, visa: Visa, how: str, *, ground: EndingGround, reason: str) -> VisaEnding:
    """Raises RuleBroken without a reason, InvalidMove where the visa has ended already."""
    if not reason.strip():
        raise RuleBroken(_("Write why."), field="reason")
    VISA.move(visa, how)
    visa.save()
    now = timezone.now()
    ending = VisaEnding(
        visa=visa,
        kind=visa.status,
        ground=ground,
        reason=reason.strip(),
        ended_on=timezone.localdate(now),
        ended_at=now,
        ended_by_id=actor.user_id,
        ended_by_name=actor.name,
    )
    ending.save(force_insert=True)
    note(visa=visa.number, ground=str(ground), kind=visa.status)
    return ending


def _issue(
    actor: Actor,
    application: Application,
    blank: Blank | None,
    form: VisaForm,
    zone_format: ZoneFormat,
) -> Visa:
    now = timezone.now()
    key, certificate = signer(timezone.localdate(now))
    taken = None if form == VisaForm.E_VISA else _sticker(application, blank)
    visa = Visa(
        **_granted(application),
        number=taken.number if taken else _own_number(),
        form=form,
        zone_format=zone_format,
        signer=certificate,
        status=VisaStatus.VALID,
        issued_at=now,
        issued_by_id=actor.user_id,
        issued_by_name=actor.name,
    )
    visa.zone = "\n".join(zone_of(visa))
    visa.seal = sealed_bytes(visa, key, certificate, timezone.localdate(now))
    visa.save(force_insert=True)
    if taken:
        issue_blank(actor, taken, became=visa.pk)
    note(visa=visa.number, form=str(form), signer=certificate.signer_id)
    return visa


def _sticker(application: Application, wanted: Blank | None) -> Blank:
    return take_blank(application.consulate_id, BlankKind.STICKER, wanted)


def _granted(application: Application) -> dict[str, Any]:
    """What was decided, as the visa will say it."""
    return {
        "application": application,
        "kind_id": application.kind_id,
        "consulate_id": application.consulate_id,
        "surname": application.surname,
        "given_names": application.given_names,
        "birth": application.birth,
        "sex": application.sex,
        "nationality": application.nationality,
        "document_issuer": application.issuer,
        "document_number": application.document_number,
        "valid_from": application.granted_from,
        "valid_until": application.granted_until,
        "entries": GIVEN[Entries(application.granted_entries)],
        "stay_days": application.granted_days,
    }


def _kind(application: Application) -> Any:
    if application.kind is None:
        raise InvalidMove(_("This application names no kind of visa."))
    return application.kind


def _own_number() -> str:
    """A number for what has no sticker: E and eight digits, each once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('visas_evisa')")
        return f"E{cursor.fetchone()[0]:08d}"
