"""Invented states, signers, chips and master lists. Nobody's own."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from asn1crypto import algos, core, keys, x509

from safar.lib.mrz import Document, write
from safar.lib.partial_dates import PartialDate
from tests.lib.chip.making_keys import Key, ec_key, oid, tlv

TODAY = date(2026, 11, 22)
FIRST, LAST = date(2025, 1, 1), date(2036, 6, 1)
LDS = "2.23.136.1.1.1"
LIST = "2.23.136.1.1.2"
LIST_SIGNER = "2.23.136.1.1.3"
PICTURE = b"\xff\xd8\xff\xe0" + b"a picture that is none" * 20 + b"\xff\xd9"


def zone(**rest: Any) -> list[str]:
    """The lines of an invented Kyrgyz passport."""
    facts: dict[str, Any] = {
        "document_code": "P",
        "issuer": "KGZ",
        "surname": "Specimen",
        "given_names": "Aizada",
        "number": "PE0000001",
        "nationality": "KGZ",
        "birth": PartialDate(1990, 5, 17),
        "sex": "F",
        "expiry": date(2035, 11, 1),
    }
    return write(Document(**facts | rest))


ZONE = zone()


def name(country: str, common: str) -> x509.Name:
    return x509.Name.build({"country_name": country, "common_name": common})


def _time(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def extension(kind: str, value: Any, critical: bool = False) -> dict[str, Any]:
    return {"extn_id": kind, "critical": critical, "extn_value": value}


def certificate(
    key: Key,
    by: Key,
    *,
    subject: x509.Name,
    issuer: x509.Name,
    serial: int = 1,
    first: date = FIRST,
    last: date = LAST,
    authority: bool | None = None,
    usage: tuple[date, date] | None = None,
    purposes: Sequence[str] = (),
    kinds: Sequence[str] = (),
    named_key: bytes | None = None,
    inner_algorithm: bytes | None = None,
) -> bytes:
    """A certificate of `key`, signed by the key `by`."""
    rows = [
        extension("key_identifier", core.OctetString(key.key_id)),
        extension(
            "authority_key_identifier",
            x509.AuthorityKeyIdentifier({"key_identifier": named_key or by.key_id}),
        ),
    ]
    if authority is not None:
        rows.append(
            extension("basic_constraints", x509.BasicConstraints({"ca": authority}), critical=True)
        )
    if usage:
        period = {"not_before": _time(usage[0]), "not_after": _time(usage[1])}
        rows.append(extension("private_key_usage_period", x509.PrivateKeyUsagePeriod(period)))
    if purposes:
        rows.append(extension("extended_key_usage", x509.ExtKeyUsageSyntax(list(purposes))))
    if kinds:
        listed = tlv(0x31, *(tlv(0x13, kind.encode()) for kind in kinds))
        value = tlv(0x30, b"\x02\x01\x00", listed)
        rows.append(extension("2.23.136.1.1.6.2", core.ParsableOctetString(value)))
    body = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": serial,
            "signature": algos.SignedDigestAlgorithm.load(inner_algorithm or by.algorithm()),
            "issuer": issuer,
            "validity": {
                "not_before": x509.Time({"utc_time": _time(first)}),
                "not_after": x509.Time({"utc_time": _time(last)}),
            },
            "subject": subject,
            "subject_public_key_info": keys.PublicKeyInfo.load(key.info()),
            "extensions": rows,
        }
    ).dump()
    return tlv(0x30, body, by.algorithm(), tlv(0x03, b"\x00", by.sign(body)))


def signed_data(
    kind: str,
    content: bytes,
    key: Key,
    certificates: Sequence[bytes],
    *,
    hash: str = "sha256",
    attribute_kind: str | None = None,
    attribute_digest: bytes | None = None,
    signed_on: date | None = None,
    by_key: bool = False,
) -> bytes:
    """CMS SignedData; the signer is the first of the certificates, or named by its key."""
    digest = tlv(0x30, oid(algos.DigestAlgorithmId(hash).dotted), b"\x05\x00")
    fingerprint = attribute_digest or hashlib.new(hash, content).digest()
    rows = [
        tlv(0x30, oid("1.2.840.113549.1.9.3"), tlv(0x31, oid(attribute_kind or kind))),
        tlv(0x30, oid("1.2.840.113549.1.9.4"), tlv(0x31, tlv(0x04, fingerprint))),
    ]
    if signed_on:
        moment = core.UTCTime(_time(signed_on)).dump()
        rows.append(tlv(0x30, oid("1.2.840.113549.1.9.5"), tlv(0x31, moment)))
    attributes = b"".join(sorted(rows))
    body = x509.Certificate.load(certificates[0])["tbs_certificate"] if certificates else None
    if by_key or body is None:
        named = tlv(0x80, key.key_id)
    else:
        named = tlv(0x30, body["issuer"].dump(), body["serial_number"].dump())
    signer = tlv(
        0x30,
        b"\x02\x01\x01",
        named,
        digest,
        tlv(0xA0, attributes),
        key.algorithm(),
        tlv(0x04, key.sign(tlv(0x31, attributes))),
    )
    return tlv(
        0x30,
        oid("1.2.840.113549.1.7.2"),
        tlv(
            0xA0,
            tlv(
                0x30,
                b"\x02\x01\x03",
                tlv(0x31, digest),
                tlv(0x30, oid(kind), tlv(0xA0, tlv(0x04, content))),
                tlv(0xA0, *certificates),
                tlv(0x31, signer),
            ),
        ),
    )


@dataclass(frozen=True)
class State:
    """A state with its certificate (CSCA) and one document signer."""

    country: str = "KG"
    key: Key = field(default_factory=lambda: ec_key(1, "NIST384p", "sha384"))
    signer_key: Key = field(default_factory=lambda: ec_key(2))
    called: str = "State"

    @property
    def names(self) -> tuple[x509.Name, x509.Name]:
        return name(self.country, self.called), name(self.country, "Signer")

    def root(self, **rest: Any) -> bytes:
        own = self.names[0]
        return certificate(
            self.key, self.key, **{"subject": own, "issuer": own, "authority": True} | rest
        )

    def signer(self, **rest: Any) -> bytes:
        state, signer = self.names
        return certificate(
            self.signer_key, self.key, **{"subject": signer, "issuer": state, "serial": 7} | rest
        )

    def sod(self, groups: Mapping[int, bytes], *, hash: str = "sha256", **rest: Any) -> bytes:
        certificates = rest.pop("certificates", None)
        content = rest.pop("content", None) or security_object(groups, hash)
        held = [self.signer()] if certificates is None else certificates
        kind = rest.pop("kind", LDS)
        return tlv(0x77, signed_data(kind, content, self.signer_key, held, hash=hash, **rest))

    def chip(self, **rest: Any) -> dict[str, bytes]:
        groups = rest.pop("groups", None) or {1: dg1(), 2: dg2()}
        files = {f"EF.DG{number}": data for number, data in groups.items()}
        return {"EF.SOD": self.sod(groups, **rest), "EF.COM": com(groups), **files}


def security_object(groups: Mapping[int, bytes], hash: str = "sha256") -> bytes:
    rows = [
        tlv(0x30, bytes((2, 1, number)), tlv(0x04, hashlib.new(hash, data).digest()))
        for number, data in groups.items()
    ]
    algorithm = tlv(0x30, oid(algos.DigestAlgorithmId(hash).dotted), b"\x05\x00")
    return tlv(0x30, b"\x02\x01\x00", algorithm, tlv(0x30, *rows))


def com(groups: Mapping[int, bytes]) -> bytes:
    return tlv(
        0x60,
        tlv(0x5F01, b"0107"),
        tlv(0x5F36, b"040000"),
        tlv(0x5C, bytes(data[0] for data in groups.values())),
    )


def dg1(lines: Sequence[str] = ZONE) -> bytes:
    return tlv(0x61, tlv(0x5F1F, "".join(lines).encode()))


def face_record(image: bytes = PICTURE, points: int = 2) -> bytes:
    """ISO/IEC 19794-5:2005 with one face of 480 × 640 pixels."""
    body = (points.to_bytes(2, "big") + bytes(14) + bytes(8 * points)) + (
        b"\x01\x00" + (480).to_bytes(2, "big") + (640).to_bytes(2, "big") + bytes(6) + image
    )
    size = (len(body) + 4).to_bytes(4, "big")
    return b"FAC\x00010\x00" + (len(body) + 18).to_bytes(4, "big") + b"\x00\x01" + size + body


def dg2(record: bytes | None = None, tag: int = 0x5F2E) -> bytes:
    block = tlv(tag, face_record() if record is None else record)
    template = tlv(0x7F60, tlv(0xA1, tlv(0x87, b"\x01\x01"), tlv(0x88, b"\x00\x08")), block)
    return tlv(0x75, tlv(0x7F61, b"\x02\x01\x01", template))


def dg11(
    birth: bytes = b"19900517",
    full_name: str = "СПЕЦИМЕН<<АЙЗАДА",
    personal: bytes = b"11705199000001",
) -> bytes:
    return tlv(
        0x6B,
        tlv(0x5C, bytes.fromhex("5F0E5F0F5F105F2B5F11")),
        tlv(0x5F0E, full_name.encode()),
        tlv(0xA0, b"\x02\x01\x01", tlv(0x5F0F, b"OTHER<<NAME")),
        tlv(0x5F10, personal),
        tlv(0x5F2B, birth),
        tlv(0x5F11, b"BISHKEK"),
    )


def dg12(issued: bytes = b"20251101") -> bytes:
    return tlv(0x6C, tlv(0x5C, b"\x5f\x19\x5f\x26"), tlv(0x5F19, b"SRS"), tlv(0x5F26, issued))


def master_list(
    certificates: Sequence[bytes], key: Key, beside: Sequence[bytes], **rest: Any
) -> bytes:
    """A master list signed by `key`, whose certificate is the first of those beside it."""
    content = tlv(0x30, b"\x02\x01\x00", tlv(0x31, *certificates))
    return signed_data(rest.pop("kind", LIST), content, key, beside, **rest)


def revocation_list(
    key: Key, issuer: x509.Name, serials: Sequence[int], *, first: date = TODAY, due: date = date(2027, 1, 1),
    rest: bytes = b"", entry: bytes = b"",
) -> bytes:  # fmt: skip
    """A state's list of revoked certificates; `rest` stands where extensions do, `entry` in each."""
    day = core.UTCTime(_time(first)).dump()
    entries = [tlv(0x30, core.Integer(serial).dump(), day, entry) for serial in serials]
    body = tlv(
        0x30,
        b"\x02\x01\x01",
        key.algorithm(),
        issuer.dump(),
        day,
        core.UTCTime(_time(due)).dump(),
        *([tlv(0x30, *entries)] if entries else []),
        rest,
    )
    return tlv(0x30, body, key.algorithm(), tlv(0x03, b"\x00", key.sign(body)))
