"""Under which other codes may a document be listed than the one that stands in its zone?

ICAO Doc 9303-3 §5, ISO 3166-1 and -3: passports of Hong Kong and Macao bear CHN, those of Britons
overseas GBR or a code of their own, and some codes have changed while documents are valid.
"""

from typing import Final

_FAMILIES: Final = (
    ("CHN", "HKG", "MAC"),
    ("GBR", "GBD", "GBN", "GBO", "GBP", "GBS", "BMU", "GIB", "CYM", "VGB", "TCA", "GGY", "JEY", "IMN"),
    ("RKS", "UNK"),
    ("ROU", "ROM"),
    ("COD", "ZAR"),
    ("MMR", "BUR"),
    ("TLS", "TMP"),
    ("SRB", "SCG", "YUG"),
)  # fmt: skip
_OF: Final = {code: family for family in _FAMILIES for code in family}


def codes_of(issuer: str) -> tuple[str, ...]:
    """The issuer's own code first, then those under which its documents may be listed as well."""
    return (issuer, *(code for code in _OF.get(issuer, ()) if code != issuer))
