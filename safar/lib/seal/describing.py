"""A seal and a verdict as plain data, for machines and for people at a terminal."""

from typing import Any

from safar.lib.seal.reading import Seal
from safar.lib.seal.values import Stay
from safar.lib.seal.vds_nc import Paper
from safar.lib.seal.verifying import Verdict


def as_dict(seal: Seal) -> dict[str, Any]:
    """Head and fields; dates in ISO form, raw bytes in hex."""
    head = seal.header
    return {
        "kind": head.kind,
        "version": head.version,
        "country": head.country,
        "signer_id": head.signer_id,
        "reference": head.reference,
        "issued_on": head.issued_on.isoformat(),
        "signed_on": head.signed_on.isoformat(),
        "fields": {name: _plain(value) for name, value in seal.fields.items()},
        "signature": seal.signature.hex(),
        "raw": seal.raw.hex(),
    }


def paper_as_dict(paper: Paper) -> dict[str, Any]:
    """Head and message of a seal in JSON."""
    certificate = paper.certificate
    return {
        "kind": paper.type,
        "version": paper.version,
        "country": paper.country,
        "signer_id": certificate.signer_id if certificate else None,
        "reference": certificate.reference if certificate else None,
        "algorithm": paper.algorithm,
        "fields": dict(paper.message),
        "signature": paper.signature.hex(),
    }


def verdict_as_dict(verdict: Verdict) -> dict[str, Any]:
    """The verdict, and the seal where it could be read."""
    return {
        "sound": verdict.sound,
        "code": verdict.code,
        "weight": verdict.weight,
        "sentence": verdict.sentence,
        "params": dict(verdict.params),
        "problem": verdict.problem or None,
        "signature_right": verdict.signature,
        "seal": as_dict(verdict.seal) if verdict.seal else None,
    }


def _plain(value: object) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Stay):
        return {"days": value.days, "months": value.months, "years": value.years}
    return value


def table(found: dict[str, Any]) -> str:
    """A line for each part."""
    rows = [(name, found[name]) for name in found if name not in ("fields", "signature", "raw")]
    rows += list(found["fields"].items())
    return "\n".join(f"{name.replace('_', ' '):<16} {_shown(value)}" for name, value in rows)


def _shown(value: object) -> str:
    text = str(value) if value is not None else "-"
    return text.replace("\n", "\n" + " " * 17)
