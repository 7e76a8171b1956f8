"""`safar seal`: seal a visa, look into a seal, and say whether it may be believed."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO

import click

from safar.lib.seal import barcode, vds_nc
from safar.lib.seal.certificates import read_certificates
from safar.lib.seal.describing import as_dict, paper_as_dict, table, verdict_as_dict
from safar.lib.seal.errors import SealError
from safar.lib.seal.json_form import load
from safar.lib.seal.keys import FileSigner, Signer
from safar.lib.seal.reading import decode as decode_seal
from safar.lib.seal.signers import Signers
from safar.lib.seal.verifying import Verdict
from safar.lib.seal.verifying import verify as verify_seal
from safar.lib.seal.visa_json import visa_from
from safar.lib.seal.writing import sign as sign_visa

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF")
_INPUT = click.argument("file", type=click.File("rb"), default="-")
_HEX = click.option("--hex", "as_hex", is_flag=True, help="FILE holds hex digits, or prints them.")
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object.")
_PEM = click.Path(exists=True, dir_okay=False, path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(name="seal")
def seal() -> None:
    """Visible digital seals of visas (ICAO Doc 9303-13) and their JSON form (VDS-NC).

    FILE holds the bytes of a seal, hex digits with --hex, or a picture (PNG, JPEG, WebP) of a
    DataMatrix or QR code. Exit status: 0 sound, 1 not, 2 wrong usage.
    """


@seal.command()
@_INPUT
@_HEX
@_JSON
def decode(file: BinaryIO, as_hex: bool, as_json: bool) -> None:
    """Show what a seal says. Nothing is verified."""

    def show() -> bool:
        payload = _payload(file.read(barcode.MAX_BYTES + 1), as_hex)
        if _is_json(payload):
            found = paper_as_dict(vds_nc.decode(payload))
        else:
            found = as_dict(decode_seal(payload))
        click.echo(json.dumps(found, ensure_ascii=False) if as_json else table(found))
        return True

    _answer(show, as_json)


@seal.command()
@_INPUT
@_HEX
@_JSON
@click.option("--signers", type=_PEM, multiple=True, help="Certificates of signers, PEM or DER.")
@click.option("--authority", type=_PEM, multiple=True, help="Trusted CSCA certificates.")
@click.option("--revoked", multiple=True, help="SIGNER:REFERENCE=YYYY-MM-DD, such as KGVS:1A=….")
@click.option("--on", type=_DAY, help="Judge as of that day instead of today.")
def verify(
    file: BinaryIO,
    as_hex: bool,
    as_json: bool,
    signers: tuple[Path, ...],
    authority: tuple[Path, ...],
    revoked: tuple[str, ...],
    on: datetime | None,
) -> None:
    """Say whether a seal may be believed."""
    ended = dict(_revocation(text) for text in revoked)
    day = on.date() if on else datetime.now(UTC).date()

    def judge() -> bool:
        known = Signers.of(_bytes_of(signers), _bytes_of(authority))
        for name, since in ended.items():
            known = known.revoke(name, since)
        payload = _payload(file.read(barcode.MAX_BYTES + 1), as_hex)
        check: Callable[..., Verdict] = vds_nc.verify if _is_json(payload) else verify_seal
        judged = check(payload, known, on=day)
        _say(judged, as_json)
        return judged.sound

    _answer(judge, as_json)


@seal.command()
@_INPUT
@_HEX
@_JSON
@click.option("--certificate", type=_PEM, required=True, help="The signer's own certificate.")
@click.option("--key", type=_PEM, help="Private key in PEM: for demonstrations only.")
@click.option("--module", help="Library of a key device (PKCS #11).")
@click.option("--token", help="Label of the device.")
@click.option("--label", help="Label of the key in the device.")
@click.option("--pin-file", type=_PEM, help="File with the PIN of the device.")
def sign(file: BinaryIO, as_hex: bool, as_json: bool, certificate: Path, **where: str) -> None:
    """Seal the visa that FILE describes in JSON; the bytes go to standard output.

    Names: zone (two lines), passport_number, stay (days, or an object of days, months, years),
    entries (null: no limit), issued_on, signed_on, visa_type.
    """
    make = _signer_maker(where)

    def write() -> bool:
        sealed = sign_visa(visa_from(load(file.read(65_536))), make(certificate))
        if as_json:
            click.echo(json.dumps({"hex": sealed.hex(), "bytes": len(sealed)}))
        elif as_hex:
            click.echo(sealed.hex())
        else:
            click.echo(sealed, nl=False)
        return True

    _answer(write, as_json)


def _signer_maker(where: dict[str, str]) -> Callable[[Path], Signer]:
    device = [where[name] for name in ("module", "token", "label", "pin_file")]
    if bool(where["key"]) == any(device) or (any(device) and not all(device)):
        raise click.UsageError("Give --key, or all of --module, --token, --label, --pin-file.")

    def make(path: Path) -> Signer:
        certificate = read_certificates(path.read_bytes())[0]
        if where["key"]:
            return FileSigner.read(
                Path(where["key"]),
                country=certificate.country,
                signer_id=certificate.signer_id,
                certificate_reference=certificate.reference,
            )
        from safar.lib.seal.pkcs11_key import Pkcs11Signer, pin_from

        return Pkcs11Signer(
            module=where["module"],
            token=where["token"],
            key=where["label"],
            pin=pin_from(Path(where["pin_file"])),
            certificate=certificate,
        )

    return make


def _answer(work: Callable[[], bool], as_json: bool) -> None:
    """Do it, say clearly what went wrong, and leave with 0 or 1."""
    try:
        sound = work()
    except SealError as problem:
        _fault(problem.code, problem.sentence, as_json)
        sound = False
    except OSError as problem:
        _fault("file", f"Reading or writing failed: {problem.strerror}.", as_json)
        sound = False
    sys.exit(0 if sound else 1)


def _fault(code: str, sentence: str, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"sound": False, "code": code, "sentence": sentence}))
    else:
        click.echo(f"{sentence} [{code}]", err=True)


def _payload(data: bytes, as_hex: bool) -> bytes:
    """The bytes of a seal out of hex digits, a picture, or themselves."""
    if as_hex:
        try:
            return bytes.fromhex(data.decode("ascii"))
        except ValueError:
            raise click.UsageError("These are no hex digits.") from None
    if not data.startswith(_PICTURES):
        return data
    found = barcode.read(data)
    if len(found) != 1:
        raise SealError("image.codes", count=len(found))
    return found[0]


def _bytes_of(paths: tuple[Path, ...]) -> list[bytes]:
    return [path.read_bytes() for path in paths]


def _is_json(payload: bytes) -> bool:
    return payload.lstrip()[:1] == b"{"


def _revocation(text: str) -> tuple[tuple[str, int], date]:
    name, _, day = text.partition("=")
    signer, _, reference = name.partition(":")
    try:
        return (signer.upper(), int(reference, 16)), date.fromisoformat(day)
    except ValueError:
        raise click.UsageError(f"“{text}” is not SIGNER:REFERENCE=YYYY-MM-DD.") from None


def _say(verdict: Verdict, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(verdict_as_dict(verdict), ensure_ascii=False))
        return
    click.echo(f"{verdict.sentence} [{verdict.code}]")
    if verdict.seal is not None:
        click.echo(table(as_dict(verdict.seal)))
