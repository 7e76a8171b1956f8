"""Which fields does a kind of document carry in its seal, and how are they written?

`5D01` and `5E03` are ICAO's own (Doc 9303-13 §3 visas, §4 emergency travel documents); the others
are German (BSI TR-03137-1), so that what those seals say can be shown. A field that is not named
here is shown by its number and its bytes: unknown fields never make a seal unsound (§2.3.2).
"""

from typing import Final, Literal, NamedTuple

Coding = Literal["text", "zone", "number", "stay", "utf8", "code", "bytes"]
"""`text` C40; `zone` a machine readable zone in C40; `stay` three bytes; `code` 1 to 4 bytes."""


class Field(NamedTuple):
    """A field of a profile. `split`: how many signs the first line of a zone has."""

    name: str
    coding: Coding
    split: int = 0


VISA: Final = "5D01"
EMERGENCY: Final = "5E03"
ZONE_A, ZONE_B, ENTRIES, STAY, PASSPORT, VISA_TYPE, ADDITIONAL = 1, 2, 3, 4, 5, 6, 7
SECOND_LINE: Final = 28
"""Signs of a visa's second line that are sealed: the optional data after them are left out."""

_MRZ_36: Final = Field("machine_zone", "zone", 36)
PROFILES: Final[dict[str, dict[int, Field]]] = {
    VISA: {
        ZONE_A: Field("machine_zone", "zone", 44),
        ZONE_B: _MRZ_36,
        ENTRIES: Field("entries", "number"),
        STAY: Field("stay", "stay"),
        PASSPORT: Field("passport_number", "text"),
        VISA_TYPE: Field("visa_type", "code"),
        ADDITIONAL: Field("additional", "bytes"),
    },
    EMERGENCY: {2: _MRZ_36},
    "FD02": {2: _MRZ_36, 3: Field("azr_number", "text")},
    "FB06": {2: _MRZ_36, 3: Field("passport_number", "text")},
    "FA06": {4: _MRZ_36, 5: Field("sheet_number", "text")},
    "F908": {
        1: Field("document_number", "text"),
        2: Field("municipality", "text"),
        3: Field("address", "text"),
    },
    "F80A": {
        1: Field("document_number", "text"),
        2: Field("municipality", "text"),
        3: Field("postal_code", "text"),
    },
    "FC04": {
        1: Field("insurance_number", "text"),
        2: Field("surname", "utf8"),
        3: Field("given_names", "utf8"),
        4: Field("birth_name", "utf8"),
    },
    "F48F": {1: Field("document_number", "text"), 2: Field("passport_number", "text")},
    "F50C": {
        1: Field("face", "bytes"),
        2: _MRZ_36,
        3: Field("passport_number", "text"),
        4: Field("azr_number", "text"),
    },
    "F60D": {1: Field("face", "bytes"), 2: Field("machine_zone", "zone", 44)},
    "F70B": {1: Field("face", "bytes"), 2: _MRZ_36},
}  # fmt: skip
"""The kind in four hex digits -> tag -> field."""
