"""Which ICAO code has a country that a file names by code, or in one of a dozen languages?"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from safar import reference

DATA: Final = Path(reference.__file__).with_name("data") / "countries.csv"
OFAC_NAMES: Final = Path(__file__).parents[1] / "data" / "ofac" / "countries.csv"
# Codes that lists still use: ISO 3166-3 and the codes of FollowTheMoney for states that were.
OTHER_CODES: Final = {
    "SU": "SUN",
    "SUHH": "SUN",
    "YU": "YUG",
    "YUCS": "YUG",
    "CSHH": "CSK",
    "CSXX": "SCG",
    "DDDE": "DDR",
    "EU": "EUE",
    "XK": "RKS",
    "UK": "GBR",
    "DEU": "D",
}
# As the United Nations write them (Terminology of member states) where reference data differ.
OTHER_NAMES: Final = {
    "bolivia (plurinational state of)": "BOL",
    "côte d'ivoire": "CIV",
    "democratic people's republic of korea": "PRK",
    "democratic republic of the congo": "COD",
    "iran (islamic republic of)": "IRN",
    "lao people's democratic republic": "LAO",
    "libyan arab jamahiriya": "LBY",
    "palestine": "PSE",
    "state of palestine": "PSE",
    "republic of korea": "KOR",
    "republic of moldova": "MDA",
    "russian federation": "RUS",
    "syrian arab republic": "SYR",
    "the former yugoslav republic of macedonia": "MKD",
    "turkey": "TUR",
    "türkiye": "TUR",
    "united kingdom of great britain and northern ireland": "GBR",
    "united republic of tanzania": "TZA",
    "united states of america": "USA",
    "usa": "USA",
    "venezuela (bolivarian republic of)": "VEN",
    "viet nam": "VNM",
    "кыргызская республика": "KGZ",
    "киргизия": "KGZ",
    "российская федерация": "RUS",
    "республика казахстан": "KAZ",
    "республика узбекистан": "UZB",
    "республика таджикистан": "TJK",
    "молдавия": "MDA",
    "белоруссия": "BLR",
    "туркмения": "TKM",
}


@cache
def codes() -> Mapping[str, str]:
    """ICAO codes by ISO code of two or three letters, and by ICAO code, in capitals."""
    found = dict(OTHER_CODES)
    for row in _rows():
        for text in (row["alpha2"], row["alpha3"], row["code"]):
            if text:
                found.setdefault(text, row["code"])
    return found


@cache
def names() -> Mapping[str, str]:
    """ICAO codes by the country's name in small letters, in every language that Safar knows."""
    found = dict(OTHER_NAMES)
    for row in _rows():
        for column, text in row.items():
            if column.startswith("name_") and text:
                found.setdefault(_folded(text), row["code"])
    with OFAC_NAMES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(_folded(row["name"]), row["code"])
    return found


def by_code(text: str) -> str:
    """The ICAO code of an ISO or ICAO code in any letters; '' where there is none."""
    return codes().get(text.strip().upper(), "")


def code_of(text: str) -> str:
    """The ICAO code of a country by its code or its name; '' where it is not known."""
    return by_code(text) or names().get(_folded(text), "")


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())


def _rows() -> list[dict[str, str]]:
    with DATA.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
