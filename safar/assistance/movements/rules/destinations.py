"""To which group of receiving states does a destination belong in the reports?"""

UNITED_STATES, CANADA, EUROPE, OCEANIA, OTHER = (
    "united_states", "canada", "europe", "oceania", "other",
)  # fmt: skip
GROUPS = (UNITED_STATES, CANADA, EUROPE, OCEANIA, OTHER)
_ALONE = {"USA": UNITED_STATES, "CAN": CANADA, "AUS": OCEANIA, "NZL": OCEANIA}
# The European Union, the EFTA, the United Kingdom, the small states and the western Balkans.
# Eastern neighbours of the Union are no resettlement states, and count among the others.
_EUROPE = frozenset(
    {
        "AUT", "BEL", "BGR", "CYP", "CZE", "D", "DNK", "ESP", "EST", "FIN", "FRA", "GRC", "HRV",
        "HUN", "IRL", "ITA", "LTU", "LUX", "LVA", "MLT", "NLD", "POL", "PRT", "ROU", "SVK", "SVN",
        "SWE", "CHE", "ISL", "LIE", "NOR", "GBR", "AND", "MCO", "SMR", "VAT", "ALB", "BIH", "MKD",
        "MNE", "SRB",
    }
)  # fmt: skip


def group_of(country: str) -> str:
    """One of GROUPS for an ICAO country code (`USA`, `D`)."""
    return _ALONE.get(country) or (EUROPE if country in _EUROPE else OTHER)
