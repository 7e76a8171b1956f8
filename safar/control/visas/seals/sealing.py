"""A visa's zone and its seal: how they are made, and how a scanned one is read."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from safar.control.visas.choices.issued import VisaForm, ZoneFormat
from safar.control.visas.models import SignerCertificate, Visa
from safar.control.visas.rules import electronic
from safar.control.visas.rules.sealed import (
    VALID_FROM,
    Sealed,
    SealRead,
    of_seal,
    read_of,
    stay_of,
)
from safar.core import node
from safar.core.errors import RuleBroken
from safar.lib import mrz, seal
from safar.lib.seal import dates as seal_dates
from safar.lib.seal import vds_nc

ROOM_FOR_PASSPORT = {ZoneFormat.MRV_A: 16, ZoneFormat.MRV_B: 8}
"""Signs of optional data in the second line (ICAO Doc 9303-7 §4.2.2)."""


def zone_of(visa: Visa) -> list[str]:
    """The two lines of a visa; the passport's number stands in them where it fits.

    Raises:
        RuleBroken: the names or a number do not fit into a zone.
    """
    passport = visa.document_number
    room = ROOM_FOR_PASSPORT[ZoneFormat(visa.zone_format)]
    document = mrz.Document(
        document_code="V",
        issuer=node.country(),
        number=visa.number,
        surname=visa.surname,
        given_names=visa.given_names,
        nationality=visa.nationality,
        birth=visa.birth,
        sex=visa.sex,
        expiry=visa.valid_until,
        optional=passport if len(passport) <= room else "",
    )
    try:
        return mrz.write(document, visa.zone_format)
    except mrz.WritingError as problem:
        raise RuleBroken(_("The visa cannot be printed: {why}").format(why=problem)) from None


def sealed_bytes(
    visa: Visa, signer: seal.Signer, certificate: SignerCertificate, today: date
) -> bytes:
    """The seal of a visa: binary for a sticker (Doc 9303-13), JSON for an e-visa (VDS-NC).

    Raises:
        RuleBroken: a field does not fit into a seal.
        Unavailable: the key does not answer.
    """
    try:
        if visa.form == VisaForm.E_VISA:
            inside = seal.read_certificate(bytes(certificate.der))
            message = electronic.message_of(content_of(visa))
            return vds_nc.sign(message, signer, inside, type=electronic.TYPE, signed_on=today)
        return seal.sign(_visa_to_seal(visa, today), signer)
    except seal.SealError as problem:
        raise RuleBroken(
            _("The visa cannot be sealed: {why}").format(why=problem.sentence)
        ) from None


def _visa_to_seal(visa: Visa, today: date) -> seal.Visa:
    return seal.Visa(
        zone=visa.zone.split("\n"),
        passport_number=visa.document_number,
        stay=stay_of(visa.stay_days),
        entries=visa.entries or None,
        issued_on=today,
        signed_on=today,
        extra={VALID_FROM: seal_dates.encode(visa.valid_from)},
    )


def content_of(visa: Visa) -> Sealed:
    """What a visa of the register says."""
    return Sealed(
        country=node.country(),
        number=visa.number,
        passport_number=visa.document_number,
        surname=visa.surname,
        given_names=visa.given_names,
        nationality=visa.nationality,
        birth=visa.birth,
        sex=visa.sex,
        valid_from=visa.valid_from,
        valid_until=visa.valid_until,
        entries=visa.entries,
        stay_days=visa.stay_days,
        lines=tuple(visa.zone.split("\n")),
    )


def read_seal(raw: bytes, signers: seal.Signers, *, today: date) -> SealRead:
    """Verify what was scanned; never raises, whatever the bytes are. `today`: of the post."""
    if raw.lstrip()[:1] == b"{":
        return _read_json(raw, signers, today)
    verdict = seal.verify(raw, signers, on=today)
    right = verdict.signature and verdict.sound and verdict.seal is not None
    content = of_seal(verdict.seal, today=today) if right and verdict.seal else None
    return read_of(verdict, content, raw)


def _read_json(raw: bytes, signers: seal.Signers, today: date) -> SealRead:
    try:
        paper = vds_nc.decode(raw)
    except seal.SealError:
        return read_of(vds_nc.verify(raw, signers, on=today), None, raw)
    verdict = vds_nc.verify(paper, signers, on=today)
    right = verdict.signature and verdict.sound and paper.type == electronic.TYPE
    content = electronic.of_message(paper.country, paper.message) if right else None
    return read_of(verdict, content, raw)


def content_of_zone(lines: Sequence[str], *, today: date) -> Sealed | None:
    """What a sticker's printed zone says; None where it is no visa's zone."""
    read = mrz.read(list(lines), today=today)
    if read.kind != "V":
        return None
    return Sealed(
        country=read.issuer,
        number=read.number,
        passport_number="",
        surname=read.surname,
        given_names=read.given_names,
        nationality=read.nationality,
        birth=read.birth,
        sex=read.sex,
        valid_from=None,
        valid_until=read.expiry,
        entries=0,
        stay_days=0,
        lines=tuple(read.lines),
    )
