"""Which Latin spellings of a Cyrillic name do passports of a state really carry?

ICAO Doc 9303-3 §6 (Russia since 2014, Kazakhstan), GOST 7.79 as used 2010 to 2014, the
Soviet-French way of passports before 1997 (kept by many families), and national habits.
"""

from functools import cache

_ICAO = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіөүңқғұһәўҳҷӯӣ",
        [
            "A",
            "B",
            "V",
            "G",
            "D",
            "E",
            "E",
            "ZH",
            "Z",
            "I",
            "I",
            "K",
            "L",
            "M",
            "N",
            "O",
            "P",
            "R",
            "S",
            "T",
            "U",
            "F",
            "KH",
            "TS",
            "CH",
            "SH",
            "SHCH",
            "IE",
            "Y",
            "-",
            "E",
            "IU",
            "IA",
            "I",
            "O",
            "U",
            "N",
            "K",
            "G",
            "U",
            "H",
            "A",
            "U",
            "KH",
            "J",
            "U",
            "I",
        ],
        strict=True,
    )
)
_ICAO["ь"] = ""

# What each way writes otherwise than ICAO.
_CHANGES: dict[str, str] = {
    "icao": "",
    "gost": "ц=TC й=I ё=E ю=IU я=IA ъ=",
    "english": "й=Y ю=YU я=YA ё=YO ъ=",
    "french": "ж=J х=KH у=OU ч=TCH ш=CH щ=CHTCH ю=IOU я=IA ц=TS ъ=",
    "kyrgyz": "ж=J й=I ю=YU я=YA ц=TS ң=N ъ=",
    "kyrgyz-dj": "ж=DJ й=Y ю=YU я=YA ү=U ө=O ъ=",
    "kazakh": "ж=ZH й=Y ю=YU я=YA х=KH қ=K ғ=G ә=A ө=O ү=U ұ=U ъ=",
    "uzbek": "ж=J й=Y ю=YU я=YA х=X ҳ=H қ=Q ғ=G ў=O ё=YO ц=TS ъ=",
    "uzbek-kh": "ж=J й=Y ю=YU я=YA х=KH ҳ=KH қ=K ғ=G ў=U ё=YO ъ=",
    "tajik": "ж=ZH й=I ю=YU я=YA х=KH ҳ=H ҷ=J қ=Q ғ=GH ӯ=U ӣ=I ё=YO ъ=",
    "tajik-dzh": "ж=ZH й=Y ю=YU я=YA х=KH ҳ=KH ҷ=DZH қ=K ғ=G ӯ=U ӣ=I ё=E ъ=",
}

_HEARS_YE = frozenset({"english", "uzbek", "uzbek-kh"})
_VOWELS = "аеёиоуыэюяәөүұў"

# The ways of a state, with how often each is met; the first is today's rule.
_WAYS: dict[str, dict[str, int]] = {
    "KGZ": {"kyrgyz-dj": 3, "icao": 10, "kyrgyz": 4, "english": 8, "french": 1},
    "UZB": {"uzbek-kh": 14, "uzbek": 10, "english": 4, "icao": 1},
    "KAZ": {"kazakh": 16, "icao": 5, "english": 2},
    "TJK": {"tajik": 12, "tajik-dzh": 8, "icao": 4},
    "RUS": {"icao": 16, "gost": 3, "english": 4, "french": 1},
}


@cache
def _letters(way: str) -> dict[str, str]:
    changed = dict(part.split("=") for part in _CHANGES[way].split())
    return {**_ICAO, **changed}


def latin(cyrillic: str, way: str) -> str:
    """`cyrillic` in capital Latin letters, as `way` spells it. Letters it lacks are left off."""
    table = _letters(way)
    text = _open_e(cyrillic.lower()) if way in _HEARS_YE else cyrillic.lower()
    spelt = "".join(table.get(sign, sign if sign in " -" else "") for sign in text)
    return spelt.replace("-", " ")


def _open_e(cyrillic: str) -> str:
    # English and Uzbek habits hear Ye at the start and after a vowel: Yelena, Abdullayev.
    return "".join(
        "йэ" if sign == "е" and (at == 0 or cyrillic[at - 1] in _VOWELS) else sign
        for at, sign in enumerate(cyrillic)
    )


@cache
def spellings(cyrillic: str, nation: str) -> tuple[tuple[str, int], ...]:
    """Every spelling of a name in a nation's passports, with its weight, most frequent first."""
    weights: dict[str, int] = {}
    for way, weight in _WAYS[nation].items():
        spelt = latin(cyrillic, way)
        weights[spelt] = weights.get(spelt, 0) + weight
    return tuple(sorted(weights.items(), key=lambda item: (-item[1], item[0])))


def is_spelt_by_rule(nation: str) -> bool:
    """Whether the names of a nation are Cyrillic by origin and spelt by its rules."""
    return nation in _WAYS


_FEMALE_CYRILLIC = (("ский", "ская"), ("ов", "ова"), ("ев", "ева"), ("ёв", "ёва"), ("ин", "ина"))
_FEMALE_LATIN = (
    ("SKII", "SKAIA"), ("SKIY", "SKAYA"), ("SKI", "SKAYA"), ("OV", "OVA"), ("EV", "EVA"),
    ("YOV", "YOVA"), ("IN", "INA"), ("OW", "OWA"), ("EW", "EWA"), ("OU", "AVA"),
)  # fmt: skip


def _ending(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    for male, female in endings:
        if word.endswith(male):
            return word.removesuffix(male) + female
    return word


def female(surname: str) -> str:
    """The Cyrillic surname as a woman bears it (-ов to -ова, -ский to -ская); others stay."""
    return _ending(surname, _FEMALE_CYRILLIC)


def female_latin(surname: str) -> str:
    """The same for a Latin spelling in capitals."""
    return _ending(surname, _FEMALE_LATIN)
