"""One place that takes a file from outside, in a process of its own: `bench/hostile.py` calls it.

Exit status: 0 taken, 1 refused with a sentence.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import django

from safar.core.errors import DomainError, RuleBroken
from safar.lib.chip import ChipError
from safar.lib.seal import SealError


def _paper(content: bytes) -> object:
    from safar.core.files import checked

    return checked(content, portrait=False).file_type


def _photo(content: bytes) -> object:
    from safar.core.files import checked

    return checked(content, portrait=True).file_type


def _sticker(content: bytes) -> object:
    from safar.control.visas.seals.photos import codes_in

    return codes_in(content)


def _zone(content: bytes) -> object:
    from safar.control.documents.zone_photo import read_photo

    return read_photo(content, today=date(2026, 11, 22)).lines


def _face(content: bytes) -> object:
    """A picture that cannot be drawn is left out, and said to be: there is nothing to refuse."""
    from safar.control.documents.files.faces import picture_of
    from safar.lib.chip import Face

    drawn = picture_of(Face(content, "image/jpeg", 0, 0))
    if drawn is None:
        raise RuleBroken("The picture of the chip cannot be drawn.")
    return len(drawn)


def _specimen(content: bytes) -> object:
    from safar.control.documents.files.pictures import made_anew

    return made_anew(content).sha256


def _certificates(content: bytes) -> object:
    from safar.control.documents.files.certificates import read_file
    from safar.lib.chip import TrustedStates

    return read_file(content, TrustedStates()).sha256


def _revoked(content: bytes) -> object:
    from safar.control.documents.files.revocations import read_revocation_file

    return read_revocation_file(content, [])


def _workbook(content: bytes) -> object:
    from safar.control.documents.files import books

    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        return sum(1 for _row in books.rows(Path(file.name), lambda _at: None))


def _visas(content: bytes) -> object:
    from safar.control.visas.files.status_list import read
    from safar.lib.seal import Signers

    return read(content, Signers(), today=date(2026, 11, 22)).version


def _seals(content: bytes) -> object:
    from safar.lib.seal import read_certificate

    return read_certificate(content)


def _chip_files(content: bytes) -> object:
    """As handed in at the second line and the quality control; what it holds is then judged."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.forms import ValidationError

    from safar.control.documents.files.chips import ChipFilesField
    from safar.lib.chip import TrustedStates, verify

    names = ("EF.SOD", "EF.DG1", "EF.DG2")
    try:
        files = ChipFilesField().clean([SimpleUploadedFile(name, content) for name in names])
    except ValidationError as refusal:
        raise RuleBroken(refusal.messages[0]) from None
    return verify(files, TrustedStates([]), on=date(2026, 11, 22)).outcome


PLACES: dict[str, Callable[[bytes], object]] = {
    "paper": _paper,
    "photo": _photo,
    "sticker": _sticker,
    "zone": _zone,
    "face": _face,
    "specimen": _specimen,
    "certificates": _certificates,
    "revoked": _revoked,
    "workbook": _workbook,
    "visas": _visas,
    "seals": _seals,
    "chip_files": _chip_files,
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safar.config.settings.test")
    django.setup()
    place, file = sys.argv[1:]
    try:
        print("taken:", PLACES[place](Path(file).read_bytes()))
    except (DomainError, ChipError, SealError) as refusal:
        print("refused:", refusal)
        sys.exit(1)


if __name__ == "__main__":
    main()
