"""How long does a visa's seal take to sign, write as a code, read from a photo, and verify?

One JSON line; milliseconds. Every visa is another one, and they take turns with the floor: the bare
ECDSA verification of the same signature over the same digest by `cryptography`. The photo is the
DataMatrix turned by 7 degrees and blurred, as JPEG. `python -m bench.seal --visas 200` is a trial.
"""

import argparse
import io
import json
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, encode_dss_signature
from PIL import Image, ImageFilter

from safar.lib.mrz import Document
from safar.lib.mrz import write as write_zone
from safar.lib.partial_dates import PartialDate
from safar.lib.seal import Signers, Stay, Visa, barcode, curves, decode, issuing, sign, verify

TODAY = date(2026, 11, 22)
CURVES = ("P-256", "brainpoolP256r1", "brainpoolP384r1")
VERIFY_TARGET_MS = 20.0


@dataclass
class Times:
    """Milliseconds of each step, visa by visa."""

    sign: list[float]
    write: list[float]
    read: list[float]
    verify: list[float]
    floor: list[float]


def visa(serial: int) -> Visa:
    """A made-up visa; no two are the same."""
    day = TODAY - timedelta(days=serial % 300)
    document = Document(
        document_code="V",
        issuer="KGZ",
        number=f"AB{serial:07d}",
        surname="ERIKSSON",
        given_names="ANNA MARIA",
        nationality="UTO",
        birth=PartialDate.of(date(1950, 1, 1) + timedelta(days=serial % 20_000)),
        sex="FM"[serial % 2],
        expiry=day + timedelta(days=180),
    )
    return Visa(
        zone=write_zone(document, "MRV-B"),
        passport_number=f"L{serial:08d}",
        stay=Stay(days=30 + serial % 60),
        entries=1 + serial % 3,
        issued_on=day,
        signed_on=day,
        visa_type="T1",
    )


def drawn(data: bytes) -> str:
    """The code as the sticker's page takes it in."""
    return barcode.svg(barcode.matrix(data))


def photo(data: bytes) -> bytes:
    """The code as a camera sees it: turned by 7 degrees, blurred, compressed."""
    flat = Image.open(io.BytesIO(barcode.png(barcode.matrix(data)))).convert("L")
    turned = flat.rotate(7, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    out = io.BytesIO()
    turned.filter(ImageFilter.GaussianBlur(2)).save(out, "JPEG", quality=70)
    return out.getvalue()


def timed(times: list[float], work: Callable[[], Any]) -> Any:
    """Do it, and note how long it took."""
    began = time.perf_counter()
    done = work()
    times.append((time.perf_counter() - began) * 1000)
    return done


def bare(data: bytes, curve: str, point: bytes) -> Callable[[], None]:
    """Only the verification: key, digest and signature are there already."""
    known, seal = curves.CURVES[curve], decode(data)
    if known.quick is None:
        raise SystemExit(f"There is no floor for {curve}.")
    key = ec.EllipticCurvePublicKey.from_encoded_point(known.quick, point)
    half = known.size
    r, s = (int.from_bytes(part) for part in (seal.signature[:half], seal.signature[half:]))
    signature, digest = encode_dss_signature(r, s), curves.digest(known, seal.signed)
    kind = ec.ECDSA(Prehashed(hashes.SHA384() if known.hash == "sha384" else hashes.SHA256()))
    return lambda: key.verify(signature, digest, kind)


def measure(curve: str, visas: int) -> dict[str, Any]:
    """Median and p95 of each step on one curve; how many good visas were refused."""
    since, until = TODAY - timedelta(days=400), TODAY + timedelta(days=400)
    csca = issuing.issue_csca("KG", valid_from=since, valid_until=until)
    key = issuing.new_key(curve)
    certificate = issuing.issue_signer(
        csca, name="VS", serial=1, public_key=key.public_key(), valid_from=since, valid_until=until
    )
    signer = issuing.file_signer(key, certificate)
    signers = Signers.of([certificate.der], [csca.certificate.der])
    if certificate.key is None:
        raise SystemExit("The certificate bears no key.")
    times, refused, size = Times([], [], [], [], []), 0, 0
    for serial in range(visas):
        made = visa(serial)
        data: bytes = timed(times.sign, partial(sign, made, signer))
        timed(times.write, partial(drawn, data))
        seen = photo(data)
        read: list[bytes] = timed(times.read, partial(barcode.read, seen))
        verdict = timed(times.verify, partial(verify, data, signers, on=TODAY))
        timed(times.floor, bare(data, curve, certificate.key.point))
        refused += read != [data] or verdict.code != "seal.sound"
        size = len(data)
    return _figures(times) | {"refused": refused, "bytes": size}


def _figures(times: Times) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for name in ("sign", "write", "read", "verify", "floor"):
        cuts = statistics.quantiles(getattr(times, name), n=100)
        figures |= {f"{name}_p50": round(cuts[49], 3), f"{name}_p95": round(cuts[94], 3)}
    return figures | {"verify_ratio_p50": round(figures["verify_p50"] / figures["floor_p50"], 2)}


def main() -> None:
    """Measure every curve and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visas", type=int, default=2_000)
    asked = parser.parse_args()
    answer = {
        "question": "may this visa's seal be believed",
        "visas": asked.visas,
        "curves": {curve: measure(curve, asked.visas) for curve in CURVES},
        "targets": {"verify_p95": VERIFY_TARGET_MS},
        "cores": os.cpu_count(),
        "load_average": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
