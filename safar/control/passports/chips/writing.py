"""What a document's chip holds: written and proved before the document leaves the operator."""

import io
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from safar.control.documents.queries import HeldStates
from safar.control.passports.chips.signing import DocumentSigner
from safar.control.passports.models.passports import ChipContent, Passport
from safar.core.errors import RuleBroken, Unavailable
from safar.lib import chip
from safar.lib.chip import writing
from safar.lib.seal import SealError

FACE: Final = (413, 531)
"""Points of 35 × 45 mm at 300 dpi (ICAO Doc 9303-3 §3.9.1)."""
QUALITY: Final = 85


def portrait(photo: bytes) -> bytes:
    """The photo as it is printed and stands on the chip: JPEG, made anew from its pixels."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(photo), formats=("JPEG", "PNG")) as opened:
        opened.draft("RGB", FACE)
        face = ImageOps.fit(ImageOps.exif_transpose(opened).convert("RGB"), FACE)
    face.info.clear()
    face.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def content_of(
    passport: Passport, face: bytes, signer: DocumentSigner, at: datetime
) -> ChipContent:
    """The files for a document's chip, signed; not saved.

    Raises:
        RuleBroken: zone or picture fit on no chip.
        Unavailable: the key does not answer, or what it signed does not hold.
    """
    try:
        files = writing.write(
            passport.lines,
            face,
            signer=signer.key,
            certificate=signer.certificate.raw,
            at=at,
            sex=passport.sex,
        )
    except writing.WritingError as problem:
        raise RuleBroken(_("The chip cannot be written: {why}").format(why=problem)) from None
    except SealError as problem:
        raise Unavailable(
            _("The key that signs chips: {why}").format(why=problem.sentence)
        ) from None
    _refuse_unproved(files, passport)
    return ChipContent(
        passport=passport,
        com=files["EF.COM"],
        dg1=files["EF.DG1"],
        dg2=files["EF.DG2"],
        sod=files["EF.SOD"],
        signer=signer.certificate.subject,
        signer_sha256=signer.certificate.fingerprint,
        signed_at=at,
    )


def face_of(content: ChipContent) -> bytes:
    """The portrait as it stands on the chip."""
    read = chip.verify(content.files, chip.TrustedStates(), on=content.signed_at.date())
    return read.face.image if read.face else b""


def _refuse_unproved(files: dict[str, bytes], passport: Passport) -> None:
    """As a booth will read it: a chip that would stop its holder abroad is not written."""
    verdict = chip.verify(
        files,
        HeldStates(),
        on=passport.issued_on,
        printed=passport.lines,
        issued=passport.issued_on,
    )
    if not verdict.authentic:
        said = " ".join(each.sentence for each in verdict.findings)
        raise Unavailable(_("The chip that was written does not hold: {why}").format(why=said))
