"""Which three letters may stand for an issuer or a nationality? (ICAO Doc 9303-3 §5)"""

from typing import Final

ISO_3166: Final = frozenset(
    """
    ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD
    BGR BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR
    COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH
    ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL
    GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR
    JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR
    MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL
    NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY
    PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP
    SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA
    UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE
    """.split()  # noqa: SIM905
)
"""ISO 3166-1 alpha-3. Germany's DEU is in it, but a zone writes `D`."""

SPECIAL: Final = {
    "D": "Germany",
    "EUE": "European Union",
    "GBD": "British overseas territories citizen",
    "GBN": "British national (overseas)",
    "GBO": "British overseas citizen",
    "GBP": "British protected person",
    "GBS": "British subject",
    "IAO": "International Civil Aviation Organization",
    "RKS": "Kosovo",
    "UNA": "specialised agency of the United Nations",
    "UNK": "resident of Kosovo, document of the United Nations mission",
    "UNO": "United Nations",
    "XBA": "African Development Bank",
    "XCC": "Caribbean Community",
    "XCE": "Council of Europe",
    "XCO": "Common Market for Eastern and Southern Africa",
    "XDC": "Southern African Development Community",
    "XEC": "Economic Community of West African States",
    "XES": "Organization of Eastern Caribbean States",
    "XIM": "African Export-Import Bank",
    "XMP": "Parliamentary Assembly of the Mediterranean",
    "XOM": "Sovereign Military Order of Malta",
    "XPO": "Interpol",
    "XXA": "stateless person",
    "XXB": "refugee (1951 Convention)",
    "XXC": "refugee (other)",
    "XXX": "person of unspecified nationality",
}
"""ICAO's own codes, and RKS, which its issuer prints."""

STATELESS: Final = frozenset({"XXA"})
REFUGEES: Final = frozenset({"XXB", "XXC"})

WITHDRAWN: Final = {
    "ANT": "Netherlands Antilles",
    "BUR": "Burma",
    "BYS": "Byelorussian SSR",
    "CSK": "Czechoslovakia",
    "DDR": "German Democratic Republic",
    "NTZ": "Neutral Zone",
    "ROM": "Romania (now ROU)",
    "SCG": "Serbia and Montenegro",
    "SUN": "Soviet Union",
    "TMP": "East Timor (now TLS)",
    "YMD": "Democratic Yemen",
    "YUG": "Yugoslavia",
    "ZAR": "Zaire (now COD)",
}
"""Codes that no new document should carry, and that old paper still does."""

SPECIMEN: Final = frozenset({"UTO"})
"""Utopia: printed on specimens only."""

KNOWN: Final = ISO_3166 | frozenset(SPECIAL) | frozenset(WITHDRAWN) | SPECIMEN

PLAIN: Final = ISO_3166 - {"DEU"} | (frozenset(SPECIAL) - STATELESS - REFUGEES)
"""Codes about which there is nothing to say."""

LETTERS: Final = frozenset("PACIV")
"""First letters of a document code: passport, crew or other card, identity card, visa."""
