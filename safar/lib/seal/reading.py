"""What does a seal say? Bytes of a barcode to a head and named fields; nothing is verified here."""

from collections.abc import Mapping
from dataclasses import dataclass

from safar.lib.seal import header as heads
from safar.lib.seal import tlv
from safar.lib.seal.errors import SealError
from safar.lib.seal.header import Header
from safar.lib.seal.profiles import PROFILES
from safar.lib.seal.values import Value, read_value


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal, read. `fields`: names and values; a field that no profile names is `field_12`.

    `features`: tags and their raw bytes in the order of the seal. `signed`: the bytes that the
    signature covers. `signature`: r and s in equal halves. `raw`: all of it.
    """

    header: Header
    fields: Mapping[str, Value]
    features: Mapping[int, bytes]
    signed: bytes
    signature: bytes
    raw: bytes

    @property
    def is_visa(self) -> bool:
        return self.header.kind == "5D01"

    @property
    def zone(self) -> tuple[str, ...]:
        """The sealed lines of the machine readable zone; empty where there is none."""
        return tuple(self.text("machine_zone").split("\n")) if self.text("machine_zone") else ()

    def text(self, name: str) -> str:
        """A field's value as text, or an empty text where the seal has no such field."""
        value = self.fields.get(name, "")
        return value.hex() if isinstance(value, bytes) else str(value)

    def agrees_with(self, lines: tuple[str, ...] | list[str]) -> bool:
        """Whether printed lines are the sealed ones, as far as the seal holds them."""
        sealed = self.zone
        return len(sealed) == len(lines) > 0 and all(
            printed[: len(line)] == line for line, printed in zip(sealed, lines, strict=True)
        )


def decode(data: bytes) -> Seal:
    """The seal in `data`; SealError with a code for anything that is not one.

    ICAO Doc 9303-13 §2.3: head, features, signature. Unknown fields are kept as bytes.
    """
    seal, wrong = parse(data)
    if wrong is not None:
        raise wrong
    return seal


def parse(data: bytes) -> tuple[Seal, SealError | None]:
    """The seal, and what is wrong with the value of a field; that field is then kept as bytes.

    SealError where not even head, fields and signature can be told apart.
    """
    if len(data) > tlv.LONGEST:
        raise SealError("seal.too_long")
    header, start = heads.read(data)
    features, end, signature = tlv.decode(data[start:])
    fields, wrong = _named(header.kind, features)
    signed = data[: start + end]
    return Seal(header, fields, features, signed, signature, data), wrong


def _named(kind: str, features: Mapping[int, bytes]) -> tuple[dict[str, Value], SealError | None]:
    profile = PROFILES.get(kind, {})
    fields: dict[str, Value] = {}
    wrong: SealError | None = None
    for tag, raw in features.items():
        field = profile.get(tag)
        name = field.name if field else f"field_{tag}"
        if name in fields:
            wrong = SealError("seal.repeated", tag=tag)
            continue
        try:
            fields[name] = read_value(field, raw) if field else raw
        except SealError as problem:
            fields[name], wrong = raw, problem
    return fields, wrong
